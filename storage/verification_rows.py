"""The rows of verifications: what they say, which of them wait, and how one ends."""

import json
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, select, update

from storage import holders, seals
from storage.database import Reading, Transaction
from storage.schema import vault_keys, verifications
from storage.vault import Keyring

KIND = "verification"
"""As which kind of record what was submitted is sealed."""


class Status(Enum):
    WAITING = "waiting"
    USED = "used"  # a sign-in came back; what it leads to follows at once, or never
    BOUND = "bound"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"  # by the applicant
    LAPSED = "lapsed"  # nobody decided in time


UNDECIDED = (Status.WAITING.value, Status.USED.value)


class Opened(Enum):
    """Why a verification could not be begun."""

    WAITS = "waits"  # one of this account is undecided
    TOO_MANY = "too-many"  # failed attempts


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    number: int
    ref: str
    provider: str
    account: str
    language: str
    at: float
    expires_at: float
    status: Status
    tries: int
    codes: int
    challenge: str | None  # JSON: what the applicant is asked for, by language
    decided_by: str | None


def waits(provider: str) -> ColumnElement[bool]:
    """Those that a provider has not decided, too late or not."""
    return (verifications.c.provider == provider) & (verifications.c.status == Status.WAITING.value)


def of_account(account: str) -> ColumnElement[bool]:
    """An account's."""
    return verifications.c.account == account


def undecided_at(at: float, *also: Status) -> ColumnElement[bool]:
    """Those that wait, or are in one of these states too, and are not too late."""
    states = [state.value for state in (Status.WAITING, *also)]
    return verifications.c.status.in_(states) & (verifications.c.expires_at > at)


async def close(
    transaction: Transaction, row: Row[Any], status: Status, by: str, at: float, *, reason: str = ""
) -> None:
    """INVARIANT: whatever ends a verification destroys what was submitted, in the same transaction."""
    gone = dict.fromkeys(("record", "challenge", "next_try_at"))
    values = {**gone, "status": status.value, "decided_at": at, "decided_by": by}
    await transaction.run(update(verifications).where(verifications.c.number == row.number).values(values))
    key = vault_keys.c.owner == holders.of_verification(row.ref)
    wrapped = await transaction.scalar(select(vault_keys.c.wrapped).where(key))
    if wrapped is not None:
        transaction.destroy(wrapped)
        await transaction.run(delete(vault_keys).where(key))
    detail = {"provider": row.provider, "number": row.number, **({"reason": reason} if reason else {})}
    transaction.note(by, f"verification-{status.value}", holders.of_account(row.account), at, **detail)


async def open_record(reading: Reading, keyring: Keyring, row: Row[Any]) -> dict[str, str] | None:
    """What was submitted; None when nothing was, or it is destroyed.

    Raises:
        BadKeys, Tampered: it does not open.
    """
    if row.record is None:
        return None
    text = await seals.open_sealed(reading, keyring, holders.of_verification(row.ref), KIND, row.record)
    fields: dict[str, str] = json.loads(text)
    return fields


def read(row: Row[Any]) -> Verification:
    """What a row says, but for what was submitted."""
    return Verification(
        number=row.number,
        ref=row.ref,
        provider=row.provider,
        account=row.account,
        language=row.language,
        at=row.at,
        expires_at=row.expires_at,
        status=Status(row.status),
        tries=row.tries,
        codes=row.codes,
        challenge=row.challenge,
        decided_by=row.decided_by,
    )

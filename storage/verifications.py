"""Verifications that wait for somebody's word: an officer's, a service's, a sign-in's. Each ends in one transaction.

What was submitted is sealed with a key of its own, which is destroyed together with it as soon as the verification is
decided, given up or too late. Until then nothing of it is bound.
"""

import json
import secrets
from collections.abc import Mapping

from sqlalchemy import ColumnElement, delete, insert, select, update

from storage import attempts as failures
from storage import holders, seals
from storage.binding import Claim, Proof, Terms, bind
from storage.database import MACHINE, Database, Transaction
from storage.schema import verifications
from storage.vault import Keyring
from storage.verification_rows import (
    KIND,
    UNDECIDED,
    Opened,
    Status,
    Verification,
    close,
    of_account,
    open_record,
    read,
    undecided_at,
    waits,
)

__all__ = ["Opened", "Status", "Verification", "Verifications"]

_MOST = 200
_KEPT_S = 90 * 86400.0
"""How long it is remembered that there was one, and how it ended."""


class Verifications:
    """Reads and writes of one database."""

    def __init__(self, database: Database, keyring: Keyring) -> None:
        """Verifications of `database`, sealed with keys of `keyring`."""
        self._database = database
        self._keyring = keyring

    # beginning

    async def begin(
        self,
        provider: str,
        account: str,
        language: str,
        fields: Mapping[str, str],
        *,
        at: float,
        lasts_s: float,
        attempts: int,
        window_s: float,
        deliver_at: float | None = None,
        replaces: bool = False,
        ref: str = "",
    ) -> Verification | Opened:
        """Keep what was submitted until it is decided. `replaces`: one that waits already is given up for it.

        `deliver_at`: when it is first to be delivered to a service. `ref`: its name, made up if none is given.
        """
        ref = ref or secrets.token_urlsafe(24)
        subject = holders.of_account(account)

        async def work(transaction: Transaction) -> Verification | Opened:
            if await failures.are_spent(transaction, account, at, attempts=attempts, window_s=window_s):
                return Opened.TOO_MANY
            row = await transaction.first(select(verifications).where(waits(provider), of_account(account)))
            if row is not None and not replaces and row.expires_at > at:
                return Opened.WAITS
            if row is not None:
                await close(transaction, row, Status.WITHDRAWN if row.expires_at > at else Status.LAPSED, account, at)
            record = None
            if fields:
                record = await seals.seal(
                    transaction, self._keyring, holders.of_verification(ref), KIND, json.dumps(dict(fields))
                )
            values = {
                "ref": ref,
                "provider": provider,
                "account": account,
                "language": language,
                "at": at,
                "expires_at": at + lasts_s,
                "status": Status.WAITING.value,
                "record": record,
                "tries": 0,
                "next_try_at": deliver_at,
                "codes": 0,
            }
            number = await transaction.insert(insert(verifications).values(values))
            transaction.note(account, "verification-begun", subject, at, provider=provider, number=number)
            made = await transaction.first(select(verifications).where(verifications.c.number == number))
            assert made is not None  # noqa: S101 - just written
            return read(made)

        return await self._database.write(work)

    # looking

    async def find(self, ref: str) -> Verification | None:
        """The verification by this name, decided or not."""
        return await self._first(verifications.c.ref == ref)

    async def by_number(self, number: int) -> Verification | None:
        """Likewise, by its number."""
        return await self._first(verifications.c.number == number)

    async def waiting_of(self, account: str, provider: str, at: float) -> Verification | None:
        """The account's own that is undecided."""
        return await self._first(waits(provider) & of_account(account) & (verifications.c.expires_at > at))

    async def waiting(self, provider: str, at: float, *, limit: int = _MOST) -> tuple[Verification, ...]:
        """All that are undecided, the oldest first."""
        query = (
            select(verifications)
            .where(waits(provider), verifications.c.expires_at > at)
            .order_by(verifications.c.number)
            .limit(limit)
        )
        async with self._database.read() as reading:
            return tuple(read(row) for row in await reading.all(query))

    async def submitted(self, number: int, *, by: str | None = None, at: float) -> dict[str, str] | None:
        """What was submitted, as long as it is undecided; that an officer saw it is audited.

        Raises:
            Tampered: it does not open.
        """

        async def work(transaction: Transaction) -> dict[str, str] | None:
            row = await transaction.first(
                select(verifications).where(verifications.c.number == number, undecided_at(at))
            )
            if row is None or row.record is None:
                return None
            if by is not None:
                transaction.note(by, "verification-viewed", holders.of_account(row.account), at, number=number)
            return await open_record(transaction, self._keyring, row)

        return await self._database.write(work)

    # ending

    async def settle(
        self,
        number: int,
        proof: Proof,
        *,
        by: str,
        at: float,
        terms: Terms,
        keeps: bool = False,
        not_person: int | None = None,
    ) -> Claim | None:
        """Bind its account by this proof, and end it; None when it is not undecided any more.

        `keeps`: when nobody can be bound by the proof it stays undecided, for whoever decides to see.
        """

        async def work(transaction: Transaction) -> Claim | None:
            row = await transaction.first(
                select(verifications).where(verifications.c.number == number, undecided_at(at, Status.USED))
            )
            if row is None:
                return None
            claim = await bind(
                transaction, self._keyring, row.account, proof, at=at, terms=terms, not_person=not_person
            )
            if claim.is_bound:
                await failures.forget(transaction, row.account)
                await close(transaction, row, Status.BOUND, by, at)
            elif not keeps:
                await close(transaction, row, Status.REFUSED, by, at)
            return claim

        return await self._database.write(work)

    async def refuse(self, number: int, *, by: str, at: float, reason: str, window_s: float) -> Verification | None:
        """End it without binding anybody, as a failed attempt; None when it is not undecided any more."""

        async def work(transaction: Transaction) -> Verification | None:
            row = await transaction.first(
                select(verifications).where(verifications.c.number == number, undecided_at(at, Status.USED))
            )
            if row is None:
                return None
            await failures.add(transaction, row.account, at, window_s=window_s)
            await close(transaction, row, Status.REFUSED, by, at, reason=reason)
            return read(row)

        return await self._database.write(work)

    async def withdraw(self, account: str, *, at: float) -> int:
        """End all of an account's that are undecided, as the applicant wishes; how many."""

        async def work(transaction: Transaction) -> int:
            undecided = verifications.c.status.in_(UNDECIDED)
            rows = await transaction.all(select(verifications).where(of_account(account), undecided))
            for row in rows:
                await close(transaction, row, Status.WITHDRAWN, account, at)
            return len(rows)

        return await self._database.write(work)

    async def use(self, ref: str, provider: str, *, at: float) -> Verification | None:
        """Take the one use that a sign-in has; None when there is none (any more)."""

        async def work(transaction: Transaction) -> Verification | None:
            row = await transaction.first(
                select(verifications).where(
                    verifications.c.ref == ref, waits(provider), verifications.c.expires_at > at
                )
            )
            if row is None:
                return None
            this = verifications.c.number == row.number
            await transaction.run(update(verifications).where(this).values(status=Status.USED.value))
            return read(row)

        return await self._database.write(work)

    async def lapse(self, at: float) -> tuple[Verification, ...]:
        """End those that nobody decided in time, and forget long past ones; those that ended now."""

        async def work(transaction: Transaction) -> tuple[Verification, ...]:
            late = verifications.c.expires_at <= at
            undecided = verifications.c.status.in_(UNDECIDED)
            rows = await transaction.all(select(verifications).where(undecided, late).limit(_MOST))
            for row in rows:
                await close(transaction, row, Status.LAPSED, MACHINE, at)
            ended = verifications.c.status.not_in(UNDECIDED)
            await transaction.run(delete(verifications).where(ended, verifications.c.expires_at <= at - _KEPT_S))
            return tuple(read(row) for row in rows)

        past = verifications.c.status.not_in(UNDECIDED) & (verifications.c.expires_at <= at - _KEPT_S)
        is_late = verifications.c.status.in_(UNDECIDED) & (verifications.c.expires_at <= at)
        return await self._database.write(work) if await self._first(is_late | past) is not None else ()

    async def scrub(self) -> bool:
        """See to it that no file holds a key of what was decided; False when that has to be tried again."""
        return await self._database.scrub_destroyed()

    # officers

    async def tell_officers(self, provider: str, at: float) -> int:
        """Mark all that officers have not heard of as told; how many they were."""

        async def work(transaction: Transaction) -> int:
            unheard = verifications.c.told_at.is_(None)
            return await transaction.run(
                update(verifications)
                .where(waits(provider), verifications.c.expires_at > at, unheard)
                .values(told_at=at)
            )

        return await self._database.write(work)

    async def _first(self, where: ColumnElement[bool]) -> Verification | None:
        async with self._database.read() as reading:
            row = await reading.first(select(verifications).where(where))
        return None if row is None else read(row)

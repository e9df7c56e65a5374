"""Signed heads of the audit: whoever can rewrite the database, but has not the key file, is found out."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, insert, select

from storage.chain import read_head
from storage.database import Reading, Transaction
from storage.schema import audit, audit_signatures
from storage.signing import Public, Signer

_PURPOSE = "audit head 1"

LONGEST_UNSIGNED_S = 86_400.0
"""Entries are signed within the hour: where a day's have no signature, somebody took it away, or none was made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What signatures say."""

    count: int = 0
    last: int = 0  # number of the newest entry that is covered
    wrong_at: int | None = None  # the entry whose signature does not hold
    bare_from: int | None = None  # the first of many entries that no signature covers


UNSIGNED = Signed()


async def sign_head(transaction: Transaction, signer: Signer, at: float) -> bool:
    """Sign the newest entry; False when it is signed already."""
    head = await read_head(transaction.connection)
    last = await transaction.scalar(select(func.max(audit_signatures.c.number)))
    if head is None or head.number == last:
        return False
    values = {"number": head.number, "hash": head.hash, "at": at, "key": str(signer.public)}
    signature = signer.sign(_PURPOSE, _told(head.number, head.hash, at))
    await transaction.run(insert(audit_signatures).values(signature=signature, **values))
    return True


async def check_heads(reading: Reading, keys: Sequence[Public]) -> Signed:
    """Check every signature against the chain as it is, and whether any are missing.

    Without keys nothing can be said of a signature, and none is missed.
    """
    if not keys:
        return UNSIGNED
    count = last = 0
    signatures = (
        select(audit_signatures, audit.c.hash.label("entry_hash"))
        .outerjoin(audit, audit.c.number == audit_signatures.c.number)
        .order_by(audit_signatures.c.number)
    )
    for row in await reading.all(signatures):
        if not _holds(row, keys):
            return Signed(count=count, last=last, wrong_at=row.number)
        count, last = count + 1, row.number
    of = audit.c
    bare = select(func.min(of.number).label("first"), func.min(of.at).label("since"), func.max(of.at).label("until"))
    tail = await reading.first(bare.where(of.number > last))
    if tail is None or tail.first is None or tail.until - tail.since <= LONGEST_UNSIGNED_S:
        return Signed(count=count, last=last)
    return Signed(count=count, last=last, bare_from=tail.first)


def _holds(row: Row[Any], keys: Sequence[Public]) -> bool:
    by = next((key for key in keys if str(key) == row.key), None)
    if by is None or row.entry_hash != row.hash:
        return False
    return by.has_signed(bytes(row.signature), _PURPOSE, _told(row.number, row.hash, row.at))


def _told(number: int, hash_: str, at: float) -> bytes:
    return json.dumps([number, hash_, float(at)], separators=(",", ":")).encode()

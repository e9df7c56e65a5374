"""The audit: every decision by machine or human, in an order and wording that cannot be changed unnoticed."""

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from sqlalchemy import Row, select

from storage.chain import FIELDS, GENESIS, AuditEntry, Json, digest, read_head
from storage.database import Database, Reading
from storage.exports import Scope, write_lines
from storage.heads import UNSIGNED, Signed, check_heads, sign_head
from storage.schema import audit
from storage.vault import Keyring

__all__ = ["Audit", "AuditEntry", "AuditRecord", "Verified"]

_PAGE = 1000

OPERATOR = "operator"
"""The actor of what is done by the command line, on the machine itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRecord:
    number: int
    at: float
    entry: AuditEntry
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """`count` good entries, the last of them with hash `head`; `broken_at` is the number of the first that is not."""

    count: int
    head: str
    broken_at: int | None
    signed: Signed = UNSIGNED

    @property
    def is_whole(self) -> bool:
        """Whether nothing at all was found."""
        return self.broken_at is None and self.signed.wrong_at is None and self.signed.bare_from is None


class Audit:
    """Appends, reads and verifies."""

    def __init__(self, database: Database, keys: Keyring) -> None:
        """Entries about a write are appended by the write itself, see `Transaction.note`."""
        self._database = database
        self._keys = keys

    async def append(self, entries: Sequence[AuditEntry], at: float) -> None:
        """Write entries that stand for themselves, in their order."""
        if entries:
            await self._database.append(entries, at)

    async def begin(self, at: float) -> None:
        """Write the first entry, unless there is one: the chain starts before anything is recorded."""
        await self._database.begin_audit(at)

    async def read(self, limit: int, before: int | None = None, subject: str | None = None) -> tuple[AuditRecord, ...]:
        """Newest first; `before` is the number of the last entry of the page before."""
        query = select(audit).order_by(audit.c.number.desc()).limit(limit)
        if before is not None:
            query = query.where(audit.c.number < before)
        if subject is not None:
            query = query.where(audit.c.subject == subject)
        async with self._database.read() as reading:
            return tuple(_record(row) for row in await reading.all(query))

    async def verify(self) -> Verified:
        """Follow the chain from its beginning, page by page, to the first entry that was changed, moved or removed.

        And check its signatures: whoever recomputes the whole chain cannot make those.
        """
        count, previous = 0, GENESIS
        async with self._database.read() as reading:
            head = await read_head(reading.connection)
            async for row in _stream(reading):
                if not _follows(row, count + 1, previous):
                    return Verified(count=count, head=previous, broken_at=count + 1)
                count, previous = row.number, row.hash
            signed = await check_heads(reading, [signer.public for signer in self._keys.signers])
        is_whole = (count, previous) == (0, GENESIS) if head is None else (head.number, head.hash) == (count, previous)
        return Verified(count=count, head=previous, broken_at=None if is_whole and count else count + 1, signed=signed)

    async def sign(self, at: float) -> bool:
        """Sign the newest entry; False where the keyring has no key for it, or it is signed already."""
        if not self._keys.signers:
            return False
        return await self._database.write(partial(sign_head, signer=self._keys.signers[-1], at=at))

    async def export(self, scope: Scope, *, reason: str, at: float) -> AsyncIterator[str]:
        """A part of the audit as lines of a file (`storage/exports.py`); that it is taken, and why, is audited."""
        detail = {**asdict(scope), "reason": reason}
        await self.append([AuditEntry(actor=OPERATOR, deed="audit-exported", subject="audit", detail=detail)], at)
        signers = self._keys.signers
        async with self._database.read() as reading:
            async for line in write_lines(reading, scope, at, signers[-1] if signers else None):
                yield line


async def _stream(reading: Reading) -> AsyncIterator[Row[Any]]:
    """Every entry in the order of numbers, whatever was done to the numbers."""
    after: int | None = None
    while True:
        query = select(audit).order_by(audit.c.number).limit(_PAGE)
        rows = await reading.all(query if after is None else query.where(audit.c.number > after))
        for row in rows:
            yield row
        if len(rows) < _PAGE:
            return
        after = rows[-1].number


def _follows(row: Row[Any], number: int, previous: str) -> bool:
    try:
        expected = digest(previous, [getattr(row, name) for name in FIELDS])
    except TypeError:
        return False
    return bool(row.number == number and row.hash == expected)


def _record(row: Row[Any]) -> AuditRecord:
    detail: dict[str, Json] = json.loads(row.detail)
    return AuditRecord(
        number=row.number,
        at=row.at,
        entry=AuditEntry(actor=row.actor, deed=row.deed, subject=row.subject, detail=detail),
        hash=row.hash,
    )

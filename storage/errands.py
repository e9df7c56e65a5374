"""What is still to be told or done to accounts after a change of their person: written with it, kept until done.

Whoever does an errand does it at least once: a process that is killed leaves it to the next one.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import delete, insert, select

from storage.database import Database, Transaction
from storage.schema import errands


class ErrandKind(Enum):
    REMIND = "remind"  # the verification ends soon; detail: until
    LAPSED = "lapsed"  # it has ended
    UNBOUND = "unbound"  # the account was taken off its person; detail: reason
    MOVED = "moved"  # another account took its place; detail: account
    BARRED = "barred"  # it is on the blacklist; detail: reason, and the rooms it was a member of
    RESTORED = "restored"  # that was wrong; detail: count of rooms, and by room what it was on lists that it is not on
    ROOM_BARRED = "room-barred"  # a room that it manages, or made, is; detail: room, reason
    ERASED = "erased"  # its person is; detail: language, and the rooms that know the account


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    number: int
    kind: ErrandKind
    account: str
    detail: Mapping[str, Any]


class Errands:
    """Reads and writes of one database."""

    def __init__(self, database: Database) -> None:
        """Errands in `database`."""
        self._database = database

    async def waiting(self, after: int, limit: int) -> tuple[Errand, ...]:
        """Those with higher numbers, the oldest first."""
        query = select(errands).where(errands.c.number > after).order_by(errands.c.number).limit(limit)
        async with self._database.read() as reading:
            rows = await reading.all(query)
        return tuple(
            Errand(number=row.number, kind=ErrandKind(row.kind), account=row.account, detail=json.loads(row.detail))
            for row in rows
        )

    async def finish(self, numbers: Sequence[int]) -> None:
        """These are done."""

        async def work(transaction: Transaction) -> None:
            await transaction.run(delete(errands).where(errands.c.number.in_(numbers)))

        if numbers:
            await self._database.write(work)


async def leave(transaction: Transaction, kind: ErrandKind, account: str, /, **detail: object) -> None:
    """Have something told or done to an account, once this transaction is committed."""
    await transaction.run(insert(errands).values(kind=kind.value, account=account, detail=json.dumps(detail)))


async def forget(transaction: Transaction, accounts: Sequence[str]) -> None:
    """Nothing is to be told or done to these accounts any more."""
    await transaction.run(delete(errands).where(errands.c.account.in_(accounts)))

"""When verifications end, and who was told: each reminder once, whatever is stopped and started in between."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, update

from storage import errands, holders
from storage.database import MACHINE, Database, Transaction
from storage.errands import ErrandKind
from storage.schema import accounts, persons

_MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """Somebody to be told that their verification ends."""

    person: int
    ends_at: float
    is_over: bool
    accounts: tuple[str, ...]


class Expiry:
    """Reads and writes of one database."""

    def __init__(self, database: Database) -> None:
        """Persons of `database`."""
        self._database = database

    async def take_due(self, at: float, valid_for_s: float, aheads_s: Sequence[float]) -> tuple[Reminder, ...]:
        """Mark what is due as given, some hundred at a time, and leave errands that give it; what it is.

        `aheads_s`: how long before the end they are given. After a long stop only the latest one is.
        """

        async def work(transaction: Transaction) -> tuple[Reminder, ...]:
            found: list[Reminder] = []
            for ahead_s in _stages(valid_for_s, aheads_s):
                is_untold = persons.c.reminded_ahead.is_(None) | (persons.c.reminded_ahead > ahead_s)
                query = (
                    select(persons.c.number, persons.c.confirmed_at)
                    .where(at - valid_for_s + ahead_s >= persons.c.confirmed_at, is_untold)
                    .limit(_MOST)
                )
                for row in await transaction.all(query):
                    this = persons.c.number == row.number
                    await transaction.run(update(persons).where(this).values(reminded_ahead=ahead_s))
                    jids = await transaction.all(select(accounts.c.jid).where(accounts.c.person == row.number))
                    if not ahead_s:
                        transaction.note(MACHINE, "verification-ended", holders.of_person(row.number), at)
                    for account in jids:
                        if ahead_s:
                            until = row.confirmed_at + valid_for_s
                            await errands.leave(transaction, ErrandKind.REMIND, account.jid, until=until)
                        else:
                            await errands.leave(transaction, ErrandKind.LAPSED, account.jid)
                    found.append(
                        Reminder(
                            person=row.number,
                            ends_at=row.confirmed_at + valid_for_s,
                            is_over=not ahead_s,
                            accounts=tuple(account.jid for account in jids),
                        )
                    )
            return tuple(found)

        return await self._database.write(work)

    async def next_due(self, at: float, valid_for_s: float, aheads_s: Sequence[float]) -> float | None:
        """When the next reminder that is not due yet will be."""
        times: list[float] = []
        async with self._database.read() as reading:
            for ahead_s in _stages(valid_for_s, aheads_s):
                first = await reading.scalar(
                    select(func.min(persons.c.confirmed_at)).where(at - valid_for_s + ahead_s < persons.c.confirmed_at)
                )
                if first is not None:
                    times.append(first + valid_for_s - ahead_s)
        return min(times, default=None)


def _stages(valid_for_s: float, aheads_s: Sequence[float]) -> list[float]:
    """The end itself, then what is ahead of it: who is told of the end need not be reminded of it."""
    return [0.0, *sorted({ahead_s for ahead_s in aheads_s if 0 < ahead_s < valid_for_s})]

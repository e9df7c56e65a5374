"""Lockdowns: what nobody may do for a while. Those that are over stay on record."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, insert, select, update

from policy.facts import Deed, Lockdown, RoomStatus
from storage.database import MACHINE, Database, Transaction
from storage.schema import lockdowns, rooms

EVERYWHERE = "everywhere"
"""The audit's subject where a lockdown is about no single room."""


class Lockdowns:
    """Reads and writes of one database."""

    def __init__(self, database: Database) -> None:
        """Lockdowns of `database`."""
        self._database = database

    async def standing(self) -> tuple[Lockdown, ...]:
        """Those that nobody has ended, oldest first; the time of some may be up."""
        async with self._database.read() as reading:
            query = select(lockdowns).where(lockdowns.c.ended_at.is_(None)).order_by(lockdowns.c.number)
            return tuple(map(_lockdown, await reading.all(query)))

    async def open_rooms(self) -> Mapping[str, str | None]:
        """Every open room, with the category that somebody chose for it."""
        query = select(rooms.c.jid, rooms.c.category).where(rooms.c.status != RoomStatus.CLOSED.value)
        async with self._database.read() as reading:
            return {row.jid: row.category for row in await reading.all(query)}

    async def begin(self, lockdown: Lockdown) -> Lockdown:
        """Enter it, and have its room require approval if it is for that; as it is on record."""

        async def work(transaction: Transaction) -> Lockdown:
            row = {
                "room": lockdown.room,
                "category": lockdown.category,
                "deeds": " ".join(sorted(deed.value for deed in lockdown.deeds)),
                "spares_members": lockdown.spares_members,
                "is_raid": lockdown.is_raid,
                "reason": lockdown.reason,
                "until": lockdown.until,
            }
            number = await transaction.insert(insert(lockdowns).values(by=lockdown.by, at=lockdown.at, **row))
            if lockdown.is_by_approval:
                here = (rooms.c.jid == lockdown.room, rooms.c.status != RoomStatus.CLOSED.value)
                await transaction.run(update(rooms).where(*here).values(approval_until=lockdown.until))
            transaction.note(
                lockdown.by, "lockdown-begun", lockdown.room or EVERYWHERE, lockdown.at, number=number, **row
            )
            return replace(lockdown, number=number)

        return await self._database.write(work)

    async def end(self, number: int, at: float, *, by: str, reason: str) -> bool:
        """End one before its time. False when it is over: somebody else was first."""
        due = (lockdowns.c.number == number, lockdowns.c.ended_at.is_(None), lockdowns.c.until > at)

        async def work(transaction: Transaction) -> bool:
            if not await transaction.run(update(lockdowns).where(*due).values(ended_at=at, ended_by=by)):
                return False
            ended = await transaction.first(select(lockdowns).where(lockdowns.c.number == number))
            assert ended is not None  # noqa: S101 - it was ended above
            if _lockdown(ended).is_by_approval:
                by_it = (rooms.c.jid == ended.room, rooms.c.approval_until == ended.until)
                await transaction.run(update(rooms).where(*by_it).values(approval_until=None))
            transaction.note(by, "lockdown-ended", ended.room or EVERYWHERE, at, number=number, reason=reason)
            return True

        return await self._database.write(work)

    async def expire(self, at: float) -> tuple[Lockdown, ...]:
        """Close the record of those whose time is up; each is told by one call alone, whatever is restarted."""
        due = (lockdowns.c.ended_at.is_(None), lockdowns.c.until <= at)

        async def work(transaction: Transaction) -> tuple[Lockdown, ...]:
            rows = await transaction.all(select(lockdowns).where(*due).order_by(lockdowns.c.number))
            if rows:
                await transaction.run(update(lockdowns).where(*due).values(ended_at=at, ended_by=MACHINE))
            for row in rows:
                transaction.note(MACHINE, "lockdown-over", row.room or EVERYWHERE, at, number=row.number)
            return tuple(map(_lockdown, rows))

        return await self._database.write(work)


def _lockdown(row: Row[Any]) -> Lockdown:
    return Lockdown(
        number=row.number,
        room=row.room,
        category=row.category,
        deeds=frozenset(map(Deed, row.deeds.split())),
        spares_members=row.spares_members,
        is_raid=row.is_raid,
        reason=row.reason,
        by=row.by,
        at=row.at,
        until=row.until,
    )

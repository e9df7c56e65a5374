"""How much was written in rooms, by week: messages, and members who wrote. Who they are is not kept.

Of each membership the last week in which its holder wrote is kept, so that they count once. Whoever left and came back
within a week counts again.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Row, delete, func, insert, select, update

from policy.activity import Week
from policy.facts import RoomStatus
from storage.database import MACHINE, Database, Transaction
from storage.schema import activity, memberships, rooms

_BATCH = 500

Posts = Mapping[tuple[str, str], int]
"""Messages by room and holder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Busy:
    """An open room in which something was written, or was some time ago."""

    jid: str
    code: str
    found: str | None  # its class as last found; None: the quietest
    weeks: tuple[Week, ...]


class Activity:
    """Counts of one database."""

    def __init__(self, database: Database) -> None:
        """Several instances may add to the same counts."""
        self._database = database

    async def add(self, posts: Posts, week: int) -> None:
        """Add to what is there for this week, all of it or nothing; rooms that are closed or unknown are left out."""

        async def work(transaction: Transaction) -> None:
            for room_jid, keys in groupby(sorted(posts), key=lambda key: key[0]):
                by_holder = {holder: posts[room, holder] for room, holder in keys}
                await _add(transaction, room_jid, by_holder, week)

        await self._database.write(work)

    async def weeks_of(self, code: str, first: int) -> tuple[Week, ...]:
        """Weeks from that one on in which something was written in the room with this code, the newest first."""
        query = (
            select(activity.c.week, activity.c.messages, activity.c.members)
            .join(rooms, rooms.c.number == activity.c.room)
            .where(rooms.c.code == code, activity.c.week >= first)
            .order_by(activity.c.week.desc())
        )
        async with self._database.read() as reading:
            return tuple(
                Week(number=row.week, messages=row.messages, members=row.members) for row in await reading.all(query)
            )

    async def weeks_of_all(self, first: int) -> tuple[tuple[Week, ...], ...]:
        """The same of each open room in which anything was written since."""
        query = (
            select(activity)
            .join(rooms, rooms.c.number == activity.c.room)
            .where(activity.c.week >= first, rooms.c.status != RoomStatus.CLOSED.value)
            .order_by(activity.c.room, activity.c.week.desc())
        )
        async with self._database.read() as reading:
            rows = await reading.all(query)
        return tuple(
            tuple(Week(number=row.week, messages=row.messages, members=row.members) for row in weeks)
            for _, weeks in groupby(rows, key=lambda row: row.room)
        )

    async def busy(self, first: int, *, among: Collection[str] | None) -> tuple[Busy, ...]:
        """Open rooms with weeks from that one on, or of a class above the quietest; `among` these addresses, or all.

        Some hundred addresses at most.
        """
        is_recent = (activity.c.room == rooms.c.number) & (activity.c.week >= first)
        here = () if among is None else (rooms.c.jid.in_(among),)
        query = (
            select(
                rooms.c.jid, rooms.c.code, rooms.c.activity, activity.c.week, activity.c.messages, activity.c.members
            )
            .outerjoin(activity, is_recent)
            .where(rooms.c.status != RoomStatus.CLOSED.value, *here)
            .where(activity.c.week.is_not(None) | rooms.c.activity.is_not(None))
            .order_by(rooms.c.number, activity.c.week.desc())
        )
        async with self._database.read() as reading:
            rows = await reading.all(query)
        return tuple(_busy(tuple(weeks)) for _, weeks in groupby(rows, key=lambda row: row.code))

    async def grade(self, classes: Mapping[str, str | None], at: float) -> None:
        """Rooms with these codes are of these classes from now on; None: the quietest."""

        async def work(transaction: Transaction) -> None:
            query = select(rooms.c.code, rooms.c.jid, rooms.c.activity).where(rooms.c.code.in_(classes))
            for row in await transaction.all(query):
                now = classes[row.code]
                if now != row.activity:
                    await transaction.run(update(rooms).where(rooms.c.code == row.code).values(activity=now))
                    detail = {"code": row.code, "activity": now, "before": row.activity}
                    transaction.note(MACHINE, "room-activity", row.jid, at, **detail)

        await self._database.write(work)

    async def prune(self, first: int) -> int:
        """Forget the weeks before; how many counts that were."""

        async def work(transaction: Transaction) -> int:
            return await transaction.run(delete(activity).where(activity.c.week < first))

        return await self._database.write(work)


def _busy(rows: Sequence[Row[Any]]) -> Busy:
    weeks = [Week(number=row.week, messages=row.messages, members=row.members) for row in rows if row.week is not None]
    return Busy(jid=rows[0].jid, code=rows[0].code, found=rows[0].activity, weeks=tuple(weeks))


async def _add(transaction: Transaction, room_jid: str, by_holder: Mapping[str, int], week: int) -> None:
    query = select(rooms.c.number).where(rooms.c.jid == room_jid, rooms.c.status != RoomStatus.CLOSED.value)
    room = await transaction.scalar(query)
    if room is None:
        return
    holders, newly = sorted(by_holder), 0
    for start in range(0, len(holders), _BATCH):
        newly += await _note_written(transaction, room, holders[start : start + _BATCH], week)
    messages = sum(by_holder.values())
    this = (activity.c.room == room, activity.c.week == week)
    sums = {"messages": activity.c.messages + messages, "members": activity.c.members + newly}
    if not await transaction.run(update(activity).where(*this).values(sums)):
        row = {"room": room, "week": week, "messages": messages, "members": newly}
        await transaction.run(insert(activity).values(row))


async def _note_written(transaction: Transaction, room: int, holders: Sequence[str], week: int) -> int:
    """How many of these members had not written yet in this week."""
    theirs = (memberships.c.room == room, memberships.c.holder.in_(holders))
    is_new = func.coalesce(memberships.c.wrote_in, week - 1) < week
    return await transaction.run(update(memberships).where(*theirs, is_new).values(wrote_in=week))

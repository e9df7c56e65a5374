"""Acts that put somebody or something on the blacklist: who may object, and how one that was wrong is taken back.

What was lost by it is given back as far as it is still there to be given: places in open rooms, and standing on their
lists. Quotas are not asked: who has too many now keeps what they have.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, insert, or_, select, update

from policy.facts import RoomStatus
from storage import blacklisting, errands, former_managers, holders, lineage, places
from storage.database import Database, Reading, Transaction
from storage.errands import ErrandKind
from storage.schema import (
    affiliations,
    appeals,
    blacklist,
    blacklistings,
    memberships,
    rooms,
)

_GIVEN_BACK = ("is_creator", "is_given", "since", "posted_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class Blacklisting:
    """One act. `holder` is whoever it is against, or "" where that is a `room`."""

    number: int
    holder: str
    room: str | None
    reason: str
    by: str
    at: float
    is_over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What is not so any more once an act was overruled: who is known otherwise, and which rooms."""

    holder: str | None  # as it is now; None for a room, or whoever was erased
    accounts: tuple[str, ...] = ()
    rooms: tuple[str, ...] = ()


class Blacklistings:
    """Reads and writes of one database."""

    def __init__(self, database: Database) -> None:
        """Acts in `database`."""
        self._database = database

    async def find(self, number: int) -> Blacklisting | None:
        """One by its number."""
        async with self._database.read() as reading:
            row = await reading.first(select(blacklistings).where(blacklistings.c.number == number))
        return None if row is None else _to_blacklisting(row)

    async def open_to(
        self, account: str, person: int | None, managed: Collection[str], since: float
    ) -> tuple[Blacklisting, ...]:
        """Those in force since then that nobody appealed against, newest first, which somebody may object to.

        Those against any of their accounts or documents, and against rooms that they manage (`managed`), managed when
        they were closed, or made. What is part of a measure goes with it.
        """
        async with self._database.read() as reading:
            mine = await lineage.accounts_of(reading, account, person)
            documents = [] if person is None else await reading.all(blacklisting.subjects_of(person))
            subjects = [*map(holders.of_account, mine), *(row.subject for row in documents)]
            against_me = select(blacklist.c.blacklisting).where(blacklist.c.subject.in_(subjects))
            answered_for = former_managers.answered_for(holders.of(account, person), mine).subquery()
            theirs = or_(
                blacklistings.c.number.in_(against_me),
                blacklistings.c.room.in_(managed),
                blacklistings.c.room.in_(select(answered_for.c.jid)),
            )
            stands = (blacklistings.c.ended_at.is_(None), blacklistings.c.measure.is_(None))
            fresh = blacklistings.c.number.not_in(
                select(appeals.c.blacklisting).where(appeals.c.blacklisting.is_not(None))
            )
            query = select(blacklistings).where(theirs, *stands, fresh, blacklistings.c.at > since)
            return tuple(map(_to_blacklisting, await reading.all(query.order_by(blacklistings.c.number.desc()))))

    async def answering(self, room: str) -> tuple[str, ...]:
        """Accounts that answer for a room: who manages it, or did when it was closed, or made it."""
        async with self._database.read() as reading:
            return await former_managers.answering(reading, room)

    async def overrule(self, number: int, at: float, *, by: str, reason: str) -> Restored | None:
        """It was wrong: take off the list what it put there, and give back what was lost. None: that is done.

        Whoever gets anything back is told by an errand, which also puts them on the rooms' lists again.
        """

        async def work(transaction: Transaction) -> Restored | None:
            fresh = (blacklistings.c.number == number, blacklistings.c.overruled_at.is_(None))
            if not await transaction.run(update(blacklistings).where(*fresh).values(overruled_at=at)):
                return None
            row = await transaction.first(select(blacklistings).where(blacklistings.c.number == number))
            assert row is not None  # noqa: S101 - it was just written
            await blacklisting.remove_act(transaction, number, at)
            transaction.note(by, "blacklisting-overruled", row.room or row.holder, at, number=number, reason=reason)
            if row.holder is None:
                return Restored(holder=None, rooms=(row.room,))
            holder = await lineage.holder_now(transaction, row.holder)
            if holder is None:
                return Restored(holder=None)
            return await _give_back(transaction, holder, {} if row.lost is None else json.loads(row.lost), at)

        return await self._database.write(work)


async def bar_room(
    transaction: Transaction, jid: str, at: float, *, reason: str, by: str, managers: Collection[str]
) -> None:
    """See `Rooms.blacklist`."""
    await blacklisting.add_room(transaction, jid, at, reason=reason, by=by)
    for account in {*managers, *await former_managers.answering(transaction, jid)}:
        await errands.leave(transaction, ErrandKind.ROOM_BARRED, account, room=jid, reason=reason)


async def what_is_lost(reading: Reading, holder: str, jids: Collection[str]) -> Mapping[str, Any]:
    """Places of a holder, and what its accounts are in the same rooms, as `overrule` gives them back."""
    held = await reading.all(select(memberships).where(memberships.c.holder == holder, ~memberships.c.is_pending))
    here = (affiliations.c.account.in_(jids), affiliations.c.room.in_([row.room for row in held]))
    listed = await reading.all(select(affiliations).where(*here))
    return {
        "places": [[row.room, *(getattr(row, name) for name in _GIVEN_BACK)] for row in held],
        "lists": [[row.room, row.account, row.affiliation] for row in listed],
    }


async def forget(transaction: Transaction, holder: str, jids: Collection[str]) -> None:
    """Nothing is given back any more to somebody who is being erased, nor do they answer for rooms."""
    theirs = blacklistings.c.holder.in_([holder, *map(holders.of_account, jids)])
    await transaction.run(update(blacklistings).where(theirs).values(lost=None))
    await former_managers.forget(transaction, jids)


async def _give_back(transaction: Transaction, holder: str, lost: Mapping[str, Any], at: float) -> Restored:
    mine = await lineage.accounts_of(transaction, *holders.parse(holder))
    held = {row.room for row in await transaction.all(select(memberships.c.room).where(memberships.c.holder == holder))}
    before = {room: dict(zip(_GIVEN_BACK, values, strict=True)) for room, *values in lost.get("places", ())}
    is_open = (rooms.c.number.in_(list(before)), rooms.c.status != RoomStatus.CLOSED.value, ~rooms.c.is_pending)
    still = {row.number: row.jid for row in await transaction.all(select(rooms.c.number, rooms.c.jid).where(*is_open))}
    for number in still.keys() - held:
        place = places.new_place(number, holder, at, is_pending=False)
        await transaction.run(insert(memberships).values({**place, **before[number]}))
    for account in mine if before else ():
        lists = {
            still[number]: affiliation
            for number, who, affiliation in lost.get("lists", ())
            if who == account and number in still and not await _is_listed(transaction, number, account)
        }
        await errands.leave(transaction, ErrandKind.RESTORED, account, count=len(still), lists=lists)
    return Restored(holder=holder, accounts=mine, rooms=tuple(sorted(still.values())))


async def _is_listed(reading: Reading, room: int, account: str) -> bool:
    here = (affiliations.c.room == room, affiliations.c.account == account)
    return await reading.scalar(select(affiliations.c.account).where(*here)) is not None


def _to_blacklisting(row: Row[Any]) -> Blacklisting:
    return Blacklisting(
        number=row.number,
        holder=row.holder or "",
        room=row.room,
        reason=row.reason,
        by=row.by,
        at=row.at,
        is_over=row.ended_at is not None,
    )

"""Rooms with their codes, and places in them: exact under concurrency, since each is taken in one transaction.

A place is *pending* from the moment it is promised until the server says that the join came about; pending places
count like any other. A room is pending until the server has made it.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, select

from policy.actions import TakePlace
from policy.facts import Counts, Room, RoomStatus
from policy.room_rule import RoomRule
from storage import blacklisting, blacklistings, codes, holders, places, room_rules, stays
from storage.database import Database, Reading
from storage.places import Full, Taken
from storage.room_rules import Grading, RulesDeed
from storage.schema import blacklist, memberships, rooms
from storage.stays import Stay

__all__ = ["Full", "Grading", "Membership", "Pending", "Rooms", "RulesDeed", "Stay", "Taken"]

# Made once, since making a query costs more than the database takes to answer it.
_NEWEST = places.ROOMS.where(rooms.c.jid == bindparam("jid")).order_by(rooms.c.number.desc()).limit(1)
_IS_MEMBER = (
    select(memberships.c.room)
    .join(rooms, rooms.c.number == memberships.c.room)
    .where(rooms.c.jid == bindparam("jid"), memberships.c.holder == bindparam("holder"), ~memberships.c.is_pending)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    room: Room
    is_creator: bool
    since: float
    is_pending: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """A place taken that nobody has confirmed."""

    holder: str
    room: str
    since: float


class Rooms:
    """Reads and writes of one database."""

    def __init__(self, database: Database) -> None:
        """Rooms of `database`."""
        self._database = database

    # looking

    async def find(self, jid: str) -> Room | None:
        """The room that has this address now; CLOSED if there is none and the address is blacklisted or kept."""

        async def look(reading: Reading) -> Room | None:
            row = await reading.first(_NEWEST, jid=jid)
            if row is not None:
                room = places.to_room(row)
                is_there = room.status is not RoomStatus.CLOSED or room.is_blacklisted or row.is_kept
                return room if is_there else None
            barred = select(blacklist.c.subject).where(blacklist.c.subject == holders.of_room(jid))
            if await reading.scalar(barred) is None:
                return None
            return Room(jid=jid, code="", status=RoomStatus.CLOSED, is_blacklisted=True)

        return await self._database.look(look)

    async def by_code(self, code: str) -> Room | None:
        """The room with this code, closed ones included, however the code was written down."""
        shown = codes.parse(code)
        if shown is None:
            return None
        async with self._database.read() as reading:
            row = await reading.first(places.ROOMS.where(rooms.c.code == shown))
        return None if row is None else places.to_room(row)

    async def creator_of(self, code: str) -> str | None:
        """The holder who made the room with this code, also when they left it or it was closed.

        None when there is no such room, nobody has made it yet, or it was found on the server.
        """
        async with self._database.read() as reading:
            creator: str | None = await reading.scalar(select(rooms.c.creator).where(rooms.c.code == code))
        return creator

    async def counts(self, holder: str, room_jid: str | None) -> Counts:
        """Places in use, the holder's own place in this room not counted."""

        async def look(reading: Reading) -> Counts:
            room = None if room_jid is None else await places.open_room(reading, room_jid)
            return await places.count(reading, holder, None if room is None else room.number)

        return await self._database.look(look)

    async def is_member(self, holder: str, room_jid: str) -> bool:
        """Whether the holder has a place there that is no longer pending."""
        row = await self._database.look(lambda reading: reading.first(_IS_MEMBER, jid=room_jid, holder=holder))
        return row is not None

    async def is_creator(self, holder: str, room_jid: str) -> bool:
        """Whether the room counts as one that the holder created."""
        query = (
            select(memberships.c.is_creator)
            .join(rooms, rooms.c.number == memberships.c.room)
            .where(rooms.c.jid == room_jid, memberships.c.holder == holder)
        )
        return bool(await self._database.look(lambda reading: reading.scalar(query)))

    async def memberships_of(self, holder: str) -> tuple[Membership, ...]:
        """Every place of a holder, oldest first."""
        query = (
            places.ROOMS.add_columns(
                memberships.c.is_creator, memberships.c.since, memberships.c.is_pending.label("waits")
            )
            .join(memberships, memberships.c.room == rooms.c.number)
            .where(memberships.c.holder == holder)
            .order_by(memberships.c.since, memberships.c.room)
        )
        async with self._database.read() as reading:
            return tuple(_membership(row) for row in await reading.all(query))

    async def members_of(self, room_jid: str) -> tuple[str, ...]:
        """Holders of places in the room that are no longer pending."""
        query = (
            select(memberships.c.holder)
            .join(rooms, rooms.c.number == memberships.c.room)
            .where(rooms.c.jid == room_jid, ~memberships.c.is_pending)
            .order_by(memberships.c.since, memberships.c.holder)
        )
        async with self._database.read() as reading:
            return tuple(row.holder for row in await reading.all(query))

    async def members_of_each(self, room_jids: Sequence[str]) -> dict[str, dict[str, Stay]]:
        """Places that are no longer pending by holder, for each room that has any; some hundred rooms at most."""
        async with self._database.read() as reading:
            return await stays.of_each(reading, room_jids)

    async def stay(self, holder: str, room_jid: str) -> Stay | None:
        """The holder's place there, pending or not, and whether they have posted; None when they have none."""
        return await self._database.look(lambda reading: stays.find(reading, holder, room_jid))

    async def open_rooms(self) -> tuple[str, ...]:
        """Addresses of rooms that are not closed and were made on the server."""
        query = select(rooms.c.jid).where(rooms.c.status != RoomStatus.CLOSED.value, ~rooms.c.is_pending)
        async with self._database.read() as reading:
            return tuple(row.jid for row in await reading.all(query.order_by(rooms.c.jid)))

    async def pending(self, before: float) -> tuple[Pending, ...]:
        """Places taken before that time and still pending, oldest first."""
        async with self._database.read() as reading:
            return await _pending(reading, before)

    # places

    async def take(self, place: TakePlace, at: float) -> Taken | Full:
        """Take a place, pending; a creation takes one of the places for rooms created as well.

        Asked again by the same holder, it answers the same and takes nothing more.

        Raises:
            NotFound: no such room, and it is not to be created; or the approval it rests on has just ended.
        """
        return await self._database.write(lambda transaction: places.take(transaction, place, at))

    async def confirm(self, holder: str, room_jid: str, at: float) -> bool:
        """The join came about. False when there is no such place: then `adopt` is what the server's word calls for."""
        return await self._database.write(lambda transaction: places.confirm(transaction, holder, room_jid, at))

    async def release(self, holder: str, room_jid: str) -> bool:
        """The join did not come about: free the place if it is pending, and a room that nobody else would make."""
        at = time.time()  # for the audit; nothing depends on it
        return await self._database.write(lambda transaction: places.release(transaction, holder, room_jid, at))

    async def leave(self, holder: str, room_jid: str, at: float, by: str) -> bool:
        """Give up a place for good, pending or not, and with it the one for a room created."""
        return await self._database.write(lambda transaction: places.leave(transaction, holder, room_jid, at, by))

    async def note_posted(self, holder: str, room_jid: str, at: float) -> None:
        """The holder's first message comes to the room. Noted once; nothing happens to who has no place there."""
        await self._database.write(lambda transaction: stays.note_posted(transaction, holder, room_jid, at))

    async def adopt(self, jid: str, at: float, members: Sequence[str]) -> Room:
        """What is found on the server is so: the room, made, and these holders' places, whatever the limits."""
        return await self._database.write(lambda transaction: places.adopt(transaction, jid, at, members))

    async def set_owner(self, holder: str, room_jid: str, *, is_owner: bool) -> None:
        """Others made the holder an owner, or took that back: the room counts as created by them, or no more.

        Whatever the limits; a room's founder keeps it.
        """
        await self._database.write(
            lambda transaction: places.set_owner(transaction, holder, room_jid, is_owner=is_owner)
        )

    # rooms

    async def close(self, room_jid: str, at: float, *, reason: str, by: str) -> bool:
        """Close for good: all places are free, the code is kept. False when it is closed or unknown."""
        return await self._database.write(
            lambda transaction: places.close(transaction, room_jid, at, reason=reason, by=by)
        )

    async def suspend(self, room_jid: str, at: float, *, reason: str, by: str) -> None:
        """Nobody may post there until it is resumed.

        Raises:
            NotFound: no such room.
        """
        await self._database.write(
            lambda transaction: places.set_status(transaction, room_jid, RoomStatus.SUSPENDED, at, reason=reason, by=by)
        )

    async def resume(self, room_jid: str, at: float, *, reason: str, by: str) -> None:
        """End a suspension.

        Raises:
            NotFound: no such room.
        """
        await self._database.write(
            lambda transaction: places.set_status(transaction, room_jid, RoomStatus.OPEN, at, reason=reason, by=by)
        )

    async def blacklist(self, room_jid: str, at: float, *, reason: str, by: str, managers: Sequence[str] = ()) -> None:
        """Bar an address, with a room or without, also a later one; errands tell who answers for it, and `managers`."""
        await self._database.write(
            lambda transaction: blacklistings.bar_room(
                transaction, room_jid, at, reason=reason, by=by, managers=managers
            )
        )

    async def unblacklist(self, room_jid: str, at: float, *, reason: str, by: str) -> None:
        """Lift that again."""
        subject = holders.of_room(room_jid)
        await self._database.write(
            lambda transaction: blacklisting.remove(transaction, (subject,), room_jid, at, reason=reason, by=by)
        )

    # grading, and rules of their own

    async def classify(self, code: str, at: float, *, category: str, scale: str, reason: str, by: str) -> bool:
        """Give a room a category and a scale class; False when it is closed or unknown."""
        graded = {"category": category, "scale": scale}
        return await self._database.write(
            lambda transaction: room_rules.classify(transaction, code, graded, at, reason=reason, by=by)
        )

    async def gradings(self) -> tuple[Grading, ...]:
        """Categories and scale classes that somebody chose for open rooms, and for how many."""
        async with self._database.read() as reading:
            return await room_rules.gradings(reading)

    async def set_rules(self, room: Room, rules: Sequence[RoomRule], at: float, *, by: str, deed: RulesDeed) -> bool:
        """Have a room's own rules be these from now on, in place of those that it has in `room`.

        False when they are no longer those, or the room is closed: nothing is lost by somebody else's hand.
        """
        return await self._database.write(
            lambda transaction: room_rules.change(transaction, room, rules, at, by=by, deed=deed)
        )


async def _pending(reading: Reading, before: float) -> tuple[Pending, ...]:
    query = (
        select(memberships.c.holder, rooms.c.jid, memberships.c.since)
        .join(rooms, rooms.c.number == memberships.c.room)
        .where(memberships.c.is_pending, memberships.c.since < before)
        .order_by(memberships.c.since)
    )
    return tuple(Pending(holder=row.holder, room=row.jid, since=row.since) for row in await reading.all(query))


def _membership(row: Row[Any]) -> Membership:
    return Membership(
        room=places.to_room(row),
        is_creator=row.is_creator,
        since=row.since,
        is_pending=row.waits,
    )

"""Rooms that their owners offer to somebody else: offered, accepted or not, and done when the server says so too.

One offer of a room waits at most; a newer one takes its place.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, insert, or_, select, update

from policy.facts import RoomStatus
from storage import holders
from storage.database import MACHINE, Database, Reading, Transaction
from storage.schema import accounts, handovers, memberships, rooms


class State(Enum):
    WAITING = "waiting"
    ACCEPTED = "accepted"  # the server is still to be told
    DONE = "done"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"  # another offer took its place
    LAPSED = "lapsed"
    FAILED = "failed"  # the room did not take it


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """Accounts by bare JID."""

    number: int
    code: str
    room: str
    giver: str
    taker: str
    until: float
    state: State


class Handovers:
    """Reads and writes of one database."""

    def __init__(self, database: Database) -> None:
        """Offers in `database`."""
        self._database = database

    async def offer(self, code: str, room: str, at: float, *, giver: str, taker: str, until: float) -> int:
        """Offer a room; its number."""

        async def work(transaction: Transaction) -> int:
            earlier = (handovers.c.code == code, _is(State.WAITING))
            await transaction.run(update(handovers).where(*earlier).values(state=State.WITHDRAWN.value))
            row = {"code": code, "room": room, "giver": giver, "taker": taker, "at": at, "until": until}
            number = await transaction.insert(insert(handovers).values(**row, state=State.WAITING.value))
            transaction.note(giver, "room-offered", room, at, number=number, code=code, taker=taker)
            return number

        return await self._database.write(work)

    async def offered_to(self, takers: Collection[str], at: float) -> tuple[Handover, ...]:
        """Those that wait for one of these accounts."""
        return await self._all(handovers.c.taker.in_(takers), _is(State.WAITING), handovers.c.until > at)

    async def accepted(self) -> tuple[Handover, ...]:
        """Those of which the server is still to be told."""
        return await self._all(_is(State.ACCEPTED))

    async def lapsed(self, at: float) -> tuple[Handover, ...]:
        """Those that wait longer than they may."""
        return await self._all(_is(State.WAITING), handovers.c.until <= at)

    async def next_due(self) -> float | None:
        """When the next one lapses."""
        query = select(handovers.c.until).where(_is(State.WAITING)).order_by(handovers.c.until).limit(1)
        async with self._database.read() as reading:
            until: float | None = await reading.scalar(query)
        return until

    async def settle(self, number: int, before: State, after: State, at: float, *, by: str) -> bool:
        """Have one that is in this state be in that; False when somebody was quicker."""

        async def work(transaction: Transaction) -> bool:
            this = (handovers.c.number == number, _is(before))
            if not await transaction.run(update(handovers).where(*this).values(state=after.value)):
                return False
            room = await transaction.scalar(select(handovers.c.room).where(handovers.c.number == number))
            transaction.note(by, f"room-handover-{after.value}", str(room), at, number=number)
            return True

        return await self._database.write(work)

    async def complete(self, handover: Handover, at: float) -> bool:
        """It is so on the server: the room counts for its new owner, and as made by them if the old one made it."""

        async def work(transaction: Transaction) -> bool:
            this = (handovers.c.number == handover.number, _is(State.ACCEPTED))
            if not await transaction.run(update(handovers).where(*this).values(state=State.DONE.value)):
                return False
            old, new = [await _holder(transaction, each) for each in (handover.giver, handover.taker)]
            here = (rooms.c.code == handover.code, rooms.c.status != RoomStatus.CLOSED.value)
            room = await transaction.first(select(rooms.c.number, rooms.c.creator).where(*here))
            if room is not None and old != new:
                await _pass_on(transaction, room, old, new)
            transaction.note(MACHINE, "room-handed-over", handover.room, at, number=handover.number, taker=new)
            return True

        return await self._database.write(work)

    async def _all(self, *conditions: ColumnElement[bool]) -> tuple[Handover, ...]:
        query = select(handovers).where(*conditions).order_by(handovers.c.number).limit(100)
        async with self._database.read() as reading:
            return tuple(map(_handover, await reading.all(query)))


async def forget(transaction: Transaction, gone: Collection[str]) -> None:
    """These accounts belong to nobody any more."""
    theirs = or_(handovers.c.giver.in_(gone), handovers.c.taker.in_(gone))
    await transaction.run(delete(handovers).where(theirs))


async def _pass_on(transaction: Transaction, room: Row[Any], old: str, new: str) -> None:
    is_made = room.creator == old
    here = memberships.c.room == room.number
    lost = update(memberships).where(here, memberships.c.holder == old).values(is_creator=False, is_given=False)
    await transaction.run(lost)
    won = update(memberships).where(here, memberships.c.holder == new)
    await transaction.run(won.values(is_creator=True, is_given=not is_made))
    if is_made:
        await transaction.run(update(rooms).where(rooms.c.number == room.number).values(creator=new))


async def _holder(reading: Reading, account: str) -> str:
    return holders.of(account, await reading.scalar(select(accounts.c.person).where(accounts.c.jid == account)))


def _is(state: State) -> ColumnElement[bool]:
    return handovers.c.state == state.value


def _handover(row: Row[Any]) -> Handover:
    return Handover(
        number=row.number,
        code=row.code,
        room=row.room,
        giver=row.giver,
        taker=row.taker,
        until=row.until,
        state=State(row.state),
    )

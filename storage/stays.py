"""Since when somebody has been a member of a room, and whether they have posted there; see `Rooms.stay`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from storage.database import Reading, Transaction
from storage.schema import memberships, rooms


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    since: float
    has_posted: bool
    is_pending: bool = False  # promised, but not yet seen to come about


_STAYS = select(
    rooms.c.jid, memberships.c.holder, memberships.c.since, memberships.c.posted_at, memberships.c.is_pending
).join(rooms, rooms.c.number == memberships.c.room)

_STAY = _STAYS.where(rooms.c.jid == bindparam("jid"), memberships.c.holder == bindparam("holder"))


async def find(reading: Reading, holder: str, room_jid: str) -> Stay | None:
    """See `Rooms.stay`. Rooms that were closed have no members."""
    row = await reading.first(_STAY, jid=room_jid, holder=holder)
    return None if row is None else _stay(row)


async def of_each(reading: Reading, room_jids: Sequence[str]) -> dict[str, dict[str, Stay]]:
    """See `Rooms.members_of_each`."""
    members: dict[str, dict[str, Stay]] = {}
    for row in await reading.all(_STAYS.where(rooms.c.jid.in_(room_jids), ~memberships.c.is_pending)):
        members.setdefault(row.jid, {})[row.holder] = _stay(row)
    return members


async def note_posted(transaction: Transaction, holder: str, room_jid: str, at: float) -> None:
    """See `Rooms.note_posted`."""
    there = memberships.c.room.in_(select(rooms.c.number).where(rooms.c.jid == room_jid))
    await transaction.run(
        update(memberships)
        .where(there, memberships.c.holder == holder, memberships.c.posted_at.is_(None))
        .values(posted_at=at)
    )


def _stay(row: Row[Any]) -> Stay:
    return Stay(since=row.since, has_posted=row.posted_at is not None, is_pending=row.is_pending)

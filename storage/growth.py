"""Rooms that came near the members they may have, or fell well below: what their managers were told of it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Integer, and_, case, func, or_, update

from policy.facts import Room, RoomStatus
from policy.growth import FALL, LEVELS
from storage import places
from storage.database import Database, Transaction
from storage.schema import overrides, rooms


@dataclass(frozen=True, slots=True, kw_only=True)
class Growing:
    """A room with another number of members than its managers were told of."""

    room: Room
    members: int
    told: int  # the level, 0: none


class Growth:
    """Reads and writes of one database."""

    def __init__(self, database: Database) -> None:
        """Rooms of `database`."""
        self._database = database

    async def changed(
        self, limits: Mapping[str, int], default: int, at: float, *, rooms_only: Collection[str] | None, limit: int
    ) -> tuple[Growing, ...]:
        """Rooms at another level (`policy.growth`) than was told.

        `limits`: members by scale class; `default`: of rooms for which nobody chose one of these. `rooms_only`: no
        others than these addresses, some hundred at most.
        """
        allowed = func.coalesce(
            case((or_(overrides.c.until.is_(None), overrides.c.until > at), overrides.c.places)),
            case(*((rooms.c.scale == scale, members) for scale, members in limits.items()), else_=default),
        ).cast(Integer)
        here = () if rooms_only is None else (rooms.c.jid.in_(rooms_only),)
        query = (
            places.ROOMS.where(rooms.c.status != RoomStatus.CLOSED.value, ~rooms.c.is_pending, *here)
            .where(_is_told_otherwise(allowed))
            .order_by(rooms.c.number)
            .limit(limit)
        )
        async with self._database.read() as reading:
            return tuple(
                Growing(room=places.to_room(row), members=row.members, told=row.growth_told)
                for row in await reading.all(query)
            )

    async def note(self, code: str, *, before: int, told: int) -> bool:
        """The managers of the room with this code know of this level. False: they knew another one than `before`."""
        known = (rooms.c.code == code, rooms.c.growth_told == before)

        async def work(transaction: Transaction) -> bool:
            return bool(await transaction.run(update(rooms).where(*known).values(growth_told=told)))

        return await self._database.write(work)


def _is_told_otherwise(allowed: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether `policy.growth.level_of` gives another level than the one told."""
    share, told = rooms.c.members * 100, rooms.c.growth_told
    return or_(
        *(and_(told < level, share >= level * allowed) for level in LEVELS),
        *(and_(told == level, share < (level - FALL) * allowed) for level in LEVELS),
    )

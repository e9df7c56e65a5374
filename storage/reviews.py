"""Reviews of rooms: foreseen, due, decided once. When they are due, the settings say; what was told of it stands here.

A review is due at the time that the room's managers were told, never before. At most one waits for each room; it
belongs to the room's code, and waits on when the room is destroyed and made anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import reduce
from typing import Any

from sqlalchemy import ColumnElement, Double, Row, case, exists, func, insert, literal, select, update

from policy.facts import Room, RoomStatus
from policy.reviewing import Axis
from storage import measuring, places
from storage.database import MACHINE, Database, Transaction
from storage.measure import Measure, Order
from storage.schema import reviews, rooms

_NEVER_S = 1e12
_WAITS = reviews.c.outcome.is_(None)
_IS_OPEN = rooms.c.status != RoomStatus.CLOSED.value
_IS_THERE = _IS_OPEN & ~rooms.c.is_pending
_HAS_WAITING = exists().where(reviews.c.code == rooms.c.code, _WAITS)
_OF_OPEN_ROOM = exists().where(rooms.c.code == reviews.c.code, _IS_OPEN).correlate(reviews)
"""Asked of each review, of which few wait: joined, all rooms would be looked at."""

_SINCE = func.coalesce(rooms.c.reviewed_at, rooms.c.taken_at)


class Outcome(Enum):
    """How a review ended."""

    KEPT = "kept"  # the room stays as it is
    MEASURE = "measure"  # one was imposed


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A room whose managers do not know that a review comes, and when the settings have it due."""

    room: Room
    due_at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One that fell due; `since` then it has been before the moderators."""

    number: int
    room: Room
    since: float
    outcome: Outcome | None
    decided_by: str | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a room stands between two reviews."""

    founded: float
    reviewed_at: float | None
    reviewed_by: str | None
    review_at: float | None  # as its managers were told
    waits_since: float | None


class Reviews:
    """Reads and writes of one database."""

    def __init__(self, database: Database) -> None:
        """Reviews of rooms in `database`."""
        self._database = database

    # before one is due

    async def coming(self, axes: Sequence[Axis], before: float, *, limit: int) -> tuple[Coming, ...]:
        """Rooms due before that time whose managers were not told, the longest due first."""
        due = _due(axes)
        query = (
            places.ROOMS.add_columns(due.label("due"))
            .where(_IS_THERE, rooms.c.review_at.is_(None), due <= before)
            .order_by(due, rooms.c.number)
            .limit(limit)
        )
        async with self._database.read() as reading:
            return tuple(Coming(room=places.to_room(row), due_at=row.due) for row in await reading.all(query))

    async def foresee(self, code: str, review_at: float, at: float) -> bool:
        """The room's managers are told that a review comes at that time. False: they were, or the room is gone."""

        async def work(transaction: Transaction) -> bool:
            here = (rooms.c.code == code, _IS_THERE, rooms.c.review_at.is_(None))
            if not await transaction.run(update(rooms).where(*here).values(review_at=review_at)):
                return False
            jid = await transaction.scalar(select(rooms.c.jid).where(rooms.c.code == code))
            transaction.note(MACHINE, "review-foreseen", str(jid), at, code=code, until=review_at)
            return True

        return await self._database.write(work)

    async def put_off(self, axes: Sequence[Axis], before: float) -> int:
        """Forget what was told of reviews that are not due before that time any more; how many."""
        far = (rooms.c.review_at.is_not(None), ~_HAS_WAITING, _due(axes) > before)
        if not await self._are_any(*far):
            return 0
        put_off = update(rooms).where(*far).values(review_at=None)
        return await self._database.write(lambda transaction: transaction.run(put_off))

    async def open_due(self, at: float, *, limit: int) -> int:
        """Have those that are due wait for a moderator; how many that were, each once."""
        is_due = (_IS_THERE, rooms.c.review_at <= at, ~_HAS_WAITING)
        if not await self._are_any(*is_due):
            return 0

        async def work(transaction: Transaction) -> int:
            query = select(rooms.c.code, rooms.c.jid).where(*is_due)
            due = await transaction.all(query.order_by(rooms.c.review_at, rooms.c.number).limit(limit))
            for row in due:
                flags = {"is_announced": False, "is_urged": False, "is_told": False}
                values = {"code": row.code, "since": at, "reason": "", **flags}
                number = await transaction.insert(insert(reviews).values(values))
                transaction.note(MACHINE, "review-due", row.jid, at, code=row.code, number=number)
            return len(due)

        return await self._database.write(work)

    async def next_at(self, axes: Sequence[Axis], ahead_s: float) -> float | None:
        """When the next managers are to be told, so long ahead, or the next review that they know of is due."""
        due = _due(axes)
        untold = select(func.min(due)).where(_IS_THERE, rooms.c.review_at.is_(None), due < _NEVER_S)
        told = select(func.min(rooms.c.review_at)).where(_IS_THERE, rooms.c.review_at.is_not(None), ~_HAS_WAITING)
        async with self._database.read() as reading:
            due_at, review_at = await reading.scalar(untold), await reading.scalar(told)
        times = (None if due_at is None else due_at - ahead_s, review_at)
        return min((each for each in times if each is not None), default=None)

    # while one waits

    async def waiting(self, *, limit: int) -> tuple[Review, ...]:
        """Those of open rooms that nobody has decided on, oldest first."""
        return await self._all(_WAITS, _OF_OPEN_ROOM, limit=limit)

    async def find(self, number: int) -> Review | None:
        """One by its number."""
        return next(iter(await self._all(reviews.c.number == number, limit=1)), None)

    async def count(self, overdue_since: float) -> tuple[int, int]:
        """How many wait, and how many of them since that time or longer."""
        is_late = case((reviews.c.since <= overdue_since, 1), else_=0)
        query = (
            select(func.count().label("waiting"), func.sum(is_late).label("late"))
            .select_from(reviews)
            .where(_WAITS, _OF_OPEN_ROOM)
        )
        async with self._database.read() as reading:
            row = await reading.first(query)
        return (0, 0) if row is None else (row.waiting, int(row.late or 0))

    async def decide(
        self, number: int, at: float, *, by: str, reason: str, order: Order | None
    ) -> tuple[Review, Measure | None] | None:
        """End one: the room stays as it is, or what is ordered is imposed with it.

        None: it does not wait any more, the room is closed, or something else is held against the room by now.
        """

        async def work(transaction: Transaction) -> Measure | bool:
            this = (reviews.c.number == number, _WAITS)
            row = await transaction.first(select(reviews).where(*this))
            room = None if row is None else await _open(transaction, row.code)
            if row is None or room is None:
                return False
            measure = None if order is None else await measuring.impose(transaction, order, at)
            if order is not None and measure is None:
                return False
            outcome = Outcome.KEPT if measure is None else Outcome.MEASURE
            values = {"outcome": outcome.value, "decided_at": at, "decided_by": by, "reason": reason}
            imposed = None if measure is None else measure.number
            is_told = measure is not None  # the measure's own notice says so
            await transaction.run(update(reviews).where(*this).values(**values, measure=imposed, is_told=is_told))
            reviewed = {"reviewed_at": at, "reviewed_by": by, "review_at": None}
            await transaction.run(update(rooms).where(rooms.c.code == row.code).values(reviewed))
            detail = {"number": number, "code": row.code, "outcome": outcome.value, "measure": imposed}
            transaction.note(by, "review-decided", room.jid, at, reason=reason, **detail)
            return True if measure is None else measure

        decided = await self._database.write(work)
        if decided is False:
            return None
        review = await self.find(number)
        assert review is not None  # noqa: S101 - it was decided above
        return review, None if decided is True else decided

    # who is told

    async def unannounced(self) -> tuple[int, ...]:
        """Those of which moderators do not know."""
        return await self._numbers(~reviews.c.is_announced)

    async def overdue(self, since: float) -> tuple[int, ...]:
        """Those that have waited since that time or longer, which moderators were not told."""
        return await self._numbers(~reviews.c.is_urged, reviews.c.since <= since)

    async def note_announced(self, numbers: Sequence[int]) -> None:
        """Moderators know of these."""
        await self._mark(numbers, is_announced=True)

    async def note_urged(self, numbers: Sequence[int]) -> None:
        """And that they are overdue."""
        await self._mark(numbers, is_announced=True, is_urged=True)

    async def next_overdue(self) -> float | None:
        """Since when the next one waits that moderators are to be told of as overdue."""
        query = select(func.min(reviews.c.since)).where(_WAITS, _OF_OPEN_ROOM, ~reviews.c.is_urged)
        async with self._database.read() as reading:
            since: float | None = await reading.scalar(query)
        return since

    async def untold(self, *, limit: int) -> tuple[Review, ...]:
        """Those decided of which the rooms' managers do not know."""
        return await self._all(~reviews.c.is_told, ~_WAITS, limit=limit)

    async def note_told(self, number: int) -> None:
        """They do."""
        await self._mark((number,), is_told=True)

    async def standing(self, code: str) -> Standing | None:
        """Where the room with this code stands; None when it is closed or unknown."""
        waits = select(func.min(reviews.c.since)).where(reviews.c.code == code, _WAITS).scalar_subquery()
        query = select(
            rooms.c.taken_at, rooms.c.reviewed_at, rooms.c.reviewed_by, rooms.c.review_at, waits.label("waits")
        )
        async with self._database.read() as reading:
            row = await reading.first(query.where(rooms.c.code == code, _IS_OPEN))
        if row is None:
            return None
        return Standing(
            founded=row.taken_at,
            reviewed_at=row.reviewed_at,
            reviewed_by=row.reviewed_by,
            review_at=row.review_at,
            waits_since=row.waits,
        )

    async def _are_any(self, *conditions: ColumnElement[bool]) -> bool:
        """Nothing is locked as long as there is nothing to write."""
        async with self._database.read() as reading:
            return await reading.scalar(select(rooms.c.number).where(*conditions).limit(1)) is not None

    async def _all(self, *conditions: ColumnElement[bool], limit: int) -> tuple[Review, ...]:
        fields = {name: reviews.c[name].label(f"review_{name}") for name in _FIELDS}
        query = places.ROOMS.add_columns(*fields.values()).join(reviews, reviews.c.code == rooms.c.code)
        wanted = select(reviews.c.number).where(*conditions).order_by(reviews.c.number).limit(limit)
        async with self._database.read() as reading:
            rows = await reading.all(query.where(reviews.c.number.in_(wanted)).order_by(reviews.c.number))
        return tuple(map(_review, rows))

    async def _numbers(self, *conditions: ColumnElement[bool]) -> tuple[int, ...]:
        query = select(reviews.c.number).where(_WAITS, _OF_OPEN_ROOM, *conditions)
        async with self._database.read() as reading:
            rows = await reading.all(query.order_by(reviews.c.number))
        return tuple(row.number for row in rows)

    async def _mark(self, numbers: Sequence[int], **flags: bool) -> None:
        marked = update(reviews).where(reviews.c.number.in_(numbers)).values(**flags)
        await self._database.write(lambda transaction: transaction.run(marked))


_FIELDS = ("number", "since", "outcome", "decided_by", "reason")


def _review(row: Row[Any]) -> Review:
    return Review(
        number=row.review_number,
        room=places.to_room(row),
        since=row.review_since,
        outcome=None if row.review_outcome is None else Outcome(row.review_outcome),
        decided_by=row.review_decided_by,
        reason=row.review_reason,
    )


async def _open(transaction: Transaction, code: str) -> Row[Any] | None:
    return await transaction.first(select(rooms).where(rooms.c.code == code, _IS_OPEN))


def _due(axes: Sequence[Axis]) -> ColumnElement[float]:
    """When a review of a row of `rooms` is due (`policy.reviewing.period_of`); past any time if never."""
    least = reduce(lambda one, other: case((one <= other, one), else_=other), map(_period, axes))
    return _SINCE + least


def _period(axis: Axis) -> ColumnElement[float]:
    column = rooms.c[axis.column]
    default = _seconds(axis.default_period)
    if not axis.periods:
        return default
    return case(*((column == name, _seconds(period)) for name, period in axis.periods.items()), else_=default)


def _seconds(period: float | None) -> ColumnElement[float]:
    return literal(_NEVER_S if period is None else float(period), Double())

"""What waits for staff, whichever table it is in: how long, how much, and of what is overdue they were told.

One place for every queue: a queue is a query for its entries' numbers and since when each waits.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import Select, Subquery, and_, delete, exists, func, insert, literal, select, union_all

from storage.database import Database, Reading, Transaction
from storage.holding import WAITING as HELD
from storage.schema import (
    appeals,
    cases,
    corrections,
    disclosures,
    holds,
    measures,
    overdue,
    proposals,
    reports,
    verifications,
)

_REVIEWED = "review"  # the provider whose word an officer gives
_WAITING = "waiting"  # of proposals, appeals and verifications alike


class Queue(Enum):
    """Named as the command that works it off."""

    APPLICATIONS = "applications"
    HELD = "held"
    CASES = "cases"
    APPEALS = "appeals"
    GROUP = "group"  # rooms that are said to be set right
    REVIEW = "review"
    CORRECTIONS = "corrections"
    DISCLOSURES = "disclosures"


OFFICERS = frozenset((Queue.REVIEW, Queue.CORRECTIONS, Queue.DISCLOSURES))
"""Those that identity officers work off; the others are moderators'."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something that waits. The same number waits anew when it was asked for again."""

    queue: Queue
    number: int
    since: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Length:
    """How much waits in a queue that is not empty."""

    count: int
    overdue: int
    oldest: float  # since when the oldest waits


class Queues:
    """Reads and writes of one database."""

    def __init__(self, database: Database) -> None:
        """Queues in `database`."""
        self._database = database

    async def lengths(self, at: float, response_s: float) -> Mapping[Queue, Length]:
        """Of those that are not empty; what waits longer than `response_s` is overdue, or nothing is if that is 0."""
        async with self._database.read() as reading:
            return await lengths(reading, at, response_s)

    async def since(self, queue: Queue, at: float) -> Mapping[int, float]:
        """Since when each of a queue's entries waits, by number."""
        async with self._database.read() as reading:
            return {row.number: row.since for row in await reading.all(_QUERIES[queue](at))}

    async def untold(self, at: float, before: float) -> tuple[Entry, ...]:
        """What waits since `before` or longer, and nobody was told so."""
        waiting = _all_at(at)
        query = select(waiting).where(waiting.c.since <= before, ~_is_told(waiting))
        async with self._database.read() as reading:
            rows = await reading.all(query.order_by(waiting.c.since, waiting.c.queue, waiting.c.number))
        return tuple(Entry(queue=Queue(row.queue), number=row.number, since=row.since) for row in rows)

    async def oldest_untold(self, at: float) -> float | None:
        """Since when the oldest waits of which nobody was told."""
        waiting = _all_at(at)
        async with self._database.read() as reading:
            oldest: float | None = await reading.scalar(select(func.min(waiting.c.since)).where(~_is_told(waiting)))
        return oldest

    async def note_told(self, entries: Sequence[Entry], at: float) -> None:
        """They were told of these; what waits no more is forgotten."""

        async def work(transaction: Transaction) -> None:
            waiting = _all_at(at)
            still = exists().where(_same(waiting))
            await transaction.run(delete(overdue).where(~still))
            for entry in entries:
                row = {"queue": entry.queue.value, "number": entry.number, "since": entry.since}
                here = and_(overdue.c.queue == entry.queue.value, overdue.c.number == entry.number)
                await transaction.run(delete(overdue).where(here))
                await transaction.run(insert(overdue).values(row))

        await self._database.write(work)


async def lengths(reading: Reading, at: float, response_s: float) -> Mapping[Queue, Length]:
    """See `Queues.lengths`."""
    waiting = _all_at(at)
    late = func.count().filter(waiting.c.since <= at - response_s) if response_s else literal(0)
    query = select(
        waiting.c.queue,
        func.count().label("entries"),
        late.label("late"),
        func.min(waiting.c.since).label("oldest"),
    ).group_by(waiting.c.queue)
    rows = {row.queue: row for row in await reading.all(query)}
    return {
        queue: Length(count=row.entries, overdue=row.late, oldest=row.oldest)
        for queue in Queue
        if (row := rows.get(queue.value)) is not None
    }


def _applications(at: float) -> Select[Any]:
    here = (proposals.c.status == _WAITING, proposals.c.until > at)
    return select(proposals.c.number.label("number"), proposals.c.at.label("since")).where(*here)


def _held(at: float) -> Select[Any]:
    here = (holds.c.state == HELD, holds.c.until > at)
    return select(holds.c.number.label("number"), holds.c.at.label("since")).where(*here)


def _cases(_at: float) -> Select[Any]:
    """Not those that a room's managers still have time for; their time is not moderators'."""
    since = func.coalesce(reports.c.passed_at, cases.c.at)
    return (
        select(cases.c.number.label("number"), since.label("since"))
        .outerjoin(reports, reports.c.case_number == cases.c.number)
        .where(cases.c.closed_at.is_(None), reports.c.due_at.is_(None))
    )


def _appeals(_at: float) -> Select[Any]:
    query = select(appeals.c.number.label("number"), appeals.c.at.label("since"))
    return query.where(appeals.c.state == _WAITING, ~appeals.c.is_told)


def _claims(_at: float) -> Select[Any]:
    query = select(measures.c.number.label("number"), measures.c.claimed_at.label("since"))
    return query.where(measures.c.claimed_at.is_not(None), measures.c.ended_at.is_(None))


def _submissions(at: float) -> Select[Any]:
    here = (verifications.c.provider == _REVIEWED, verifications.c.status == _WAITING, verifications.c.expires_at > at)
    return select(verifications.c.number.label("number"), verifications.c.at.label("since")).where(*here)


def _corrections(_at: float) -> Select[Any]:
    return select(corrections.c.person.label("number"), corrections.c.at.label("since"))


def _disclosures(at: float) -> Select[Any]:
    here = (disclosures.c.decided_at.is_(None), disclosures.c.lapses_at > at)
    return select(disclosures.c.number.label("number"), disclosures.c.asked_at.label("since")).where(*here)


_QUERIES: Mapping[Queue, Callable[[float], Select[Any]]] = {
    Queue.APPLICATIONS: _applications,
    Queue.HELD: _held,
    Queue.CASES: _cases,
    Queue.APPEALS: _appeals,
    Queue.GROUP: _claims,
    Queue.REVIEW: _submissions,
    Queue.CORRECTIONS: _corrections,
    Queue.DISCLOSURES: _disclosures,
}


def _all_at(at: float) -> Subquery:
    each = [query(at).add_columns(literal(queue.value).label("queue")) for queue, query in _QUERIES.items()]
    return union_all(*each).subquery("waiting")


def _same(waiting: Subquery) -> Any:  # noqa: ANN401 - an expression of SQL
    here = (overdue.c.queue == waiting.c.queue, overdue.c.number == waiting.c.number)
    return and_(*here, overdue.c.since == waiting.c.since)


def _is_told(waiting: Subquery) -> Any:  # noqa: ANN401 - likewise
    return exists().where(_same(waiting)).correlate(waiting)

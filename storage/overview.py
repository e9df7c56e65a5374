"""What there is, in numbers, for whoever runs the service. Names nobody."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, FromClause, func, select

from config.settings import Settings
from policy.activity import Week, activity_of, week_of
from policy.facts import RoomStatus
from storage.database import Database, Reading
from storage.holding import WAITING
from storage.queues import lengths
from storage.rule_stats import DAY_S
from storage.schema import (
    accounts,
    audit_head,
    blacklist,
    cases,
    holds,
    identities,
    lockdowns,
    memberships,
    persons,
    rooms,
    rule_stats,
    sanctions,
)

Counts = tuple[tuple[str, int], ...]
_IS_OPEN = (rooms.c.status != RoomStatus.CLOSED.value) & ~rooms.c.is_pending


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """At one moment."""

    rooms: Counts  # by status
    members: int  # places in rooms
    activity: Counts  # open rooms by class, the quietest first
    messages: Counts  # let into rooms this week and last week
    persons: int  # verified
    identities: int  # known, verified or not
    accounts: int  # bound to a person
    sanctions: Counts  # in force, by kind
    blacklisted: int
    lockdowns: int  # in force
    cases: int  # open
    reviews: Counts  # of groups: those that wait, and those that have waited too long
    held: int  # stanzas that wait for a moderator
    waiting: Counts  # for staff, by queue
    overdue: Counts  # of it, what waits too long
    oldest_s: Counts  # how many seconds the oldest waits
    refused_today: Counts  # stanzas by rule (UTC), most first; one that two rules refuse is in both
    audit_entries: int


async def look_over(
    database: Database, at: float, weeks: Sequence[Sequence[Week]], reviews: Counts, settings: Settings
) -> Overview:
    """Count everything else, in one snapshot; `weeks` of each room in which anything was written lately."""
    now = week_of(at)
    written = Counter(activity_of(room, now, settings) for room in weeks)
    messages = Counter[int]()
    for week in (week for room in weeks for week in room):
        messages[week.number] += week.messages
    async with database.read() as reading:
        today = (
            select(rule_stats.c.rule, rule_stats.c.refused)
            .where(rule_stats.c.day == int(at // DAY_S), rule_stats.c.refused > 0)
            .order_by(rule_stats.c.refused.desc(), rule_stats.c.rule)
        )
        queues = await lengths(reading, at, settings.queues.response_time)
        is_not_over = sanctions.c.until.is_(None) | (sanctions.c.until > at)
        return Overview(
            rooms=await _by(reading, rooms.c.status, ~rooms.c.is_pending),
            members=await _count(reading, memberships),
            activity=_classes(written, await _count(reading, rooms, _IS_OPEN), settings),
            messages=(("this week", messages[now]), ("last week", messages[now - 1])),
            persons=await _count(reading, persons),
            identities=await _count(reading, identities),
            accounts=await _count(reading, accounts, accounts.c.person.is_not(None)),
            sanctions=await _by(reading, sanctions.c.kind, sanctions.c.lifted_at.is_(None), is_not_over),
            blacklisted=await _count(reading, blacklist),
            lockdowns=await _count(reading, lockdowns, lockdowns.c.ended_at.is_(None), lockdowns.c.until > at),
            cases=await _count(reading, cases, cases.c.closed_at.is_(None)),
            reviews=reviews,
            held=await _count(reading, holds, holds.c.state == WAITING, holds.c.until > at),
            waiting=tuple((queue.value, length.count) for queue, length in queues.items()),
            overdue=tuple((queue.value, length.overdue) for queue, length in queues.items() if length.overdue),
            oldest_s=tuple((queue.value, int(at - length.oldest)) for queue, length in queues.items()),
            refused_today=tuple((row.rule, row.refused) for row in await reading.all(today)),
            audit_entries=int(await reading.scalar(select(audit_head.c.number)) or 0),
        )


def _classes(written: Mapping[str | None, int], open_rooms: int, settings: Settings) -> Counts:
    """Rooms in which nobody wrote are of the quietest class."""
    silent = max(0, open_rooms - sum(written.values()))
    return tuple(
        (name, written.get(name, 0) + (0 if number else silent)) for number, name in enumerate(settings.activity)
    )


async def _count(reading: Reading, table: FromClause, *where: ColumnElement[bool]) -> int:
    return int(await reading.scalar(select(func.count()).select_from(table).where(*where)))


async def _by(reading: Reading, column: ColumnElement[str], *where: ColumnElement[bool]) -> Counts:
    query = (
        select(column.label("name"), func.count().label("times"))
        .where(*where)
        .group_by(column)
        .order_by(func.count().desc(), column)
    )
    return tuple((row.name, row.times) for row in await reading.all(query))

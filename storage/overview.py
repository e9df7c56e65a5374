"""What there is, in numbers, for whoever runs the service. Names nobody."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, FromClause, func, select

from storage.database import Database, Reading
from storage.holding import WAITING
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """At one moment."""

    rooms: Counts  # by status
    members: int  # places in rooms
    persons: int  # verified
    identities: int  # known, verified or not
    accounts: int  # bound to a person
    sanctions: Counts  # in force, by kind
    blacklisted: int
    lockdowns: int  # in force
    cases: int  # open
    held: int  # stanzas that wait for a moderator
    refused_today: Counts  # stanzas by rule (UTC), most first; one that two rules refuse is in both
    audit_entries: int


async def look_over(database: Database, at: float) -> Overview:
    """Count everything, in one snapshot."""
    async with database.read() as reading:
        today = (
            select(rule_stats.c.rule, rule_stats.c.refused)
            .where(rule_stats.c.day == int(at // DAY_S), rule_stats.c.refused > 0)
            .order_by(rule_stats.c.refused.desc(), rule_stats.c.rule)
        )
        is_not_over = sanctions.c.until.is_(None) | (sanctions.c.until > at)
        return Overview(
            rooms=await _by(reading, rooms.c.status, ~rooms.c.is_pending),
            members=await _count(reading, memberships),
            persons=await _count(reading, persons),
            identities=await _count(reading, identities),
            accounts=await _count(reading, accounts, accounts.c.person.is_not(None)),
            sanctions=await _by(reading, sanctions.c.kind, sanctions.c.lifted_at.is_(None), is_not_over),
            blacklisted=await _count(reading, blacklist),
            lockdowns=await _count(reading, lockdowns, lockdowns.c.ended_at.is_(None), lockdowns.c.until > at),
            cases=await _count(reading, cases, cases.c.closed_at.is_(None)),
            held=await _count(reading, holds, holds.c.state == WAITING, holds.c.until > at),
            refused_today=tuple((row.rule, row.refused) for row in await reading.all(today)),
            audit_entries=int(await reading.scalar(select(audit_head.c.number)) or 0),
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

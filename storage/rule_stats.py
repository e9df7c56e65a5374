"""What each rule did, by day (UTC). Counts only: no person, no account, no room."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, delete, func, insert, select, update

from storage.database import MACHINE, Database, Transaction
from storage.schema import rule_stats, sanctions

_ADDED = ("hits", "refused", "shadow_hits", "faults", "samples", "cost_s")
DAY_S = 86_400


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleStat:
    """A rule on one day, counted from 1 January 1970."""

    day: int
    rule: str
    hits: int = 0  # as it acts
    refused: int = 0  # stanzas, for this among other reasons
    shadow_hits: int = 0
    faults: int = 0
    samples: int = 0  # how often it was asked with a clock
    cost_s: float = 0.0  # of those
    last_hit_at: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRecord:
    """A rule over some days. `overruled`: what it led to and a moderator took back."""

    rule: str
    hits: int
    refused: int
    shadow_hits: int
    faults: int
    samples: int
    cost_s: float
    last_hit_at: float | None
    shadow_since: int | None  # the first of those days on which it hit as a shadow
    overruled: int = 0


class RuleStats:
    """Counts of one database."""

    def __init__(self, database: Database) -> None:
        """Several instances may add to the same counts."""
        self._database = database

    async def add(self, stats: Sequence[RuleStat]) -> None:
        """Add to what is there.

        Raises:
            StorageError: nothing was added. Two instances that count a rule's first hit of a day at once is one reason.
        """

        async def work(transaction: Transaction) -> None:
            for stat in stats:
                this = (rule_stats.c.day == stat.day) & (rule_stats.c.rule == stat.rule)
                sums = {name: rule_stats.c[name] + getattr(stat, name) for name in _ADDED}
                last = {} if stat.last_hit_at is None else {"last_hit_at": stat.last_hit_at}
                if not await transaction.run(update(rule_stats).where(this).values({**sums, **last})):
                    first = {name: getattr(stat, name) for name in _ADDED}
                    row = {"day": stat.day, "rule": stat.rule, "last_hit_at": stat.last_hit_at, **first}
                    await transaction.run(insert(rule_stats).values(row))

        await self._database.write(work)

    async def read(self, first_day: int) -> tuple[RuleRecord, ...]:
        """Every rule that did anything from that day on."""
        of = rule_stats.c
        query = (
            select(
                of.rule,
                *(func.sum(of[name]).label(name) for name in _ADDED),
                func.max(of.last_hit_at).label("last_hit_at"),
                func.min(case((of.shadow_hits > 0, of.day))).label("shadow_since"),
            )
            .where(of.day >= first_day)
            .group_by(of.rule)
            .order_by(of.rule)
        )
        overruled = (
            select(sanctions.c.rule, func.count().label("times"))
            .where(sanctions.c.by == MACHINE, sanctions.c.lifted_at >= first_day * DAY_S)
            .group_by(sanctions.c.rule)
        )
        async with self._database.read() as reading:
            rows = await reading.all(query)
            taken_back = {row.rule: row.times for row in await reading.all(overruled)}
        return tuple(RuleRecord(**row._mapping, overruled=taken_back.get(row.rule, 0)) for row in rows)  # noqa: SLF001

    async def prune(self, first_day: int) -> int:
        """Forget the days before; how many counts that were."""

        async def work(transaction: Transaction) -> int:
            return await transaction.run(delete(rule_stats).where(rule_stats.c.day < first_day))

        return await self._database.write(work)

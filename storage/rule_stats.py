"""What each rule did, by day (UTC). Counts only: no person, no account, no room."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, delete, func, insert, select, union, update

from storage.database import Database, Reading, Transaction
from storage.holding import HoldState
from storage.schema import cases, holds, incidents, rule_stats, sanctions, strikes

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
    """A rule over some days. `overruled`: how often a moderator found that it was no violation."""

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
        async with self._database.read() as reading:
            rows = await reading.all(query)
            taken_back = await _taken_back(reading, first_day * DAY_S)
        return tuple(RuleRecord(**row._mapping, overruled=taken_back[row.rule]) for row in rows)  # noqa: SLF001

    async def prune(self, first_day: int) -> int:
        """Forget the days before; how many counts that were."""

        async def work(transaction: Transaction) -> int:
            return await transaction.run(delete(rule_stats).where(rule_stats.c.day < first_day))

        return await self._database.write(work)


async def _taken_back(reading: Reading, since: float) -> Counter[str]:
    """By rule, the incidents that were no violations after all, and the texts it held that a moderator let pass."""
    led_to = union(
        *(
            select(table.c.rule, table.c.incident)
            .join(incidents, incidents.c.number == table.c.incident)
            .where(incidents.c.overruled_at >= since)
            for table in (strikes, sanctions, cases)
        )
    )
    let_pass = select(holds.c.rules).where(holds.c.state == HoldState.APPROVED.value, holds.c.decided_at >= since)
    taken_back = Counter(row.rule for row in await reading.all(led_to))
    taken_back.update(rule for row in await reading.all(let_pass) for rule in row.rules.split())
    return taken_back

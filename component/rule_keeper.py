"""Has counts of rules written, in batches, and old ones forgotten."""

from component.batches import BatchKeeper
from storage.rule_stats import DAY_S


class RuleKeeper(BatchKeeper):
    """What each rule did, by day."""

    what = "rules"
    pause_s = 5.0

    async def _write(self) -> None:
        counts = self._world.meter.rules
        waiting = counts.begin_writing()
        is_written = False
        try:
            if waiting:
                await self._world.store.rule_stats.add(
                    [count.told(day, rule) for (day, rule), count in waiting.items()]
                )
            is_written = True
        finally:
            counts.end_writing(is_written=is_written)

    def _period(self) -> int:
        return int(self._world.now() // DAY_S)

    async def _forget(self, period: int) -> None:
        await self._world.store.rule_stats.prune(period - int(self._world.settings.retention.rule_stats // DAY_S))

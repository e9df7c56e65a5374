"""Has counts of rules written, in batches, and old ones forgotten.

A component that is killed loses what it counted since the last batch, `_PAUSE_S` at most; one that is stopped nothing.
"""

import asyncio
import logging

from component.world import World
from storage.errors import StorageError
from storage.rule_stats import DAY_S

log = logging.getLogger(__name__)

_PAUSE_S = 5.0


class RuleKeeper:
    """Keeps the counts of one world. While storage is away they wait in memory, and none is lost."""

    def __init__(self, world: World) -> None:
        """`keep` must run for anything to be written."""
        self._world = world
        self._is_writing = asyncio.Lock()
        self._pruned_on: int | None = None

    async def write(self) -> None:
        """Write all that was counted.

        Raises:
            StorageError: it waits for the next time.
        """
        counts = self._world.meter.rules
        async with self._is_writing:
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

    async def keep(self) -> None:
        """Write for as long as the component runs."""
        while True:
            await asyncio.sleep(_PAUSE_S)
            try:
                await self.write()
                await self._prune()
            except StorageError as error:
                log.error("counts of rules wait to be written: %s", error)

    async def _prune(self) -> None:
        """Once a day, and after each start."""
        today = int(self._world.now() // DAY_S)
        if today == self._pruned_on:
            return
        await self._world.store.rule_stats.prune(today - int(self._world.settings.retention.rule_stats // DAY_S))
        self._pruned_on = today

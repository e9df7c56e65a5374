"""Counts kept in memory that are written in batches, and old ones forgotten.

A component that is killed loses what it counted since the last batch; one that is stopped nothing. While storage is
away they wait in memory.
"""

import asyncio
import logging
from abc import ABC, abstractmethod

from component.world import World
from storage.errors import StorageError

log = logging.getLogger(__name__)


class BatchKeeper(ABC):
    """Keeps the counts of one world. `what` they are of, a batch every `pause_s`."""

    what: str
    pause_s: float

    def __init__(self, world: World) -> None:
        """`keep` must run for anything to be written."""
        self._world = world
        self._is_writing = asyncio.Lock()
        self._pruned_in: int | None = None

    async def write(self) -> None:
        """Write all that was counted.

        Raises:
            StorageError: it waits for the next time.
        """
        async with self._is_writing:
            await self._write()

    async def keep(self) -> None:
        """Write for as long as the component runs."""
        while True:
            await asyncio.sleep(self.pause_s)
            try:
                await self.write()
                await self._prune()
            except StorageError as error:
                log.error("counts of %s wait to be written: %s", self.what, error)

    async def _prune(self) -> None:
        """Once in each period, and after each start."""
        period = self._period()
        if period == self._pruned_in:
            return
        await self._forget(period)
        self._pruned_in = period

    @abstractmethod
    async def _write(self) -> None:
        """Write them; whatever fails, they are counted on."""

    @abstractmethod
    def _period(self) -> int:
        """The number of the time by which they are kept: today's, or this week's."""

    @abstractmethod
    async def _forget(self, period: int) -> None:
        """Drop what is too old in this one."""

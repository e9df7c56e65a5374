"""Counts what is written in rooms, in memory, and has it written down in batches.

A component that is killed loses what it counted since the last batch, `_PAUSE_S` at most; one that is stopped nothing.
A message counts for the week in which its batch is written.
"""

import asyncio
import logging

from component.world import World
from policy.activity import WEEK_S, week_of
from storage.errors import StorageError

log = logging.getLogger(__name__)

_PAUSE_S = 30.0


class ActivityKeeper:
    """Keeps the counts of one world. While storage is away they wait in memory."""

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
        posts = self._world.posts
        async with self._is_writing:
            waiting = posts.take()
            try:
                if waiting:
                    await self._world.store.activity.add(waiting, week_of(self._world.now()))
            except BaseException:
                posts.give_back(waiting)
                raise

    async def keep(self) -> None:
        """Write for as long as the component runs."""
        while True:
            await asyncio.sleep(_PAUSE_S)
            try:
                await self.write()
                await self._prune()
            except StorageError as error:
                log.error("counts of messages wait to be written: %s", error)

    async def _prune(self) -> None:
        """Once a week, and after each start."""
        week = week_of(self._world.now())
        if week == self._pruned_in:
            return
        await self._world.store.activity.prune(week - int(self._world.settings.retention.activity // WEEK_S))
        self._pruned_in = week

"""Counts what is written in rooms, in memory, and has it written down in batches.

A message counts for the week in which its batch is written.
"""

from component.batches import BatchKeeper
from policy.activity import WEEK_S, week_of


class ActivityKeeper(BatchKeeper):
    """Messages of each room and who wrote them, by week."""

    what = "messages"
    pause_s = 30.0

    async def _write(self) -> None:
        posts = self._world.posts
        waiting = posts.take()
        try:
            if waiting:
                await self._world.store.activity.add(waiting, self._period())
                self._world.performer.activity_classes.note({room for room, _ in waiting})
        except BaseException:
            posts.give_back(waiting)
            raise

    def _period(self) -> int:
        return week_of(self._world.now())

    async def _forget(self, period: int) -> None:
        await self._world.store.activity.prune(period - int(self._world.settings.retention.activity // WEEK_S))

"""What waits for staff: whoever works a queue off is told, once for each entry, that it waits too long.

How long that is, `queues.response_time` says. What was told is on record after it was said: whoever is killed in
between says it again after the next start.
"""

from collections import Counter
from collections.abc import Callable, Sequence

from component.outreach import Outreach, next_batch
from component.staff import deciders
from component.world import World
from storage.queues import OFFICERS, Entry, Queue

_RETRY_S = 5.0
_MOST_ROOMS = 10


class Queues:
    """Of one world."""

    def __init__(self, world: World, reach: Outreach) -> None:
        """Staff are told by `reach`."""
        self._world = world
        self._reach = reach
        self._told_at: float | None = None
        self.on_change: Callable[[], None] = lambda: None  # the clock may be another one

    async def keep(self) -> float | None:
        """Tell of what is overdue; when there will be more (Unix seconds), or may be.

        Raises:
            StorageError: the rest waits for the next time.
        """
        world, now, queues = self._world, self._world.now(), self._world.settings.queues
        if world.settings.metrics.listen is not None:
            world.meter.queues = await world.store.queues.lengths(now, queues.response_time)
        if not queues.response_time:
            return None
        if not world.meter.is_in_step:  # nobody would hear it
            return now + _RETRY_S
        entries = await world.store.queues.untold(now, now - queues.response_time)
        later = next_batch(self._told_at, now, queues.notify_every)
        if entries and later is not None:
            return later
        if entries:
            await self._tell(entries)
            await world.store.queues.note_told(entries, now)
            self._told_at = now
        oldest = await world.store.queues.oldest_untold(now)
        return (now if oldest is None else oldest) + queues.response_time

    async def _tell(self, entries: Sequence[Entry]) -> None:
        staff = self._world.settings.staff
        for is_officers, accounts in ((False, deciders(staff)), (True, staff.identity_officers)):
            theirs = Counter(entry.queue for entry in entries if (entry.queue in OFFICERS) is is_officers)
            for account in accounts if theirs else ():
                language = self._world.texts.pick((await self._world.memory.known(account)).language)
                lines = [self._line(language, queue, theirs[queue]) for queue in Queue if theirs[queue]]
                lines += [] if is_officers else await self._rooms(entries)
                length = self._world.texts.duration(language, self._world.settings.queues.response_time)
                await self._reach.tell(account, "notice-overdue", length=length, lines="\n".join(lines))

    async def _rooms(self, entries: Sequence[Entry]) -> list[str]:
        """Those that are said to be set right: whoever looks at one has to name it."""
        numbers = [entry.number for entry in entries if entry.queue is Queue.GROUP]
        found = [await self._world.store.measures.find(number) for number in numbers[:_MOST_ROOMS]]
        return [f"  {measure.room}" for measure in found if measure is not None]

    def _line(self, language: str, queue: Queue, count: int) -> str:
        texts = self._world.texts
        name = texts.get(language, f"command-{queue.value}")
        word = texts.get(language, f"words-{queue.value}").split()[0]
        return texts.get(language, "overdue-line", name=name, command=word, count=count)

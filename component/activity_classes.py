"""Keeps rooms' classes by activity up to date, as far as settings have anything rest on them.

A class is kept with its room, in storage and in memory, so that no message waits for numbers to be added up. It may
rise whenever messages are written down; it may fall when a week begins.
"""

from collections.abc import Callable, Collection, Iterator, Sequence

from component.world import World
from policy.activity import activity_of, begin_of, decides, quietest, week_of

_AT_ONCE = 500


class ActivityClasses:
    """Of one world."""

    def __init__(self, world: World) -> None:
        """`keep` must be called for anything to change."""
        self._world = world
        self._noted: set[str] = set()
        self._found_for: tuple[object, ...] | None = None  # the week and the settings of which all rooms were found
        self.on_change: Callable[[], None] = lambda: None  # there is something to look at

    def note(self, rooms: Collection[str]) -> None:
        """Something was written in these rooms, and is written down."""
        if decides(self._world.settings):
            self._noted.update(rooms)
            self.on_change()

    def look_anew(self) -> None:
        """The settings changed."""
        self.on_change()

    async def keep(self) -> float | None:
        """Find the classes of rooms that may be of another one; when all may be (Unix seconds).

        Raises:
            StorageError: all are looked at the next time.
        """
        settings, week = self._world.settings, week_of(self._world.now())
        noted, self._noted = self._noted, set()
        if not decides(settings):
            self._found_for = None
            return None
        wanted = week, settings.activity
        try:
            if self._found_for != wanted:
                await self._find(None, week)
            else:
                for some in _parts(sorted(noted)):
                    await self._find(some, week)
        except BaseException:
            self._found_for = None
            raise
        self._found_for = wanted
        return begin_of(week + 1)

    async def _find(self, among: Sequence[str] | None, week: int) -> None:
        settings, store, memory = self._world.settings, self._world.store.activity, self._world.memory
        changed: dict[str, str | None] = {}
        stale: list[str] = []
        for busy in await store.busy(week - 1, among=among):
            name = activity_of(busy.weeks, week, settings)
            found = None if name == quietest(settings) else name
            if found != busy.found:
                changed[busy.code] = found
            remembered = memory.recall_room(busy.jid)
            if remembered is not None and remembered.activity != found:  # another instance may have found it
                stale.append(busy.jid)
        for codes in _parts(tuple(changed)):
            await store.grade({code: changed[code] for code in codes}, self._world.now())
        for room in stale:
            memory.reread_room(room)


def _parts(these: Sequence[str]) -> Iterator[Sequence[str]]:
    return (these[start : start + _AT_ONCE] for start in range(0, len(these), _AT_ONCE))

"""What other instances over the same database did, heard of as they commit it: what memory holds of it is forgotten."""

import logging

from component.world import World
from storage.errors import StorageError
from storage.news import LOCKDOWNS, whom

log = logging.getLogger(__name__)


class Hearsay:
    """Keeps one world's memory in step with what others write."""

    def __init__(self, world: World) -> None:
        """The memory of `world`."""
        self._world = world

    async def keep(self) -> None:
        """For as long as the component runs; at once at an end where nobody else writes."""
        news = self._world.store.news()
        if news is None:
            return
        async for subjects in news:
            if subjects is None:
                self._world.memory.forget_all()
            else:
                for subject in subjects:
                    self._world.memory.forget_subject(subject)
            if subjects is None or LOCKDOWNS in subjects:
                self._world.performer.emergency.on_change()
            if subjects is not None:
                try:
                    await self._turn_out(subjects)
                except StorageError as error:
                    log.error("whoever another instance barred stays where they are: %s", error)

    async def _turn_out(self, subjects: frozenset[str]) -> None:
        """Whoever may be barred now and is in a room of ours is put out by us: the other does not know them here."""
        world = self._world
        for subject in subjects:
            account, person = whom(subject)
            accounts = (account,) if person is None else await world.store.people.accounts_of(person)
            for each in accounts:
                for room in world.memory.whereabouts(each):
                    await world.performer.sanctions.turn_out(room, each)

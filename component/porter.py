"""Keeps applications to rooms going: ends those whose time is over, tells applicants and managers what happened.

What is to be told stands in storage until it was told: a component killed between deed and notice tells it when it is
back. Whoever is told twice by that reads the same twice.
"""

import asyncio
import logging
from contextlib import suppress

from component.outreach import Outreach, next_batch
from component.world import World
from storage import holders
from storage.entrances import Application, State, Unannounced
from storage.errors import StorageError

log = logging.getLogger(__name__)

_PAUSE_S = 30.0
_RETRY_S = 1.0
_PRUNE_S = 3600.0
_MOST_AT_ONCE = 100

_NOTICES = {
    State.APPROVED: "notice-application-approved",
    State.REFUSED: "notice-application-refused",
    State.GRANTED: "notice-application-granted",
    State.EXPIRED: "notice-application-expired",
}


class Porter:
    """For one world."""

    def __init__(self, world: World, reach: Outreach) -> None:
        """`keep` must run for anybody to be told."""
        self._world = world
        self._reach = reach
        self._pruned_at: float | None = None
        self._announced: dict[str, float] = {}  # room → when its managers were last told

    async def keep(self) -> None:
        """Look after them for as long as the component runs: at once when there is news, and now and then."""
        while True:
            pause_s = min(_PAUSE_S, max(_RETRY_S, self._world.settings.joining.notify_every))
            with suppress(TimeoutError):
                await asyncio.wait_for(self._world.doorbell.wait(), pause_s)
            self._world.doorbell.clear()
            if not self._world.meter.is_in_step:  # what is said without a connection is lost
                self._world.doorbell.set()
                await asyncio.sleep(_RETRY_S)
                continue
            try:
                await self.work()
            except StorageError as error:
                log.error("applications wait: %s", error)
                await asyncio.sleep(_RETRY_S)
            except Exception:
                log.exception("a fault of our own, looking after applications")
                await asyncio.sleep(_RETRY_S)

    async def work(self) -> None:
        """Do all that is due.

        Raises:
            StorageError: it is due still.
        """
        world, entrances = self._world, self._world.store.entrances
        await entrances.expire(world.now())
        while ended := await entrances.untold(limit=_MOST_AT_ONCE):
            for application in ended:
                await self._tell(application)
            await entrances.note_told([application.number for application in ended])
        for news in await entrances.unannounced(world.now()):
            await self._announce(news)
        settings = world.settings
        if self._pruned_at is not None and self._pruned_at <= world.now() < self._pruned_at + _PRUNE_S:
            return
        self._pruned_at = world.now()
        await entrances.prune(
            world.now(), kept_s=settings.retention.applications, window_s=settings.joining.attempts_window
        )

    async def _tell(self, application: Application) -> None:
        _, person = holders.parse(application.holder)
        accounts = await self._reach.accounts(application.account, person)
        until = (application.decided_at or 0.0) + self._world.settings.joining.admission
        for jid in (application.account,) if application.account in accounts else accounts:
            await self._reach.tell(
                jid,
                _NOTICES[application.state],
                room=application.room,
                reason=application.reason or None,
                until=until,
            )

    async def _announce(self, news: Unannounced) -> None:
        """Tell a room's managers of what came in, unless they were told a moment ago: then with the next batch."""
        now, every = self._world.now(), self._world.settings.joining.notify_every
        managers = self._reach.managers_of(news.room)
        if not managers or next_batch(self._announced.get(news.room), now, every) is not None:
            return
        for account in managers:
            await self._reach.tell(account, "notice-applicants", room=news.room, count=len(news.numbers))
        await self._world.store.entrances.note_announced(news.numbers)
        self._announced = {room: at for room, at in self._announced.items() if at <= now < at + every}
        self._announced[news.room] = now

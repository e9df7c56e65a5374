"""What happens to verifications by time alone: reminders, ends, submissions nobody decided, officers to be told."""

import asyncio
import logging
from contextlib import suppress

from component.identity import review, webhook
from component.identity.outcome import tell
from component.world import World
from storage.errors import StorageError

log = logging.getLogger(__name__)

_LONGEST_S = 60.0
_SHORTEST_S = 0.5
_LAPSED = {"review": "notice-review-lapsed", "http": "notice-http-lapsed"}


class Keeper:
    """Keeps one world's verifications; several instances may over one database."""

    def __init__(self, world: World) -> None:
        """`keep` must run."""
        self._world = world
        self._officers_told_at = 0.0

    async def keep(self) -> None:
        """Do what is due, for as long as the component runs."""
        while True:
            try:
                await self.tick()
                pause_s = await self._pause()
            except StorageError as error:
                log.error("verifications wait, storage is out of reach: %s", error)
                pause_s = _LONGEST_S
            except Exception:
                log.exception("a fault of our own, keeping verifications")
                pause_s = _LONGEST_S
            with suppress(TimeoutError):
                await asyncio.wait_for(self._world.something_waits.wait(), pause_s)
            self._world.something_waits.clear()

    async def tick(self) -> None:
        """Everything that is due now."""
        world, at = self._world, self._world.now()
        identity = world.settings.identity
        if identity.valid_for is not None:
            await world.store.expiry.take_due(at, identity.valid_for, identity.remind_before)
            await world.registrar.errands.run()
        for late in await world.store.verifications.lapse(at):
            if late.provider in _LAPSED:
                tell(world, late.account, late.language, _LAPSED[late.provider])
        if review.NAME in identity.providers and at >= self._officers_told_at + identity.review.tell_every:
            await self._tell_officers(at)
        if webhook.NAME in identity.providers:
            await webhook.deliver_due(world)
        if not await world.store.verifications.scrub():  # last: a full disk must not keep the others waiting
            log.info("keys of what was submitted are still in the database's log; trying again")

    async def _pause(self) -> float:
        """Until something is due, as far as one can know."""
        world, at = self._world, self._world.now()
        identity = world.settings.identity
        times = [at + _LONGEST_S]
        if identity.valid_for is not None:
            due = await world.store.expiry.next_due(at, identity.valid_for, identity.remind_before)
            times += [] if due is None else [due]
        next_telling = self._officers_told_at + identity.review.tell_every
        if next_telling > at:
            times.append(next_telling)
        if webhook.NAME in identity.providers:
            due = await world.store.deliveries.next_due()
            times += [] if due is None else [due]
        return min(_LONGEST_S, max(_SHORTEST_S, min(times) - at))

    async def _tell_officers(self, at: float) -> None:
        world = self._world
        count = await world.store.verifications.tell_officers(review.NAME, at)
        if not count:
            return
        self._officers_told_at = at
        for officer in world.settings.staff.identity_officers:
            known = await world.memory.known(officer)
            tell(world, officer, world.texts.pick(known.language), "notice-review-waits", count=count)

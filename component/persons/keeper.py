"""What time alone brings about for persons: erasures that are due, notices of disclosures, rooms that follow a move.

Everything it does stands in storage until it is done: killed anywhere, it goes on after the next start.
"""

import asyncio
import logging
from contextlib import suppress

from component.acts import RoomRefusedError
from component.world import World
from storage.disclosures import Disclosure
from storage.errors import StorageError

log = logging.getLogger(__name__)

_LONGEST_S = 60.0
_SHORTEST_S = 0.1


class Keeper:
    """Keeps one world's persons."""

    def __init__(self, world: World) -> None:
        """`keep` must run, from the first snapshot on: only then is it known who is in which rooms."""
        self._world = world

    async def keep(self) -> None:
        """Do what is due, for as long as the component runs."""
        while True:
            pause_s = _LONGEST_S
            self._world.duties.clear()
            try:
                await self.tick()
                pause_s = await self._pause()
            except StorageError as error:
                log.error("erasures and notices wait, storage is out of reach: %s", error)
            except Exception:
                log.exception("a fault of our own, keeping persons")
            with suppress(TimeoutError):
                await asyncio.wait_for(self._world.duties.wait(), pause_s)

    async def tick(self) -> None:
        """Everything that is due now."""
        at = self._world.now()
        while (due := await self._world.store.erasures.next()) is not None and due[1] <= at:
            await self._erase(due[0])
        while (told := await self._world.store.disclosures.next_notice()) is not None and (told.notify_at or 0) <= at:
            await self._tell(told, await self._world.store.people.accounts_of(told.person))
        for move in await self._world.store.persons.unfinished_moves():
            try:
                await self._world.registrar.follow(move)
            except RoomRefusedError as error:
                log.warning("rooms do not follow %s to %s yet: %s", move.old, move.new, error)
        await self._world.registrar.errands.run()
        if not await self._world.store.erasures.scrub():  # last: a full disk must not keep the others waiting
            log.info("destroyed keys are still in the database's log; trying again")

    async def _pause(self) -> float:
        at = self._world.now()
        times = [at + _LONGEST_S]
        due = await self._world.store.erasures.next()
        if due is not None:
            times.append(due[1])
        told = await self._world.store.disclosures.next_notice()
        if told is not None and told.notify_at is not None:
            times.append(told.notify_at)
        return min(_LONGEST_S, max(_SHORTEST_S, min(times) - at))

    async def _erase(self, person: int) -> None:
        accounts = await self._world.store.people.accounts_of(person)
        for disclosure in await self._world.store.disclosures.untold(person):  # there is no later
            await self._tell(disclosure, accounts)
        await self._world.registrar.erase(person)

    async def _tell(self, disclosure: Disclosure, accounts: tuple[str, ...]) -> None:
        """Told twice when killed in between, rather than never."""
        for account in accounts:
            await self._world.performer.reach.tell(
                account,
                "notice-disclosed",
                since=disclosure.shown_at,
                case=disclosure.case_reference,
                reason=disclosure.reason,
            )
        await self._world.store.disclosures.notified(disclosure.number, self._world.now())

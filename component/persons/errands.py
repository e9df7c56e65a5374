"""Tells and does what accounts have coming to them after a change of their person: reminders, ends, removals.

Each errand stands in storage from the transaction on that made the change, until the server has taken what was said and
the rooms have answered. Killed in between, it is done again after the next start: told twice, then, rather than never.
"""

import asyncio
import logging

from component.acts import Acts, RoomRefusedError
from component.memory import Known
from component.outreach import Outreach
from component.world import World
from policy.facts import Deed
from policy.rules.identity import ends_at, is_verified
from storage.errands import Errand, ErrandKind

log = logging.getLogger(__name__)

_INSIDE = {Deed.JOIN.value, Deed.POST.value}
_AT_ONCE = 100
_NOTICES = {
    ErrandKind.REMIND: "notice-verification-ends",
    ErrandKind.LAPSED: "notice-verification-over",
    ErrandKind.UNBOUND: "notice-unbound",
    ErrandKind.MOVED: "notice-moved",
    ErrandKind.BARRED: "notice-blacklisted",
    ErrandKind.RESTORED: "notice-restored",
    ErrandKind.ROOM_BARRED: "notice-room-blacklisted",
    ErrandKind.ERASED: "notice-erased",
}


class Errands:
    """Of one world."""

    def __init__(self, world: World, acts: Acts) -> None:
        """Effects in rooms go through `acts`."""
        self._world = world
        self._acts = acts
        self._reach = Outreach(world, acts)
        self._running = asyncio.Lock()
        self._told: set[int] = set()  # of those that rooms are still to answer

    async def run(self) -> None:
        """Do all that waits. What the server or a room does not answer to is left for the next time.

        Nothing is done while we are not in step with the server: then nobody knows who is in which room.
        """
        async with self._running:
            last = 0
            while self._world.meter.is_in_step and (some := await self._world.store.errands.waiting(last, _AT_ONCE)):
                before = frozenset(self._told)
                done: list[int] = []
                for errand in some:
                    if await self._perform(errand):
                        done.append(errand.number)
                    elif not await self._acts.is_heard():
                        break  # nobody answers: the rest would wait for each of their rooms in turn
                if not await self._acts.is_heard():
                    self._told.intersection_update(before)  # the others may have heard nothing
                    return
                await self._world.store.errands.finish(done)
                self._told.difference_update(done)
                last = some[-1].number

    async def _perform(self, errand: Errand) -> bool:
        """Whether all of it is done, the server's ear aside."""
        world, account = self._world, errand.account
        world.memory.forget(account)
        known = await world.memory.known(account)
        if await self._is_void(errand, known):
            return True
        language = world.texts.pick(errand.detail.get("language") or known.language)
        params = {name: value for name, value in errand.detail.items() if name not in {"language", "rooms", "lists"}}
        text = world.texts.get(language, _NOTICES[errand.kind], **params)
        if errand.number not in self._told:
            self._acts.send_chat(account, text, language)
            self._told.add(errand.number)
        inside = world.memory.whereabouts(account) if self._puts_out(errand.kind) else ()
        expelling = [self._acts.expel(room, nick, text) for room in inside for nick in self._reach.nicks(account, room)]
        striking_off = [self._acts.affiliate(room, account, "none") for room in errand.detail.get("rooms", ())]
        banned = world.memory.affiliations.barred_from(account)
        listing = [
            self._acts.affiliate(room, account, affiliation)
            for room, affiliation in errand.detail.get("lists", {}).items()
            if room not in banned
        ]
        outcomes = [
            *await asyncio.gather(*expelling, return_exceptions=True),
            *await asyncio.gather(*striking_off, *listing, return_exceptions=True),
        ]
        for error in outcomes:
            if isinstance(error, RoomRefusedError):
                log.warning("%s is not out of every room yet: %s", account, error)
            elif error is not None:
                raise error
        return not any(outcomes)

    async def _is_void(self, errand: Errand, known: Known) -> bool:
        """Whether it is not so any more: somebody verified stands behind the account again, nobody bars it."""
        settings, person = self._world.settings, known.person
        if errand.kind is ErrandKind.BARRED:
            return not known.is_blacklisted
        if errand.kind is ErrandKind.RESTORED:
            return known.is_blacklisted
        if errand.kind is ErrandKind.ROOM_BARRED:
            room = await self._world.memory.room(errand.detail["room"])
            return room is None or not room.is_blacklisted
        if errand.kind is ErrandKind.REMIND:
            return person is None or ends_at(person, settings) != errand.detail["until"]
        return is_verified(person, self._world.now(), settings)

    def _puts_out(self, kind: ErrandKind) -> bool:
        """Whoever stays inside is silenced by the gate itself, which asks who they are with every stanza."""
        if kind in {ErrandKind.ERASED, ErrandKind.BARRED}:
            return True
        identity = self._world.settings.identity
        is_loss = kind not in {ErrandKind.REMIND, ErrandKind.RESTORED, ErrandKind.ROOM_BARRED}
        return is_loss and identity.on_loss == "remove" and not _INSIDE.isdisjoint(identity.required_for)

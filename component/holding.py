"""Stanzas that wait for a moderator: moderators are told in batches, writers of what was decided."""

import asyncio
import logging

from component.outreach import Outreach
from component.sanctions import Sanctions
from component.world import World
from policy.actions import Hold
from policy.exhibit import plain
from policy.verdict import Decision, Verdict
from storage.errors import StorageError
from storage.holds import Decided, Held

log = logging.getLogger(__name__)

_QUOTED_CHARS = 200
_LAPSED_AT_ONCE = 100


class Holding:
    """Of one world."""

    def __init__(self, world: World, reach: Outreach, sanctions: Sanctions) -> None:
        """People are found by `reach`; a refusal may lead to sanctions."""
        self._world = world
        self._reach = reach
        self._sanctions = sanctions
        self._has_news = asyncio.Event()

    async def approved(self, verdict: Verdict, at: float) -> frozenset[str]:
        """The rules whose hold a moderator's yes ends for what this verdict is about. Reads storage if it is a hold."""
        if verdict.decision is not Decision.HOLD:
            return frozenset()
        hold = next(action for action in verdict.actions if isinstance(action, Hold))
        return await self._world.store.holds.approved(hold, at)

    async def approve(self, number: int, *, by: str) -> Decided | None:
        """Let a content pass, and tell whoever wrote it. None: somebody decided before, or its time ran out."""
        lasts_s = self._world.settings.moderation.hold_for
        at = self._world.now()
        decided = await self._world.store.holds.approve(number, by=by, at=at, lasts_s=lasts_s)
        if decided is not None:
            held = decided.held
            self._reach.forget(held.account, held.person)
            await self._tell_writer(held, "notice-hold-approved", until=held.until)
        return decided

    async def refuse(self, number: int, *, by: str, reason: str) -> Decided | None:
        """Refuse it, tell whoever wrote it, and carry out what follows from the hit. None: as `approve`."""
        terms, at = self._sanctions.terms(), self._world.now()
        decided = await self._world.store.holds.refuse(number, by=by, reason=reason, at=at, terms=terms)
        if decided is not None:
            held = decided.held
            self._reach.forget(held.account, held.person)
            await self._tell_writer(held, "notice-hold-refused", reason=reason)
            for imposed in decided.recorded.imposed:
                self._sanctions.take_effect(imposed)
                await self._sanctions.carry_out(imposed)
            if held.room:
                await self._world.performer.group_ladder.count(held.room)
        return decided

    async def lapse(self) -> None:
        """Let go what nobody decided in time, and tell whoever wrote it."""
        for held in await self._world.store.holds.lapse(self._world.now(), _LAPSED_AT_ONCE):
            await self._tell_writer(held, "notice-hold-lapsed")

    def announce(self) -> None:
        """Something waits: moderators are to be told, with whatever else comes until they are."""
        self._has_news.set()

    async def keep(self) -> None:
        """Tell moderators for as long as the component runs."""
        while True:
            await self._has_news.wait()
            self._has_news.clear()
            try:
                await self._tell_moderators()
            except StorageError as error:
                log.error("moderators are not told what waits: %s", error)
                self._has_news.set()
            await asyncio.sleep(self._world.settings.moderation.hold_notice)

    async def _tell_moderators(self) -> None:
        count = await self._world.store.holds.count_waiting(self._world.now())
        staff = self._world.settings.staff
        if count:
            for jid in staff.moderators or staff.admins:
                await self._reach.tell(jid, "notice-held", count=count)

    async def _tell_writer(self, held: Held, notice: str, **params: str | float) -> None:
        text = plain(held.evidence)
        quoted = text if len(text) <= _QUOTED_CHARS else f"{text[:_QUOTED_CHARS]}…"
        for jid in await self._reach.accounts(held.account, held.person):
            await self._reach.tell(jid, notice, room=held.room or None, text=quoted, rule=held.rules[0], **params)

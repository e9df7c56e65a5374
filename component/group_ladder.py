"""The ladder for groups, carried out: measures imposed, told, missed, claimed to be set right, released and undone.

What stands and when it is due is in storage; this does what follows, and does it again after a crash until it is done.
"""

import asyncio
import logging
from collections.abc import Callable, Collection, Mapping

from component.acts import Acts
from component.managing import manager_terms
from component.outreach import Outreach
from component.staff import deciders, is_staff
from component.world import World
from config.settings import GroupStep
from policy.facts import RoomStatus
from policy.group_ladder import FINAL, MeasureKind, counted, following, kind_of, leads_to, reached
from storage import holders
from storage.database import MACHINE
from storage.errors import StorageError
from storage.manager_strikes import Cause
from storage.measures import End, Measure, Order

log = logging.getLogger(__name__)

BY_STRIKES = "strikes"
BY_DEADLINE = "deadline"
BY_MODERATOR = "moderator"
_REASONS = {BY_STRIKES: "reason-group-strikes", BY_DEADLINE: "reason-group-deadline"}
_NOTICES = {
    MeasureKind.WARN: "notice-group-warned",
    MeasureKind.SUSPEND: "notice-group-suspended",
    MeasureKind.CLOSE: "notice-group-closed",
    MeasureKind.BLACKLIST: "notice-group-blacklisted",
}
_RETRY_S = 20.0
_AT_ONCE = 50
_PAUSE_S = 0.05


class GroupLadder:
    """Of one world."""

    def __init__(self, world: World, acts: Acts, reach: Outreach) -> None:
        """Rooms are destroyed by `acts`, people are told by `reach`."""
        self._world = world
        self._acts = acts
        self._reach = reach
        self._under_way: set[int] = set()
        self.on_change: Callable[[], None] = lambda: None  # something is due at another time than was told

    # by itself

    async def count(self, room_jid: str) -> None:
        """A strike fell in this room: climb, if it is time."""
        ladder, at = self._world.settings.ladders.group, self._world.now()
        windows = [step.window for step in ladder.steps if step.strikes is not None]
        room = await self._world.memory.room(room_jid) if windows else None
        if room is None or room.status is RoomStatus.CLOSED:
            return
        held = await self._world.store.measures.standing(room.code)
        strikes = await self._world.store.measures.strikes(room.code, at, max(windows))
        step = reached(strikes, at, ladder, None if held is None else held.kind)
        if step is not None:
            after = None if held is None else held.number
            numbers = counted(strikes, at, step)
            await self.impose(self._order(step, room.code, BY_STRIKES, after=after, strikes=numbers))

    async def keep(self) -> float | None:
        """Do what is due and what was left undone; when there will be more (Unix seconds)."""
        measures, now = self._world.store.measures, self._world.now()
        await self.reconsider()
        for measure in await measures.due(now):
            await self._miss(measure)
        is_left = False
        for measure in await measures.unfinished():
            is_left |= not await self._carry_out(measure)
        due_at = await measures.next_due()
        retry_at = now + _RETRY_S if is_left else None
        return min((at for at in (due_at, retry_at) if at is not None), default=None)

    async def _miss(self, measure: Measure) -> None:
        step = following(measure.kind, self._world.settings.ladders.group)
        graver = None
        if step is not None:
            order = self._order(step, measure.code, BY_DEADLINE, after=measure.number, ends=End.MISSED)
            graver = await self.impose(order)
        is_told = graver is not None or await self._world.store.measures.forgo(measure.number, self._world.now())
        if is_told:  # elsewhere somebody was quicker
            log.warning("%s missed the deadline of measure %d", measure.room, measure.number)
            await self._tell_staff("notice-group-missed", measure)

    async def reconsider(self) -> None:
        """Take back what stands by overruled strikes alone, and all that a missed deadline made of it.

        What a moderator imposed stands, and what is below it.
        """
        store = self._world.store.measures
        for resting in await store.resting_on_overruled():
            above = () if resting.rule == BY_MODERATOR else await self.above(resting)
            if above and not await self._is_still_reached(resting):
                reason = self._text("reason-group-overruled")
                for measure in above:
                    await self.undo(measure.number, by=MACHINE, reason=reason)

    async def _is_still_reached(self, measure: Measure) -> bool:
        steps = self._world.settings.ladders.group.steps
        step = next((each for each in steps if kind_of(each) is measure.kind), None)
        if step is None:
            return False
        strikes = await self._world.store.measures.strikes(measure.code, measure.at, step.window)
        return leads_to(strikes, measure.at, step)

    # by moderators and managers

    async def impose(self, order: Order) -> Measure | None:
        """Impose a measure and carry it out. None: the room is closed, or somebody was quicker."""
        measure = await self._world.store.measures.impose(order, self._world.now())
        if measure is not None:
            await self.begin(order, measure)
        return measure

    async def begin(self, order: Order, measure: Measure) -> None:
        """What was ordered is on record: carry it out."""
        log.warning("%s by %s: %s (%s)", measure.room, order.by, order.kind.value, order.reason)
        self._world.memory.forget_room(measure.room)
        self.on_change()
        try:
            await self._carry_out(measure)
        except StorageError as error:
            log.error("in force, but what follows has to wait, storage is out of reach: %s", error)

    async def release(self, number: int, *, by: str, reason: str) -> Measure | None:
        """End a measure, since all is set right. None: it is over, or the room is closed by it."""
        measure = await self._world.store.measures.release(number, self._world.now(), by=by, reason=reason)
        if measure is not None:
            await self._ended(measure, "notice-group-released", reason)
        return measure

    async def undo(self, number: int, *, by: str, reason: str) -> Measure | None:
        """Take a measure back, since it was wrong. None: it is over."""
        measure = await self._world.store.measures.undo(number, self._world.now(), by=by, reason=reason)
        if measure is not None:
            cause = Cause(room=measure.room, measure=measure.number)
            await self._world.performer.sanctions.take_back_strikes(cause, by=by, reason=reason)
            text = "notice-group-reopened" if measure.kind in FINAL else "notice-group-undone"
            await self._ended(measure, text, reason)
        return measure

    async def overrule(self, measure: Measure, *, by: str, reason: str) -> bool:
        """Take a measure back, and graver ones that came of it; one that is over has consequences to be taken back.

        False: a moderator imposed a graver one above it, which has to be taken back by itself.
        """
        above = await self.above(measure)
        if above is None:
            return False
        for each in above:
            await self.undo(each.number, by=by, reason=reason)
        if not above:
            cause = Cause(room=measure.room, measure=measure.number)
            await self._world.performer.sanctions.take_back_strikes(cause, by=by, reason=reason)
        return True

    async def above(self, measure: Measure) -> tuple[Measure, ...] | None:
        """From what stands down to this one; empty when it is over. None: something above is a moderator's own."""
        chain = await self._world.store.measures.down_to(measure)
        return None if any(each.rule == BY_MODERATOR for each in chain[:-1]) else chain

    async def claim(self, measure: Measure, *, by: str, words: str) -> bool:
        """A manager says that all is set right: moderators are asked. False: it is over, or was said before."""
        is_done = await self._world.store.measures.claim(measure.number, self._world.now(), by=by, words=words)
        if is_done:
            self.on_change()
            await self._tell_staff("notice-group-claim", measure, words=words, account=by)
        return is_done

    async def refuse(self, number: int, *, by: str, reason: str) -> Measure | None:
        """It is not set right. None: nobody says so any more."""
        measure = await self._world.store.measures.refuse(number, self._world.now(), by=by, reason=reason)
        if measure is not None:
            self.on_change()
            for account in await self._managers(measure):
                await self._tell(account, "notice-group-claim-refused", measure, why=reason)
        return measure

    # how

    def _order(
        self,
        step: GroupStep,
        code: str,
        rule: str,
        *,
        after: int | None,
        ends: End = End.REPLACED,
        strikes: tuple[int, ...] = (),
    ) -> Order:
        return Order(
            code=code,
            kind=kind_of(step),
            rule=rule,
            reason=self._text(_REASONS[rule]),
            by=MACHINE,
            after=after,
            ends=ends,
            checklist=step.checklist,
            within_s=step.within,
            strikes=strikes,
        )

    def _text(self, text: str) -> str:
        return self._world.texts.get(self._world.settings.xmpp.language, text)

    async def _ended(self, measure: Measure, text: str, reason: str) -> None:
        self._world.memory.forget_room(measure.room)
        self.on_change()
        for account in await self._managers(measure):
            await self._tell(account, text, measure, why=reason)

    async def _carry_out(self, measure: Measure) -> bool:
        """Destroy and tell; whether all of it is done. Whoever is killed in the middle may tell twice, never not."""
        if measure.number in self._under_way:
            return False
        self._under_way.add(measure.number)
        try:
            managers = await self._managers(measure)
            if measure.kind in FINAL and not await self._destroy(measure):
                return False
            for account in managers:
                await self._tell(account, _NOTICES[measure.kind], measure)
            await self._tell_members(measure, frozenset(managers))
            await self._answer(measure, managers)
            await self._world.store.measures.finish(measure.number, self._world.now())
        finally:
            self._under_way.discard(measure.number)
        return True

    async def _destroy(self, measure: Measure) -> bool:
        if not self._world.meter.is_in_step:
            return False  # nobody would hear it
        language = self._world.settings.xmpp.language
        reason = self._world.texts.get(language, "notice-group-closed-member", room=measure.room, reason=measure.reason)
        return await self._acts.destroy_room(measure.room, reason)

    async def _managers(self, measure: Measure) -> tuple[str, ...]:
        """Accounts of whoever answers for the room: its owners and admins, and whoever made it."""
        found = list(self._world.memory.affiliations.managers_of(measure.room))
        creator = await self._world.store.rooms.creator_of(measure.code)
        if creator is not None:
            found += await self._reach.accounts(*holders.parse(creator))
        return tuple(dict.fromkeys(found))

    async def _answer(self, measure: Measure, managers: Collection[str]) -> None:
        """A suspended or closed room is a strike against those who answer for it, staff excepted."""
        settings, store = self._world.settings, self._world.store
        if measure.kind is MeasureKind.WARN or not settings.ladders.manager.steps:
            return
        answering = tuple(account for account in managers if not is_staff(account, settings.staff))
        found = dict(zip(await store.people.holders_of(answering), answering, strict=True))
        terms = manager_terms(self._world, "reason-managers", room=measure.room, kind=measure.kind.value)
        cause = Cause(room=measure.room, measure=measure.number)
        sanctions = self._world.performer.sanctions
        for imposed in await store.manager_strikes.strike(cause, found, self._world.now(), terms):
            sanctions.take_effect(imposed)
            await sanctions.carry_out(imposed)

    async def _tell_members(self, measure: Measure, others: frozenset[str]) -> None:
        """Those of a room that is gone, by whatever account."""
        for number, holder in enumerate(measure.members, 1):
            for account in await self._reach.accounts(*holders.parse(holder)):
                if account not in others:
                    await self._tell(account, "notice-group-closed-member", measure)
            if not number % _AT_ONCE:
                await asyncio.sleep(_PAUSE_S)

    async def _tell_staff(self, text: str, measure: Measure, /, **params: str) -> None:
        for account in deciders(self._world.settings.staff):
            await self._tell(account, text, measure, **params)

    async def _tell(self, account: str, text: str, measure: Measure, /, **params: str) -> None:
        language = self._world.texts.pick((await self._world.memory.known(account)).language)
        await self._reach.tell(
            account,
            text,
            room=measure.room,
            code=measure.code,
            kind=measure.kind.value,
            reason=measure.reason,
            checklist=checklist_in(measure.checklist, language, self._world.settings.xmpp.language),
            until=measure.due_at,
            **params,
        )


def checklist_in(checklist: Mapping[str, str], *languages: str) -> str:
    """What has to be set right, in the first of these languages that it is written in, else as it is."""
    return next((checklist[each] for each in languages if each in checklist), next(iter(checklist.values()), ""))

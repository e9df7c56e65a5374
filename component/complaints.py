"""Reports by people: on record, told to whoever is to look at them, left standing, decided, and the outcome told.

What is to happen stands in storage until it has happened: whoever is killed in between does it when it is back.
"""

import logging
from collections.abc import Callable

from component.managing import able_managers, manager_terms
from component.outreach import Outreach, next_batch
from component.staff import deciders, is_staff
from component.world import World
from policy.complaint import Handling
from storage import holders
from storage.database import MACHINE
from storage.manager_strikes import Cause
from storage.reports import Draft, Filed, Late, Outcome, Reward, Terms, Unannounced

log = logging.getLogger(__name__)

_RETRY_S = 5.0
_MOST_MANAGERS = 10
"""Managers of a room who are told: those who are in it, or any if none is."""


class Complaints:
    """Of one world."""

    def __init__(self, world: World, reach: Outreach) -> None:
        """People are told by `reach`."""
        self._world = world
        self._reach = reach
        self._announced: dict[str, float] = {}  # room, "" for moderators → when they were last told
        self.on_change: Callable[[], None] = lambda: None  # something is to be told, or due at another time

    # what people do

    async def file(self, draft: Draft) -> Filed | None:
        """Put a complaint on record. None: its maker has made too many lately."""
        settings = self._world.settings
        terms = Terms(
            most=settings.reports.per_person,
            window_s=settings.reports.window,
            response_s=settings.manager.response_time,
        )
        filed = await self._world.store.reports.file(draft, self._world.now(), terms)
        self.on_change()
        return filed

    async def handle(self, number: int, handling: Handling, *, by: str) -> int | None:
        """A manager has dealt with it; the credit earned by that. None: it is theirs no more."""
        settings = self._world.settings.manager
        known = await self._world.memory.known(by)
        reward = Reward(
            points=settings.credit,
            most=settings.credit_most,
            window_s=settings.credit_window,
            lasts_s=settings.credit_lasts,
        )
        points = await self._world.store.reports.handle(
            number, handling, self._world.now(), by=by, holder=known.holder, reward=reward
        )
        if points and known.person is not None:
            self._world.memory.forget_person(known.person.number)
        self.on_change()
        return points

    async def pass_on(self, number: int, *, by: str) -> bool:
        """A manager leaves it to the moderators; False when it is theirs no more."""
        is_done = await self._world.store.reports.pass_on(number, self._world.now(), by=by)
        self.on_change()
        return is_done

    # by itself

    async def keep(self) -> float | None:
        """Do what is due, and tell what is to be told; when there will be more (Unix seconds).

        Raises:
            StorageError: the rest waits for the next time.
        """
        world, reports = self._world, self._world.store.reports
        if not world.meter.is_in_step:  # nobody would hear it, nor is it known who manages what
            return world.now() + _RETRY_S
        for late in await reports.late(world.now()):
            await self._escalate(late)
        for number, room in await reports.unsettled():
            await self._carry_out(number, room)
        for number, room in await reports.baseless():
            await self._take_back(number, room)
        while decided := await reports.untold():
            for outcome in decided:
                await self._tell(outcome)
            await reports.note_told([outcome.number for outcome in decided])
        later = [await self._announce(news) for news in await reports.unannounced()]
        return min((at for at in (*later, await reports.next_due()) if at is not None), default=None)

    async def _escalate(self, late: Late) -> None:
        """Those answer for it who managed the room when it came, still do, and could have handled it."""
        world = self._world
        able = await able_managers(world, late.room)
        answering = tuple(
            account for account in able if account in late.managers and not is_staff(account, world.settings.staff)
        )
        if not world.settings.ladders.manager.steps:
            answering = ()
        found = dict(zip(await world.store.people.holders_of(answering), answering, strict=True))
        terms = manager_terms(world, "reason-left-standing", room=late.room)
        imposed = await world.store.reports.escalate(late.number, found, world.now(), terms)
        if imposed is None:
            return
        log.warning("report %d about %s was left standing by %d managers", late.number, late.room, len(found))
        for each in imposed:
            world.performer.sanctions.take_effect(each)

    async def _carry_out(self, number: int, room: str) -> None:
        """Tell of the sanctions. Whoever is killed in the middle may tell twice, never not."""
        for imposed in await self._world.store.manager_strikes.imposed_for(Cause(room=room, report=number)):
            await self._world.performer.sanctions.carry_out(imposed)
        await self._world.store.reports.note_settled(number)

    async def _take_back(self, number: int, room: str) -> None:
        """There was nothing wrong, so nothing was left standing."""
        world = self._world
        reason = world.texts.get(world.settings.xmpp.language, "reason-report-baseless", number=number)
        cause = Cause(room=room, report=number)
        await world.performer.sanctions.take_back_strikes(cause, by=MACHINE, reason=reason)

    async def _tell(self, outcome: Outcome) -> None:
        _, person = holders.parse(outcome.holder)
        accounts = await self._reach.accounts(outcome.account, person)
        for jid in (outcome.account,) if outcome.account in accounts else accounts:
            await self._reach.tell(
                jid,
                "notice-report-decided",
                number=outcome.number,
                room=outcome.room,
                outcome="upheld" if outcome.is_upheld else "overruled",
                by="managers" if outcome.is_by_managers else "moderators",
            )

    async def _announce(self, news: Unannounced) -> float | None:
        """Tell those who are to look, unless they were told a moment ago: then with the next batch, at that time."""
        now, every = self._world.now(), self._world.settings.manager.notify_every
        later = next_batch(self._announced.get(news.room), now, every)
        if later is not None:
            return later
        for account in await self._addressees(news.room):
            text = "notice-reports" if news.room else "notice-cases-reported"
            await self._reach.tell(account, text, room=news.room, count=len(news.numbers))
        await self._world.store.reports.note_announced(news.numbers)
        self._announced = {room: at for room, at in self._announced.items() if at <= now < at + every}
        self._announced[news.room] = now
        return None

    async def _addressees(self, room: str) -> tuple[str, ...]:
        if not room:
            return deciders(self._world.settings.staff)
        managers = await able_managers(self._world, room)
        present = [jid for jid in managers if self._world.memory.occupancy.is_in(room, jid)]
        return tuple((present or managers)[:_MOST_MANAGERS])

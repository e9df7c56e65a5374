"""Appeals: filed, told to moderators, decided by somebody else than whoever imposed it, and what follows from that.

Where nobody else is there, whoever imposed it decides; that is on record and said to whoever appealed.

A decision is on record before anything follows; whoever is killed in between does the rest when it is back.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from component.outreach import Outreach, next_batch
from component.staff import deciders
from component.world import World
from storage import holders
from storage.appeals import Appeal, Draft, Ruling, State
from storage.discipline import Wrong

log = logging.getLogger(__name__)

_RETRY_S = 5.0
_NOTICES = {State.UPHELD: "notice-appeal-upheld", State.REJECTED: "notice-appeal-rejected"}


class Appeals:
    """Of one world."""

    def __init__(self, world: World, reach: Outreach) -> None:
        """People are told by `reach`."""
        self._world = world
        self._reach = reach
        self._announced_at: float | None = None
        self.on_change: Callable[[], None] = lambda: None  # something is to be done or told

    async def file(self, draft: Draft) -> int | None:
        """Put one on record; its number. None: there was one against the same before."""
        number = await self._world.store.appeals.file(draft, self._world.now())
        self.on_change()
        return number

    async def decide(self, number: int, ruling: Ruling) -> bool:
        """Decide it; what follows is done by `keep`. False: it does not wait any more."""
        is_decided = await self._world.store.appeals.decide(number, ruling, self._world.now())
        self.on_change()
        return is_decided

    async def keep(self) -> float | None:
        """Do and tell what is to be done and told; when there will be more (Unix seconds).

        Raises:
            StorageError: the rest waits for the next time.
        """
        world = self._world
        if not world.meter.is_in_step:  # nobody would hear it
            return world.now() + _RETRY_S
        while decided := await world.store.appeals.unfinished():
            for appeal in decided:
                await self._carry_out(appeal)
        return await self._announce()

    async def _carry_out(self, appeal: Appeal) -> None:
        """Whoever is killed in the middle may tell twice, never not; nothing is undone twice."""
        draft, by = appeal.draft, appeal.decided_by or ""
        if appeal.state is State.UPHELD and draft.sanction is not None:
            lift = self._world.performer.sanctions.lift
            await lift(draft.sanction, by=by, reason=appeal.reason, wrong=appeal.wrong, is_quiet=True)
        elif appeal.state is State.UPHELD and draft.measure is not None:
            measure = await self._world.store.measures.find(draft.measure)
            ladder = self._world.performer.group_ladder
            if measure is not None and not await ladder.overrule(measure, by=by, reason=appeal.reason):
                log.error("appeal %d is upheld, but a moderator imposed a graver measure meanwhile", appeal.number)
        elif appeal.state is State.UPHELD and draft.blacklisting is not None:
            await self._world.performer.blacklisting.overrule(draft.blacklisting, by=by, reason=appeal.reason)
        account, person = holders.parse(draft.holder)
        for jid in await self._reach.accounts(account, person):
            await self._reach.tell(jid, _NOTICES[appeal.state], number=appeal.number, reason=appeal.reason)
            if appeal.is_by_imposer:
                await self._reach.tell(jid, "notice-appeal-by-imposer", number=appeal.number)
        await self._world.store.appeals.finish(appeal.number)

    async def _announce(self) -> float | None:
        """Tell moderators, unless they were told a moment ago: then with the next batch, at that time."""
        numbers = await self._world.store.appeals.unannounced()
        if not numbers:
            return None
        now, every = self._world.now(), self._world.settings.appeals.notify_every
        later = next_batch(self._announced_at, now, every)
        if later is not None:
            return later
        for account in deciders(self._world.settings.staff):
            await self._reach.tell(account, "notice-appeals", count=len(numbers))
        await self._world.store.appeals.note_announced(numbers)
        self._announced_at = now
        return None


class Fitness(Enum):
    """Whether somebody may decide on an appeal."""

    FIT = "fit"
    UNFIT = "unfit"
    LAST_RESORT = "last-resort"  # they imposed what it is against, or manage the room, but nobody else is there


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parties:
    """Who has a part in it: whoever it is of, and whoever imposed what it is against, as holders; and the room."""

    appellant: str
    imposer: str
    room: str | None


async def fitness(world: World, account: str, appeal: Appeal) -> Fitness:
    """Neither whoever it is of, by whichever account, nor whoever imposed it or manages the room, if others can."""
    parties = await _parties(world, appeal)
    if not await _has_part(world, account, parties):
        return Fitness.FIT
    (own,) = await world.store.people.holders_of((account,))
    if own == parties.appellant:
        return Fitness.UNFIT
    for other in deciders(world.settings.staff):
        if not await _has_part(world, other, parties):
            return Fitness.UNFIT
    return Fitness.LAST_RESORT


async def _parties(world: World, appeal: Appeal) -> _Parties:
    draft = appeal.draft
    imposed_by, room = "", None
    if draft.sanction is not None:
        record = await world.store.discipline.sanction(draft.sanction)
        imposed_by = "" if record is None else record.by
    elif draft.measure is not None:
        measure = await world.store.measures.find(draft.measure)
        imposed_by, room = ("", None) if measure is None else (measure.by, measure.room)
    elif draft.blacklisting is not None:
        act = await world.store.blacklistings.find(draft.blacklisting)
        imposed_by, room = ("", None) if act is None else (act.by, act.room)
    (imposer,) = await world.store.people.holders_of((imposed_by,))
    return _Parties(appellant=draft.holder, imposer=imposer, room=room)


async def _has_part(world: World, account: str, parties: _Parties) -> bool:
    room = parties.room
    if room is not None and world.memory.affiliations.manages(account, room):
        return True
    if room is not None and await world.store.appeals.managed(account, room):
        return True
    (own,) = await world.store.people.holders_of((account,))
    return own in {parties.appellant, parties.imposer}


def ruled(choice: str) -> tuple[State, Wrong]:
    """What a moderator's choice says: rejected, or what was wrong."""
    if choice == State.REJECTED.value:
        return State.REJECTED, Wrong.NOTHING
    return State.UPHELD, Wrong(choice)

"""Reviews of groups: managers told ahead, moderators told of what is due and overdue, decisions carried out and told.

What was told and decided is in storage. A component killed before it told tells when it is back; killed between telling
and writing that down, it tells twice. A review comes and is decided once.
"""

import asyncio
from collections.abc import Callable

from component.group_ladder import GroupLadder
from component.outreach import Outreach, next_batch
from component.staff import deciders
from component.world import World
from policy.facts import Room
from policy.reviewing import axes, is_on, managers_needed, period_of
from storage.measures import Order
from storage.reviews import Coming, Review

_AT_ONCE = 50
_PAUSE_S = 0.05
"""Many groups may be due at once, when an operator begins to ask for reviews."""


class Reviewing:
    """Of one world."""

    def __init__(self, world: World, reach: Outreach, ladder: GroupLadder) -> None:
        """People are told by `reach`; measures that reviews lead to are carried out by `ladder`."""
        self._world = world
        self._reach = reach
        self._ladder = ladder
        self._announced_at: float | None = None
        self.on_change: Callable[[], None] = lambda: None  # something is to be done or told

    def look_anew(self) -> None:
        """The settings changed."""
        self.on_change()

    async def decide(self, number: int, *, by: str, reason: str, order: Order | None) -> bool:
        """End a review; without an order the group stays as it is. False: it waits no more, or things changed."""
        decided = await self._world.store.reviews.decide(number, self._world.now(), by=by, reason=reason, order=order)
        if decided is None:
            return False
        self.on_change()
        _, measure = decided
        if order is not None and measure is not None:
            await self._ladder.begin(order, measure)
        return True

    async def keep(self) -> float | None:
        """Do and tell what is to be done and told; when there will be more (Unix seconds).

        Raises:
            StorageError: the rest waits for the next time.
        """
        world = self._world
        if not world.meter.is_in_step:
            return None  # what is said without a connection is lost, and who manages what is not known yet
        now, reviews, settings = world.now(), world.store.reviews, world.settings
        by, ahead_s = axes(settings), settings.reviews.tell_before
        await reviews.put_off(by, now + ahead_s)
        while is_on(settings) and (coming := await reviews.coming(by, now + ahead_s, limit=_AT_ONCE)):
            for each in coming:
                await self._foresee(each, now)
            await asyncio.sleep(_PAUSE_S)
        is_more = True
        while is_more:
            is_more = await reviews.open_due(now, limit=_AT_ONCE) == _AT_ONCE
        while decided := await reviews.untold(limit=_AT_ONCE):
            for review in decided:
                await self._tell_kept(review)
        next_at = await self._announce(now)
        world.meter.reviews_waiting, world.meter.reviews_overdue = await reviews.count(now - settings.reviews.within)
        times = (next_at, await reviews.next_at(by, ahead_s) if is_on(settings) else None)
        return min((each for each in times if each is not None), default=None)

    async def _foresee(self, coming: Coming, now: float) -> None:
        """Tell a room's managers; never so late that they would have no time."""
        room, settings = coming.room, self._world.settings
        review_at = max(coming.due_at, now + settings.reviews.tell_before)
        needed = managers_needed(room, settings)
        there = await count_managers(self._world, room.jid)
        for account in self._reach.managers_of(room.jid):
            await self._reach.tell(
                account,
                "notice-group-review-comes",
                room=room.jid,
                code=room.code,
                until=review_at,
                needed=needed if there < needed else None,
                managers=there,
            )
        await self._world.store.reviews.foresee(room.code, review_at, now)

    async def _tell_kept(self, review: Review) -> None:
        for account in self._reach.managers_of(review.room.jid):
            await self._reach.tell(
                account, "notice-group-review-kept", room=review.room.jid, code=review.room.code, reason=review.reason
            )
        await self._world.store.reviews.note_told(review.number)

    async def _announce(self, now: float) -> float | None:
        """Tell moderators, unless they were told a moment ago: then with the next batch, at that time."""
        reviews, settings = self._world.store.reviews, self._world.settings.reviews
        new, late = await reviews.unannounced(), await reviews.overdue(now - settings.within)
        later = next_batch(self._announced_at, now, settings.notify_every)
        if (new or late) and later is not None:
            return later
        if new or late:
            waiting, overdue = await reviews.count(now - settings.within)
            for account in deciders(self._world.settings.staff):
                await self._reach.tell(account, "notice-group-reviews", count=waiting, overdue=overdue)
            await reviews.note_announced(new)
            await reviews.note_urged(late)
            self._announced_at = now
        since = await reviews.next_overdue()
        return None if since is None else since + settings.within


async def count_managers(world: World, room: str) -> int:
    """How many people own or administer a room: one by two accounts counts once."""
    return len(set(await world.store.people.holders_of(world.memory.affiliations.managers_of(room))))


def next_review(room: Room, since: float, told_at: float | None, world: World) -> float | None:
    """When a room is due, as its managers were told or else as the settings have it; None: never."""
    period = period_of(room, world.settings)
    if told_at is not None:
        return told_at
    return None if period is None else since + period

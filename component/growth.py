"""Managers of rooms that grow are warned before the last place is taken, once, and told how to have more.

What was told stands in storage. A component killed before it told tells when it is back; killed between telling and
writing that down, it tells twice.
"""

from collections.abc import Callable

from component.outreach import Outreach
from component.world import World
from policy.actions import TakePlace
from policy.grading import class_limits, default_scale, members_limit
from policy.growth import LEVELS, can_grow, is_near, level_of
from storage.growth import Growing

_ALL_EVERY_S = 60.0
"""All rooms are looked at now and then: members leave and lapse, limits change, other instances let people in."""

_MOST_NOTED = 200
_AT_ONCE = 200


class Growth:
    """Of one world."""

    def __init__(self, world: World, reach: Outreach) -> None:
        """People are told by `reach`, as soon as `keep` is called."""
        self._world = world
        self._reach = reach
        self._noted: set[str] = set()
        self._is_all_due = True
        self._looked_at = 0.0  # at all rooms
        self.on_change: Callable[[], None] = lambda: None  # there is something to look at

    def note(self, place: TakePlace, members: int) -> None:
        """A new place was taken, and so many there are now."""
        if place.members_limit is not None and is_near(members, place.members_limit):
            self.look_at(place.room)

    def look_at(self, room: str) -> None:
        """This room may have grown."""
        if len(self._noted) < _MOST_NOTED:
            self._noted.add(room)
        else:
            self._is_all_due = True
        self.on_change()

    async def keep(self) -> float | None:
        """Tell whom it is time to tell; when all rooms are due again (Unix seconds)."""
        if not self._world.meter.is_in_step:
            return None  # what is said without a connection is lost, and who manages what is not known yet
        now = self._world.now()
        is_for_all = self._is_all_due or not self._looked_at <= now < self._looked_at + _ALL_EVERY_S
        noted, self._noted = self._noted, set()
        self._is_all_due = False
        try:
            await self._look(None if is_for_all else noted)
        except BaseException:
            self._is_all_due = True
            raise
        self._looked_at = now if is_for_all else self._looked_at
        return self._looked_at + _ALL_EVERY_S

    async def _look(self, noted: set[str] | None) -> None:
        settings, is_going_on = self._world.settings, noted is None or bool(noted)
        while is_going_on:
            limits = class_limits(settings)
            changed = await self._world.store.growth.changed(
                limits, limits[default_scale(settings)], self._world.now(), rooms_only=noted, limit=_AT_ONCE
            )
            is_going_on = any([await self._settle(each) for each in changed])

    async def _settle(self, growing: Growing) -> bool:
        """Tell a room's managers if it grew, and keep in mind what they know; False when others were quicker."""
        settings, now = self._world.settings, self._world.now()
        limit = members_limit(growing.room, settings, now)
        level = level_of(growing.members, limit, growing.told)
        if level > growing.told:
            for account in self._reach.managers_of(growing.room.jid):
                await self._reach.tell(
                    account,
                    "notice-room-growing",
                    room=growing.room.jid,
                    members=growing.members,
                    limit=limit,
                    state=_state(growing.members, limit, level),
                    way="apply" if can_grow(growing.room, settings, now) else "ask",
                )
        return await self._world.store.growth.note(growing.room.code, before=growing.told, told=level)


def _state(members: int, limit: int, level: int) -> str:
    if members >= limit:
        return "full"
    return "nearly" if level == LEVELS[-1] else "growing"

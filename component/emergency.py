"""Lockdowns: begun, ended, told to whom they touch, and begun by itself when a raid is seen.

What holds is in memory (`Memory.lockdowns`), so that judging costs no read; and in storage, so that a restart ends
nothing.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator
from dataclasses import replace

from component.cache import Cache
from component.grading import category_title
from component.outreach import Outreach
from component.staff import deciders
from component.tasks import Tasks
from component.world import World
from policy.facts import Deed, Facts, Kind, Lockdown, Room
from policy.grading import join_mode_of, known_category, may_require_approval
from policy.joining import BY_MANAGERS
from policy.raid import Pace
from policy.rules.lockdown import is_about
from policy.verdict import Decision, Verdict
from storage import holders
from storage.audit import AuditEntry
from storage.database import MACHINE
from storage.errors import StorageError

log = logging.getLogger(__name__)

_COMING_IN = frozenset((Kind.JOIN, Kind.REGISTER, Kind.SUBSCRIBE))
_NOTICES = ("notice-lockdown", "notice-lockdown-over")
_RAID_NOTICES = ("notice-raid", "notice-raid-over")
_APPROVAL_NOTICES = ("notice-raid-approval", "notice-raid-approval-over")
_AT_ONCE = 50
_PAUSE_S = 0.05
_DRAIN_S = 1.0
_ONCE_S = 600.0
"""One person counts once in so long."""


class Emergency:
    """Of one world."""

    def __init__(self, world: World, reach: Outreach) -> None:
        """People are told by `reach`. Nothing holds before `resume`."""
        self._world = world
        self._reach = reach
        self._paces: Cache[str, Pace] = Cache(world.settings.limits.cached_rooms)
        self._counted: Cache[tuple[str, str], float] = Cache(world.settings.limits.cached_persons)
        self._changes = 0  # what was being read while one happened is not kept
        self._telling = Tasks()
        self.on_change: Callable[[], None] = lambda: None  # a lockdown ends at another time than was told

    async def resume(self) -> None:
        """Have what was in force before the start be in force."""
        self._world.memory.lockdowns = await self._world.store.lockdowns.standing()
        for lockdown in self._world.memory.lockdowns:
            log.warning("in force: %s", describe(lockdown))

    async def keep(self) -> float | None:
        """End what is over, and learn of what other instances did; when the next one ends (Unix seconds)."""
        now, memory = self._world.now(), self._world.memory
        over = await self._world.store.lockdowns.expire(now)
        changes = self._changes
        standing = await self._world.store.lockdowns.standing()
        if changes == self._changes:  # else `on_change` has this called again
            unwritten = tuple(each for each in memory.lockdowns if not each.number and each.until > now)
            memory.lockdowns = (*standing, *unwritten)
        for lockdown in over:
            log.warning("over: %s", describe(lockdown))
            self._tell(lockdown, is_over=True)
        return min((lockdown.until for lockdown in memory.lockdowns), default=None)

    async def begin(self, lockdown: Lockdown) -> Lockdown:
        """Have it hold from now on, here and after every restart; as it is on record."""
        begun = await self._world.store.lockdowns.begin(lockdown)
        memory = self._world.memory
        self._changes += 1
        others = (each for each in memory.lockdowns if each is not lockdown and each.number != begun.number)
        memory.lockdowns = (*others, begun)
        self._leave_to_storage(begun)
        log.warning("begun by %s: %s", begun.by, describe(begun))
        self.on_change()
        self._tell(begun)
        return begun

    async def end(self, number: int, *, by: str, reason: str) -> bool:
        """End one early; False when it is over already."""
        memory = self._world.memory
        ended = await self._world.store.lockdowns.end(number, self._world.now(), by=by, reason=reason)
        self._changes += 1
        over = [each for each in memory.lockdowns if each.number == number]
        memory.lockdowns = tuple(each for each in memory.lockdowns if each.number != number)
        if not ended:
            return False
        for lockdown in over:
            self._leave_to_storage(lockdown)
            log.warning("ended by %s: %s", by, describe(lockdown))
            self._tell(lockdown, is_over=True)
        self.on_change()
        return True

    async def drain(self) -> None:
        """Finish telling, for a moment."""
        await self._telling.drain(_DRAIN_S)

    # raids

    def watch(self, facts: Facts, verdict: Verdict) -> None:
        """Count a stranger who comes into a room as it is, unless its managers let everybody in one by one."""
        settings = self._world.settings.emergency
        if settings.raid == "off" or facts.is_member or facts.kind not in _COMING_IN:
            return
        if facts.room is None or verdict.decision is not Decision.ALLOW:
            return
        if join_mode_of(facts.room, self._world.settings, facts.at) in BY_MANAGERS:
            return
        room = facts.room_jid
        holder = holders.of(facts.account.jid, None if facts.person is None else facts.person.number)
        counted_at = self._counted.get((room, holder))
        if counted_at is not None and facts.at - counted_at < _ONCE_S:
            return  # who tries again and again, or comes and goes, is one
        self._counted.put((room, holder), facts.at)
        pace = self._paces.get(room) or Pace.begin(facts.at)
        pace, is_raid = pace.come(facts.at, floor=settings.raid_joins, factor=settings.raid_factor)
        self._paces.put(room, pace)
        if is_raid:
            self._paces.put(room, Pace(minute=pace.minute, usual=pace.usual))  # the next one is another
            self._close_to_strangers(facts.room, facts.at, is_shadow=settings.raid == "shadow")

    def _close_to_strangers(self, known: Room, at: float, *, is_shadow: bool) -> None:
        memory, room = self._world.memory, known.jid
        by_approval = may_require_approval(known, self._world.settings)
        if is_shadow:
            log.warning("a raid on %s would have closed it to strangers", room)
            self._telling.start(self._note_shadow(room, at))
            return
        if any(each.is_raid and each.room == room and each.until > at for each in memory.lockdowns):
            return
        lockdown = Lockdown(
            number=0,
            room=room,
            deeds=frozenset() if by_approval else frozenset((Deed.JOIN,)),
            spares_members=True,
            is_raid=True,
            reason="raid",
            by=MACHINE,
            at=at,
            until=at + self._world.settings.emergency.raid_for,
        )
        memory.lockdowns = (*memory.lockdowns, lockdown)  # at once: more are on their way in
        if by_approval:
            memory.require_approval(room, lockdown.until)
        self._telling.start(self._begin_surely(lockdown))

    def _leave_to_storage(self, lockdown: Lockdown) -> None:
        """Whether its room requires approval is written, and has to be read anew."""
        if lockdown.is_by_approval and lockdown.room is not None:
            self._world.memory.require_approval(lockdown.room, 0.0)

    async def _begin_surely(self, lockdown: Lockdown) -> None:
        try:
            await self.begin(lockdown)
        except StorageError as error:
            log.error("in force until a restart, storage is out of reach (%s): %s", error, describe(lockdown))

    async def _note_shadow(self, room: str, at: float) -> None:
        try:
            entry = AuditEntry(actor=MACHINE, deed="would have begun a lockdown", subject=room, detail={"why": "raid"})
            await self._world.store.audit.append([entry], at)
        except StorageError as error:
            log.error("the raid on %s is not on record, storage is out of reach: %s", room, error)

    # telling

    def _tell(self, lockdown: Lockdown, *, is_over: bool = False) -> None:
        self._telling.start(self._tell_all(lockdown, is_over=is_over))

    async def _tell_all(self, lockdown: Lockdown, *, is_over: bool) -> None:
        """Each manager of rooms that it is about hears of it once, however many they are; of a raid staff, too."""
        try:
            audience = [*await self._managers(lockdown), *self._staff(lockdown)]
            for number, (account, count) in enumerate(audience, 1):
                await self._tell_one(account, lockdown, count, is_over=is_over)
                if not number % _AT_ONCE:
                    await asyncio.sleep(_PAUSE_S)
        except StorageError as error:
            log.error("not everybody was told, storage is out of reach: %s", error)

    async def _managers(self, lockdown: Lockdown) -> list[tuple[str, int]]:
        managers = self._world.memory.affiliations.managers()
        if lockdown.room is not None:
            return [(account, 1) for account, rooms in managers.items() if lockdown.room in rooms]
        settings = self._world.settings
        chosen = await self._world.store.lockdowns.open_rooms()
        about = {
            room
            for room, category in chosen.items()
            if is_about(replace(lockdown, room=None), room, known_category(category, settings))
        }
        counts = [(account, len(rooms & about)) for account, rooms in managers.items()]
        return [(account, count) for account, count in counts if count]

    def _staff(self, lockdown: Lockdown) -> Iterator[tuple[str, int]]:
        if lockdown.is_raid:
            managers = self._world.memory.affiliations.managers_of(lockdown.room or "")
            for account in deciders(self._world.settings.staff):
                if account not in managers:
                    yield account, 0

    async def _tell_one(self, account: str, lockdown: Lockdown, count: int, *, is_over: bool) -> None:
        language = self._world.texts.pick((await self._world.memory.known(account)).language)
        begun, over = _notices(lockdown)
        text = over if is_over else begun
        await self._reach.tell(account, text, count=count, **terms(self._world, language, lockdown))


def _notices(lockdown: Lockdown) -> tuple[str, str]:
    if lockdown.is_by_approval:
        return _APPROVAL_NOTICES
    return _RAID_NOTICES if lockdown.is_raid else _NOTICES


def terms(world: World, language: str, lockdown: Lockdown) -> dict[str, str | float | None]:
    """What texts say of it."""
    names = ["approval"] if lockdown.is_by_approval else [deed.value for deed in Deed if deed in lockdown.deeds]
    deeds = [world.texts.get(language, f"deed-{name}") for name in names]
    category = lockdown.category
    return {
        "room": lockdown.room,
        "category": category_title(world, language, category) if category in world.settings.categories else category,
        "deeds": world.texts.get(language, "list-comma").join(deeds),
        "until": lockdown.until,
        "reason": lockdown.reason,
    }


def in_force(world: World) -> tuple[Lockdown, ...]:
    """Those that hold now."""
    now = world.now()
    return tuple(lockdown for lockdown in world.memory.lockdowns if lockdown.until > now)


def describe(lockdown: Lockdown) -> str:
    """For the log."""
    where = lockdown.room or (f"category {lockdown.category}" if lockdown.category else "everywhere")
    deeds = ", ".join(deed.value for deed in Deed if deed in lockdown.deeds) or "joining without approval"
    spared = ", members spared" if lockdown.spares_members else ""
    return f"lockdown {lockdown.number} of {deeds} in {where}{spared}: {lockdown.reason}"

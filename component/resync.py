"""The snapshot that everything starts from: storage is put right by what the server says is there.

Read at every start and after every reconnect. What happens while it is read is told by events, which win.
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from component.adopting import Progress, take_over
from component.attendance import Attendance
from component.snapshot import SNAPSHOT, Seen, read_snapshot
from component.stream import Stream
from component.world import World
from storage import holders
from storage.attendance import LISTED
from storage.errors import StorageError

log = logging.getLogger(__name__)

_PAGE_TIMEOUT_S = 15
_STALE_PLACE_S = 120.0
_SOON_S = 5.0
_TELL_EVERY_S = 5.0
_PAUSE_S = 2.0


class AdoptingError(Exception):
    """Rooms that were there first are still being counted: nobody new can get a place."""


@dataclass(slots=True)
class _Meanwhile:
    """What events told since a snapshot was asked for."""

    rooms: dict[str, bool] = field(default_factory=dict)  # made (True) or gone
    struck_off: set[tuple[str, str]] = field(default_factory=set)  # room, account

    def put_right(self, room: Seen) -> Seen | None:
        """The room as it is now, of what the snapshot said."""
        if not self.rooms.get(room.jid, True):
            return None
        gone = {account for account in room.affiliations if (room.jid, account) in self.struck_off}
        if not gone:
            return room
        return replace(
            room, affiliations={each: room.affiliations[each] for each in room.affiliations if each not in gone}
        )


class Resync:
    """Puts one world in step with one MUC service."""

    def __init__(self, world: World, stream: Stream, attendance: Attendance) -> None:
        """Asks by `stream`; who is inside is noted in `attendance`."""
        self._world = world
        self._stream = stream
        self._attendance = attendance
        self._meanwhile: _Meanwhile | None = None  # None: storage is in step
        self._adopting: asyncio.Task[None] | None = None
        self._is_in_background = False
        self._has_adopted = asyncio.Event()  # what was there first is counted

    def note(self, event: Mapping[str, str]) -> None:
        """What an event tells (docs/protocol.md) is newer than a snapshot that is being read or taken over."""
        room, kind, meanwhile = event.get("room", ""), event.get("type"), self._meanwhile
        if meanwhile is None:
            return
        if kind in {"created", "destroyed"}:
            meanwhile.rooms[room] = kind == "created"
        elif kind == "affiliation" and event.get("affiliation") not in LISTED:
            meanwhile.struck_off.add((room, event.get("jid", "")))

    async def run(self) -> int:
        """Read the snapshot, put storage right by it, and return the number of rooms.

        Asking for it also tells the hook that we are here: it asks again whatever it still holds. Where there is much
        to take over this goes on in the background; until then `catch_up` gives no new places.

        Raises:
            IqError: the MUC service does not know the hook protocol: mod_roomkeeper is not loaded there.
            IqTimeout: no answer.
            StorageError: storage is out of reach.
        """
        await self.stop()
        if await self._world.store.adoption.is_done():
            self._has_adopted.set()
        self._world.memory.occupancy.clear()
        # Of rooms that another instance makes from now on, the snapshot may know nothing, and nobody tells us.
        known = frozenset(await self._world.store.rooms.open_rooms())
        meanwhile = self._meanwhile = _Meanwhile()
        self._world.memory.affiliations.begin()
        try:
            seen = await self._turn_out(await self._read())
        finally:
            self._world.memory.affiliations.end()
        await self._close_gone(known - seen.keys(), meanwhile)
        self._is_in_background = False
        self._adopting = asyncio.create_task(self._adopt_surely(seen, meanwhile))
        await asyncio.wait((self._adopting,), timeout=_SOON_S)
        self._is_in_background = True
        if self._adopting.done():
            await self._adopting  # whatever it failed of
        elif self._has_adopted.is_set():
            log.info("taking over what is new goes on in the background")
        else:
            log.info("taking rooms over goes on in the background; until it is done nobody new gets a place")
        return len(seen)

    async def stop(self) -> None:
        """Take over no more; the next snapshot begins anew."""
        if self._adopting is not None:
            self._adopting.cancel()
            await asyncio.wait((self._adopting,))
            self._adopting = None

    async def catch_up(self) -> None:
        """Wait until what was there first is counted, no longer than storage itself waits for a lock.

        Raises:
            AdoptingError: it still is not.
        """
        if self._has_adopted.is_set():
            return
        try:
            await asyncio.wait_for(self._has_adopted.wait(), self._world.settings.storage.busy_timeout)
        except TimeoutError:
            raise AdoptingError from None

    async def sweep(self) -> None:
        """Settle places whose event never came: the stanza was lost, or the server restarted."""
        await self._settle_pending(self._world.now() - _STALE_PLACE_S, {})

    # reading

    async def _read(self) -> dict[str, Seen]:
        seen: dict[str, Seen] = {}
        occupancy = self._world.memory.occupancy
        async for room in read_snapshot(self._ask):
            occupancy.empty(room.jid)
            for account, affiliation in room.affiliations.items():
                self._world.memory.affiliations.fill(room.jid, account, affiliation)
            for account in room.outcasts:
                self._world.memory.affiliations.fill(room.jid, account, "outcast")
            for occupant in room.occupants:
                occupancy.enter(room.jid, occupant)
                self._attendance.note(room.jid, occupant)
            seen[room.jid] = room
        return seen

    async def _ask(self, query: Element) -> Element:
        iq = self._stream.make_iq_get(ito=self._world.settings.xmpp.muc, ifrom=self._stream.boundjid.bare)
        iq.append(query)
        answer = await iq.send(timeout=_PAGE_TIMEOUT_S)  # type: ignore[no-untyped-call]
        page = answer.xml.find(SNAPSHOT)
        return Element(SNAPSHOT) if page is None else page

    # putting right

    async def _turn_out(self, seen: dict[str, Seen]) -> dict[str, Seen]:
        """Have whoever is barred put out, who came in or was not yet put out while we were away; what is left."""
        barred = await self._world.store.discipline.shut_out(self._world.now())
        if not barred:
            return seen
        accounts = tuple({account for room in seen.values() for account in room.inside})
        holder_of = dict(zip(accounts, await self._world.store.people.holders_of(accounts), strict=True))
        suspects = {each for each in accounts if not barred.isdisjoint((holder_of[each], holders.of_account(each)))}
        sanctions = self._world.performer.sanctions
        left: dict[str, Seen] = {}
        for room, it in seen.items():
            out = {each for each in it.inside & suspects if await sanctions.turn_out(room, each)}
            occupants = tuple(each for each in it.occupants if each.jid.partition("/")[0] not in out)
            left[room] = replace(it, occupants=occupants)
        return left

    async def _close_gone(self, unseen: frozenset[str], meanwhile: _Meanwhile) -> None:
        rooms = self._world.store.rooms
        for gone in unseen:
            if not meanwhile.rooms.get(gone, False):
                await rooms.close(gone, self._world.now(), reason="gone while Roomkeeper was away", by="server")
                self._world.memory.forget_room(gone)

    async def _adopt_surely(self, seen: dict[str, Seen], meanwhile: _Meanwhile) -> None:
        while True:
            try:
                await self._adopt(seen, meanwhile)
            except StorageError as error:
                if not self._is_in_background:
                    raise
                log.error("storage is out of reach, taking over once more: %s", error)
                await asyncio.sleep(_PAUSE_S)
            else:
                self._meanwhile = None
                self._has_adopted.set()
                return

    async def _adopt(self, seen: dict[str, Seen], meanwhile: _Meanwhile) -> None:
        """Rooms and occupants that came about while nobody asked us are so, whatever the limits."""
        world = self._world
        told_at = world.now()
        async for some, progress in take_over(world.store, tuple(seen.values()), world.now(), meanwhile.put_right):
            await self._remember(some, progress.done)
            for room in some:
                if not meanwhile.rooms.get(room.jid, True):  # destroyed while it was written
                    await world.store.rooms.close(room.jid, world.now(), reason="destroyed", by="server")
            if progress.done == progress.of or world.now() - told_at > _TELL_EVERY_S:
                told_at = world.now()
                _tell(progress)
        await self._settle_pending(world.now(), seen)
        await world.store.adoption.finish(world.now())

    async def _remember(self, some: Sequence[Seen], done: int) -> None:
        """Members of as many rooms as memory is for: whoever comes back costs no read."""
        world = self._world
        jids = [room.jid for room in some]
        for jid in jids:
            world.memory.forget_room(jid)
        if done > world.settings.limits.cached_rooms:
            return
        is_asked = world.policy.asks is not None and world.policy.asks.membership
        for jid, members in (await world.store.rooms.members_of_each(jids)).items():
            for holder, stay in members.items():
                world.memory.note_member(holder, jid, stay if is_asked else None)

    async def _settle_pending(self, before: float, seen: dict[str, Seen]) -> None:
        rooms = self._world.store.rooms
        for pending in await rooms.pending(before):
            account, person = holders.parse(pending.holder)
            accounts = (account,) if person is None else await self._world.store.people.accounts_of(person)
            listed = seen[pending.room].affiliations if pending.room in seen else {}
            is_in = any(self._world.memory.occupancy.is_in(pending.room, account) for account in accounts)
            if is_in or not listed.keys().isdisjoint(accounts):
                await rooms.confirm(pending.holder, pending.room, self._world.now())
            elif pending.since < self._world.now() - _STALE_PLACE_S:
                await rooms.release(pending.holder, pending.room)
                self._world.memory.forget_room(pending.room)


def _tell(progress: Progress) -> None:
    if progress.rooms or progress.places or progress.ghosts:
        log.info(
            "%d of %d rooms looked at: %d new ones and %d members taken over, %d ghosts removed",
            progress.done,
            progress.of,
            progress.rooms,
            progress.places,
            progress.ghosts,
        )

"""What the hook tells as it happens: who is where now, and what came about.

Occupancy changes at once; what storage must learn follows in order.
"""

import asyncio
import logging
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from component.attendance import Attendance
from component.entrance import came_in
from component.resync import Resync
from component.snapshot import read_name, read_occupant
from component.stream import Stream
from component.world import World
from storage.attendance import LISTED
from storage.errors import Unavailable

log = logging.getLogger(__name__)

_RETRY_S = 1.0
_BATCH = 200
_ARRIVALS = frozenset(("created", "joined"))


class Events:
    """Follows one MUC service."""

    def __init__(self, world: World, stream: Stream, resync: Resync, attendance: Attendance) -> None:
        """Starts with the first event; `keep` must run for storage to learn of them."""
        self._world = world
        self._resync = resync
        self._attendance = attendance
        self._waiting: asyncio.Queue[dict[str, str]] = asyncio.Queue()
        self._told = 0  # events put into the queue
        self._settled = 0  # events that storage knows of
        self._last_freeing = 0  # which of them was the last that may give a place back
        self._has_settled = asyncio.Condition()
        stream.on_event = self.take

    def take(self, message: Element) -> None:
        """One event (docs/protocol.md): memory follows now, storage in its turn."""
        event = message[0].attrib
        kind = event.get("type")
        self._follow(event)
        if kind == "created":
            self._world.performer.configure(event.get("room", ""))
        if kind in {"joined", "left"}:
            self._attendance.note(event.get("room", ""), read_occupant(event))
        self._resync.note(event)
        if kind not in {"left", "role"}:
            self._waiting.put_nowait(dict(event))
            self._told += 1
            if kind not in _ARRIVALS:
                self._last_freeing = self._told

    def _follow(self, event: Mapping[str, str]) -> None:
        room, jid, kind = event.get("room", ""), event.get("jid", ""), event.get("type")
        memory = self._world.memory
        if kind in {"joined", "role", "affiliation"}:
            memory.affiliations.note(room, jid.partition("/")[0], event.get("affiliation", "none"))
        if kind in {"joined", "role"}:
            memory.occupancy.enter(room, read_occupant(event))
        elif kind == "left":
            memory.occupancy.leave(room, jid)
        elif kind == "destroyed":
            memory.occupancy.empty(room)
            memory.affiliations.forget(room)
        if kind in {"destroyed", "affiliation"}:
            memory.forget_members(room)

    async def keep(self) -> None:
        """Tell storage of events, in order, for as long as the component runs. Arrivals in a row go together."""
        while True:
            batch = [await self._waiting.get()]
            while batch[-1].get("type") in _ARRIVALS and len(batch) < _BATCH and not self._waiting.empty():
                batch.append(self._waiting.get_nowait())
            await asyncio.gather(*map(self._settle_surely, batch[:-1]))
            await self._settle_surely(batch[-1])
            self._settled += len(batch)
            async with self._has_settled:
                self._has_settled.notify_all()

    async def drain(self) -> None:
        """Wait until storage knows of every event so far."""
        await self._reach(self._told)

    async def catch_up(self) -> None:
        """Wait until storage knows of what was there first and of every place given back so far.

        No longer than storage itself waits for a lock.

        Raises:
            AdoptingError: what was there first is still being counted.
            Unavailable: some place is still to be given back.
        """
        await self._resync.catch_up()
        if self._settled >= self._last_freeing:
            return
        try:
            await asyncio.wait_for(self._reach(self._last_freeing), self._world.settings.storage.busy_timeout)
        except TimeoutError:
            raise Unavailable("what the server told is still to be written") from None

    async def _reach(self, number: int) -> None:
        async with self._has_settled:
            await self._has_settled.wait_for(lambda: self._settled >= number)

    async def _settle_surely(self, event: dict[str, str]) -> None:
        try:
            while not await self._settle(event):  # noqa: ASYNC110 - storage gives no sign when it is back
                await asyncio.sleep(_RETRY_S)
        except Exception:
            log.exception("event lost: %s", event)

    async def _settle(self, event: dict[str, str]) -> bool:
        room, jid = event.get("room", ""), event.get("jid", "")
        try:
            match event.get("type"):
                case "created":
                    if jid:
                        await self._confirm(room, jid)
                        self._world.memory.reread_room(room)  # it has a founder now
                    else:  # the server made it itself
                        await self._world.store.rooms.adopt(room, self._world.now(), ())
                    await self._describe(event)
                    self._world.performer.group_ladder.on_change()  # it may be one that went away with a warning
                case "joined":
                    await self._confirm(room, jid)
                case "configured":
                    await self._describe(event)
                case "refused":
                    await self._release(room, jid)
                case "destroyed":
                    await self._world.store.rooms.close(room, self._world.now(), reason="destroyed", by="server")
                    self._world.memory.forget_room(room)
                case "affiliation":
                    await self._affiliation(room, jid, event.get("affiliation", "none"))
        except Unavailable as error:
            log.error("storage is out of reach, trying again: %s", error)
            return False
        return True

    async def _confirm(self, room: str, jid: str) -> None:
        departures = self._world.memory.departures
        known = await self._world.memory.known(jid.partition("/")[0])
        rooms = self._world.store.rooms
        if await self._world.performer.sanctions.turn_out(room, known.account.jid):
            await self._release(room, jid)
            return
        if self._world.memory.settle_place(known.holder, room):
            is_held = await rooms.confirm(known.holder, room, self._world.now())
            await came_in(self._world, known.holder, room)
        else:
            is_held = self._world.memory.is_member(known.holder, room) or await rooms.is_member(known.holder, room)
        if not is_held:  # the server let them in without asking, as its failure policy says; or a ban ended it just now
            self._world.memory.forget(known.account.jid)
            if known.person is not None:
                self._world.memory.forget_person(known.person.number)
            if await self._world.performer.sanctions.turn_out(room, known.account.jid):
                return
            await rooms.adopt(room, self._world.now(), (known.holder,))
            self._world.memory.forget_room(room)
            self._world.performer.growth.look_at(room)
        if departures == self._world.memory.departures:  # else they may have been removed while storage was asked
            self._world.memory.note_member(known.holder, room)
        asks = self._world.policy.asks
        if asks is not None and asks.membership:
            await self._world.memory.stay(known.holder, room)  # so that their messages need not wait for it

    async def _release(self, room: str, jid: str) -> None:
        known = await self._world.memory.known(jid.partition("/")[0])
        if self._world.memory.settle_place(known.holder, room):
            await self._world.store.rooms.release(known.holder, room)
            self._world.memory.forget_room(room)

    async def _affiliation(self, room: str, jid: str, affiliation: str) -> None:
        bare = jid.partition("/")[0]
        attendance, memory = self._world.store.attendance, self._world.memory
        if affiliation in LISTED:
            await self._confirm(room, bare)
        await attendance.list(room, bare, affiliation)
        known = await memory.known(bare)
        await self._world.store.rooms.set_owner(known.holder, room, is_owner=affiliation == "owner")
        if affiliation in LISTED:
            if await self._world.store.entrances.settle_grant(known.holder, room, self._world.now()):
                self._world.doorbell.set()
            return
        accounts = (bare,) if known.person is None else await self._world.store.people.accounts_of(known.person.number)
        is_there = any(memory.occupancy.is_in(room, account) for account in accounts)
        if affiliation == "outcast" or not (is_there or await attendance.is_listed(room, accounts)):
            await self._world.store.rooms.leave(known.holder, room, self._world.now(), by="room")

    async def _describe(self, event: dict[str, str]) -> None:
        name, is_public = read_name(event)
        await self._world.store.directory.describe(event.get("room", ""), name, is_public=is_public)

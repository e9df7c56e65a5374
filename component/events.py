"""What the hook tells as it happens: who is where now, and what came about.

Occupancy changes at once; what storage must learn follows in order.
"""

import asyncio
import logging
from xml.etree.ElementTree import Element

from component.resync import KEEP_IN, Resync, read_occupant
from component.stream import Stream
from component.world import World
from storage.errors import Unavailable

log = logging.getLogger(__name__)

_RETRY_S = 1.0
_BATCH = 200
_ARRIVALS = frozenset(("created", "joined"))


class Events:
    """Follows one MUC service."""

    def __init__(self, world: World, stream: Stream, resync: Resync) -> None:
        """Starts with the first event; `keep` must run for storage to learn of them."""
        self._world = world
        self._resync = resync
        self._waiting: asyncio.Queue[dict[str, str]] = asyncio.Queue()
        self._told = 0  # events put into the queue
        self._settled = 0  # events that storage knows of
        self._last_freeing = 0  # which of them was the last that may give a place back
        self._has_settled = asyncio.Condition()
        stream.on_event = self.take

    def take(self, message: Element) -> None:
        """One event (docs/protocol.md): change occupancy now, storage in its turn."""
        event = message[0].attrib
        room, jid, kind = event.get("room", ""), event.get("jid", ""), event.get("type")
        occupancy = self._world.memory.occupancy
        affiliations = self._world.memory.affiliations
        if kind in {"joined", "role", "affiliation"}:
            affiliations.note(room, jid.partition("/")[0], event.get("affiliation", "none"))
        if kind in {"joined", "role"}:
            occupancy.enter(room, read_occupant(event))
        elif kind == "left":
            occupancy.leave(room, jid)
        elif kind == "destroyed":
            occupancy.empty(room)
            affiliations.forget(room)
        if kind in {"destroyed", "affiliation"}:
            self._world.memory.forget_members(room)
        if kind in {"created", "destroyed"}:
            self._resync.note(room, is_made=kind == "created")
        if kind not in {"left", "role"}:
            self._waiting.put_nowait(dict(event))
            self._told += 1
            if kind not in _ARRIVALS:
                self._last_freeing = self._told

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
        """Wait until storage knows of every place given back so far, no longer than storage itself waits for a lock.

        Raises:
            Unavailable: some place is still to be given back.
        """
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
                case "created" | "joined":
                    await self._confirm(room, jid)
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
        known = await self._world.memory.known(jid.partition("/")[0])
        rooms = self._world.store.rooms
        if self._world.memory.settle_place(known.holder, room):
            is_held = await rooms.confirm(known.holder, room, self._world.now())
        else:
            is_held = self._world.memory.is_member(known.holder, room) or await rooms.is_member(known.holder, room)
        if not is_held:  # the server let them in without asking: its failure policy says so
            await rooms.adopt(room, self._world.now(), (known.holder,))
            self._world.memory.forget_room(room)
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
        if affiliation in KEEP_IN:
            await self._confirm(room, bare)
        elif affiliation == "outcast" or not self._world.memory.occupancy.is_in(room, bare):
            known = await self._world.memory.known(bare)
            await self._world.store.rooms.leave(known.holder, room, self._world.now(), by="room")

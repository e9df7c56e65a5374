"""What the hook tells: who is where now, what came about, and the snapshot that everything starts from.

Occupancy changes at once; what storage must learn follows in order, one after another.
"""

import asyncio
import logging
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from component.memory import Occupant
from component.parse import HOOK
from component.stream import Stream
from component.world import World
from storage.errors import StorageError, Unavailable

log = logging.getLogger(__name__)

_SNAPSHOT = f"{{{HOOK}}}snapshot"
_ROOM = f"{{{HOOK}}}room"
_OCCUPANT = f"{{{HOOK}}}occupant"
_AFFILIATION = f"{{{HOOK}}}affiliation"
_PAGE = 1000
_PAGE_TIMEOUT_S = 15
_STALE_PLACE_S = 120.0
_RETRY_S = 1.0
_BATCH = 200
_ARRIVALS = frozenset(("created", "joined"))
_KEEP_IN = frozenset(("member", "admin", "owner"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """A room as the server sees it: bare JIDs."""

    inside: frozenset[str]
    affiliated: frozenset[str]


class Events:
    """Follows one MUC service."""

    def __init__(self, world: World, stream: Stream) -> None:
        """Starts with the first event; `keep` must run for storage to learn of them."""
        self._world = world
        self._stream = stream
        self._waiting: asyncio.Queue[dict[str, str]] = asyncio.Queue()
        self._told = 0  # events put into the queue
        self._settled = 0  # events that storage knows of
        self._last_freeing = 0  # which of them was the last that may give a place back
        self._has_settled = asyncio.Condition()
        self._meanwhile: dict[str, bool] | None = None  # rooms made (True) or gone while a snapshot is read
        stream.on_event = self.take

    def take(self, message: Element) -> None:
        """One event (docs/protocol.md): change occupancy now, storage in its turn."""
        event = message[0].attrib
        room, jid, kind = event.get("room", ""), event.get("jid", ""), event.get("type")
        occupancy = self._world.memory.occupancy
        if kind in {"joined", "role"}:
            occupancy.enter(room, _occupant(event))
        elif kind == "left":
            occupancy.leave(room, jid)
        elif kind == "destroyed":
            occupancy.empty(room)
        if kind in {"destroyed", "affiliation"}:
            self._world.memory.forget_members(room)
        if self._meanwhile is not None and kind in {"created", "destroyed"}:
            self._meanwhile[room] = kind == "created"
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
        except StorageError as error:
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

    async def _release(self, room: str, jid: str) -> None:
        known = await self._world.memory.known(jid.partition("/")[0])
        if self._world.memory.settle_place(known.holder, room):
            await self._world.store.rooms.release(known.holder, room)
            self._world.memory.forget_room(room)

    async def _affiliation(self, room: str, jid: str, affiliation: str) -> None:
        bare = jid.partition("/")[0]
        if affiliation in _KEEP_IN:
            await self._confirm(room, bare)
        elif affiliation == "outcast" or not self._world.memory.occupancy.is_in(room, bare):
            known = await self._world.memory.known(bare)
            await self._world.store.rooms.leave(known.holder, room, self._world.now(), by="room")

    # the snapshot

    async def resync(self) -> int:
        """Read the snapshot, put storage right by it, and return the number of rooms.

        Asking for it also tells the hook that we are here: it asks again whatever it still holds.

        Raises:
            IqError: the MUC service does not know the hook protocol: mod_roomkeeper is not loaded there.
            IqTimeout: no answer.
            StorageError: storage is out of reach.
        """
        self._world.memory.occupancy.clear()
        self._meanwhile = {}
        try:
            seen = await self._pages()
            await self._put_right(seen, self._meanwhile)
            await self._settle_pending(self._world.now(), seen)
        finally:
            self._meanwhile = None
        return len(seen)

    async def _pages(self) -> dict[str, Snapshot]:
        seen: dict[str, Snapshot] = {}
        cursor: str | None = None
        while True:
            page = await self._page(cursor)
            for room in page.iterfind(_ROOM):
                seen[room.attrib["jid"]] = self._read_room(room)
            following = page.attrib.get("next")
            if following is None or following == cursor:
                return seen
            cursor = following

    async def _page(self, cursor: str | None) -> Element:
        query = Element(_SNAPSHOT, {"max": str(_PAGE)})
        if cursor is not None:
            query.attrib["after"] = cursor
        iq = self._stream.make_iq_get(ito=self._world.settings.xmpp.muc, ifrom=self._stream.boundjid.bare)
        iq.append(query)
        answer = await iq.send(timeout=_PAGE_TIMEOUT_S)  # type: ignore[no-untyped-call]
        page = answer.xml.find(_SNAPSHOT)
        return Element(_SNAPSHOT) if page is None else page

    def _read_room(self, room: Element) -> Snapshot:
        jid = room.attrib["jid"]
        occupancy = self._world.memory.occupancy
        occupancy.empty(jid)
        for occupant in room.iterfind(_OCCUPANT):
            occupancy.enter(jid, _occupant(occupant.attrib))
        return Snapshot(
            inside=frozenset(occupant.jid.partition("/")[0] for occupant in occupancy.occupants(jid)),
            affiliated=frozenset(
                item.attrib.get("jid", "")
                for item in room.iterfind(_AFFILIATION)
                if item.attrib.get("affiliation") in _KEEP_IN
            ),
        )

    async def _put_right(self, seen: dict[str, Snapshot], meanwhile: dict[str, bool]) -> None:
        """Storage follows the server: rooms that are gone are closed, unknown ones and their occupants adopted."""
        rooms = self._world.store.rooms
        now = self._world.now()
        for gone in set(await rooms.open_rooms()) - seen.keys():
            if not meanwhile.get(gone, False):
                await rooms.close(gone, now, reason="gone while Roomkeeper was away", by="server")
                self._world.memory.forget_room(gone)
        for room, snapshot in seen.items():
            if not meanwhile.get(room, True):
                continue
            holders = {(await self._world.memory.known(jid)).holder for jid in snapshot.inside}
            members = await rooms.members_of(room)
            for member in members:
                self._world.memory.note_member(member, room)
            strangers = holders.difference(members)
            if strangers or await rooms.find(room) is None:
                await rooms.adopt(room, now, sorted(strangers))
                self._world.memory.forget_room(room)

    async def sweep(self) -> None:
        """Settle places whose event never came: the stanza was lost, or the server restarted."""
        await self._settle_pending(self._world.now() - _STALE_PLACE_S, {})

    async def _settle_pending(self, before: float, seen: dict[str, Snapshot]) -> None:
        rooms = self._world.store.rooms
        for pending in await rooms.pending(before):
            kind, _, name = pending.holder.partition(":")
            accounts = (name,) if kind == "a" else await self._world.store.people.accounts_of(int(name))
            affiliated = seen[pending.room].affiliated if pending.room in seen else frozenset[str]()
            is_in = any(self._world.memory.occupancy.is_in(pending.room, account) for account in accounts)
            if is_in or not affiliated.isdisjoint(accounts):
                await rooms.confirm(pending.holder, pending.room, self._world.now())
            elif pending.since < self._world.now() - _STALE_PLACE_S:
                await rooms.release(pending.holder, pending.room)
                self._world.memory.forget_room(pending.room)


def _occupant(attributes: dict[str, str]) -> Occupant:
    return Occupant(
        jid=attributes.get("jid", ""),
        nick=attributes.get("nick", ""),
        role=attributes.get("role", "none"),
        affiliation=attributes.get("affiliation", "none"),
    )

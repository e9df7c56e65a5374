"""The snapshot that everything starts from: storage is put right by what the server says is there.

Read at every start and after every reconnect. What happens while it is read is told by events, which win.
"""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar
from xml.etree.ElementTree import Element

from component.occupancy import Occupant
from component.parse import HOOK
from component.stream import Stream
from component.world import World
from storage import holders

T = TypeVar("T")

_SNAPSHOT = f"{{{HOOK}}}snapshot"
_ROOM = f"{{{HOOK}}}room"
_OCCUPANT = f"{{{HOOK}}}occupant"
_AFFILIATION = f"{{{HOOK}}}affiliation"
_PAGE = 1000
_PAGE_TIMEOUT_S = 15
_STALE_PLACE_S = 120.0
_AT_ONCE = 64
KEEP_IN = frozenset(("member", "admin", "owner"))
"""Affiliations that make somebody a member, seen or not (XEP-0045 §5.2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A room as the server sees it: bare JIDs."""

    inside: frozenset[str]
    affiliated: frozenset[str]


class Resync:
    """Puts one world in step with one MUC service."""

    def __init__(self, world: World, stream: Stream) -> None:
        """Asks by `stream`."""
        self._world = world
        self._stream = stream
        self._meanwhile: dict[str, bool] | None = None  # rooms made (True) or gone while a snapshot is read

    def note(self, room: str, *, is_made: bool) -> None:
        """A room was made or destroyed just now."""
        if self._meanwhile is not None:
            self._meanwhile[room] = is_made

    async def run(self) -> int:
        """Read the snapshot, put storage right by it, and return the number of rooms.

        Asking for it also tells the hook that we are here: it asks again whatever it still holds.

        Raises:
            IqError: the MUC service does not know the hook protocol: mod_roomkeeper is not loaded there.
            IqTimeout: no answer.
            StorageError: storage is out of reach.
        """
        self._world.memory.occupancy.clear()
        self._world.memory.affiliations.begin()
        meanwhile: dict[str, bool] = {}
        self._meanwhile = meanwhile
        try:
            seen = await self._read()
            await self._close_gone(seen, meanwhile)
            await self._adopt_unknown({room: it for room, it in seen.items() if meanwhile.get(room, True)})
            await self._settle_pending(self._world.now(), seen)
        finally:
            self._meanwhile = None
            self._world.memory.affiliations.end()
        return len(seen)

    async def sweep(self) -> None:
        """Settle places whose event never came: the stanza was lost, or the server restarted."""
        await self._settle_pending(self._world.now() - _STALE_PLACE_S, {})

    # reading

    async def _read(self) -> dict[str, Seen]:
        seen: dict[str, Seen] = {}
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

    def _read_room(self, room: Element) -> Seen:
        jid = room.attrib["jid"]
        occupancy = self._world.memory.occupancy
        occupancy.empty(jid)
        affiliations = self._world.memory.affiliations
        for item in room.iterfind(_AFFILIATION):
            affiliations.fill(jid, item.attrib.get("jid", ""), item.attrib.get("affiliation", "none"))
        for occupant in room.iterfind(_OCCUPANT):
            occupancy.enter(jid, read_occupant(occupant.attrib))
        return Seen(
            inside=frozenset(occupant.jid.partition("/")[0] for occupant in occupancy.occupants(jid)),
            affiliated=frozenset(
                item.attrib.get("jid", "")
                for item in room.iterfind(_AFFILIATION)
                if item.attrib.get("affiliation") in KEEP_IN
            ),
        )

    # putting right

    async def _close_gone(self, seen: dict[str, Seen], meanwhile: dict[str, bool]) -> None:
        rooms = self._world.store.rooms
        for gone in set(await rooms.open_rooms()) - seen.keys():
            if not meanwhile.get(gone, False):
                await rooms.close(gone, self._world.now(), reason="gone while Roomkeeper was away", by="server")
                self._world.memory.forget_room(gone)

    async def _adopt_unknown(self, seen: dict[str, Seen]) -> None:
        """Rooms and occupants that came about while nobody asked us are so, whatever the limits."""
        world, rooms = self._world, self._world.store.rooms
        known = set(await rooms.open_rooms())
        for some in _chunks(tuple(seen), _AT_ONCE):
            accounts = tuple({account for room in some for account in seen[room].inside})
            holder_of = dict(zip(accounts, await world.store.people.holders_of(accounts), strict=True))
            members = await rooms.members_of_each(some)
            is_asked = world.policy.asks is not None and world.policy.asks.membership
            strangers = {
                room: {holder_of[account] for account in seen[room].inside}.difference(members.get(room, ()))
                for room in some
            }
            due = [room for room in some if strangers[room] or room not in known]
            await asyncio.gather(*(rooms.adopt(room, world.now(), sorted(strangers[room])) for room in due))
            for room in some:
                world.memory.forget_room(room)
                for holder, stay in members.get(room, {}).items():
                    world.memory.note_member(holder, room, stay if is_asked else None)
                for holder in strangers[room]:
                    world.memory.note_member(holder, room)

    async def _settle_pending(self, before: float, seen: dict[str, Seen]) -> None:
        rooms = self._world.store.rooms
        for pending in await rooms.pending(before):
            account, person = holders.parse(pending.holder)
            accounts = (account,) if person is None else await self._world.store.people.accounts_of(person)
            affiliated = seen[pending.room].affiliated if pending.room in seen else frozenset[str]()
            is_in = any(self._world.memory.occupancy.is_in(pending.room, account) for account in accounts)
            if is_in or not affiliated.isdisjoint(accounts):
                await rooms.confirm(pending.holder, pending.room, self._world.now())
            elif pending.since < self._world.now() - _STALE_PLACE_S:
                await rooms.release(pending.holder, pending.room)
                self._world.memory.forget_room(pending.room)


def read_occupant(attributes: dict[str, str]) -> Occupant:
    """An occupant as events and snapshots write one down."""
    return Occupant(
        jid=attributes.get("jid", ""),
        nick=attributes.get("nick", ""),
        role=attributes.get("role", "none"),
        affiliation=attributes.get("affiliation", "none"),
    )


def _chunks(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (items[start : start + size] for start in range(0, len(items), size))

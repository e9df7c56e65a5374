"""The hook's snapshot (docs/protocol.md), page by page: which rooms there are, who is inside, who is on their lists."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from component.occupancy import Occupant
from component.parse import HOOK
from storage.attendance import LISTED

SNAPSHOT = f"{{{HOOK}}}snapshot"
_ROOM = f"{{{HOOK}}}room"
_OCCUPANT = f"{{{HOOK}}}occupant"
_AFFILIATION = f"{{{HOOK}}}affiliation"
_PAGE = 1000

Ask = Callable[[Element], Awaitable[Element]]
"""Sends a query to the MUC service and returns what came back for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A room as the server has it."""

    jid: str
    name: str
    is_public: bool
    occupants: tuple[Occupant, ...]
    affiliations: Mapping[str, str]  # by bare JID: owner, admin, member
    outcasts: frozenset[str] = frozenset()  # bare JIDs

    @property
    def inside(self) -> frozenset[str]:
        """Bare JIDs of those who are in it."""
        return frozenset(occupant.jid.partition("/")[0] for occupant in self.occupants)

    @property
    def members(self) -> frozenset[str]:
        """Bare JIDs of those inside or on a list."""
        return self.inside.union(self.affiliations)


async def read_snapshot(ask: Ask) -> AsyncIterator[Seen]:
    """All rooms. Those that come and go meanwhile are told by events."""
    cursor: str | None = None
    while True:
        query = Element(SNAPSHOT, {"max": str(_PAGE)} | ({} if cursor is None else {"after": cursor}))
        page = await ask(query)
        for room in page.iterfind(_ROOM):
            yield _read_room(room)
        following = page.attrib.get("next")
        if following is None or following == cursor:
            return
        cursor = following


def read_occupant(attributes: Mapping[str, str]) -> Occupant:
    """An occupant as events and snapshots write one down."""
    return Occupant(
        jid=attributes.get("jid", ""),
        nick=attributes.get("nick", ""),
        role=attributes.get("role", "none"),
        affiliation=attributes.get("affiliation", "none"),
    )


def read_name(attributes: Mapping[str, str]) -> tuple[str, bool]:
    """A room's name, and whether the server lists it."""
    return attributes.get("name", ""), attributes.get("public") == "true"


def _read_room(room: Element) -> Seen:
    name, is_public = read_name(room.attrib)
    return Seen(
        jid=room.attrib["jid"],
        name=name,
        is_public=is_public,
        occupants=tuple(read_occupant(occupant.attrib) for occupant in room.iterfind(_OCCUPANT)),
        affiliations={
            item.attrib.get("jid", ""): item.attrib["affiliation"]
            for item in room.iterfind(_AFFILIATION)
            if item.attrib.get("affiliation") in LISTED
        },
        outcasts=frozenset(
            item.attrib.get("jid", "")
            for item in room.iterfind(_AFFILIATION)
            if item.attrib.get("affiliation") == "outcast"
        ),
    )

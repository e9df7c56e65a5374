"""What a group's page says of it to machines: the fields that its disco#info gets (XEP-0128, XEP-0045 §6.4).

The names are ours, in Clark notation, since nobody registered them (XEP-0068 §3.4). The hook asks once and remembers;
`Performer.outdate_descriptions` has it ask again.
"""

import math
from datetime import UTC, datetime

from component.world import World
from config.settings import Settings
from policy.grading import category_of, join_mode_of, scale_of
from storage.directory import Entry

NAMESPACE = "urn:roomkeeper:room:1"


async def describe(world: World, room: str) -> tuple[tuple[str, str], ...] | None:
    """Fields and their values; None for a room that nobody knows yet.

    Raises:
        StorageError: storage is out of reach.
    """
    entry = await world.store.directory.by_jid(room)
    return None if entry is None else fields_of(entry, world.settings)


def fields_of(entry: Entry, settings: Settings) -> tuple[tuple[str, str], ...]:
    """Code, category and class as the settings name them, status, time of foundation (XEP-0082) and join mode."""
    room = entry.room
    fields = (
        ("code", room.code),
        ("category", category_of(room, settings)),
        ("scale", scale_of(room, settings)),
        ("status", room.status.value),
        ("founded", datetime.fromtimestamp(entry.founded, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")),
        ("join", join_mode_of(room, settings, math.inf).value),  # what was chosen, not what holds for a time
    )
    return tuple((f"{{{NAMESPACE}}}{name}", value) for name, value in fields)

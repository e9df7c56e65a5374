"""The transactions behind `rooms.py` for what a room is: its category, its scale class, and the rules of its own.

A room's rules are one document of its row: read with it, changed as a whole, kept when it closes. A new room at the
same address is another row and has none.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import func, select, update

from policy.facts import Room, RoomStatus
from policy.room_rule import OWN, RoomRule
from storage.database import Reading, Transaction
from storage.schema import rooms

log = logging.getLogger(__name__)

_OPEN = rooms.c.status != RoomStatus.CLOSED.value


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesDeed:
    """What the audit says of one change to a room's rules."""

    deed: str  # room-rule-added, room-rule-changed, room-rule-removed
    rule: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grading:
    """How many open rooms were given this category and class; None: nobody has chosen."""

    category: str | None
    scale: str | None
    rooms: int


def decode(document: str) -> tuple[RoomRule, ...]:
    """A room's rules, as they were stored. Those that cannot be read are left out, and said in the log."""
    rules: list[RoomRule] = []
    for raw in msgspec.json.decode(document, type=tuple[msgspec.Raw, ...]):
        try:
            rules.append(msgspec.json.decode(raw, type=RoomRule))
        except msgspec.ValidationError as error:
            log.error("a rule of a room's own is left out, it cannot be read: %s", error)
    return tuple(rules)


async def change(
    transaction: Transaction, room: Room, rules: Sequence[RoomRule], at: float, *, by: str, deed: RulesDeed
) -> bool:
    """See `Rooms.set_rules`."""
    same = (rooms.c.code == room.code, rooms.c.rules_version == room.rules_version, _OPEN)
    document = msgspec.json.encode(tuple(rules)).decode() if rules else None
    values = {"own_rules": document, "rules_version": room.rules_version + 1}
    if not await transaction.run(update(rooms).where(*same).values(values)):
        return False
    written = [msgspec.json.encode(rule).decode() for rule in rules if rule.name == deed.rule]
    transaction.note(
        by,
        deed.deed,
        room.jid,
        at,
        code=room.code,
        rule=OWN + deed.rule,
        version=room.rules_version + 1,
        reads=written[0] if written else None,
        reason=deed.reason or None,
    )
    return True


async def classify(
    transaction: Transaction, code: str, graded: dict[str, str], at: float, *, reason: str, by: str
) -> bool:
    """See `Rooms.classify`."""
    row = await transaction.first(select(rooms).where(rooms.c.code == code, _OPEN))
    if row is None:
        return False
    await transaction.run(update(rooms).where(rooms.c.number == row.number).values(graded))
    transaction.note(
        by,
        "room-classified",
        row.jid,
        at,
        code=code,
        **graded,
        category_before=row.category,
        scale_before=row.scale,
        reason=reason,
    )
    return True


async def gradings(reading: Reading) -> tuple[Grading, ...]:
    """See `Rooms.gradings`."""
    query = select(rooms.c.category, rooms.c.scale, func.count().label("rooms")).where(_OPEN)
    rows = await reading.all(query.group_by(rooms.c.category, rooms.c.scale))
    return tuple(Grading(category=row.category, scale=row.scale, rooms=row.rooms) for row in rows)

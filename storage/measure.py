"""A measure against a room, what is ordered, and how one ends, as values."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from sqlalchemy import Row

from policy.group_ladder import MeasureKind


class End(Enum):
    """How a measure ended."""

    RELEASED = "released"  # what was wrong is set right
    UNDONE = "undone"  # it was wrong
    REPLACED = "replaced"  # a graver one came
    MISSED = "missed"  # its deadline passed, and a graver one came by that


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """A measure to be imposed. `after`: the measure that stands now, None for none: else somebody was quicker."""

    code: str
    kind: MeasureKind
    rule: str
    reason: str
    by: str  # bare JID, or MACHINE
    after: int | None
    ends: End = End.REPLACED
    checklist: Mapping[str, str] = field(default_factory=dict)  # by language
    within_s: float | None = None
    strikes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Managers say that all is set right; the clock stands still until a moderator answers."""

    by: str
    at: float
    words: str
    left_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What is held against a room."""

    number: int
    code: str
    room: str
    kind: MeasureKind
    rule: str
    reason: str
    checklist: Mapping[str, str]  # by language
    by: str
    at: float
    due_at: float | None
    replaces: int | None
    claim: Claim | None
    ended_at: float | None
    ended_by: str | None
    end: End | None
    members: tuple[str, ...] = ()  # holders of places in a room that it closed


def to_measure(row: Row[Any]) -> Measure:
    """From a row of the table."""
    claim = None
    if row.claimed_at is not None:
        claim = Claim(by=row.claimed_by, at=row.claimed_at, words=row.claim, left_s=row.left_s)
    return Measure(
        number=row.number,
        code=row.code,
        room=row.room,
        kind=MeasureKind(row.kind),
        rule=row.rule,
        reason=row.reason,
        checklist=json.loads(row.checklist),
        by=row.by,
        at=row.at,
        due_at=row.due_at,
        replaces=row.replaces,
        claim=claim,
        ended_at=row.ended_at,
        ended_by=row.ended_by,
        end=None if row.end is None else End(row.end),
        members=() if row.places is None else tuple(holder for holder, _, _ in json.loads(row.places)),
    )

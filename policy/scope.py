"""Where and for whom a rule of automatic moderation holds, or a threshold."""

import re
from collections.abc import Callable
from fnmatch import translate

from config.settings import Rule, Settings, Threshold
from policy.activity import standing
from policy.facts import Facts
from policy.grading import category_of, scale_of

UNVERIFIED = "unverified"
"""What `tiers` calls those whom nobody verified stands behind."""

Scope = Callable[[Facts], bool]


def make_scope(rule: Rule | Threshold, settings: Settings) -> Scope | None:
    """`kinds`, `rooms`, `categories`, `scales`, `activity`, `tiers` and `roles`; None: it holds everywhere."""
    kinds, tiers, roles = frozenset(rule.kinds), frozenset(rule.tiers), frozenset[str](rule.roles)
    categories, scales, activity = frozenset(rule.categories), frozenset(rule.scales), frozenset(rule.activity)
    rooms = _one_of(rule.rooms)
    if not (kinds or tiers or roles or rooms or categories or scales or activity):
        return None

    def holds(facts: Facts) -> bool:
        return (
            (not kinds or facts.kind.value in kinds)
            and (not roles or facts.role in roles)
            and (not categories or category_of(facts.room, settings) in categories)
            and (not scales or scale_of(facts.room, settings) in scales)
            and (not activity or standing(facts.room, settings) in activity)
            and (not tiers or (UNVERIFIED if facts.person is None else facts.person.tier) in tiers)
            and (rooms is None or rooms.fullmatch(facts.room_jid) is not None)
        )

    return holds


def _one_of(rooms: tuple[str, ...]) -> re.Pattern[str] | None:
    """A pattern for bare JIDs, in which a star alone is special."""
    if not rooms:
        return None
    plain = (re.sub(r"[?[]", r"[\g<0>]", room.casefold()) for room in rooms)
    return re.compile("|".join(map(translate, plain)))

"""A room that grows towards its last place: when its managers are warned, and when they may be warned anew."""

from config.settings import Settings
from policy.facts import Room
from policy.grading import class_limits, members_limit, scale_of

LEVELS = (80, 95)
"""Percent of the members a room may have at which its managers are warned, each once."""

FALL = 15
"""A warning may come again once the members fell so many percent of the limit below its level."""


def is_near(members: int, limit: int) -> bool:
    """Whether it is time to see what was told."""
    return members * 100 >= LEVELS[0] * limit


def level_of(members: int, limit: int, told: int) -> int:
    """The gravest level that counts as told now, 0: none; it is to be told if it is above `told`, which was before."""
    reached = max((level for level in LEVELS if members * 100 >= level * limit), default=0)
    kept = max((level for level in LEVELS if level <= told and members * 100 >= (level - FALL) * limit), default=0)
    return max(reached, kept)


def can_grow(room: Room, settings: Settings, at: float) -> bool:
    """Whether there is a class that would let it have more members than now."""
    limits = class_limits(settings)
    larger = list(limits)[list(limits).index(scale_of(room, settings)) + 1 :]
    return any(limits[name] > members_limit(room, settings, at) for name in larger)

"""How active a room is: messages and members who wrote, by week, and what the settings call that."""

from collections.abc import Iterable
from dataclasses import dataclass

from config.settings import Settings
from policy.facts import Room

WEEK_S = 7 * 86_400
_MONDAY_S = 4 * 86_400
"""5 January 1970 was the first Monday."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """What was written in a room within one week."""

    number: int  # since that of 5 January 1970
    messages: int
    members: int  # who wrote


def week_of(at: float) -> int:
    """The number of the week of a point in time (Unix seconds); weeks begin on Monday, UTC."""
    return int((at - _MONDAY_S) // WEEK_S)


def begin_of(week: int) -> float:
    """When a week begins (Unix seconds)."""
    return float(_MONDAY_S + week * WEEK_S)


def activity_of(weeks: Iterable[Week], now: int, settings: Settings) -> str | None:
    """The room's class by activity: that of this week or of the last one, whichever is higher. None: there are none.

    So a room rises as soon as it is busy, and falls when it was quiet for a whole week.
    """
    recent = [week for week in weeks if week.number in {now, now - 1}]
    reached = None
    for name, needed in settings.activity.items():
        is_first = reached is None
        if is_first or any(week.messages >= needed.messages and week.members >= needed.members for week in recent):
            reached = name
    return reached


def standing(room: Room | None, settings: Settings) -> str | None:
    """The room's class as last found; of a room that is yet to be made the quietest. None: there are none."""
    found = None if room is None else room.activity
    return found if found in settings.activity else quietest(settings)


def quietest(settings: Settings) -> str | None:
    """The class of rooms in which nobody writes."""
    return next(iter(settings.activity), None)


def decides(settings: Settings) -> bool:
    """Whether anything rests on the class that a room is of, so that it has to be kept up to date."""
    return (
        any(rule.activity for rule in settings.rules)
        or any(threshold.activity for threshold in settings.moderation.thresholds)
        or any(each.review_every is not None or each.needs_managers for each in settings.activity.values())
    )

"""How active a room is: messages and members who wrote, by week, and what the settings call that."""

from collections.abc import Iterable
from dataclasses import dataclass

from config.settings import Settings

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

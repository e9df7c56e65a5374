"""When groups are due for review: so long after their founding or the last one as category and classes ask for.

Nature, size and activity are three axes, asked alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from config.settings import Settings
from config.settings.rooms import Reviewed
from policy.activity import quietest, standing
from policy.facts import Room
from policy.grading import category_of, default_category, default_scale, scale_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """One way of grading rooms: how long after the last review the next one is due, by grade; None: never by this."""

    column: Literal["category", "scale", "activity"]  # of a room: its grade, if one is chosen or found
    periods: Mapping[str, float | None]
    default: str | None  # the grade of rooms whose own is none of these; None: there are no grades

    @property
    def default_period(self) -> float | None:
        """Of rooms of the default grade."""
        return None if self.default is None else self.periods[self.default]


def axes(settings: Settings) -> tuple[Axis, Axis, Axis]:
    """Nature, size and activity."""
    return (
        Axis(column="category", periods=_periods(settings.categories), default=default_category(settings)),
        Axis(column="scale", periods=_periods(settings.scales), default=default_scale(settings)),
        Axis(column="activity", periods=_periods(settings.activity), default=quietest(settings)),
    )


def _periods(named: Mapping[str, Reviewed]) -> dict[str, float | None]:
    return {name: each.review_every for name, each in named.items()}


def is_on(settings: Settings) -> bool:
    """Whether any group is ever due."""
    return any(period is not None for axis in axes(settings) for period in axis.periods.values())


def period_of(room: Room, settings: Settings) -> float | None:
    """How long after the last review the next one of this room is due; None: never."""
    grades: list[Reviewed] = [
        settings.categories[category_of(room, settings)],
        settings.scales[scale_of(room, settings)],
    ]
    activity = standing(room, settings)
    if activity is not None:
        grades.append(settings.activity[activity])
    return min((each.review_every for each in grades if each.review_every is not None), default=None)


def managers_needed(room: Room, settings: Settings) -> int:
    """Owners and admins that the room should have."""
    activity = standing(room, settings)
    return 0 if activity is None else settings.activity[activity].needs_managers

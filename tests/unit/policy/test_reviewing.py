"""When a group is due for review, and how many managers it should have."""

from typing import Any

import pytest

from config.settings import Activity, Category, Scale, Seconds
from policy.facts import Room
from policy.reviewing import axes, is_on, managers_needed, period_of
from tests.unit.policy.making import ROOM, settings

GRADED: dict[str, Any] = {
    "categories": {"club": Category(), "school": Category(review_every=Seconds(90))},
    "scales": {"small": Scale(members=2), "large": Scale(members=9, review_every=Seconds(180))},
    "activity": {"quiet": Activity(), "busy": Activity(messages=9, review_every=Seconds(30), needs_managers=2)},
}
BY = settings(**GRADED)


def room(category: str | None = None, scale: str | None = None, activity: str | None = None) -> Room:
    return Room(jid=ROOM, code="K7QX-2M9D-4", category=category, scale=scale, activity=activity)


@pytest.mark.parametrize(
    ("given", "period"),
    [
        (room(), 180),
        (room("school"), 90),
        (room("school", "small"), 90),
        (room("club", "small"), None),
        (room("club", "small", "busy"), 30),
        (room("school", "large", "busy"), 30),
        (room("gone", "gone", "gone"), 180),
    ],
)
def test_of_nature_size_and_activity_the_shortest_period_holds(given: Room, period: float | None) -> None:
    assert period_of(given, BY) == period


def test_without_classes_by_activity_nature_and_size_alone_decide() -> None:
    by = settings(**{**GRADED, "activity": {}})
    assert period_of(room("school", activity="busy"), by) == 90
    assert managers_needed(room(activity="busy"), by) == 0
    assert axes(by)[2].default_period is None


@pytest.mark.parametrize(("activity", "needed"), [(None, 0), ("quiet", 0), ("busy", 2)])
def test_a_busy_group_needs_more_managers(activity: str | None, needed: int) -> None:
    assert managers_needed(room(activity=activity), BY) == needed


def test_by_default_no_group_is_reviewed() -> None:
    assert not is_on(settings())
    assert is_on(BY)


def test_each_axis_knows_what_rooms_are_that_nobody_graded() -> None:
    assert [(axis.column, axis.default, axis.default_period) for axis in axes(BY)] == [
        ("category", "club", None),
        ("scale", "large", 180),
        ("activity", "quiet", None),
    ]

"""How active a room is: weeks, and the class that the numbers of two of them make."""

from datetime import UTC, datetime

import pytest

from config.settings import Activity, Moderation, Rule, Seconds, Settings, Threshold
from policy.activity import Week, activity_of, begin_of, decides, standing, week_of
from policy.facts import Room
from tests.unit.policy.making import ROOM, settings

CLASSES = {
    "quiet": Activity(),
    "active": Activity(messages=20, members=3),
    "busy": Activity(messages=100, members=9),
}
BY = settings(activity=CLASSES)
NOW = 1000


def week(number: int, messages: int, members: int) -> Week:
    return Week(number=number, messages=messages, members=members)


def test_weeks_begin_on_monday_in_utc() -> None:
    sunday = datetime(2026, 11, 22, 23, 59, 59, tzinfo=UTC).timestamp()
    assert week_of(sunday + 1) == week_of(sunday) + 1
    assert week_of(sunday + 7 * 86_400) == week_of(sunday) + 1
    assert week_of(datetime(1970, 1, 5, tzinfo=UTC).timestamp()) == 0


@pytest.mark.parametrize(
    ("weeks", "expected"),
    [
        ((), "quiet"),
        ((week(NOW, 19, 9),), "quiet"),
        ((week(NOW, 99, 2),), "quiet"),
        ((week(NOW, 20, 3),), "active"),
        ((week(NOW, 10, 3), week(NOW - 1, 10, 3)), "quiet"),
        ((week(NOW, 0, 0), week(NOW - 1, 100, 9)), "busy"),
        ((week(NOW, 25, 4), week(NOW - 1, 1, 1)), "active"),
        ((week(NOW - 2, 100, 9),), "quiet"),
    ],
)
def test_the_busier_of_this_week_and_the_last_decides(weeks: tuple[Week, ...], expected: str) -> None:
    assert activity_of(weeks, NOW, BY) == expected


def test_without_classes_there_is_none() -> None:
    assert activity_of((week(NOW, 100, 9),), NOW, settings(activity={})) is None


def test_a_week_begins_where_the_one_before_ends() -> None:
    assert week_of(begin_of(NOW)) == NOW
    assert week_of(begin_of(NOW) - 1) == NOW - 1


@pytest.mark.parametrize(
    ("found", "by", "expected"),
    [
        ("busy", BY, "busy"),
        (None, BY, "quiet"),
        ("gone", BY, "quiet"),
        ("busy", settings(activity={}), None),
    ],
)
def test_a_room_is_of_the_class_last_found_as_long_as_the_settings_know_it(
    found: str | None, by: Settings, expected: str | None
) -> None:
    assert standing(Room(jid=ROOM, code="", activity=found), by) == expected


def test_a_room_yet_to_be_made_is_quiet() -> None:
    assert standing(None, BY) == "quiet"


@pytest.mark.parametrize(
    ("sections", "is_so"),
    [
        ({}, False),
        ({"rules": (Rule(name="a", words=("x",), activity=("busy",)),)}, True),
        ({"activity": {"quiet": Activity(), "busy": Activity(messages=1, review_every=Seconds(9))}}, True),
        ({"activity": {"quiet": Activity(), "busy": Activity(messages=1, needs_managers=2)}}, True),
        ({"moderation": Moderation(thresholds=(Threshold(name="a", score=3, activity=("busy",)),))}, True),
    ],
)
def test_classes_are_kept_where_something_rests_on_them(sections: dict[str, object], *, is_so: bool) -> None:
    assert decides(settings(**sections)) is is_so

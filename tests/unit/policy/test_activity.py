"""How active a room is: weeks, and the class that the numbers of two of them make."""

from datetime import UTC, datetime

import pytest

from config.settings import Activity
from policy.activity import Week, activity_of, week_of
from tests.unit.policy.making import settings

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

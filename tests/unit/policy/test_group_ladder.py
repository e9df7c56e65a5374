"""The ladder for groups: what strikes in a room lead to, and what a missed deadline does."""

import pytest

from config.settings import GroupLadder, GroupStep, Seconds
from policy.group_ladder import FINAL, MeasureKind, RoomStrike, counted, following, kind_of, leads_to, reached

DAY = 86400.0
AT = 100 * DAY
WARN = GroupStep(sanction="warn", strikes=3, persons=2, window=Seconds(7 * DAY), within=Seconds(DAY))
SUSPEND = GroupStep(sanction="suspend", strikes=5, window=Seconds(7 * DAY))
CLOSE = GroupStep(sanction="close")
LADDER = GroupLadder(steps=(WARN, SUSPEND, CLOSE))


def strikes(*days_ago: float, by: str = "abcdefgh") -> list[RoomStrike]:
    return [
        RoomStrike(number=number, holder=by[number % len(by)], at=AT - ago * DAY) for number, ago in enumerate(days_ago)
    ]


@pytest.mark.parametrize(
    ("days_ago", "by", "expected"),
    [
        ([], "ab", None),
        ([0, 0], "ab", None),
        ([2, 1, 0], "ab", WARN),
        ([2, 1, 0], "a", None),
        ([7, 1, 0], "ab", None),
        ([6.9, 1, 0], "ab", WARN),
        ([-1, 1, 0], "ab", None),
        ([4, 3, 2, 1], "ab", WARN),
        ([4, 3, 2, 1, 0], "a", SUSPEND),
        ([1] * 50, "abc", SUSPEND),
    ],
)
def test_a_step_needs_strikes_of_enough_people_in_its_window(
    days_ago: list[float], by: str, expected: GroupStep | None
) -> None:
    assert reached(strikes(*days_ago, by=by), AT, LADDER, None) == expected


@pytest.mark.parametrize(
    ("held", "count", "expected"),
    [
        (MeasureKind.WARN, 4, None),
        (MeasureKind.WARN, 5, SUSPEND),
        (MeasureKind.SUSPEND, 50, None),
        (MeasureKind.CLOSE, 50, None),
        (MeasureKind.BLACKLIST, 50, None),
    ],
)
def test_what_is_held_already_does_not_come_again(held: MeasureKind, count: int, expected: GroupStep | None) -> None:
    assert reached(strikes(*[1.0] * count), AT, LADDER, held) == expected


def test_a_step_without_strikes_is_reached_by_no_number_of_them() -> None:
    assert not leads_to(strikes(*[1.0] * 1000), AT, CLOSE)
    assert reached(strikes(*[1.0] * 1000), AT, GroupLadder(steps=(CLOSE,)), None) is None


def test_a_ladder_without_steps_leads_nowhere() -> None:
    assert reached(strikes(*[1.0] * 1000), AT, GroupLadder(steps=()), None) is None


def test_only_strikes_by_rules_in_the_window_are_counted() -> None:
    by_moderator = RoomStrike(number=None, holder="z", at=AT)
    assert counted([*strikes(9, 1, 0), by_moderator], AT, WARN) == (1, 2)


@pytest.mark.parametrize(
    ("held", "expected"), [(MeasureKind.WARN, SUSPEND), (MeasureKind.SUSPEND, CLOSE), (MeasureKind.CLOSE, None)]
)
def test_a_missed_deadline_leads_to_the_next_step(held: MeasureKind, expected: GroupStep | None) -> None:
    assert following(held, LADDER) == expected


def test_kinds_are_ordered_by_gravity_and_the_last_two_are_final() -> None:
    assert [kind.gravity for kind in MeasureKind] == [0, 1, 2, 3]
    assert {kind for kind in MeasureKind if kind.gravity > MeasureKind.SUSPEND.gravity} == FINAL
    assert [kind_of(step) for step in LADDER.steps] == list(MeasureKind)[:3]

"""Raids: many strangers at once, measured by the room's own past."""

import pytest

from policy.raid import Pace

AT = 1_000_020.0  # a minute begins


def alarms(times: list[float], *, floor: int = 10, factor: float = 3.0) -> list[float]:
    """The times at which it was a raid."""
    pace, found = Pace.begin(times[0]), []
    for at in times:
        pace, is_raid = pace.come(at, floor=floor, factor=factor)
        if is_raid:
            found.append(at)
    return found


def every(seconds: float, count: int, start: float = AT) -> list[float]:
    return [start + seconds * number for number in range(count)]


def test_a_quiet_room_knows_a_raid_by_the_floor() -> None:
    times = every(1, 12)
    assert alarms(times) == times[9:]


def test_fewer_than_the_floor_are_no_raid() -> None:
    assert alarms(every(1, 9)) == []


def test_a_raid_over_the_turn_of_a_minute_is_seen() -> None:
    assert alarms(every(1, 12, AT - 6))


def test_slow_growth_is_no_raid() -> None:
    assert alarms(every(15, 500)) == []


def test_a_busy_room_needs_more() -> None:
    busy = every(10, 6 * 240)  # six a minute for four hours: as good as usual
    assert alarms([*busy, *every(2, 12, busy[-1] + 1)]) == []
    assert alarms([*busy, *every(1, 30, busy[-1] + 1)])


def test_a_raid_does_not_make_the_next_one_usual() -> None:
    raid = every(0.1, 500)
    assert alarms([*raid, *every(1, 30, AT + 3600)])[-1] > AT + 3600


def test_what_was_usual_is_forgotten_when_nobody_comes() -> None:
    busy = every(10, 6 * 240)
    assert alarms([*busy, *every(1, 12, busy[-1] + 86400)])


@pytest.mark.parametrize("back", [1.0, 3600.0, 86400.0])
def test_a_clock_that_goes_back_raises_no_alarm_and_loses_none(back: float) -> None:
    times = every(1, 5)
    assert alarms([*times, *every(1, 4, AT - back)]) == []
    assert alarms([*times, *every(1, 12, AT - back)])

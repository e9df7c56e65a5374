"""Which step of a ladder a new strike reaches."""

import pytest

from config.settings import Ladder, Seconds, Step
from policy.ladder import next_step

DAY = 86400.0
AT = 100 * DAY
LADDER = Ladder()
MUTE_SHORT, MUTE_LONG, BAN = LADDER.steps


@pytest.mark.parametrize(
    ("days_ago", "expected"),
    [
        ([], None),
        ([0], None),
        ([1, 0], MUTE_SHORT),
        ([2, 1, 0], MUTE_LONG),
        ([3, 2, 1, 0], None),
        ([4, 3, 2, 1, 0], BAN),
        ([29, 28, 27, 1, 0], BAN),
        ([31, 28, 27, 1, 0], MUTE_SHORT),
        ([5, 4, 3, 2, 1, 0], BAN),
        ([8, 0], None),
        ([7, 0], None),
        ([6.9, 0], MUTE_SHORT),
        ([-1, 0], None),
    ],
)
def test_step_fires_at_the_strike_that_reaches_it(days_ago: list[float], expected: Step | None) -> None:
    assert next_step([AT - ago * DAY for ago in days_ago], AT, LADDER) == expected


def test_order_of_strikes_does_not_matter() -> None:
    assert next_step([AT, AT - DAY], AT, LADDER) == next_step([AT - DAY, AT], AT, LADDER) == MUTE_SHORT


def test_ladder_without_steps_leads_nowhere() -> None:
    assert next_step([AT], AT, Ladder(steps=())) is None


def test_each_step_of_a_dense_ladder_fires_once_and_the_last_again() -> None:
    steps = tuple(Step(strikes=strikes, window=Seconds(DAY), sanction="mute") for strikes in (1, 2, 3))
    reached = [next_step([AT] * strikes, AT, Ladder(steps=steps)) for strikes in range(1, 6)]
    assert reached == [steps[0], steps[1], steps[2], steps[2], steps[2]]

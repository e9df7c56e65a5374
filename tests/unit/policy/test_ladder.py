"""Which step of a ladder a new strike reaches."""

import pytest

from config.settings import Ladder, Seconds, Step
from policy.actions import Strike
from policy.facts import SanctionKind
from policy.ladder import next_step, sanction_of

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


@pytest.mark.parametrize(
    ("sanction", "everywhere", "room"),
    [("notice", False, "r@m"), ("remove", False, "r@m"), ("ban", True, None), ("suspend", False, None)],
)
def test_a_step_becomes_a_sanction_on_whoever_was_struck(sanction: str, room: str | None, *, everywhere: bool) -> None:
    step = Step(strikes=1, window=Seconds(DAY), sanction=sanction, everywhere=everywhere, lasts=Seconds(60))  # type: ignore[arg-type] # a literal
    strike = Strike(account="a@b", person=7, room="r@m", rule="spam", evidence="", expires_s=1)
    punish = sanction_of(step, strike)
    assert (punish.kind, punish.room, punish.lasts_s) == (SanctionKind(sanction), room, 60)
    assert (punish.account, punish.person, punish.rule) == ("a@b", 7, "spam")

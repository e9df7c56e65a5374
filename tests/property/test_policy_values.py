"""Buckets, tiers and ladders over time."""

from hypothesis import given
from hypothesis import strategies as st

from config.settings import TIERS, Ladder, Seconds, Step
from policy.bucket import Bucket
from policy.ladder import next_step
from policy.tiers import STAY, tier_for

DAY = 86400.0
NAMES = [tier.name for tier in TIERS]
names = st.sampled_from(NAMES)
scores = st.integers(min_value=0, max_value=100)
waits = st.floats(min_value=0, max_value=100, allow_nan=False)
steps = st.floats(min_value=-100, max_value=100, allow_nan=False)
rates = st.floats(min_value=0.01, max_value=50)
bursts = st.integers(min_value=1, max_value=50)


@given(rates, bursts, st.lists(steps, max_size=60))
def test_bucket_never_exceeds_its_rate_whatever_the_clock_does(rate: float, burst: int, moves: list[float]) -> None:
    now = 1000.0
    bucket = Bucket.full(rate=rate, burst=burst, at=now)
    taken, passed = 0, 0.0
    for move in moves:
        now += move
        passed += max(0.0, move)
        bucket, ok = bucket.spend(now)
        taken += ok
        assert 0 <= bucket.tokens <= burst
        assert taken <= burst + rate * passed + 1e-6


@given(rates, bursts, st.lists(waits, max_size=60), waits)
def test_bucket_always_gives_again_in_time(rate: float, burst: int, moves: list[float], back: float) -> None:
    now = 1000.0
    bucket = Bucket.full(rate=rate, burst=burst, at=now)
    for move in moves:
        now += move
        bucket, _ = bucket.spend(now)
    now -= back  # the clock is set back
    bucket, _ = bucket.spend(now)
    assert bucket.spend(now + 1.001 / rate)[1]


def tier(score: int, current: str, since: float, at: float, *, is_locked: bool = False) -> str:
    return tier_for(
        score=score, current=current, tier_since=since, verified_at=0, at=at, is_locked=is_locked, tiers=TIERS
    )


@given(scores, names, st.floats(min_value=0, max_value=100 * DAY))
def test_tier_settles_at_once(score: int, current: str, at: float) -> None:
    settled = tier(score, current, 0, at)
    assert tier(score, settled, at, at) == settled


@given(names, st.lists(scores, min_size=2, max_size=30))
def test_tier_never_flaps_within_a_tenth_of_its_threshold(current: str, drawn: list[int]) -> None:
    """Scores that stay between 0.9 of a won tier's threshold and the next threshold change nothing."""
    at = 200 * DAY
    settled = tier(drawn[0], current, 0, at)
    index = NAMES.index(settled)
    low = STAY * TIERS[index].threshold
    high = TIERS[index + 1].threshold if index + 1 < len(TIERS) else 101
    for score in drawn[1:]:
        if low <= score < high:
            assert tier(score, settled, at, at + DAY) == settled


@given(scores, scores, names, st.floats(min_value=0, max_value=100 * DAY))
def test_higher_score_never_means_a_lower_tier(one: int, other: int, current: str, at: float) -> None:
    low, high = sorted((one, other))
    assert NAMES.index(tier(low, current, 0, at)) <= NAMES.index(tier(high, current, 0, at))


@given(scores, names, st.floats(min_value=0, max_value=100 * DAY))
def test_locked_tier_never_changes(score: int, current: str, at: float) -> None:
    assert tier(score, current, 0, at, is_locked=True) == current


@given(st.lists(st.floats(min_value=0, max_value=30 * DAY), max_size=12))
def test_ladder_misses_no_step_of_one_window(times: list[float]) -> None:
    """As strikes come in, each step fires once and the last at every strike from then on."""
    ladder = Ladder(
        steps=tuple(Step(strikes=strikes, window=Seconds(60 * DAY), sanction="mute") for strikes in (1, 3, 6))
    )
    strikes = sorted(times)
    fired = [next_step(strikes[: number + 1], time, ladder) for number, time in enumerate(strikes)]
    reached = [step.strikes if step else 0 for step in fired]
    if len(set(strikes)) == len(strikes):
        assert reached == [1, 0, 3, 0, 0, 6, 6, 6, 6, 6, 6, 6][: len(strikes)]

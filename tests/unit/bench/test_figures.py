"""The benchmark's arithmetic."""

import pytest

from bench.figures import Spread, differences, quantile, ratios


def test_ratios_are_taken_round_by_round() -> None:
    spread = ratios([90, 50, 190], [100, 50, 200])
    assert (spread.median, spread.low, spread.high) == (0.95, 0.9, 1.0)


def test_differences_are_taken_round_by_round() -> None:
    assert differences([3, 5, 2], [1, 1, 1]) == Spread(median=2, low=1, high=4)


@pytest.mark.parametrize(("share", "value"), [(0, 1), (0.5, 51), (0.99, 100), (1, 100)])
def test_a_quantile_is_one_of_the_values(share: float, value: float) -> None:
    assert quantile(list(range(100, 0, -1)), share) == value


def test_a_spread_shows_its_ends() -> None:
    assert Spread.of([0.123, 0.5, 0.9]).show() == "0.50 (0.12–0.90)"

"""Which rounds are played, and which are kept."""

from bench.load import Throughput
from bench.rounds import Series, _orders, _quietest


def series(*foreign: float) -> Series:
    found = Series()
    for each in foreign:
        load = Throughput(100, 1.0, server_cpu_s=1.0, component_cpu_s=0, own_cpu_s=0.1, machine_cpu_s=1.1 + each)
        found.add(load, [0.001])
    return found


def test_everybody_comes_first_and_last_equally_often() -> None:
    orders = list(_orders(("a", "b", "c"), 6))
    assert (
        sorted(order[0] for order in orders) == sorted(order[-1] for order in orders) == ["a", "a", "b", "b", "c", "c"]
    )


def test_rounds_that_others_disturbed_are_left_out() -> None:
    assert _quietest([series(0, 0.9, 0.1, 0, 0.05), series(0, 0, 0, 0.5, 0)]) == [0, 2, 4]


def test_the_three_quietest_stay_however_busy_it_was() -> None:
    assert _quietest([series(0.9, 0.5, 0.7, 0.8, 0.2)]) == [1, 2, 4]


def test_what_is_kept_is_kept_of_everything() -> None:
    found = series(0, 1, 2, 3)
    found.keep([1, 3])
    assert len(found.rates) == len(found.p50_ms) == len(found.p99_ms) == len(found.loads) == 2
    assert [round(load.foreign) for load in found.loads] == [1, 3]

"""Amounts and people counted within a time that moves along."""

from policy.tally import Crowd, Tally


def test_what_is_older_than_the_window_is_not_counted() -> None:
    tally = Tally()
    for now, total in ((0, 1), (4, 2), (8, 3), (10, 3), (10.5, 4), (13.9, 5), (14.5, 5), (100, 1)):
        tally = tally.add(now, 1, 10)
        assert tally.total == total, now
    assert tally.newest == 100


def test_a_clock_set_back_forgets_what_is_to_come() -> None:
    tally = Tally().add(100, 5, 10).add(101, 5, 10)
    assert tally.add(100.5, 1, 10).total == 6
    assert tally.add(50, 1, 10).total == 1


def test_a_person_counts_once_in_a_crowd_however_often_they_come() -> None:
    crowd = Crowd().add(0, "a", 10, 3).add(1, "b", 10, 3).add(2, "a", 10, 3)
    assert (crowd.total, crowd.newest) == (2, 2)
    crowd = crowd.add(10.5, "c", 10, 3)
    assert crowd.total == 3
    assert crowd.add(11.5, "d", 10, 9).total == 3
    assert crowd.add(11.5, "d", 10, 2).seen == ((10.5, "c"), (11.5, "d"))

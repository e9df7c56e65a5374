"""So many at once, so many a second over time."""

from policy.bucket import Bucket

FULL = Bucket.full(rate=2.0, burst=3, at=100.0)


def spend(bucket: Bucket, *times: float) -> tuple[Bucket, list[bool]]:
    taken: list[bool] = []
    for now in times:
        bucket, ok = bucket.spend(now)
        taken.append(ok)
    return bucket, taken


def test_burst_goes_at_once_and_no_more() -> None:
    assert spend(FULL, 100, 100, 100, 100)[1] == [True, True, True, False]


def test_bucket_fills_by_its_rate() -> None:
    assert spend(FULL, 100, 100, 100, 100.4, 100.5, 100.6)[1] == [True, True, True, False, True, False]


def test_bucket_never_holds_more_than_its_burst() -> None:
    assert spend(FULL, 9000, 9000, 9000, 9000)[1] == [True, True, True, False]


def test_what_is_refused_costs_nothing() -> None:
    bucket, ok = FULL.spend(100, 4)
    assert not ok
    assert bucket.tokens == 3


def test_clock_set_back_earns_nothing_and_starves_nobody() -> None:
    bucket, taken = spend(FULL, 100, 100, 100, 50)
    assert taken[-1] is False
    assert spend(bucket, 50.5)[1] == [True]

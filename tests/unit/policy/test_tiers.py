"""What a score permits, and when a tier is won or lost."""

import pytest

from config.settings import TIERS, Quotas
from policy.tiers import rights, tier_for
from tests.unit.policy.making import person, settings

DAY = 86400.0


@pytest.mark.parametrize(
    ("tier", "created", "joined", "rate", "links"),
    [
        ("restricted", 0, 10, 0.2, False),
        ("limited", 1, 30, 1.0, True),
        ("standard", 5, 100, 2.0, True),
        ("trusted", 20, 300, 5.0, True),
    ],
)
def test_tier_fills_in_base_quotas(tier: str, created: int, joined: int, rate: float, *, links: bool) -> None:
    found = rights(person(tier=tier), settings())
    assert (found.rooms_created, found.rooms_joined, found.message_rate, found.links) == (created, joined, rate, links)


def test_account_without_a_person_gets_base_quotas_and_default_rates() -> None:
    found = rights(None, settings(quotas=Quotas(rooms_created=2, rooms_joined=3)))
    assert (found.rooms_created, found.rooms_joined, found.message_rate, found.message_burst) == (2, 3, 2.0, 20)


def test_tier_no_longer_in_the_settings_reads_by_score() -> None:
    assert rights(person(tier="gone", score=35), settings()).name == "limited"


def tier(score: int, current: str, *, since: float = 0, at: float = 40 * DAY, is_locked: bool = False) -> str:
    return tier_for(
        score=score, current=current, tier_since=since, verified_at=0, at=at, is_locked=is_locked, tiers=TIERS
    )


@pytest.mark.parametrize(
    ("score", "current", "expected"),
    [
        (49, "limited", "limited"),
        (50, "limited", "standard"),
        (79, "standard", "standard"),
        (80, "standard", "trusted"),
        (100, "restricted", "trusted"),
        (72, "trusted", "trusted"),
        (71, "trusted", "standard"),
        (45, "standard", "standard"),
        (44, "standard", "limited"),
        (47, "trusted", "standard"),
        (0, "trusted", "restricted"),
        (26, "limited", "restricted"),
        (60, "gone", "standard"),
        (0, "restricted", "restricted"),
    ],
)
def test_tier_is_won_at_its_threshold_and_lost_below_nine_tenths(score: int, current: str, expected: str) -> None:
    assert tier(score, current) == expected


@pytest.mark.parametrize(
    ("since", "at", "expected"),
    [(0, 29 * DAY, "standard"), (0, 30 * DAY, "trusted"), (20 * DAY, 40 * DAY, "standard")],
)
def test_promotion_needs_tenure_in_the_tier_below(since: float, at: float, expected: str) -> None:
    assert tier(90, "standard", since=since, at=at) == expected


def test_promotion_short_of_one_tenure_stops_below_it() -> None:
    assert tier(90, "restricted", at=DAY) == "standard"


@pytest.mark.parametrize("score", [0, 60, 100])
def test_locked_tier_stays(score: int) -> None:
    assert tier(score, "limited", is_locked=True) == "limited"

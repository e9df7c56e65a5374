"""Who may found a group of the default category and class, or of those that were applied for."""

from typing import Any

import pytest

from config.settings import Category, Credit, Scale, Seconds, Tier
from policy.actions import TakePlace
from policy.facts import Counts, Kind, Permit, Person
from policy.rules.quotas import full
from policy.verdict import ALLOW, Condition, Decision, Verdict
from tests.unit.policy.making import AT, LENIENT, facts, judged, person, settings, texts

DAY = 86400.0
TIERS = (Tier(name="limited", threshold=0, largest_scale="small"), Tier(name="standard", threshold=50))


def small(**demands: Any) -> dict[str, Scale]:  # noqa: ANN401 - any demand
    return {"small": Scale(members=50, **demands), "large": Scale(members=500)}


def creating(who: Person | None, permit: Permit | None = None, **sections: Any) -> Verdict:  # noqa: ANN401 - settings
    what = facts(Kind.CREATE, room=None, person=who, permit=permit, counts=Counts(created=0, joined=0, members=0))
    known = {"identity": LENIENT, "scales": small(), "credit": Credit(tiers=TIERS), **sections}
    return judged(what, settings(**known))


def place(verdict: Verdict) -> TakePlace:
    (taken,) = verdict.actions
    assert isinstance(taken, TakePlace)
    return taken


@pytest.mark.parametrize(
    ("demands", "who", "told"),
    [
        ({}, None, []),
        ({"tiers": ("standard",)}, person(), []),
        ({"tiers": ("standard",)}, person(tier="limited"), ["deny-founding-tier"]),
        ({"tiers": ("standard",)}, None, ["deny-founding-tier"]),
        ({"tiers": ("unverified",)}, None, []),
        ({"verified_for": Seconds(DAY)}, person(verified_at=AT - DAY), []),
        ({"verified_for": Seconds(DAY)}, person(verified_at=AT - DAY + 1), ["deny-founding-early"]),
        ({"verified_for": Seconds(DAY)}, None, ["deny-unverified"]),
        ({"tenure": Seconds(DAY)}, person(tier_since=AT - DAY), []),
        ({"tenure": Seconds(DAY)}, person(tier_since=AT - 5), ["deny-founding-early"]),
        ({}, person(verified_at=AT + DAY, tier_since=AT + DAY), []),
        ({"tenure": Seconds(DAY)}, None, ["deny-unverified"]),
        ({"approval": True}, person(), ["deny-founding-unasked"]),
    ],
)
def test_what_the_default_category_demands_is_demanded_of_whoever_just_joins_a_new_address(
    demands: dict[str, Any], who: Person | None, told: list[str]
) -> None:
    assert texts(creating(who, categories={"general": Category(**demands)})) == told


def test_it_is_told_from_when_on_somebody_may() -> None:
    verdict = creating(person(verified_at=AT), categories={"general": Category(verified_for=Seconds(DAY))})
    assert dict(verdict.reasons[0].params) == {"until": AT + DAY}
    assert verdict.reasons[0].condition is Condition.NOT_ALLOWED


def test_a_plain_group_is_of_the_default_class_as_far_as_the_founders_tier_reaches() -> None:
    assert place(creating(person())).scale is None
    assert place(creating(person(tier="limited"))).scale == "small"
    assert place(creating(None)).scale is None


def test_a_class_that_needs_asking_is_not_had_by_just_joining_but_the_smaller_one_is() -> None:
    scales = {"small": Scale(members=50), "large": Scale(members=500, approval=True)}
    assert texts(creating(person(), scales=scales)) == ["deny-founding-unasked"]
    assert texts(creating(person(tier="limited"), scales=scales)) == []


def test_an_approved_founder_needs_no_more_asking_and_the_place_rests_on_the_approval() -> None:
    categories = {"general": Category(), "school": Category(approval=True)}
    permit = Permit(number=4, is_own=True, category="school", scale="large")
    verdict = creating(person(), permit, categories=categories)
    assert verdict.decision is Decision.ALLOW
    assert place(verdict).permit == 4


def test_an_approved_founder_must_still_meet_the_demands_when_it_comes_to_it() -> None:
    permit = Permit(number=4, is_own=True, category="general", scale="large")
    assert texts(creating(person(tier="limited"), permit)) == ["deny-founding-scale"]


def test_an_address_that_is_kept_for_somebody_is_refused_to_others() -> None:
    permit = Permit(number=4, is_own=False, category="general", scale="small")
    assert texts(creating(person(), permit)) == ["deny-founding-kept"]
    assert full("kept", place(creating(person()))).text == "deny-founding-kept"


def test_an_approval_of_what_the_settings_no_longer_name_counts_as_none() -> None:
    permit = Permit(number=4, is_own=True, category="gone", scale="small")
    assert texts(creating(person(), permit)) == []
    asking = {"general": Category(approval=True)}
    assert texts(creating(person(), permit, categories=asking)) == ["deny-founding-unasked"]


def test_nothing_is_demanded_where_the_settings_demand_nothing() -> None:
    assert judged(facts(Kind.JOIN, is_member=True)) is ALLOW

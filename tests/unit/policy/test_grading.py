"""Categories and scale classes: which a room has, and what follows."""

from typing import Any

import pytest

from config.settings import Activity, Category, Managers, Quotas, Rooms, Rule, Scale, Settings
from policy.actions import TakePlace
from policy.facts import Counts, Kind, Override, Quota, Room
from policy.grading import category_of, managers_of, members_limit, scale_of
from policy.verdict import ALLOW, Decision
from tests.unit.policy.making import AT, ROOM, facts, judged, said, settings, texts

GRADED: dict[str, Any] = {
    "categories": {"club": Category(), "school": Category(managers=Managers(rules=3))},
    "scales": {"small": Scale(members=2), "large": Scale(members=1000)},
    "activity": {"quiet": Activity(), "busy": Activity(messages=9)},
}


def room(category: str | None = None, scale: str | None = None, activity: str | None = None) -> Room:
    return Room(jid=ROOM, code="K7QX-2M9D-4", category=category, scale=scale, activity=activity)


@pytest.mark.parametrize(
    ("given", "rooms", "expected"),
    [
        (None, Rooms(), ("club", "large")),
        (room(), Rooms(), ("club", "large")),
        (room(), Rooms(category="school", scale="small"), ("school", "small")),
        (room("school", "small"), Rooms(), ("school", "small")),
        (room("gone", "gone"), Rooms(category="school"), ("school", "large")),
    ],
)
def test_a_room_is_what_somebody_chose_as_long_as_the_settings_know_it(
    given: Room | None, rooms: Rooms, expected: tuple[str, str]
) -> None:
    by = settings(**GRADED, rooms=rooms)
    assert (category_of(given, by), scale_of(given, by)) == expected


@pytest.mark.parametrize(("quota", "scale", "limit"), [(500, "small", 2), (500, "large", 500), (1, "small", 1)])
def test_of_quota_and_class_the_smaller_one_holds(quota: int, scale: str, limit: int) -> None:
    by = settings(**GRADED, quotas=Quotas(members_per_room=quota))
    assert members_limit(room(scale=scale), by, AT) == limit


def test_a_full_class_refuses_the_next_member() -> None:
    joins = facts(Kind.JOIN, room=room(scale="small"), counts=Counts(created=0, joined=0, members=2))
    verdict = judged(joins, settings(**GRADED))
    assert texts(verdict) == ["deny-members-full"]
    (place,) = judged(facts(Kind.JOIN, room=room(scale="small")), settings(**GRADED)).actions
    assert isinstance(place, TakePlace)
    assert place.members_limit == 2


def test_a_categorys_managers_table_stands_in_place_of_the_platforms() -> None:
    by = settings(**GRADED)
    assert managers_of(room("school"), by).rules == 3
    assert managers_of(room("club"), by) == by.moderation.managers


def by_scope(**scope: Any) -> Settings:  # noqa: ANN401 - any field of a rule
    return settings(**GRADED, rules=(Rule(name="no-tea", words=("tea",), **scope),))


@pytest.mark.parametrize(
    ("scope", "where", "is_hit"),
    [
        ({"categories": ("school",)}, room("school"), True),
        ({"categories": ("school",)}, room("club"), False),
        ({"categories": ("club",)}, room(), True),
        ({"categories": ("club",)}, None, True),
        ({"scales": ("small",)}, room(scale="small"), True),
        ({"scales": ("small",)}, room(), False),
        ({"categories": ("school",), "scales": ("small",)}, room("school"), False),
        ({"activity": ("busy",)}, room(activity="busy"), True),
        ({"activity": ("busy",)}, room(), False),
        ({"activity": ("quiet",)}, room(), True),
        ({"activity": ("quiet",)}, None, True),
        ({"activity": ("busy",), "categories": ("school",)}, room(activity="busy"), False),
    ],
)
def test_rules_hold_in_their_categories_and_classes_only(
    scope: dict[str, tuple[str, ...]], where: Room | None, *, is_hit: bool
) -> None:
    verdict = judged(facts(room=where, texts=said("tea")), by_scope(**scope))
    assert (verdict.decision is Decision.DENY) is is_hit
    assert is_hit or verdict is ALLOW


@pytest.mark.parametrize(("until", "limit"), [(None, 5), (AT + 1, 5), (AT, 2)])
def test_an_exception_for_a_room_counts_in_place_of_its_class_until_its_end(until: float | None, limit: int) -> None:
    wide = Override(quota=Quota.MEMBERS, places=5, until=until)
    excepted = Room(jid=ROOM, code="K7QX-2M9D-4", scale="small", overrides=(wide,))
    assert members_limit(excepted, settings(**GRADED), AT) == limit

"""Rooms that grow: when a level is reached, when it may be told again, and whether there is a larger class."""

import pytest

from config.settings import Quotas, Scale
from policy.facts import Override, Quota, Room
from policy.growth import can_grow, is_near, level_of
from tests.unit.policy.making import AT, ROOM, settings

SCALES = {"small": Scale(members=50), "large": Scale(members=500)}


@pytest.mark.parametrize(
    ("members", "limit", "told", "level"),
    [
        (79, 100, 0, 0),
        (80, 100, 0, 80),
        (94, 100, 80, 80),
        (95, 100, 80, 95),
        (95, 100, 0, 95),
        (80, 100, 95, 95),
        (79, 100, 95, 80),
        (66, 100, 80, 80),
        (64, 100, 80, 0),
        (64, 100, 95, 0),
        (3, 4, 0, 0),
        (4, 4, 0, 95),
        (60, 50, 0, 95),
    ],
)
def test_each_level_is_told_once_until_the_room_has_shrunk_well_below_it(
    members: int, limit: int, told: int, level: int
) -> None:
    assert level_of(members, limit, told) == level


def test_a_room_is_near_from_the_first_level_on() -> None:
    assert [is_near(members, 50) for members in (39, 40)] == [False, True]


@pytest.mark.parametrize(
    ("scale", "quota", "places", "expected"),
    [
        ("small", 500, None, True),
        ("small", 50, None, False),
        ("large", 500, None, False),
        ("small", 500, 500, False),
        ("small", 500, 60, True),
    ],
)
def test_a_room_can_grow_where_a_larger_class_gives_it_more_than_it_has(
    scale: str,
    quota: int,
    places: int | None,
    expected: bool,  # noqa: FBT001 - a table's column
) -> None:
    overrides = () if places is None else (Override(quota=Quota.MEMBERS, places=places, until=None),)
    room = Room(jid=ROOM, code="X", scale=scale, overrides=overrides)
    by = settings(scales=SCALES, quotas=Quotas(members_per_room=quota))
    assert can_grow(room, by, AT) is expected

"""How much was written in rooms: added up, members once a week, forgotten in time."""

import pytest

from policy.activity import Week
from storage.store import Store
from tests.unit.storage.databases import T0

HALL, ATTIC = "hall@muc", "attic@muc"
ANNA, BEN = "p:1", "a:ben@example"


@pytest.fixture
async def code(store: Store) -> str:
    await store.rooms.adopt(ATTIC, T0, [ANNA])
    return (await store.rooms.adopt(HALL, T0, [ANNA, BEN])).code


def week(number: int, messages: int, members: int) -> Week:
    return Week(number=number, messages=messages, members=members)


async def test_messages_add_up_and_a_member_counts_once_a_week(store: Store, code: str) -> None:
    await store.activity.add({(HALL, ANNA): 3, (ATTIC, ANNA): 1}, 10)
    await store.activity.add({(HALL, ANNA): 2, (HALL, BEN): 1}, 10)
    assert await store.activity.weeks_of(code, 10) == (week(10, 6, 2),)
    await store.activity.add({(HALL, BEN): 4}, 11)
    assert await store.activity.weeks_of(code, 10) == (week(11, 4, 1), week(10, 6, 2))
    assert await store.activity.weeks_of(code, 11) == (week(11, 4, 1),)
    assert sorted(map(len, await store.activity.weeks_of_all(10))) == [1, 2]


async def test_an_instance_whose_clock_is_behind_counts_nobody_twice(store: Store, code: str) -> None:
    await store.activity.add({(HALL, ANNA): 1}, 11)
    await store.activity.add({(HALL, ANNA): 1}, 10)
    assert await store.activity.weeks_of(code, 10) == (week(11, 1, 1), week(10, 1, 0))


async def test_messages_of_who_is_no_member_count_as_messages_alone(store: Store, code: str) -> None:
    await store.activity.add({(HALL, "a:guest@example"): 5}, 10)
    assert await store.activity.weeks_of(code, 10) == (week(10, 5, 0),)


async def test_rooms_that_are_closed_or_unknown_are_left_out(store: Store, code: str) -> None:
    await store.activity.add({(HALL, ANNA): 1}, 10)
    await store.rooms.close(HALL, T0, reason="x", by="x")
    await store.activity.add({(HALL, ANNA): 1, ("nowhere@muc", ANNA): 1, (ATTIC, ANNA): 1}, 10)
    assert await store.activity.weeks_of(code, 10) == (week(10, 1, 1),)
    assert await store.activity.weeks_of_all(10) == ((week(10, 1, 1),),)


async def test_a_crowd_is_counted_in_batches(store: Store, code: str) -> None:
    crowd = [f"a:m{number}@example" for number in range(1200)]
    await store.rooms.adopt(HALL, T0, crowd)
    await store.activity.add({(HALL, holder): 1 for holder in crowd}, 10)
    assert await store.activity.weeks_of(code, 10) == (week(10, 1200, 1200),)


async def test_old_weeks_are_forgotten(store: Store, code: str) -> None:
    for number in (8, 9, 10):
        await store.activity.add({(HALL, ANNA): 1}, number)
    assert await store.activity.prune(10) == 2
    assert await store.activity.weeks_of(code, 0) == (week(10, 1, 1),)


async def test_busy_are_rooms_with_fresh_weeks_and_those_that_were_of_a_class(store: Store, code: str) -> None:
    await store.activity.add({(HALL, ANNA): 2}, 10)
    await store.activity.add({(HALL, ANNA): 1}, 9)
    await store.activity.add({(ATTIC, ANNA): 2}, 8)
    (hall,) = await store.activity.busy(9, among=None)
    assert (hall.jid, hall.code, hall.found, hall.weeks) == (HALL, code, None, (week(10, 2, 1), week(9, 1, 0)))
    assert await store.activity.busy(9, among=[ATTIC]) == ()
    await store.activity.grade({code: "busy"}, T0)
    (hall,) = await store.activity.busy(20, among=None)
    assert (hall.found, hall.weeks) == ("busy", ())


async def test_a_class_is_kept_with_its_room_and_each_change_is_audited_once(store: Store, code: str) -> None:
    for name in ("busy", "busy", None):
        await store.activity.grade({code: name, "gone": "busy"}, T0)
        room = await store.rooms.find(HALL)
        assert room is not None
        assert room.activity == name
    noted = [record.entry for record in await store.audit.read(50) if record.entry.deed == "room-activity"]
    assert [entry.detail["activity"] for entry in noted] == [None, "busy"]


async def test_closed_rooms_are_of_no_class(store: Store, code: str) -> None:
    await store.activity.grade({code: "busy"}, T0)
    await store.rooms.close(HALL, T0, reason="x", by="x")
    assert await store.activity.busy(0, among=None) == ()

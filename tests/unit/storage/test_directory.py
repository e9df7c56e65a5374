"""Rooms found by address, code, name and looks."""

from policy.facts import RoomStatus
from storage.store import Store
from tests.unit.storage.databases import T0, place

TOMB, GARDEN = "tomb@muc.example.org", "garden@muc.example.org"


async def fill(store: Store) -> None:
    await store.rooms.adopt(TOMB, T0, ["a:x"])
    await store.rooms.adopt(GARDEN, T0, ["a:x", "a:y"])
    await store.directory.describe(TOMB, "Ｔhe  Tomb of 100%", is_public=True)
    await store.directory.describe(GARDEN, "The Garden", is_public=True)


async def test_public_rooms_are_found_by_a_part_of_their_name_the_largest_first(store: Store) -> None:
    await fill(store)
    assert [each.room.jid for each in await store.directory.by_name("THE ", 10)] == [GARDEN, TOMB]
    assert [each.room.jid for each in await store.directory.by_name("the", 1)] == [GARDEN]
    assert [each.room.jid for each in await store.directory.by_name("100%", 10)] == [TOMB]
    assert [each.room.jid for each in await store.directory.by_name("gard", 10)] == [GARDEN]
    assert await store.directory.by_name("t_e", 10) == ()


async def test_hidden_closed_and_unmade_rooms_are_not_found_by_name(store: Store) -> None:
    await fill(store)
    await store.directory.describe(TOMB, "The Tomb", is_public=False)
    await store.rooms.close(GARDEN, T0, reason="x", by="x")
    await store.rooms.take(place("x@example.org", "the@muc.example.org", creates=True), T0)
    assert await store.directory.by_name("the", 10) == ()


async def test_a_code_leads_to_hidden_and_closed_rooms_too(store: Store) -> None:
    await fill(store)
    room = await store.rooms.find(TOMB)
    assert room is not None
    await store.rooms.close(TOMB, T0 + 5, reason="x", by="x")
    entry = await store.directory.by_code(room.code.lower())
    assert entry is not None
    assert (entry.room.status, entry.closed_at, entry.members) == (RoomStatus.CLOSED, T0 + 5, 0)
    assert await store.directory.by_jid(TOMB) is None
    assert await store.directory.by_code("nonsense") is None


async def test_a_room_that_looks_like_another_is_told_and_a_barred_one_before_others(store: Store) -> None:
    await fill(store)
    assert await store.directory.twin("other@muc.example.org") is None
    assert await store.directory.twin(TOMB) is None
    twin = await store.directory.twin("t0mb@muc.example.org")
    assert twin is not None
    assert twin.jid == TOMB
    await store.rooms.close(TOMB, T0, reason="x", by="x")
    assert await store.directory.twin("t0mb@muc.example.org") is None
    await store.rooms.blacklist(TOMB, T0, reason="x", by="x")
    await store.rooms.adopt("tоmb@muc.example.org", T0, [])
    twin = await store.directory.twin("t0mb@muc.example.org")
    assert twin is not None
    assert twin.jid == TOMB
    assert twin.is_blacklisted


async def test_a_room_closed_while_suspended_stays_barred(store: Store) -> None:
    await fill(store)
    await store.rooms.suspend(TOMB, T0, reason="fraud", by="x")
    await store.rooms.close(TOMB, T0, reason="destroyed", by="server")
    found = await store.rooms.find(TOMB)
    assert found is not None
    assert found.is_blacklisted
    await store.rooms.unblacklist(TOMB, T0, reason="settled", by="x")
    assert await store.rooms.find(TOMB) is None

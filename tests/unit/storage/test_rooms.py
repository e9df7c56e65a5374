"""Rooms: address, code, closing, adoption, suspension."""

from dataclasses import replace

import pytest

from policy.facts import Room, RoomStatus
from storage.errors import NotFound
from storage.rooms import Taken
from storage.store import Store
from tests.unit.storage.databases import T0, place

JULIET, ROOM = "juliet@example.org", "tomb@muc.example.org"
A_JULIET = f"a:{JULIET}"


async def create(store: Store, room: str = ROOM) -> Room:
    taken = await store.rooms.take(place(JULIET, room, creates=True), T0)
    assert isinstance(taken, Taken)
    await store.rooms.confirm(A_JULIET, room, T0)
    assert taken.room.founder is None
    return replace(taken.room, founder=(JULIET, None))


async def test_a_room_is_found_by_address_and_by_code(store: Store) -> None:
    room = await create(store)
    assert await store.rooms.find(ROOM) == room
    assert await store.rooms.by_code(room.code) == room
    assert await store.rooms.by_code(room.code.lower().replace("-", "")) == room
    assert await store.rooms.find("other@muc") is None
    assert await store.rooms.by_code("0000-0000-0") is None
    assert await store.rooms.by_code("nonsense") is None


async def test_a_closed_room_keeps_its_code_and_frees_address_and_places(store: Store) -> None:
    room = await create(store)
    assert await store.rooms.close(ROOM, T0, reason="destroyed", by="server")
    assert not await store.rooms.close(ROOM, T0, reason="destroyed", by="server")
    assert await store.rooms.find(ROOM) is None
    assert (await store.rooms.counts(A_JULIET, None)).created == 0
    assert await store.rooms.memberships_of(A_JULIET) == ()
    assert await store.rooms.open_rooms() == ()
    gone = await store.rooms.by_code(room.code)
    assert gone is not None
    assert gone.status is RoomStatus.CLOSED


async def test_an_address_used_again_gets_a_new_code(store: Store) -> None:
    all_codes = set()
    for _ in range(3):
        all_codes.add((await create(store)).code)
        await store.rooms.close(ROOM, T0, reason="destroyed", by="server")
    newest = await create(store)
    assert len({*all_codes, newest.code}) == 4
    assert await store.rooms.find(ROOM) == newest


async def test_the_creator_of_a_room_is_known_for_good(store: Store) -> None:
    assert await store.rooms.creator_of("0000-0000-0") is None
    taken = await store.rooms.take(place(JULIET, ROOM, creates=True), T0)
    assert isinstance(taken, Taken)
    assert await store.rooms.creator_of(taken.room.code) is None  # it is not made yet
    await store.rooms.confirm(A_JULIET, ROOM, T0)
    assert await store.rooms.creator_of(taken.room.code) == A_JULIET
    await store.rooms.leave(A_JULIET, ROOM, T0, by="x")
    await store.rooms.close(ROOM, T0, reason="destroyed", by="server")
    assert await store.rooms.creator_of(taken.room.code) == A_JULIET
    adopted = await store.rooms.adopt(ROOM, T0, ["a:x"])
    assert await store.rooms.creator_of(adopted.code) is None


async def test_a_place_taken_again_is_not_new(store: Store) -> None:
    for is_new in (True, False):
        taken = await store.rooms.take(place(JULIET, ROOM, creates=True), T0)
        assert isinstance(taken, Taken)
        assert taken.is_new is is_new


async def test_a_room_found_on_the_server_is_adopted_with_its_members(store: Store) -> None:
    room = await store.rooms.adopt(ROOM, T0, ["a:x", "a:y", "a:x"])
    assert room.status is RoomStatus.OPEN
    assert await store.rooms.members_of(ROOM) == ("a:x", "a:y")
    assert await store.rooms.adopt(ROOM, T0 + 1, ["a:y", "a:z"]) == room
    assert await store.rooms.members_of(ROOM) == ("a:x", "a:y", "a:z")
    assert (await store.rooms.counts("a:x", None)).created == 0


async def test_adoption_confirms_what_was_pending(store: Store) -> None:
    taken = await store.rooms.take(place(JULIET, ROOM, creates=True), T0)
    assert isinstance(taken, Taken)
    assert await store.rooms.adopt(ROOM, T0, [A_JULIET]) == taken.room
    assert await store.rooms.members_of(ROOM) == (A_JULIET,)
    assert await store.rooms.open_rooms() == (ROOM,)
    assert (await store.rooms.counts(A_JULIET, None)).created == 1


async def test_memberships_tell_room_beginning_and_creator(store: Store) -> None:
    room = await create(store)
    other = await store.rooms.adopt("garden@muc", T0 + 1, [A_JULIET])
    told = await store.rooms.memberships_of(A_JULIET)
    assert [(one.room, one.is_creator, one.since, one.is_pending) for one in told] == [
        (room, True, T0, False),
        (other, False, T0 + 1, False),
    ]


async def test_a_room_is_suspended_and_resumed(store: Store) -> None:
    await create(store)
    await store.rooms.suspend(ROOM, T0, reason="fraud", by="x")
    found = await store.rooms.find(ROOM)
    assert found is not None
    assert found.status is RoomStatus.SUSPENDED
    assert await store.rooms.open_rooms() == (ROOM,)
    await store.rooms.resume(ROOM, T0, reason="settled", by="x")
    found = await store.rooms.find(ROOM)
    assert found is not None
    assert found.status is RoomStatus.OPEN
    for attempt in (store.rooms.suspend, store.rooms.resume):
        with pytest.raises(NotFound):
            await attempt("other@muc", T0, reason="x", by="x")

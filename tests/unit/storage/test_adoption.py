"""Rooms taken over as the server has them."""

import asyncio
from collections.abc import Mapping

import pytest

from policy.group_ladder import MeasureKind
from storage.adoption import Adopted, Found
from storage.measures import Order
from storage.rooms import Taken
from storage.store import Store
from tests.unit.storage.databases import T0, place, verified

ROOM = "tomb@muc.example.org"
ROMEO, JULIET = "romeo@example.org", "juliet@example.org"
A_ROMEO, A_JULIET = f"a:{ROMEO}", f"a:{JULIET}"


def found(*holders: str, listed: Mapping[str, str] | None = None, room: str = ROOM, name: str = "") -> Found:
    return Found(jid=room, name=name, is_public=bool(name), holders=frozenset(holders), affiliations=listed or {})


async def test_a_room_nobody_knew_comes_with_members_lists_and_name(store: Store) -> None:
    there = found(A_ROMEO, A_JULIET, listed={JULIET: "owner"}, name="The  Tomb")
    assert await store.adoption.take_over([there], T0) == Adopted(rooms=1, places=2, ghosts=0)
    assert set(await store.rooms.members_of(ROOM)) == {A_ROMEO, A_JULIET}
    assert [each.account for each in await store.attendance.managers(ROOM)] == [JULIET]
    entry = await store.directory.by_jid(ROOM)
    assert entry is not None
    assert (entry.name, entry.is_public, entry.members, entry.founded) == ("The  Tomb", True, 2, T0)
    assert [record.entry.deed for record in await store.audit.read(1)] == ["room-adopted"]
    assert await store.adoption.take_over([there], T0 + 1) == Adopted(rooms=0, places=0, ghosts=0)


async def test_whom_nobody_asked_about_gets_a_place_in_a_known_room(store: Store) -> None:
    await store.adoption.take_over([found(A_ROMEO)], T0)
    assert await store.adoption.take_over([found(A_JULIET)], T0) == Adopted(rooms=0, places=1, ghosts=0)
    assert set(await store.rooms.members_of(ROOM)) == {A_ROMEO, A_JULIET}  # who is offline stays a member


async def test_whoever_was_struck_off_a_list_meanwhile_is_a_member_no_more(store: Store) -> None:
    number = await verified(store, JULIET)
    listed = {ROMEO: "member", JULIET: "owner"}
    await store.adoption.take_over([found(A_ROMEO, f"p:{number}", listed=listed)], T0)
    assert await store.adoption.take_over([found(A_ROMEO)], T0) == Adopted(rooms=0, places=0, ghosts=1)
    assert await store.rooms.members_of(ROOM) == (A_ROMEO,)  # off the list, too, but inside
    assert not await store.attendance.is_listed(ROOM, [ROMEO, JULIET])


async def test_an_affiliation_that_changed_is_changed(store: Store) -> None:
    await store.adoption.take_over([found(A_JULIET, listed={JULIET: "owner"})], T0)
    await store.adoption.take_over([found(A_JULIET, listed={JULIET: "admin"})], T0)
    assert [each.affiliation for each in await store.attendance.managers(ROOM)] == ["admin"]


async def test_what_was_pending_is_confirmed(store: Store) -> None:
    taken = await store.rooms.take(place(JULIET, ROOM, creates=True), T0)
    assert isinstance(taken, Taken)
    await store.adoption.take_over([found(A_JULIET)], T0)
    assert await store.rooms.creator_of(taken.room.code) == A_JULIET
    await store.rooms.take(place(ROMEO, "other@muc", creates=True), T0)
    await store.adoption.take_over([found(room="other@muc")], T0)
    assert await store.rooms.open_rooms() == ("other@muc", ROOM)


async def test_joins_and_adoption_at_once_count_every_place_once(store: Store) -> None:
    await store.rooms.adopt(ROOM, T0, [])
    crowd = [f"u{number}@example.org" for number in range(20)]
    await asyncio.gather(
        *(store.rooms.take(place(jid, ROOM), T0) for jid in crowd),
        store.adoption.take_over([found(*(f"a:{jid}" for jid in crowd))], T0),
        *(store.rooms.confirm(f"a:{jid}", ROOM, T0) for jid in crowd),
    )
    assert (await store.rooms.counts("a:x", ROOM)).members == 20
    assert len(await store.rooms.members_of(ROOM)) == 20


@pytest.mark.parametrize("holds", ["warning", "review"])
async def test_a_room_made_anew_while_nobody_asked_us_sheds_neither_warning_nor_review(
    store: Store, holds: str
) -> None:
    await store.adoption.take_over([found(A_ROMEO)], T0)
    room = await store.rooms.find(ROOM)
    assert room is not None
    if holds == "warning":
        order = Order(code=room.code, kind=MeasureKind.WARN, rule="r", reason="r", by="mod", after=None)
        assert await store.measures.impose(order, T0)
    else:
        assert await store.reviews.foresee(room.code, T0, T0)
    await store.rooms.close(ROOM, T0, reason="gone", by="server")
    again = Found(jid=ROOM, name="", is_public=False, holders=frozenset((A_JULIET,)), affiliations={}, founder=A_JULIET)
    assert await store.adoption.take_over([again, found(room="other@muc")], T0) == Adopted(rooms=2, places=1, ghosts=0)
    now = await store.rooms.find(ROOM)
    assert now is not None
    assert now.code == room.code
    assert await store.rooms.creator_of(now.code) == A_JULIET
    assert (await store.rooms.counts(A_JULIET, None)).created == 1

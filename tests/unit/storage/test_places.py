"""Places in rooms: taken once, counted exactly, confirmed or given back."""

import asyncio
from dataclasses import replace

import pytest

from policy.actions import TakePlace
from policy.facts import Counts
from storage.errors import NotFound
from storage.rooms import Full, Taken
from storage.store import Store
from tests.unit.storage.databases import T0, claim, entry, place, verified

JULIET, ROMEO, ROOM = "juliet@example.org", "romeo@example.org", "tomb@muc.example.org"
A_JULIET, A_ROMEO = f"a:{JULIET}", f"a:{ROMEO}"


async def made(store: Store, room: str, by: str = JULIET) -> None:
    """A room that was created and confirmed."""
    assert isinstance(await store.rooms.take(place(by, room, creates=True), T0), Taken)
    assert await store.rooms.confirm(f"a:{by}", room, T0)


async def test_fifty_creations_at_once_under_a_quota_of_five_create_five(store: Store) -> None:
    number = await verified(store, JULIET)
    tries = [place(JULIET, f"r{i}@muc", person=number, creates=True, created=5) for i in range(50)]
    answers = await asyncio.gather(*(store.rooms.take(one, T0) for one in tries))
    assert sum(isinstance(answer, Taken) for answer in answers) == 5
    assert answers.count(Full(which="created")) == 45
    assert (await store.rooms.counts(f"p:{number}", None)).created == 5


async def test_of_two_who_want_the_last_place_one_gets_it(store: Store) -> None:
    await made(store, ROOM)
    answers = await asyncio.gather(
        *(store.rooms.take(place(jid, ROOM, members=2), T0) for jid in (ROMEO, "paris@example.org"))
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["Full", "Taken"]
    assert Full(which="members") in answers


async def test_accounts_of_one_person_share_their_places(store: Store) -> None:
    number = await verified(store, JULIET)
    await claim(store, ROMEO, entry())
    await made(store, "one@muc", "x@example.org")
    await made(store, "two@muc", "x@example.org")
    assert isinstance(await store.rooms.take(place(JULIET, "one@muc", person=number, joined=1), T0), Taken)
    assert await store.rooms.take(place(ROMEO, "two@muc", person=number, joined=1), T0) == Full(which="joined")
    assert isinstance(await store.rooms.take(place(ROMEO, "one@muc", person=number, joined=1), T0), Taken)


async def test_a_place_asked_for_again_is_the_same_place(store: Store) -> None:
    again = place(JULIET, ROOM, creates=True, created=1, joined=1, members=1)
    first = await store.rooms.take(again, T0)
    assert isinstance(first, Taken)
    same = Taken(room=first.room, is_new=False)
    entries = len(await store.audit.read(100))
    assert await store.rooms.take(again, T0 + 1) == same
    await store.rooms.confirm(A_JULIET, ROOM, T0)
    same = Taken(room=replace(first.room, founder=(JULIET, None)), is_new=False)
    assert await store.rooms.take(again, T0 + 2) == same
    assert await store.rooms.take(place(JULIET, ROOM, joined=1, members=1), T0 + 2) == same
    assert await store.rooms.counts(A_JULIET, None) == Counts(created=1, joined=1, members=0)
    assert len(await store.audit.read(100)) == entries + 1


async def test_counts_leave_out_ones_own_place_in_the_room_in_question(store: Store) -> None:
    await made(store, ROOM)
    await made(store, "garden@muc")
    await store.rooms.take(place(ROMEO, ROOM), T0)
    assert await store.rooms.counts(A_JULIET, ROOM) == Counts(created=1, joined=1, members=1)
    assert await store.rooms.counts(A_JULIET, None) == Counts(created=2, joined=2, members=0)
    assert await store.rooms.counts(A_ROMEO, ROOM) == Counts(created=0, joined=0, members=1)
    assert await store.rooms.counts("a:paris@example.org", "unknown@muc") == Counts(created=0, joined=0, members=0)


async def test_a_place_is_pending_until_confirmed(store: Store) -> None:
    await store.rooms.take(place(JULIET, ROOM, creates=True), T0)
    assert not await store.rooms.is_member(A_JULIET, ROOM)
    assert (await store.rooms.open_rooms(), await store.rooms.members_of(ROOM)) == ((), ())
    assert [at.is_pending for at in await store.rooms.memberships_of(A_JULIET)] == [True]
    assert await store.rooms.confirm(A_JULIET, ROOM, T0 + 1)
    assert await store.rooms.is_member(A_JULIET, ROOM)
    assert (await store.rooms.open_rooms(), await store.rooms.members_of(ROOM)) == ((ROOM,), (A_JULIET,))
    assert [at.is_pending for at in await store.rooms.memberships_of(A_JULIET)] == [False]


async def test_confirming_a_place_nobody_took_says_so_and_takes_none(store: Store) -> None:
    assert not await store.rooms.confirm(A_JULIET, ROOM, T0)
    await made(store, ROOM)
    assert not await store.rooms.confirm(A_ROMEO, ROOM, T0)
    assert await store.rooms.members_of(ROOM) == (A_JULIET,)


async def test_a_creation_refused_by_the_server_gives_back_place_and_address(store: Store) -> None:
    taken = await store.rooms.take(place(JULIET, ROOM, creates=True), T0)
    assert isinstance(taken, Taken)
    assert await store.rooms.release(A_JULIET, ROOM)
    assert await store.rooms.find(ROOM) is None
    assert await store.rooms.counts(A_JULIET, None) == Counts(created=0, joined=0, members=0)
    again = await store.rooms.take(place(ROMEO, ROOM, creates=True, created=1), T0)
    assert isinstance(again, Taken)
    assert again.room.code != taken.room.code


async def test_only_what_is_pending_is_released(store: Store) -> None:
    await made(store, ROOM)
    assert not await store.rooms.release(A_JULIET, ROOM)
    assert not await store.rooms.release(A_ROMEO, ROOM)
    assert await store.rooms.members_of(ROOM) == (A_JULIET,)


async def test_of_two_who_create_one_room_the_first_confirmed_is_its_creator(store: Store) -> None:
    for jid in (JULIET, ROMEO):
        assert isinstance(await store.rooms.take(place(jid, ROOM, creates=True, created=1), T0), Taken)
    assert (await store.rooms.counts(A_JULIET, None)).created == 1
    await store.rooms.confirm(A_ROMEO, ROOM, T0)
    assert (await store.rooms.counts(A_JULIET, None)).created == 0
    await store.rooms.confirm(A_JULIET, ROOM, T0)
    assert (await store.rooms.counts(A_JULIET, None)).created == 0
    assert (await store.rooms.counts(A_ROMEO, None)).created == 1
    assert set(await store.rooms.members_of(ROOM)) == {A_JULIET, A_ROMEO}


async def test_a_room_in_the_making_outlives_the_one_of_two_creators_who_gives_up(store: Store) -> None:
    for jid in (JULIET, ROMEO):
        await store.rooms.take(place(jid, ROOM, creates=True), T0)
    await store.rooms.release(A_JULIET, ROOM)
    assert await store.rooms.confirm(A_ROMEO, ROOM, T0)
    assert (await store.rooms.counts(A_ROMEO, None)).created == 1


async def test_a_late_creation_of_a_room_that_was_made_is_a_join(store: Store) -> None:
    await made(store, ROOM)
    assert await store.rooms.take(place(ROMEO, ROOM, creates=True, created=0), T0) == Full(which="created")
    assert isinstance(await store.rooms.take(place(ROMEO, ROOM, creates=True, created=1), T0), Taken)
    await store.rooms.confirm(A_ROMEO, ROOM, T0)
    assert (await store.rooms.counts(A_ROMEO, None)).created == 0
    assert (await store.rooms.counts(A_JULIET, None)).created == 1


async def test_a_join_to_a_room_that_is_not_there_is_told(store: Store) -> None:
    with pytest.raises(NotFound):
        await store.rooms.take(place(JULIET, ROOM), T0)


async def test_leaving_frees_every_place_that_went_with_it(store: Store) -> None:
    await made(store, ROOM)
    await store.rooms.take(place(ROMEO, ROOM), T0)
    assert await store.rooms.leave(A_JULIET, ROOM, T0, JULIET)
    assert await store.rooms.counts(A_JULIET, None) == Counts(created=0, joined=0, members=0)
    assert await store.rooms.counts("a:x", ROOM) == Counts(created=0, joined=0, members=1)
    assert not await store.rooms.leave(A_JULIET, ROOM, T0, JULIET)
    assert await store.rooms.open_rooms() == (ROOM,)


async def test_stale_pending_places_are_listed_and_released(store: Store) -> None:
    await made(store, ROOM)
    await store.rooms.take(place(ROMEO, ROOM), T0 + 5)
    await store.rooms.take(place(ROMEO, "new@muc", creates=True), T0 + 9)
    assert [(one.holder, one.room, one.since) for one in await store.rooms.pending(T0 + 9)] == [(A_ROMEO, ROOM, T0 + 5)]
    stale = await store.rooms.pending(T0 + 100)
    assert [await store.rooms.release(one.holder, one.room) for one in stale] == [True, True]
    assert await store.rooms.pending(T0 + 100) == ()
    assert await store.rooms.find("new@muc") is None
    assert await store.rooms.members_of(ROOM) == (A_JULIET,)


async def test_joining_is_told_full_before_a_place_in_the_room_is(store: Store) -> None:
    await made(store, ROOM)
    nothing = place(ROMEO, "other@muc", creates=True, created=0, joined=0, members=0)
    assert await store.rooms.take(nothing, T0) == Full(which="created")
    assert await store.rooms.take(place(ROMEO, ROOM, joined=0, members=1), T0) == Full(which="joined")
    assert await store.rooms.take(place(ROMEO, ROOM, joined=1, members=1), T0) == Full(which="members")
    assert await store.rooms.find("other@muc") is None


# ownership that is handed on


def given(jid: str, room: str, *, created: int | None = None, person: int | None = None) -> TakePlace:
    return replace(place(jid, room, person=person, created=created), is_grant=True, is_ownership=True)


async def created(store: Store, holder: str) -> int:
    return (await store.rooms.counts(holder, None)).created


async def test_of_two_rooms_handed_to_somebody_at_once_one_fits_the_last_place(store: Store) -> None:
    await made(store, "one@muc", "x@example.org")
    await made(store, "two@muc", "x@example.org")
    await made(store, ROOM, ROMEO)
    answers = await asyncio.gather(*(store.rooms.take(given(ROMEO, f"{n}@muc", created=2), T0) for n in ("one", "two")))
    assert sorted(type(answer).__name__ for answer in answers) == ["Full", "Taken"]
    assert Full(which="created") in answers
    assert await created(store, A_ROMEO) == 2


async def test_a_room_that_was_handed_on_stays_its_founders_and_counts_for_both(store: Store) -> None:
    await made(store, ROOM)
    assert isinstance(await store.rooms.take(given(ROMEO, ROOM), T0), Taken)
    assert await store.rooms.confirm(A_ROMEO, ROOM, T0)
    room = await store.rooms.find(ROOM)
    assert room is not None
    assert await store.rooms.creator_of(room.code) == A_JULIET
    assert [await created(store, holder) for holder in (A_JULIET, A_ROMEO)] == [1, 1]
    assert [await store.rooms.is_creator(holder, ROOM) for holder in (A_ROMEO, "a:x")] == [True, False]


async def test_a_member_becomes_an_owner_whatever_way_and_is_one_no_more(store: Store) -> None:
    await made(store, ROOM)
    await store.rooms.adopt(ROOM, T0, [A_ROMEO])
    await store.rooms.set_owner(A_ROMEO, ROOM, is_owner=True)
    assert isinstance(await store.rooms.take(given(ROMEO, ROOM, created=1), T0), Taken)
    assert await created(store, A_ROMEO) == 1
    await store.rooms.set_owner(A_ROMEO, ROOM, is_owner=False)
    assert await created(store, A_ROMEO) == 0
    await store.rooms.set_owner(A_JULIET, ROOM, is_owner=False)
    assert await created(store, A_JULIET) == 1  # made it
    await store.rooms.set_owner("a:nobody", ROOM, is_owner=True)
    await store.rooms.set_owner(A_ROMEO, "nowhere@muc", is_owner=True)
    assert await store.rooms.members_of(ROOM) == (A_JULIET, A_ROMEO)


async def test_who_owns_a_room_by_another_account_still_owns_it(store: Store) -> None:
    number = await verified(store, JULIET)
    await claim(store, ROMEO, entry())
    await made(store, ROOM, "x@example.org")
    holder = f"p:{number}"
    for jid in (JULIET, ROMEO):
        await store.rooms.take(given(jid, ROOM, person=number), T0)
        await store.attendance.list(ROOM, jid, "owner")
    await store.rooms.confirm(holder, ROOM, T0)
    await store.attendance.list(ROOM, JULIET, "member")
    await store.rooms.set_owner(holder, ROOM, is_owner=False)
    assert await created(store, holder) == 1
    await store.attendance.list(ROOM, ROMEO, "none")
    await store.rooms.set_owner(holder, ROOM, is_owner=False)
    assert await created(store, holder) == 0

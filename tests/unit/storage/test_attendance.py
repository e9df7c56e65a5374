"""Seen, listed, lapsed."""

import pytest

from storage.attendance import Due, Listed, Seen
from storage.store import Store
from tests.unit.storage.databases import T0, claim, entry, verified

ROOM = "tomb@muc.example.org"
ROMEO, JULIET = "romeo@example.org", "juliet@example.org"
A_ROMEO, A_JULIET = f"a:{ROMEO}", f"a:{JULIET}"
DAY = 86400.0


def seen(account: str, at: float, *, holder: str = "", affiliation: str = "none", nick: str = "Nick") -> Seen:
    return Seen(room=ROOM, account=account, holder=holder or f"a:{account}", nick=nick, affiliation=affiliation, at=at)


async def test_who_was_not_seen_for_long_lapses_and_frees_the_place(store: Store) -> None:
    await store.rooms.adopt(ROOM, T0, [A_ROMEO, A_JULIET])
    await store.attendance.note([seen(JULIET, T0 + 20 * DAY)], T0 + 20 * DAY, DAY)
    due = await store.attendance.due(T0 + DAY, 100)
    assert due == (Due(A_ROMEO, ROOM),)
    assert await store.attendance.lapse(due, (), T0 + DAY, T0 + 31 * DAY) == due
    assert await store.rooms.members_of(ROOM) == (A_JULIET,)
    assert (await store.rooms.counts(A_ROMEO, None)).joined == 0
    assert (await store.audit.read(1))[0].entry.deed == "place-lapsed"


async def test_who_is_inside_or_on_a_list_does_not_lapse_and_is_not_asked_about_again(store: Store) -> None:
    await store.rooms.adopt(ROOM, T0, [A_ROMEO, A_JULIET])
    await store.attendance.list(ROOM, ROMEO, "member")
    due = (Due(A_ROMEO, ROOM), Due(A_JULIET, ROOM))
    assert await store.attendance.lapse(due, (Due(A_JULIET, ROOM),), T0 + DAY, T0 + 31 * DAY) == ()
    assert await store.attendance.due(T0 + 30 * DAY, 100) == ()
    assert len(await store.rooms.members_of(ROOM)) == 2


async def test_a_person_is_on_a_list_by_any_account(store: Store) -> None:
    number = await verified(store, JULIET)
    await claim(store, ROMEO, entry())
    await store.rooms.adopt(ROOM, T0, [f"p:{number}"])
    await store.attendance.list(ROOM, ROMEO, "owner")
    due = (Due(f"p:{number}", ROOM),)
    assert await store.attendance.lapse(due, (), T0 + DAY, T0 + 31 * DAY) == ()
    await store.attendance.list(ROOM, ROMEO, "none")
    assert await store.attendance.lapse(due, (), T0 + 99 * DAY, T0 + 99 * DAY) == due


async def test_who_comes_back_at_the_last_moment_does_not_lapse(store: Store) -> None:
    await store.rooms.adopt(ROOM, T0, [A_ROMEO])
    due = await store.attendance.due(T0 + DAY, 100)
    await store.attendance.note([seen(ROMEO, T0 + 31 * DAY)], T0 + 31 * DAY, DAY)
    assert await store.attendance.lapse(due, (), T0 + DAY, T0 + 31 * DAY) == ()


async def test_a_room_closed_meanwhile_is_passed_over(store: Store) -> None:
    await store.rooms.adopt(ROOM, T0, [A_ROMEO])
    await store.attendance.list(ROOM, ROMEO, "owner")
    await store.rooms.close(ROOM, T0, reason="x", by="x")
    assert await store.attendance.lapse([Due(A_ROMEO, ROOM)], (), T0 + 1, T0) == ()
    assert await store.attendance.managers(ROOM) == ()
    await store.attendance.list(ROOM, ROMEO, "owner")
    assert not await store.attendance.is_listed(ROOM, [ROMEO])


async def test_being_seen_a_little_later_writes_nothing(store: Store) -> None:
    await store.rooms.adopt(ROOM, T0, [A_ROMEO])
    await store.attendance.note([seen(ROMEO, T0 + 10)], T0 + 10, DAY)
    assert await store.attendance.due(T0 + 5, 100) == (Due(A_ROMEO, ROOM),)
    await store.attendance.note([seen(ROMEO, T0 + 2 * DAY)], T0 + 2 * DAY, DAY)
    assert await store.attendance.due(T0 + 5, 100) == ()


async def test_managers_are_known_with_the_nicks_they_wore(store: Store) -> None:
    await store.rooms.adopt(ROOM, T0, [A_ROMEO, A_JULIET])
    await store.attendance.list(ROOM, ROMEO, "admin")
    await store.attendance.note([seen(JULIET, T0, affiliation="owner", nick="Jule")], T0, DAY)
    assert await store.attendance.managers(ROOM) == (
        Listed(account=JULIET, affiliation="owner", nick="Jule"),
        Listed(account=ROMEO, affiliation="admin", nick=None),
    )
    await store.attendance.list(ROOM, JULIET, "none")
    assert [each.account for each in await store.attendance.managers(ROOM)] == [ROMEO]
    assert not await store.attendance.is_listed(ROOM, [JULIET])
    assert await store.attendance.is_listed(ROOM, [JULIET, ROMEO])


@pytest.mark.parametrize(("away", "forgiven"), [(40 * DAY, 40 * DAY), (2 * DAY, 0.0)])
async def test_nobody_was_absent_while_nobody_watched(store: Store, away: float, forgiven: float) -> None:
    assert await store.attendance.resume(T0, 3 * DAY) == 0.0
    await store.rooms.adopt(ROOM, T0, [A_ROMEO])
    await store.attendance.note([], T0, DAY)
    assert await store.attendance.resume(T0 + away, 3 * DAY) == forgiven
    assert bool(await store.attendance.due(T0 + 1, 100)) is not bool(forgiven)

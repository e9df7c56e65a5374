"""Whatever is taken, confirmed, released, left and closed in whatever order at once: no quota is ever overshot."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from dataclasses import replace
from itertools import cycle

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from policy.facts import RoomStatus
from storage.adoption import Found
from storage.attendance import Due
from storage.errors import NotFound
from storage.rooms import Full, Taken
from storage.schema import affiliations, memberships, rooms, tallies
from storage.store import Store
from tests.unit.storage.databases import T0, place, stored

Empty = Callable[[], AbstractContextManager[str]]
Fresh = Callable[[], AbstractAsyncContextManager[Store]]

PEOPLE = tuple(f"person{index}@example.org" for index in range(4))
ROOMS = tuple(f"room{index}@muc.example.org" for index in range(5))
CREATED, JOINED, MEMBERS = 2, 3, 3

deeds = st.tuples(
    st.sampled_from(
        (
            *("create", "create", "join", "join", "confirm", "confirm", "own", "disown"),
            *("release", "leave", "close", "stale", "lapse", "list", "unlist"),
        )
    ),
    st.sampled_from(PEOPLE),
    st.sampled_from(ROOMS),
)
waves = st.lists(st.lists(deeds, min_size=1, max_size=12), min_size=1, max_size=6)


@settings(max_examples=25, deadline=None)
@given(waves=waves)
def test_quotas_are_never_overshot_whatever_happens_at_once_in_two_instances(
    empty: Empty, waves: Sequence[Sequence[tuple[str, str, str]]]
) -> None:
    async def play() -> None:
        with empty() as url:
            async with stored(url) as store, stored(url) as other:
                for wave in waves:
                    doing = [do(one, *deed) for deed, one in zip(wave, cycle((store, other)), strict=False)]
                    answers = await asyncio.gather(*doing, return_exceptions=True)
                    errors = {type(answer) for answer in answers if isinstance(answer, BaseException)}
                    assert errors <= {NotFound}  # joins to rooms that are not there
                    await look(store)
                assert (await other.audit.verify()).broken_at is None

    asyncio.run(play())


@settings(max_examples=25, deadline=None)
@given(sequence=st.lists(deeds, max_size=40))
def test_an_answer_says_what_is_so(fresh: Fresh, sequence: Sequence[tuple[str, str, str]]) -> None:
    async def play() -> None:
        async with fresh() as store:
            for deed, jid, room in sequence:
                before = await store.rooms.counts(f"a:{jid}", room)
                held = await store.rooms.memberships_of(f"a:{jid}")
                try:
                    answer = await do(store, deed, jid, room)
                except NotFound:  # a join to a room that is not there
                    assert await store.rooms.find(room) is None
                    continue
                if isinstance(answer, Full):
                    used = {"created": before.created, "joined": before.joined, "members": before.members}
                    assert (
                        used[answer.which] >= {"created": CREATED, "joined": JOINED, "members": MEMBERS}[answer.which]
                    )
                    assert await store.rooms.memberships_of(f"a:{jid}") == held
                elif isinstance(answer, Taken):
                    there = {one.room for one in await store.rooms.memberships_of(f"a:{jid}")}
                    assert answer.room in there
                    assert answer.members == (before.members + 1 if answer.is_new else 0)
                    assert await do(store, deed, jid, room) == replace(answer, is_new=False, is_raised=False, members=0)
            await look(store)

    asyncio.run(play())


@settings(max_examples=25, deadline=None)
@given(
    sequence=st.lists(deeds, max_size=20),
    inside=st.lists(st.tuples(st.sampled_from(ROOMS), st.frozensets(st.sampled_from(PEOPLE))), max_size=4),
)
def test_what_is_adopted_is_counted_and_no_limit_holds_for_it(
    fresh: Fresh, sequence: Sequence[tuple[str, str, str]], inside: Sequence[tuple[str, frozenset[str]]]
) -> None:
    async def play() -> None:
        async with fresh() as store:
            for deed in sequence:
                await asyncio.gather(do(store, *deed), return_exceptions=True)
            for room, people in inside:
                there = frozenset(f"a:{jid}" for jid in people)
                found = Found(jid=room, name="", is_public=False, holders=there, affiliations={})
                await store.adoption.take_over([found], T0)
                assert there <= set(await store.rooms.members_of(room))
                assert (await store.adoption.take_over([found], T0)).places == 0
                await look(store, is_bounded=False)
                await refuse_more(store)

    asyncio.run(play())


async def refuse_more(store: Store) -> None:
    """Whoever holds more than there may be keeps it and gets no more."""
    for jid in PEOPLE:
        held = await store.rooms.memberships_of(f"a:{jid}")
        new = f"new-{jid}"
        answer = await do(store, "create", jid, new)
        assert isinstance(answer, Full) == (len(held) >= JOINED or sum(one.is_creator for one in held) >= CREATED)
        assert set(held) <= set(await store.rooms.memberships_of(f"a:{jid}"))
        await store.rooms.release(f"a:{jid}", new)


def do(store: Store, deed: str, jid: str, room: str) -> Awaitable[object]:
    """One deed by an account that nobody verified."""
    holder = f"a:{jid}"
    match deed:
        case "create" | "join":
            limits = {"created": CREATED, "joined": JOINED, "members": MEMBERS}
            return store.rooms.take(place(jid, room, creates=deed == "create", **limits), T0)
        case "own":
            handed = place(jid, room, created=CREATED, joined=JOINED, members=MEMBERS)
            return store.rooms.take(replace(handed, is_ownership=True), T0)
        case "disown":
            return store.rooms.set_owner(holder, room, is_owner=False)
        case "confirm":
            return store.rooms.confirm(holder, room, T0)
        case "release":
            return store.rooms.release(holder, room)
        case "leave":
            return store.rooms.leave(holder, room, T0, jid)
        case "close":
            return store.rooms.close(room, T0, reason="x", by=jid)
        case "lapse":
            return store.attendance.lapse([Due(holder, room)], (), T0 + 1, T0)
        case "list" | "unlist":
            return store.attendance.list(room, jid, "member" if deed == "list" else "none")
        case _:
            return release_all(store, T0 + 1)


async def release_all(store: Store, before: float) -> None:
    """As it is done after a start, when the server was asked who came in."""
    for one in await store.rooms.pending(before):
        await store.rooms.release(one.holder, one.room)


async def look(store: Store, *, is_bounded: bool = True) -> None:
    """What must hold at any time, read from the tables themselves."""
    async with store._database.read() as reading:
        places = await reading.all(select(memberships))
        all_rooms = {row.number: row for row in await reading.all(select(rooms))}
        sums = {row.holder: (row.joined, row.created) for row in await reading.all(select(tallies))}
        listed = {row.room for row in await reading.all(select(affiliations))}
    created = Counter(row.holder for row in places if row.is_creator)
    joined = Counter(row.holder for row in places)
    members = Counter(row.room for row in places)
    assert sums == {holder: (count, created[holder]) for holder, count in joined.items()}
    assert {number: row.members for number, row in all_rooms.items() if row.members} == dict(members)
    if is_bounded:
        look_for_overruns(created, joined, members)
    standing = {number: row for number, row in all_rooms.items() if row.status != RoomStatus.CLOSED.value}
    assert members.keys() <= standing.keys()
    assert listed <= standing.keys()
    assert len({row.jid for row in standing.values()}) == len(standing)
    assert len({row.code for row in all_rooms.values()}) == len(all_rooms)
    assert all(number in members for number, row in standing.items() if row.is_pending)
    made = Counter(row.room for row in places if row.is_creator and not row.is_given and not row.is_pending)
    assert not [row for row in places if row.is_given and not row.is_creator]
    assert max(made.values(), default=0) <= 1


def look_for_overruns(created: Counter[str], joined: Counter[str], members: Counter[int]) -> None:
    assert max(created.values(), default=0) <= CREATED
    assert max(joined.values(), default=0) <= JOINED
    assert max(members.values(), default=0) <= MEMBERS

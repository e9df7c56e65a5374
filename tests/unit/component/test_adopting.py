"""Rooms taken over by the hundred."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from component.adopting import AT_ONCE, Overrun, overruns, take_over
from component.occupancy import Occupant
from component.snapshot import Seen
from config.settings import Quotas
from policy.facts import Override, Quota
from storage.overrides import of_code
from tests.support.office import MORNING, MUC, Office, open_office

ROMEO, JULIET = "romeo@example", "juliet@example"


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path, quotas=Quotas(rooms_joined=3, members_per_room=2)) as world:
        yield world


def seen(number: int, *accounts: str, listed: tuple[str, ...] = ()) -> Seen:
    return Seen(
        jid=f"room{number:03}@{MUC}",
        name=f"Room {number}",
        is_public=True,
        occupants=tuple(
            Occupant(jid=f"{each}/phone", nick=each, role="participant", affiliation="none") for each in accounts
        ),
        affiliations=dict.fromkeys(listed, "member"),
    )


async def test_all_rooms_come_with_those_inside_and_those_on_lists_and_progress_is_told(office: Office) -> None:
    rooms = [seen(number, ROMEO, listed=(JULIET,)) for number in range(AT_ONCE + 5)]
    told = [progress async for _, progress in take_over(office.store, rooms, MORNING)]
    assert [(each.done, each.of, each.rooms, each.places) for each in told] == [
        (AT_ONCE, AT_ONCE + 5, AT_ONCE, 2 * AT_ONCE),
        (AT_ONCE + 5, AT_ONCE + 5, AT_ONCE + 5, 2 * AT_ONCE + 10),
    ]
    assert (await office.store.rooms.counts(f"a:{JULIET}", None)).joined == AT_ONCE + 5


async def test_what_happened_since_it_was_seen_is_asked_about(office: Office) -> None:
    rooms = [seen(0, ROMEO), seen(1, ROMEO, listed=(JULIET,))]

    def as_it_is(room: Seen) -> Seen | None:
        return None if room is rooms[0] else replace(room, affiliations={})

    lots = [some async for some, _ in take_over(office.store, rooms, MORNING, as_it_is)]
    assert [[room.jid for room in some] for some in lots] == [[rooms[1].jid]]
    assert await office.store.rooms.open_rooms() == (rooms[1].jid,)
    assert await office.store.rooms.members_of(rooms[1].jid) == (f"a:{ROMEO}",)


async def test_whoever_alone_owns_a_room_that_nobody_knew_counts_as_its_creator(office: Office) -> None:
    alone = replace(seen(0), affiliations={ROMEO: "owner", JULIET: "admin"})
    several = replace(seen(1), affiliations={ROMEO: "owner", JULIET: "owner"})
    async for _ in take_over(office.store, [alone, several], MORNING):
        pass
    assert (await office.store.rooms.counts(f"a:{ROMEO}", None)).created == 1
    assert (await office.store.rooms.counts(f"a:{JULIET}", None)).created == 0
    room = await office.store.rooms.find(alone.jid)
    assert room is not None
    assert await office.store.rooms.creator_of(room.code) == f"a:{ROMEO}"
    owned = [replace(seen(number), affiliations={ROMEO: "owner"}) for number in range(7)]
    found = await overruns(office.store, owned, office.settings, MORNING)
    assert Overrun(subject=f"a:{ROMEO}", quota=Quota.CREATED, used=7, limit=5) in found


async def test_who_and_what_is_over_a_quota_is_named_and_exceptions_are_heeded(office: Office) -> None:
    number = await office.verified(JULIET)
    crowd = (ROMEO, JULIET, "nurse@example")
    rooms = [seen(0, *crowd), seen(1, *crowd), *(seen(each, ROMEO, JULIET) for each in range(2, 5))]
    found = await overruns(office.store, rooms, office.settings, MORNING)
    assert found == (
        Overrun(subject=f"a:{ROMEO}", quota=Quota.JOINED, used=5, limit=3),
        Overrun(subject=f"p:{number}", quota=Quota.JOINED, used=5, limit=3),
        Overrun(subject=rooms[0].jid, quota=Quota.MEMBERS, used=3, limit=2),
        Overrun(subject=rooms[1].jid, quota=Quota.MEMBERS, used=3, limit=2),
    )
    wide = Override(quota=Quota.JOINED, places=9, until=None)
    for subject in (f"a:{ROMEO}", f"p:{number}"):
        await office.store.overrides.set(subject, wide, MORNING, reason="x", by="x")
    room = await office.store.rooms.adopt(rooms[0].jid, MORNING, ())
    members = Override(quota=Quota.MEMBERS, places=3, until=None)
    await office.store.overrides.set(of_code(room.code), members, MORNING, reason="x", by="x")
    assert [each.subject for each in await overruns(office.store, rooms, office.settings, MORNING)] == [rooms[1].jid]

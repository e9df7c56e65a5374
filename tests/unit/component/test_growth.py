"""Rooms that grow: who is told, once, whatever lets people in, is restarted or out of reach."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from component.growth import Growth
from component.performer import Performer
from config.settings import Scale
from policy.actions import TakePlace
from policy.facts import Override, Quota
from storage.errors import Unavailable
from storage.overrides import of_code
from tests.support.office import MODERATOR, MUC, Office, open_office

HALL = f"hall@{MUC}"
OWNER, HELPER = "owner@example", "helper@example"


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    scales = {"small": Scale(members=20), "large": Scale(members=40)}
    async with open_office(tmp_path, scales=scales) as world:
        world.meter.is_in_step = True
        await world.member(OWNER, HALL, creates=True)
        await classify(world, "small")
        world.memory.affiliations.note(HALL, OWNER, "owner")
        yield world


async def classify(office: Office, scale: str) -> None:
    room = await office.store.rooms.find(HALL)
    assert room is not None
    await office.store.rooms.classify(
        room.code, office.now(), category="general", scale=scale, reason="r", by=MODERATOR
    )


async def fill(office: Office, members: int) -> None:
    """So many members, found on the server or struck off."""
    people = [f"a:m{number}@example" for number in range(members - 1)]
    for holder in await office.store.rooms.members_of(HALL):
        if holder not in {*people, f"a:{OWNER}"}:
            await office.store.rooms.leave(holder, HALL, office.now(), "room")
    await office.store.rooms.adopt(HALL, office.now(), people)


async def look(office: Office) -> list[str]:
    """What managers have been told once all rooms were looked at."""
    office.clock.at += 60
    await office.performer.growth.keep()
    return [text for to, text, _ in office.effects.said if to == OWNER]


async def test_managers_are_warned_once_at_each_level(office: Office) -> None:
    await fill(office, 15)
    assert await look(office) == []
    await fill(office, 16)
    (text,) = await look(office)
    assert "16 members of 20" in text
    assert "“apply”" in text
    await fill(office, 18)
    assert len(await look(office)) == 1
    await fill(office, 19)
    assert "nearly full" in (await look(office))[1]
    await fill(office, 20)
    assert len(await look(office)) == 2


async def test_a_restart_does_not_warn_again_and_warns_of_what_came_before_it(office: Office) -> None:
    await fill(office, 16)
    await look(office)
    office.performer.growth = Growth(office, office.performer.reach)
    assert len(await look(office)) == 1
    await fill(office, 20)
    office.performer.growth = Growth(office, office.performer.reach)
    (_, text) = await look(office)
    assert "it is full" in text


async def test_only_a_room_that_shrank_well_below_is_warned_again(office: Office) -> None:
    await fill(office, 16)
    await look(office)
    await fill(office, 14)
    await look(office)
    await fill(office, 16)
    assert len(await look(office)) == 1
    await fill(office, 12)
    await look(office)
    await fill(office, 16)
    assert len(await look(office)) == 2


async def test_a_place_that_is_taken_near_the_end_is_looked_at_at_once(office: Office) -> None:
    await look(office)
    await fill(office, 16)
    rung: list[None] = []
    office.performer.growth.on_change = lambda: rung.append(None)
    place = TakePlace(
        account="x@example",
        person=None,
        room=HALL,
        is_creation=False,
        created_limit=None,
        joined_limit=None,
        members_limit=20,
    )
    office.performer.growth.note(place, 15)
    await office.performer.growth.keep()
    assert (rung, office.effects.said) == ([], [])
    office.performer.growth.note(place, 16)
    await office.performer.growth.keep()
    assert (len(rung), len(office.effects.said)) == (1, 1)


async def test_a_flood_of_rooms_has_all_looked_at(office: Office) -> None:
    await look(office)
    await fill(office, 16)
    for number in range(201):
        office.performer.growth.look_at(f"r{number}@{MUC}")
    await office.performer.growth.keep()
    assert len(office.effects.said) == 1


async def test_an_exception_counts_as_the_limit_while_it_lasts(office: Office) -> None:
    room = await office.store.rooms.find(HALL)
    assert room is not None
    override = Override(quota=Quota.MEMBERS, places=100, until=office.now() + 3600)
    await office.store.overrides.set(of_code(room.code), override, office.now(), reason="r", by=MODERATOR)
    await fill(office, 20)
    assert await look(office) == []
    office.clock.at += 3600
    (text,) = await look(office)
    assert "20 members of 20" in text


async def test_without_a_larger_class_managers_are_told_to_ask(office: Office) -> None:
    await classify(office, "large")
    await fill(office, 32)
    (text,) = await look(office)
    assert "no larger class" in text


async def test_nobody_is_told_before_the_server_was_heard(office: Office) -> None:
    await fill(office, 16)
    office.meter.is_in_step = False
    assert await look(office) == []
    office.meter.is_in_step = True
    assert len(await look(office)) == 1


async def test_those_who_are_in_the_room_are_told_by_preference(office: Office) -> None:
    office.memory.affiliations.note(HALL, HELPER, "admin")
    await fill(office, 16)
    await look(office)
    assert {to for to, _, _ in office.effects.said} == {OWNER, HELPER}


async def test_what_storage_could_not_say_is_asked_again(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    await look(office)
    await fill(office, 16)
    with monkeypatch.context() as patch:

        async def fail(*_: object, **__: object) -> None:
            raise Unavailable("locked")

        patch.setattr(office.store.growth, "changed", fail)
        office.performer.growth.look_at(HALL)
        with pytest.raises(Unavailable):
            await office.performer.growth.keep()
    await office.performer.growth.keep()
    assert len(office.effects.said) == 1


async def test_two_who_look_write_it_down_once(office: Office) -> None:
    await fill(office, 16)
    other = Performer(office, office.effects, office.performer._journal)  # type: ignore[arg-type] # a recorder
    await other.growth.keep()
    assert len(await look(office)) == 1

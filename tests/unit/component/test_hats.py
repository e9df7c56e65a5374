"""Hats of those who are inside: told anew when who they are changes, and of everybody after a snapshot."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from component.occupancy import Occupant
from config.settings import Hats
from storage.errors import StorageError, Unavailable
from tests.support.office import MODERATOR, MUC, Office, open_office

HALL, ATTIC = f"hall@{MUC}", f"attic@{MUC}"
JULIET, ROMEO = "juliet@example", "romeo@example"
WEAR = Hats(wear=("founder", "verified"))


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path, hats=WEAR) as world:
        await world.verified(JULIET, "C01")
        await world.member(JULIET, HALL, creates=True)
        for account, room in ((JULIET, HALL), (ROMEO, HALL), (JULIET, ATTIC)):
            enter(world, account, room)
        yield world


def enter(office: Office, account: str, room: str) -> None:
    nick = account.partition("@")[0]
    office.memory.occupancy.enter(room, Occupant(jid=f"{account}/x", nick=nick, role="none", affiliation="none"))


async def told(office: Office) -> dict[tuple[str, str], list[str]]:
    """What the hook is told by what waits: hats by room and account."""
    office.effects.worn.clear()
    await office.performer.hats.keep()
    return {(room, account): [title for _, title in hats] for room, account, hats in office.effects.worn}


async def test_whoever_is_verified_or_forgotten_is_told_in_every_room_they_are_in(office: Office) -> None:
    await told(office)
    number = await office.verified(ROMEO, "C02")
    assert await told(office) == {(HALL, ROMEO): ["Verified"]}
    await office.registrar.unbind(ROMEO, number, by=ROMEO, reason="x")
    assert await told(office) == {(HALL, ROMEO): []}
    known = await office.memory.known(JULIET)
    assert known.person is not None
    office.memory.forget_person(known.person.number)
    assert await told(office) == {(HALL, JULIET): ["Founder", "Verified"], (ATTIC, JULIET): ["Verified"]}
    assert await told(office) == {}


async def test_everybody_is_told_of_after_a_snapshot_in_parts(office: Office) -> None:
    for number in range(150):
        enter(office, f"guest{number}@example", HALL)
    office.performer.hats.note_all()
    found = await told(office)
    assert len(found) == 153
    assert found[HALL, JULIET] == ["Founder", "Verified"]
    assert found[HALL, "guest7@example"] == []
    assert office.effects.shows == [100, 53]


async def test_it_waits_for_storage_and_for_being_in_step(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    await told(office)
    office.memory.forget(JULIET)
    office.meter.is_in_step = False
    assert await told(office) == {}
    office.meter.is_in_step = True

    async def away(_: str) -> object:
        raise Unavailable("away")

    with monkeypatch.context() as patch:
        patch.setattr(office.memory, "known", away)
        with pytest.raises(StorageError):
            await office.performer.hats.keep()
    assert (HALL, JULIET) in await told(office)


async def test_nothing_is_kept_or_told_where_nobody_wears_hats(office: Office) -> None:
    await told(office)
    office.settle(hats=Hats())
    await office.performer.blacklisting.bar_account(ROMEO, by=MODERATOR, reason="x")
    assert await told(office) == {}
    office.performer.hats.note_all()  # those they wore are taken off
    assert set(map(tuple, (await told(office)).values())) == {()}

"""Seen, written in batches; lapsing, in two steps."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from component.attendance import Attendance
from component.occupancy import Occupant
from config.settings import Membership, Seconds
from policy.actions import TakePlace
from storage.errors import Unavailable
from storage.rooms import Taken
from tests.support.office import MORNING, MUC, Office, open_office

ROMEO, JULIET = "romeo@example", "juliet@example"
HALL = f"hall@{MUC}"
DAY = 86400.0


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path) as world:
        await world.store.rooms.adopt(HALL, MORNING, [f"a:{ROMEO}"])
        yield world


def romeo(affiliation: str = "none") -> Occupant:
    return Occupant(jid=f"{ROMEO}/phone", nick="Romeo", role="participant", affiliation=affiliation)


async def members(office: Office) -> tuple[str, ...]:
    return await office.store.rooms.members_of(HALL)


async def test_somebody_absent_for_long_lapses_at_the_second_sweep(office: Office) -> None:
    attendance = Attendance(office)
    office.clock.at = MORNING + 31 * DAY
    await attendance.sweep()
    assert await members(office) == (f"a:{ROMEO}",)
    assert not await office.memory.holds_place(f"a:{ROMEO}", HALL)  # who comes back now takes the place anew
    await attendance.sweep()
    assert await members(office) == ()


async def test_whoever_comes_back_in_between_keeps_the_place(office: Office) -> None:
    attendance = Attendance(office)
    office.clock.at = MORNING + 31 * DAY
    await attendance.sweep()
    place = TakePlace(
        account=ROMEO, person=None, room=HALL, is_creation=False, created_limit=0, joined_limit=0, members_limit=0
    )
    taken = await office.store.rooms.take(place, office.now())
    assert isinstance(taken, Taken)
    assert not taken.is_new
    await attendance.sweep()
    assert await members(office) == (f"a:{ROMEO}",)


async def test_whoever_is_inside_for_weeks_does_not_lapse(office: Office) -> None:
    attendance = Attendance(office)
    number = await office.verified(ROMEO)
    office.memory.occupancy.enter(HALL, romeo())
    office.clock.at = MORNING + 31 * DAY
    for _ in range(3):
        await attendance.sweep()
    assert await members(office) == (f"p:{number}",)


async def test_a_visit_counts_from_the_last_moment_seen(office: Office) -> None:
    attendance = Attendance(office)
    office.clock.at = MORNING + 20 * DAY
    attendance.note(HALL, romeo())
    office.clock.at = MORNING + 45 * DAY
    for _ in range(2):
        await attendance.sweep()
    assert await members(office) == (f"a:{ROMEO}",)
    office.clock.at = MORNING + 51 * DAY
    for _ in range(2):
        await attendance.sweep()
    assert await members(office) == ()


async def test_without_lapse_nobody_ever_lapses(office: Office) -> None:
    office.settle(membership=Membership(lapse=Seconds(0)))
    attendance = Attendance(office)
    office.clock.at = MORNING + 5000 * DAY
    for _ in range(2):
        await attendance.sweep()
    assert await members(office) == (f"a:{ROMEO}",)


async def test_what_could_not_be_written_stays_noted(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    attendance = Attendance(office)
    attendance.note(HALL, romeo("owner"))

    async def fail(*_: Any) -> None:  # noqa: ANN401 - whatever it is told
        raise Unavailable("locked")

    with monkeypatch.context() as away:
        away.setattr(office.store.attendance, "note", fail)
        with pytest.raises(Unavailable):
            await attendance.write()
    await attendance.write()
    assert [each.nick for each in await office.store.attendance.managers(HALL)] == ["Romeo"]


async def test_the_time_in_which_nobody_watched_counts_for_nobody(office: Office) -> None:
    await Attendance(office).write()
    office.clock.at = MORNING + 60 * DAY
    attendance = Attendance(office)
    await attendance.resume()
    for _ in range(2):
        await attendance.sweep()
    assert await members(office) == (f"a:{ROMEO}",)
    assert "absence-forgiven" in await office.deeds()

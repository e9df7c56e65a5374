"""What accounts have coming to them is told and done at least once, and not when it is not so any more."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Literal

import pytest

from component.occupancy import Occupant
from component.persons.keeper import Keeper
from config.settings import Identity, Seconds
from storage.vault import Keyring
from tests.support.office import MUC, Office, open_office

JULIET, ROMEO = "juliet@example", "romeo@example"
HALL, ATTIC = f"hall@{MUC}", f"attic@{MUC}"
DAY = 86400.0
VALID_S = 100 * DAY


def identity(on_loss: Literal["mute", "remove"] = "remove", **changes: object) -> Identity:
    return Identity(on_loss=on_loss, valid_for=Seconds(int(VALID_S)), **changes)  # type: ignore[arg-type]


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path, identity=identity()) as world:
        yield world


async def inside(office: Office) -> int:
    """Juliet, verified and in two rooms; her number."""
    number = await office.verified(JULIET)
    for room in (HALL, ATTIC):
        await office.member(JULIET, room, creates=True)
        enter(office, room)
    return number


def enter(office: Office, room: str) -> None:
    occupant = Occupant(jid=f"{JULIET}/x", nick="juliet", role="participant", affiliation="none")
    office.memory.occupancy.enter(room, occupant)


async def unbind(office: Office, number: int) -> None:
    await office.registrar.unbind(JULIET, number, by="officer@example", reason="not hers", is_forced=True)


async def lapse(office: Office) -> None:
    office.clock.at += VALID_S
    await office.store.expiry.take_due(office.now(), VALID_S, ())


def out(office: Office) -> set[str]:
    return {room for room, _, _ in office.effects.removed}


def told(office: Office) -> int:
    return len([to for to, _, _ in office.effects.said if to == JULIET])


@pytest.mark.parametrize(
    ("on_loss", "required_for", "rooms"),
    [
        ("remove", ("create", "join", "post"), {HALL, ATTIC}),
        ("remove", ("post",), {HALL, ATTIC}),
        ("remove", ("create",), set()),
        ("mute", ("create", "join", "post"), set()),
    ],
)
@pytest.mark.parametrize("loss", ["unbound", "moved", "lapsed"])
async def test_whoever_loses_their_person_is_told_and_is_in_rooms_what_the_operator_wants(
    office: Office, on_loss: Literal["mute", "remove"], required_for: tuple[str, ...], rooms: set[str], loss: str
) -> None:
    office.settle(identity=identity(on_loss, required_for=required_for))
    number = await inside(office)
    if loss == "unbound":
        await unbind(office, number)
    elif loss == "lapsed":
        await lapse(office)
    else:
        code = await office.registrar.begin_move(JULIET, ROMEO, number)
        await office.registrar.confirm_move(ROMEO, code)
    await Keeper(office).tick()
    assert (out(office), told(office)) == (rooms, 1)


async def test_what_the_server_has_not_taken_is_said_again_and_then_no_more(office: Office) -> None:
    await inside(office)
    await lapse(office)
    office.effects.hears = False
    await office.registrar.errands.run()
    office.effects.hears = True
    for _ in range(3):
        await office.registrar.errands.run()
    assert told(office) == 2


async def test_a_room_that_does_not_answer_is_asked_again_and_nobody_told_twice(office: Office) -> None:
    await inside(office)
    await lapse(office)
    office.effects.unreachable = {HALL}
    await office.registrar.errands.run()
    assert out(office) == {ATTIC}
    office.effects.unreachable.clear()
    await office.registrar.errands.run()
    assert (out(office), told(office)) == ({HALL, ATTIC}, 1)
    await office.registrar.errands.run()
    assert told(office) == 1


async def test_nothing_is_done_before_it_is_known_who_is_where(office: Office) -> None:
    await inside(office)
    await lapse(office)
    office.meter.is_in_step = False
    await office.registrar.errands.run()
    assert (out(office), told(office)) == (set(), 0)
    office.meter.is_in_step = True
    await office.registrar.errands.run()
    assert (out(office), told(office)) == ({HALL, ATTIC}, 1)


async def test_whoever_is_verified_again_by_then_is_left_alone(office: Office) -> None:
    await inside(office)
    await lapse(office)
    await office.run("verify", JULIET, {"type": "passport", "number": "A1", "name": "Juliet Capulet"})
    await office.registrar.errands.run()
    assert (out(office), told(office)) == (set(), 0)


async def test_a_reminder_that_is_not_true_any_more_is_not_given(office: Office) -> None:
    await inside(office)
    office.clock.at += 95 * DAY
    await office.store.expiry.take_due(office.now(), VALID_S, (10 * DAY,))
    await office.run("verify", JULIET, {"type": "passport", "number": "A1", "name": "Juliet Capulet"})
    await office.registrar.errands.run()
    assert told(office) == 0


async def test_whoever_was_blacklisted_before_a_kill_is_told_out_and_a_member_of_nothing(office: Office) -> None:
    office.settle(identity=identity("mute"))
    number = await inside(office)
    await office.store.people.blacklist(number=number, reason="Fraud", by="mod@example", at=office.now())
    assert await office.store.rooms.memberships_of(f"p:{number}") == ()
    await Keeper(office).tick()
    assert (out(office), told(office)) == ({HALL, ATTIC}, 1)
    assert set(office.effects.affiliations.items()) == {((HALL, JULIET), "none"), ((ATTIC, JULIET), "none")}


async def test_whoever_is_off_the_blacklist_by_then_is_left_alone(office: Office) -> None:
    number = await inside(office)
    entry = {"number": number, "reason": "Fraud", "by": "mod@example", "at": office.now()}
    await office.store.people.blacklist(**entry)  # type: ignore[arg-type] # as it stands there
    await office.store.people.unblacklist(**entry)  # type: ignore[arg-type]
    await Keeper(office).tick()
    assert (out(office), told(office)) == (set(), 0)


@pytest.mark.parametrize("on_loss", ["mute", "remove"])
async def test_whoever_was_killed_in_an_erasure_ends_it_after_the_next_start(
    tmp_path: Path, on_loss: Literal["mute", "remove"]
) -> None:
    keys = tmp_path / "vault.keys"
    keys.touch(0o600)
    keys.write_text(Keyring.generate())
    async with open_office(tmp_path, identity=identity(on_loss)) as office:
        number = await inside(office)
        await office.store.people.set_language(JULIET, "zh-Hans")
        await office.store.erasures.ask(number, office.now(), office.now(), by=JULIET)
        assert await office.store.erasures.erase(number, office.now()) is not None
    async with open_office(tmp_path, identity=identity(on_loss)) as office:
        enter(office, HALL)
        await Keeper(office).tick()
        assert out(office) == {HALL}
        assert set(office.effects.affiliations.items()) == {((HALL, JULIET), "none"), ((ATTIC, JULIET), "none")}
        assert "删除" in office.effects.said[-1][1]
        await Keeper(office).tick()
        assert told(office) == 1
        assert await office.store.errands.waiting(0, 9) == ()

"""Commands of managers about people in their own room: room-mute, room-unmute, room-remove."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from component.dialogue import Dialogue, Forbidden
from component.forms import Done, Form, Refused
from component.occupancy import Occupant
from config.settings import Managers, Moderation, Seconds
from policy.facts import Room, Sanction, SanctionKind
from policy.group_ladder import MeasureKind
from storage.measures import Order
from tests.support.office import ADMIN, MODERATOR, MORNING, MUC, Office, command_named, open_office

JULIET, ROMEO, NURSE = "juliet@example", "romeo@example", "nurse@example"
HALL = f"hall@{MUC}"
MUTE = {"who": "Romeo", "length": "10m", "reason": "Shouting."}


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path) as world:
        await world.member(JULIET, HALL, creates=True)
        await world.member(ROMEO, HALL)
        world.memory.affiliations.note(HALL, JULIET, "owner")
        occupant = Occupant(jid=f"{ROMEO}/a", nick="Romeo", role="participant", affiliation="none")
        world.memory.occupancy.enter(HALL, occupant)
        yield world


async def hall(office: Office) -> Room:
    room = await office.memory.room(HALL)
    assert room is not None
    return room


async def held_against(office: Office, account: str) -> tuple[Sanction, ...]:
    return await office.store.discipline.sanctions_of((await office.memory.known(account)).holder, office.now())


def problem(outcome: object) -> str:
    assert isinstance(outcome, Form), outcome
    return outcome.problem


async def test_a_mute_by_managers_holds_in_their_room_for_a_while_and_is_no_strike(office: Office) -> None:
    done = await office.run("room-mute", JULIET, {}, MUTE)
    assert isinstance(done, Done)
    (sanction,) = await held_against(office, ROMEO)
    assert sanction.kind is SanctionKind.MUTE
    assert (sanction.room, sanction.rule, sanction.until) == (HALL, "manager", MORNING + 600)
    assert await office.store.discipline.strikes_of((await office.memory.known(ROMEO)).holder) == ()
    (told,) = [text for to, text, _ in office.effects.said if to == ROMEO]
    assert "a decision of the room's managers" in told
    assert "write “appeal”" in told


async def test_it_lasts_no_longer_than_the_settings_let_managers_mute(office: Office) -> None:
    office.settle(moderation=Moderation(managers=Managers(longest_mute=Seconds(300))))
    assert "5 minutes at most" in problem(await office.run("room-mute", JULIET, {}, MUTE))
    assert "length" in problem(await office.run("room-mute", JULIET, {}, {**MUTE, "length": "soon"})).lower()
    assert await held_against(office, ROMEO) == ()


async def test_any_manager_lifts_it_and_so_may_a_moderator_but_nobody_their_own(office: Office) -> None:
    await office.run("room-mute", JULIET, {}, MUTE)
    office.memory.affiliations.note(HALL, NURSE, "admin")
    assert isinstance(await office.run("room-unmute", NURSE, {}, {"reason": "Calm"}), Done)
    assert await held_against(office, ROMEO) == ()
    await office.run("room-mute", JULIET, {}, MUTE)
    office.memory.affiliations.note(HALL, ROMEO, "admin")
    assert await office.run("room-unmute", ROMEO, {}) == Refused(text="room-rules-no-mutes")


async def test_a_mute_by_moderators_is_not_the_managers_to_lift(office: Office) -> None:
    order = {"target": ROMEO, "kind": "mute", "room": HALL, "length": "1h", "reason": "No"}
    await office.run("sanction", MODERATOR, order, {"confirm": "1"})
    assert await office.run("room-unmute", JULIET, {}) == Refused(text="room-rules-no-mutes")


async def test_a_removal_ends_the_membership(office: Office) -> None:
    told = {"who": ROMEO, "reason": "Wrong group"}
    assert problem(await office.run("room-remove", JULIET, {}, told, {}))
    assert isinstance(await office.run("room-remove", JULIET, {}, told, {"confirm": "1"}), Done)
    assert not await office.memory.holds_place((await office.memory.known(ROMEO)).holder, HALL)
    assert (HALL, ROMEO) in office.effects.withdrawn


@pytest.mark.parametrize(
    ("who", "told"),
    [("Nobody", "no-such-member"), ("7", "no-such-member"), (NURSE, "no-such-member"), ("a b@@", "no-such-member")],
)
async def test_who_is_not_there_cannot_be_meant(office: Office, who: str, told: str) -> None:
    text = office.texts.get("en", told, who=who, room=HALL)
    assert problem(await office.run("room-mute", JULIET, {}, {**MUTE, "who": who})) == text


async def test_managers_staff_and_oneself_are_not_a_managers_to_sanction(office: Office) -> None:
    assert await office.run("room-mute", JULIET, {}, {**MUTE, "who": JULIET}) == Refused(text="sanction-self")
    await office.member(ADMIN, HALL)
    assert await office.run("room-mute", JULIET, {}, {**MUTE, "who": ADMIN}) == Refused(text="member-is-staff")
    office.memory.affiliations.note(HALL, ROMEO, "admin")
    assert await office.run("room-mute", JULIET, {}, MUTE) == Refused(text="member-manages")


async def test_one_who_manages_nothing_has_none_of_these_commands(office: Office) -> None:
    for name in ("room-mute", "room-unmute", "room-remove"):
        with pytest.raises(Forbidden):
            await office.run(name, ROMEO)


async def test_in_a_room_which_one_it_is_about_is_answered_and_there_is_no_way_back_to_it(office: Office) -> None:
    dialogue = Dialogue(command_named("room-mute"), office, JULIET, "en", await hall(office))
    form = await dialogue.begin()
    assert isinstance(form, Form)
    assert [field.var for field in form.fields] == ["who", "length", "reason"]
    assert not dialogue.has_previous


async def test_in_a_room_only_its_managers_go_on_and_only_with_commands_meant_for_it(office: Office) -> None:
    dialogue = Dialogue(command_named("room-mute"), office, JULIET, "en", await hall(office))
    await dialogue.begin()
    office.memory.affiliations.note(HALL, JULIET, "member")
    with pytest.raises(Forbidden):
        await dialogue.answer(MUTE)
    with pytest.raises(Forbidden):
        await Dialogue(command_named("sanction"), office, MODERATOR, "en", await hall(office)).begin()


async def test_a_room_that_closed_between_two_forms_is_not_acted_in(office: Office) -> None:
    dialogue = Dialogue(command_named("room-mute"), office, JULIET, "en", await hall(office))
    await dialogue.begin()
    await office.store.rooms.close(HALL, office.now(), reason="over", by="server")
    assert await dialogue.answer(MUTE) == Refused(text="room-rules-closed")


async def test_in_a_room_status_tells_its_managers_how_the_group_stands(office: Office) -> None:
    async def status() -> Done:
        done = await Dialogue(command_named("status"), office, JULIET, "en", await hall(office)).begin()
        assert isinstance(done, Done)
        return done

    assert "Nothing is held against" in (await status()).note
    room = await hall(office)
    order = Order(
        code=room.code,
        kind=MeasureKind.WARN,
        rule="moderator",
        reason="scams",
        by=MODERATOR,
        after=None,
        checklist={"en": "remove the scams"},
        within_s=3600.0,
    )
    measure = await office.performer.group_ladder.impose(order)
    assert measure is not None
    done = await status()
    assert "“rectified”" in done.note
    assert "“appeal”" in done.note
    assert any("remove the scams" in value for fact in done.facts for value in fact.values)
    await office.performer.group_ladder.claim(measure, by=JULIET, words="removed")
    assert "the clock stands still" in (await status()).note

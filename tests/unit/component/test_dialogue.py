"""Dialogues: answers are checked, nothing is done before the end or twice, and what is open is bounded."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from component.dialogue import (
    PER_ACCOUNT,
    Busy,
    Call,
    Command,
    Crowded,
    Dialogue,
    Dialogues,
    Ended,
    Forbidden,
    NoWayBack,
    Unknown,
)
from component.forms import Done, Field, FieldKind, Form, Mistaken, Option, Outcome, Refused, accept
from component.staff import Audience
from config.settings import Limits, Seconds, Staff
from tests.support.office import MODERATOR, Office, open_office

FORM = Form(
    title="t",
    instructions="i",
    fields=(
        Field(var="name", label="Name", is_required=True, longest=10),
        Field(var="pin", label="Pin", kind=FieldKind.SECRET),
        Field(var="box", label="Box", kind=FieldKind.BOOLEAN, value="0"),
        Field(var="pick", label="Pick", kind=FieldKind.LIST, options=(Option(value="a", label="A"),)),
        Field(var="kept", kind=FieldKind.HIDDEN, value="ours"),
        Field(var="shown", kind=FieldKind.FIXED, value="text"),
    ),
)


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path, limits=Limits(dialogues=10, dialogue_timeout=Seconds(60))) as world:
        yield world


async def two_steps(call: Call) -> Outcome:
    if len(call.answers) < 2:
        return FORM if not call.answers else Form(title="2", instructions="", fields=(), is_last=True)
    return Done(note=call.answers[0]["name"])


def dialogue(office: Office, step: object = two_steps, account: str = "a@example", **kinds: Audience) -> Dialogue:
    return Dialogue(Command(name="x", step=step, **kinds), office, account, "en")  # type: ignore[arg-type]


# answers


@pytest.mark.parametrize(
    ("given", "fault", "is_malformed"),
    [
        ({"name": "ann"}, None, False),
        ({"name": "  ann "}, None, False),
        ({"name": ""}, "form-missing", False),
        ({}, "form-missing", True),
        ({"name": "x" * 11}, "form-too-long", False),
        ({"name": "a\nb"}, "form-unprintable", False),
        ({"name": "a\x00b"}, "form-unprintable", False),
        ({"name": "罗密欧　"}, None, False),
        ({"name": "ann", "box": "maybe"}, "form-not-boolean", True),
        ({"name": "ann", "pick": "b"}, "form-not-an-option", True),
        ({"name": "ann", "pick": "a"}, None, False),
    ],
)
def test_answers_are_checked_field_by_field(given: dict[str, str], fault: str | None, *, is_malformed: bool) -> None:
    _, found = accept(FORM, given)
    assert (found.text if found else None) == fault
    assert bool(found and found.is_malformed) is is_malformed


def test_answers_hold_what_was_asked_and_nothing_else() -> None:
    answers, _ = accept(FORM, {"name": " ann ", "kept": "forged", "shown": "forged", "more": "x"})
    assert answers == {"name": "ann", "pin": "", "box": "", "pick": "", "kept": "ours"}


def test_a_form_shown_again_keeps_all_but_secrets() -> None:
    again = FORM.again({"name": "ann", "pin": "1234", "box": "1"}, "no")
    assert {asked.var: asked.value for asked in again.fields if asked.is_asked} == {
        "name": "ann",
        "pin": "",
        "box": "1",
        "pick": "",
    }
    assert again.problem == "no"


def test_a_form_shown_again_shows_nothing_huge_and_nothing_that_no_client_sends() -> None:
    again = FORM.again({"name": "a" * 3999, "pick": "never offered", "box": "maybe"})
    assert [asked.value for asked in again.fields if asked.var in {"name", "pick", "box"}] == ["a" * 3999, "0", ""]
    assert "a" not in {asked.value[:1] for asked in FORM.again({"name": "a" * 4001}).fields}


# one dialogue


async def test_a_command_goes_form_by_form_and_back(office: Office) -> None:
    talk = dialogue(office)
    assert await talk.begin() is FORM
    with pytest.raises(NoWayBack):
        await talk.back()
    second = await talk.answer({"name": "ann", "pin": "1"})
    assert isinstance(second, Form)
    assert second.title == "2"
    first = await talk.back()
    assert isinstance(first, Form)
    assert first.fields[0].value == "ann"
    await talk.answer({"name": "bob"})
    assert await talk.answer({}) == Done(note="bob")


async def test_a_mistake_shows_the_same_form_again(office: Office) -> None:
    async def step(call: Call) -> Outcome:
        return Mistaken(text="no-such-person", params={"number": 7}, var="name") if call.answers else FORM

    talk = dialogue(office, step)
    await talk.begin()
    again = await talk.answer({"name": "ann"})
    assert isinstance(again, Form)
    assert "7" in again.problem
    assert again.mistaken == "name"
    assert not talk.has_previous


async def test_a_mistake_before_any_form_is_a_refusal(office: Office) -> None:
    async def step(_call: Call) -> Outcome:
        return Mistaken(text="no-such-person", params={"number": 7})

    assert isinstance(await dialogue(office, step).begin(), Refused)


async def test_rights_are_asked_for_at_every_step(office: Office) -> None:
    talk = dialogue(office, account=MODERATOR, audience=Audience.MODERATORS)
    await talk.begin()
    office.settle(staff=Staff())
    with pytest.raises(Forbidden):
        await talk.answer({"name": "ann"})
    with pytest.raises(Forbidden):
        await dialogue(office, audience=Audience.MODERATORS).begin()


async def test_nothing_is_done_twice_at_once(office: Office) -> None:
    go_on, times = asyncio.Event(), []

    async def step(call: Call) -> Outcome:
        if not call.answers:
            return FORM
        times.append(1)
        await go_on.wait()
        return Done(note="done")

    talk = dialogue(office, step)
    await talk.begin()
    first = asyncio.create_task(talk.answer({"name": "a"}))
    await asyncio.sleep(0)
    with pytest.raises(Busy):
        await talk.answer({"name": "a"})
    go_on.set()
    assert await first == Done(note="done")
    assert len(times) == 1


async def test_a_step_that_fails_leaves_the_dialogue_usable(office: Office) -> None:
    is_down = True

    async def step(call: Call) -> Outcome:
        if call.answers and is_down:
            raise RuntimeError
        return Done(note="done") if call.answers else FORM

    talk = dialogue(office, step)
    await talk.begin()
    with pytest.raises(RuntimeError):
        await talk.answer({"name": "a"})
    is_down = False
    assert await talk.answer({"name": "a"}) == Done(note="done")


# all of them


async def test_dialogues_are_bounded_and_staff_find_a_place(office: Office) -> None:
    talks: Dialogues[Dialogue] = Dialogues(office)
    for number in range(10):
        talks.open((f"u{number}@example", "1"), dialogue(office, account=f"u{number}@example"))
    with pytest.raises(Crowded):
        talks.open(("late@example", "1"), dialogue(office, account="late@example"))
    talks.open((MODERATOR, "1"), dialogue(office, account=MODERATOR, audience=Audience.MODERATORS))
    assert len(talks) == 10
    with pytest.raises(Ended):
        talks.find(("u0@example", "1"))


async def test_one_account_cannot_take_every_place(office: Office) -> None:
    talks: Dialogues[Dialogue] = Dialogues(office)
    for number in range(20):
        talks.open(("greedy@example/x", str(number)), dialogue(office, account="greedy@example"))
    assert len(talks) == PER_ACCOUNT
    talks.find(("greedy@example/x", "19"))


async def test_a_dialogue_that_waits_too_long_is_forgotten(office: Office) -> None:
    talks: Dialogues[Dialogue] = Dialogues(office)
    talks.open(("a@example", "1"), dialogue(office))
    office.clock.at += 59
    talks.find(("a@example", "1"))
    office.clock.at += 61
    with pytest.raises(Ended) as ended:
        talks.find(("a@example", "1"))
    assert ended.value.is_late
    assert len(talks) == 0


async def test_sweeping_forgets_those_that_wait_too_long_and_no_others(office: Office) -> None:
    talks: Dialogues[Dialogue] = Dialogues(office)
    talks.open(("a@example", "1"), dialogue(office))
    office.clock.at += 30
    talks.open(("b@example", "1"), dialogue(office, account="b@example"))
    office.clock.at += 31
    talks.sweep()
    assert len(talks) == 1
    talks.find(("b@example", "1"))
    talks.forget_all()
    assert len(talks) == 0
    with pytest.raises(Ended) as ended:
        talks.find(("b@example", "1"))
    assert ended.value.is_late


async def test_an_ended_dialogue_is_told_from_one_that_never_was(office: Office) -> None:
    talks: Dialogues[Dialogue] = Dialogues(office)
    with pytest.raises(Unknown):
        talks.find(("a@example", "1"))
    talks.open(("a@example", "1"), dialogue(office))
    talks.end(("a@example", "1"))
    with pytest.raises(Ended) as ended:
        talks.find(("a@example", "1"))
    assert not ended.value.is_late
    for number in range(50):
        talks.open(("a@example", f"n{number}"), dialogue(office))
        talks.end(("a@example", f"n{number}"))
    with pytest.raises(Unknown):  # remembered for a while only
        talks.find(("a@example", "1"))

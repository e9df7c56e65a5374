"""`retract`: what is asked for is clear before anything is taken back, and what could not be done is said."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from component.acts import Retraction
from component.forms import Done, Form, Refused
from policy.actions import Retract
from tests.support.office import MODERATOR, MUC, Office, open_office

JULIET, HALL = "juliet@example", f"hall@{MUC}"
YES = {"confirm": "1"}
ORDER = {"room": HALL, "target": JULIET, "within": "1h", "reason": "adverts."}


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path) as world:
        await world.verified(JULIET)
        await world.member(JULIET, HALL, creates=True)
        yield world


def note(outcome: object) -> str:
    assert isinstance(outcome, Done), outcome
    return outcome.note


def problem(outcome: object) -> str:
    assert isinstance(outcome, Form), outcome
    return outcome.problem


async def test_somebodys_messages_are_taken_back_after_a_look_and_they_are_told(office: Office) -> None:
    office.effects.retraction = Retraction(rooms=(HALL, HALL), since=None, is_announced=True)
    form = await office.run("retract", MODERATOR, ORDER)
    assert isinstance(form, Form)
    assert "in the last 1 hour" in form.fields[0].value
    assert office.effects.retracted == []
    assert "Nothing has been done" in problem(await office.run("retract", MODERATOR, ORDER, {"confirm": "0"}))
    assert note(await office.run("retract", MODERATOR, ORDER, YES)) == "Done: 2 messages have been taken back."
    assert office.effects.retracted == [(JULIET, HALL, "3600.0", "adverts")]
    assert "2 messages of yours" in office.effects.said[-1][1]
    assert "retracted" in await office.deeds()


async def test_one_message_is_taken_back_by_its_id(office: Office) -> None:
    office.effects.retraction = Retraction(rooms=(HALL,), since=None, is_announced=True)
    order = {"room": HALL, "id": "abc", "reason": "adverts"}
    assert "one message" in note(await office.run("retract", MODERATOR, order, YES))
    assert office.effects.retracted == [(HALL, "abc", "adverts")]
    assert office.effects.said == []
    assert "retracted" in await office.deeds()


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ({"room": HALL}, "either whose"),
        ({"room": HALL, "target": JULIET, "id": "abc"}, "either whose"),
        ({"id": "abc"}, "in which room"),
        ({"room": f"cellar@{MUC}", "id": "abc"}, "No room"),
        ({"target": "nobody at all"}, "account"),
        ({"target": JULIET, "within": "soon"}, "length"),
        ({"target": JULIET, "within": "0s"}, "length"),
    ],
)
async def test_what_makes_no_sense_is_asked_for_again(office: Office, order: dict[str, str], said: str) -> None:
    assert said in problem(await office.run("retract", MODERATOR, {**order, "reason": "x"}))


async def test_moderators_do_not_take_back_what_staff_wrote(office: Office) -> None:
    order = {"target": "auditor@example", "reason": "x"}
    assert await office.run("retract", MODERATOR, order) == Refused(text="sanction-staff")


async def test_what_is_not_remembered_or_not_announced_is_said(office: Office) -> None:
    office.effects.retraction = Retraction(rooms=(HALL,), since=office.now() - 60, is_announced=False)
    told = note(await office.run("retract", MODERATOR, ORDER, YES))
    assert "only since 15 Jan 2027, 07:59 UTC" in told
    assert "keeps no archive" in told
    office.effects.retraction = Retraction(rooms=(), since=office.now() - 7200, is_announced=True)
    assert note(await office.run("retract", MODERATOR, ORDER, YES)) == "There was nothing to take back."


async def test_a_server_that_gives_no_answer_is_told_of(office: Office) -> None:
    office.effects.retraction = None
    assert await office.run("retract", MODERATOR, ORDER, YES) == Refused(text="retract-failed")
    one = {"room": HALL, "id": "abc", "reason": "adverts"}
    assert await office.run("retract", MODERATOR, one, YES) == Refused(text="retract-failed")


async def test_a_rules_retraction_names_the_rule_and_reaches_every_account(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    office.effects.retraction = Retraction(rooms=(HALL,), since=None, is_announced=True)
    known = await office.memory.known(JULIET)
    assert known.person is not None
    action = Retract(account=JULIET, person=known.person.number, room=None, rule="no-spam", back_s=600.0)
    await office.performer.retracting.follow(action)
    assert office.effects.retracted == [(JULIET, "", "600.0", "breaks the rule “no-spam”")]
    assert "One message of yours in all rooms" in office.effects.said[-1][1]
    office.effects.retraction = None
    await office.performer.retracting.follow(action)
    assert "could not be taken back" in caplog.text

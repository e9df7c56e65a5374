"""What moderators, managers and auditors see of a person: number, accounts, standing, history; never an identity."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from component.commands import COMMANDS
from component.dialogue import Dialogue
from component.forms import Form
from component.staff import Audience
from policy.actions import OpenCase, Punish, Strike
from policy.facts import SanctionKind
from tests.support.office import ADMIN, AUDITOR, MODERATOR, MUC, Office, open_office
from tests.unit.storage.databases import enter

JULIET = "juliet@example"
HALL = f"hall@{MUC}"
NAME, NUMBER = "Planted Capulet", "C01PLANTED"
LOOKING = [
    command
    for command in COMMANDS
    if command.audience not in {Audience.EVERYONE, Audience.IDENTITY_OFFICERS} and command.name != "reload"
]
"""Every command of those who are neither the person nor an identity officer."""


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path) as world:
        number = await world.verified(JULIET, NUMBER, NAME)
        await world.member(JULIET, HALL, creates=True)
        where: dict[str, Any] = {"account": JULIET, "person": number, "room": HALL, "rule": "x"}
        await enter(world.store, Strike(**where, evidence="spam", expires_s=1e6), at=world.now())
        await enter(world.store, OpenCase(**where, evidence="spam"), at=world.now())
        mute = Punish(**where, kind=SanctionKind.MUTE, lasts_s=None)
        await world.store.discipline.punish(mute, by=MODERATOR, reason="x", at=world.now())
        yield world


def answers_to(form: Form, meant: str) -> dict[str, str]:
    """Something for every field: whoever or whatever is meant, the first option, yes."""
    answers = {}
    for asked in form.fields:
        if asked.options:
            answers[asked.var] = next((each.value for each in asked.options if each.value), "")
        else:
            answers[asked.var] = asked.value or {"boolean": "1"}.get(asked.kind.value, meant)
    return answers


@pytest.mark.parametrize("command", LOOKING, ids=lambda command: command.name)
@pytest.mark.parametrize("meant", [JULIET, "1", HALL, ""])
async def test_no_command_of_moderators_managers_and_auditors_says_who_somebody_is(
    office: Office, command: object, meant: str
) -> None:
    assert len(LOOKING) >= 9
    by_audience = {Audience.AUDITORS: AUDITOR, Audience.ADMINS: ADMIN}
    [found] = [each for each in LOOKING if each is command]
    dialogue = Dialogue(found, office, by_audience.get(found.audience, MODERATOR), "en")
    outcome = await dialogue.begin()
    for _ in range(4):  # as far as it goes
        assert NAME not in str(outcome)
        assert NUMBER not in str(outcome)
        if not isinstance(outcome, Form):
            break
        outcome = await dialogue.answer(answers_to(outcome, meant))
    audited = str(await office.store.audit.read(100))
    assert NAME not in audited
    assert NUMBER not in audited


async def test_looking_somebody_up_is_recorded(office: Office) -> None:
    await office.run("person", MODERATOR, {"target": JULIET})
    [record] = await office.store.audit.read(1)
    assert (record.entry.actor, record.entry.deed, record.entry.subject) == (MODERATOR, "person-viewed", "p:1")

"""`blacklist`: accounts, persons and rooms, put on it and taken off; who is removed, who is told, who may not."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from component.dialogue import Dialogue
from component.forms import Done, Form, Refused
from component.occupancy import Occupant
from tests.support.office import ADMIN, AUDITOR, MODERATOR, MUC, Office, command_named, open_office

JULIET, ROMEO, NURSE = "juliet@example", "romeo@example", "nurse@example"
HALL, ATTIC = f"hall@{MUC}", f"attic@{MUC}"
FRAUD = {"reason": "fraud."}
YES = {"confirm": "1"}


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path) as world:
        yield world


@pytest.fixture
async def juliet(office: Office) -> int:
    """A person with two accounts, the first of them in a room she made, where Romeo is too."""
    number = await office.verified(JULIET, "C01")
    await office.verified(NURSE, "C01")
    await office.store.people.set_language(NURSE, "zh-Hans")
    await office.member(JULIET, HALL, creates=True)
    enter(office, JULIET, HALL)
    enter(office, ROMEO, HALL)
    return number


def enter(office: Office, account: str, room: str) -> None:
    nick = account.partition("@")[0]
    office.memory.occupancy.enter(room, Occupant(jid=f"{account}/x", nick=nick, role="none", affiliation="none"))


async def entries(office: Office, subject: str) -> tuple[str, list[str]]:
    """What the second form says holds, and the deeds it offers."""
    form = await office.run("blacklist", MODERATOR, {"subject": subject})
    assert isinstance(form, Form), form
    return form.fields[0].value, [option.value for option in form.fields[1].options]


async def do(office: Office, subject: str, deed: str) -> str:
    done = await office.run("blacklist", MODERATOR, {"subject": subject}, {"deed": deed, **FRAUD}, YES)
    assert isinstance(done, Done), done
    return done.note


async def is_barred(office: Office, account: str) -> bool:
    known = await office.memory.known(account)
    return known.account.is_blacklisted or (known.person is not None and known.person.is_blacklisted)


async def test_a_verified_account_offers_its_person_first_and_itself(office: Office, juliet: int) -> None:
    state, deeds = await entries(office, JULIET)
    assert state.count("not on the blacklist") == 2
    assert deeds == [f"bar-person:{juliet}", f"bar-account:{JULIET}"]
    assert (await entries(office, str(juliet)))[1] == [f"bar-person:{juliet}"]
    assert (await entries(office, "stranger@example"))[1] == ["bar-account:stranger@example"]


async def test_nothing_is_done_before_it_was_confirmed(office: Office, juliet: int) -> None:
    answers = {"subject": JULIET}, {"deed": f"bar-person:{juliet}", **FRAUD}
    form = await office.run("blacklist", MODERATOR, *answers)
    assert isinstance(form, Form)
    assert form.is_last
    for part in (f"person {juliet} ({JULIET}) can", "removed from every room", "Reason: fraud."):
        assert part in form.fields[0].value
    again = await office.run("blacklist", MODERATOR, *answers, {"confirm": "0"})
    assert isinstance(again, Form)
    assert "Nothing has been done" in again.problem
    assert not await is_barred(office, JULIET)
    assert office.effects.removed == office.effects.said == []


async def test_a_barred_person_is_removed_and_told_by_every_account_and_by_new_ones_barred(
    office: Office, juliet: int
) -> None:
    enter(office, NURSE, ATTIC)
    assert not await is_barred(office, JULIET)  # it is in memory now
    assert f"person {juliet} ({JULIET}) is on" in await do(office, str(juliet), f"bar-person:{juliet}")
    assert await is_barred(office, JULIET)
    assert await is_barred(office, NURSE)
    assert {(room, nick) for room, nick, _ in office.effects.removed} == {(HALL, "juliet"), (ATTIC, "nurse")}
    told = {to: text for to, text, _ in office.effects.said}
    assert re.search("fraud.*appeal", told[JULIET])
    assert "列入黑名单" in told[NURSE]
    await office.verified("again@example", "C01")
    assert await is_barred(office, "again@example")
    assert "blacklisted" in await office.deeds()


async def test_a_person_taken_off_is_told_unless_their_account_is_barred_by_itself(office: Office, juliet: int) -> None:
    await do(office, JULIET, f"bar-person:{juliet}")
    await do(office, NURSE, f"bar-account:{NURSE}")
    state, deeds = await entries(office, str(juliet))
    assert deeds == [f"lift-person:{juliet}", f"lift-account:{NURSE}"]
    assert f"person {juliet} ({JULIET}), with every account: on" in state
    office.effects.said.clear()
    await do(office, str(juliet), f"lift-person:{juliet}")
    assert not await is_barred(office, JULIET)
    assert await is_barred(office, NURSE)
    assert [to for to, _, _ in office.effects.said] == [JULIET]
    await do(office, str(juliet), f"lift-account:{NURSE}")
    assert not await is_barred(office, NURSE)
    assert [to for to, _, _ in office.effects.said] == [JULIET, NURSE]
    assert (await office.deeds()).count("unblacklisted") == 2


async def test_an_account_alone_is_barred_and_the_persons_others_are_not(office: Office, juliet: int) -> None:
    enter(office, NURSE, ATTIC)
    await do(office, JULIET, f"bar-account:{JULIET}")
    assert await is_barred(office, JULIET)
    assert not await is_barred(office, NURSE)
    assert [(room, nick) for room, nick, _ in office.effects.removed] == [(HALL, "juliet")]
    assert (await entries(office, JULIET))[1] == [f"bar-person:{juliet}", f"lift-account:{JULIET}"]


@pytest.mark.usefixtures("juliet")
@pytest.mark.parametrize("way", ["address", "code", "link"])
async def test_a_barred_room_is_emptied_and_its_creator_told(office: Office, way: str) -> None:
    office.memory.occupancy.leave(HALL, f"{JULIET}/x")
    room = await office.memory.room(HALL)
    assert room is not None
    subject = {"address": HALL, "code": room.code.lower(), "link": f"xmpp:{HALL}?join"}[way]
    await do(office, subject, f"bar-room:{HALL}")
    barred = await office.memory.room(HALL)
    assert barred is not None
    assert barred.is_blacklisted
    (removed,) = office.effects.removed
    assert removed[:2] == (HALL, "romeo")
    assert "fraud" in removed[2]
    assert {to for to, _, _ in office.effects.said} == {JULIET, NURSE}
    office.effects.said.clear()
    await do(office, HALL, f"lift-room:{HALL}")
    assert (await office.memory.room(HALL)) == room
    assert "can be used again" in office.effects.said[0][1]


async def test_an_address_is_barred_before_there_is_a_room(office: Office) -> None:
    assert (await entries(office, ATTIC))[1] == [f"bar-room:{ATTIC}"]
    await do(office, ATTIC, f"bar-room:{ATTIC}")
    assert (await entries(office, ATTIC))[1] == [f"lift-room:{ATTIC}"]
    await do(office, ATTIC, f"lift-room:{ATTIC}")
    assert await office.memory.room(ATTIC) is None
    assert office.effects.said == []


@pytest.mark.parametrize("subject", ["99", "no one", "@example", "AAAA-AAAA-A", f"a b@{MUC}", "1" * 30])
async def test_a_subject_that_is_none_is_asked_for_again(office: Office, subject: str) -> None:
    again = await office.run("blacklist", MODERATOR, {"subject": subject})
    assert isinstance(again, Form)
    assert again.problem
    assert again.mistaken == "subject"


async def test_what_somebody_else_did_meanwhile_is_not_done_again(office: Office, juliet: int) -> None:
    dialogue = Dialogue(command_named("blacklist"), office, ADMIN, "en")
    await dialogue.begin()
    await dialogue.answer({"subject": JULIET})
    assert isinstance(await dialogue.answer({"deed": f"bar-person:{juliet}", **FRAUD}), Form)
    await do(office, JULIET, f"bar-person:{juliet}")
    assert await dialogue.answer(YES) == Refused(text="blacklist-meanwhile")
    assert (await office.deeds()).count("blacklisted") == 1


async def test_nobody_acts_on_themselves_by_any_account(office: Office) -> None:
    number = await office.verified(MODERATOR, "M1", "M")
    await office.verified("second@example", "M1", "M")
    for target in (MODERATOR, "second@example", str(number)):
        assert await office.run("blacklist", MODERATOR, {"subject": target}) == Refused(text="blacklist-self")


async def test_only_an_admin_acts_on_staff(office: Office) -> None:
    await office.verified("private@example", "S1", "S")
    await office.verified(AUDITOR, "S1", "S")
    for target in (AUDITOR, "private@example", ADMIN):
        assert await office.run("blacklist", MODERATOR, {"subject": target}) == Refused(text="blacklist-staff")
    deed = {"deed": f"bar-account:{AUDITOR}", **FRAUD}
    assert isinstance(await office.run("blacklist", ADMIN, {"subject": AUDITOR}, deed, YES), Done)
    assert await is_barred(office, AUDITOR)

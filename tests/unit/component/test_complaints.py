"""What people report: on record without who it was, handled by managers or left standing, decided, and told."""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest

from component.dialogue import Dialogue
from component.forms import Done, Form, Refused
from component.occupancy import Occupant
from config.settings import Ladders, Manager, ManagerLadder, ManagerStep, Reports, Seconds
from policy.facts import Room
from tests.support.office import ADMIN, MODERATOR, MUC, Office, command_named, open_office

HALL = f"hall@{MUC}"
OWNER, HELPER, ROMEO, JULIET, NURSE = (f"{name}@example" for name in ("owner", "helper", "romeo", "juliet", "nurse"))
DAY = 86400.0
LADDER = ManagerLadder(steps=(ManagerStep(strikes=1, window=Seconds(90 * DAY), sanction="notice", deduct=5),))
ABUSE = {"subject": "message", "grounds": "abuse"}
WORDS = {"quote": "You fool", "who": "Romeo", "words": "He does that every day"}


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path, ladders=Ladders(manager=LADDER)) as world:
        world.meter.is_in_step = True
        for number, account in enumerate((OWNER, HELPER, ROMEO, JULIET, NURSE)):
            await world.verified(account, f"P{number}")
            await world.member(account, HALL, creates=account == OWNER)
        world.memory.affiliations.note(HALL, OWNER, "owner")
        world.memory.affiliations.note(HALL, HELPER, "admin")
        for account, nick in ((OWNER, "Owner"), (ROMEO, "Romeo"), (JULIET, "Juliet")):
            occupant = Occupant(jid=f"{account}/a", nick=nick, role="participant", affiliation="none")
            world.memory.occupancy.enter(HALL, occupant)
        yield world


async def report(
    office: Office, account: str = JULIET, what: Mapping[str, str] = ABUSE, **words: str
) -> Done | Form | Refused:
    return await office.run("report", account, {"room": HALL}, what, words or WORDS)


async def keep(office: Office, after_s: float = 0.0) -> float | None:
    office.clock.at += after_s
    return await office.performer.complaints.keep()


def told(office: Office, whom: str) -> str:
    return "\n".join(text for to, text, _ in office.effects.said if to == whom)


def shown(outcome: object) -> str:
    assert isinstance(outcome, Form), outcome
    return "\n".join(field.value for field in outcome.fields)


async def score(office: Office, account: str) -> int:
    known = await office.memory.known(account)
    assert known.person is not None
    return known.person.score


async def strikes(office: Office, account: str) -> int:
    holder = (await office.memory.known(account)).holder
    return sum(not each.is_overruled for each in await office.store.manager_strikes.of(holder))


async def test_a_report_has_a_number_and_its_outcome_is_told_to_who_made_it(office: Office) -> None:
    done = await report(office)
    assert isinstance(done, Done)
    assert "report no. 1" in done.note
    assert "managers look at it first" in done.note
    form = await office.run("reports", OWNER, {})
    text = shown(form)
    assert "You fool" in text
    assert "every day" in text
    assert "juliet" not in text.lower()
    done = await office.run("reports", OWNER, {}, {"deed": "muted"})
    assert isinstance(done, Done)
    await keep(office)
    assert "it was right" in told(office, JULIET)
    assert "the room's managers" in told(office, JULIET)
    await keep(office)
    assert told(office, JULIET).count("has been decided") == 1


async def test_managers_hear_of_reports_in_batches(office: Office) -> None:
    await report(office)
    await keep(office)
    await report(office, quote="You dog", who="Romeo")
    await report(office, NURSE, quote="You cat", who="Romeo")
    next_at = await keep(office, 5.0)
    assert told(office, OWNER).count("reported in") == 1  # who is inside is told
    assert told(office, HELPER) == ""
    assert next_at == office.clock.at + 595
    await keep(office, 600)
    assert "2 things have been reported" in told(office, OWNER)


async def test_complaints_about_the_same_open_one_case_and_one_person_counts_once(office: Office) -> None:
    await report(office)
    again = await report(office)
    assert isinstance(again, Done)
    assert "already" in again.note
    await report(office, NURSE, quote="YOU  FOOL", who="Romeo", words="")
    form = await office.run("reports", OWNER, {})
    assert isinstance(form, Form)
    (number,) = [field for field in form.fields if field.var == "number"]
    assert len(number.options) == 1
    assert shown(form).count("insults") == 2
    await office.run("reports", OWNER, {}, {"deed": "nothing-wrong"})
    await keep(office)
    for account in (JULIET, NURSE):
        assert "nothing was found" in told(office, account)


async def test_nobody_reports_without_end_nor_anything_of_themselves(office: Office) -> None:
    office.settle(reports=Reports(per_person=2))
    await report(office, quote="one", who="Romeo")
    await report(office, quote="two", who="Romeo")
    assert await report(office, quote="three", who="Romeo") == Refused(text="report-too-many", params={"most": 2})
    office.clock.at += DAY
    assert isinstance(await report(office, quote="three", who="Romeo"), Done)
    assert await report(office, ROMEO) == Refused(text="report-self")
    form = await report(office, quote="", who="Romeo")
    assert isinstance(form, Form)
    assert "copy the message" in form.problem


@pytest.mark.parametrize(
    ("account", "what", "words"),
    [
        (JULIET, {"subject": "room", "grounds": "fraud"}, {"words": "All of it"}),
        (JULIET, {"subject": "occupant", "grounds": "spam"}, {"who": "Owner"}),
        (HELPER, ABUSE, WORDS),
    ],
)
async def test_what_is_about_managers_or_comes_from_one_is_the_moderators(
    office: Office, account: str, what: dict[str, str], words: dict[str, str]
) -> None:
    done = await office.run("report", account, {"room": HALL}, what, words)
    assert isinstance(done, Done)
    assert "Moderators look at it" in done.note
    assert isinstance(await office.run("reports", HELPER, {}), Done)  # none
    await keep(office)
    assert "waits for a moderator" in told(office, MODERATOR)
    assert "reported by people" in shown(await office.run("cases", MODERATOR))
    assert await strikes(office, OWNER) == 0


async def test_a_manager_does_not_see_what_is_about_themselves(office: Office) -> None:
    await report(office)
    office.memory.affiliations.note(HALL, ROMEO, "admin")
    assert isinstance(await office.run("reports", ROMEO, {}), Done)
    dialogue = Dialogue(command_named("reports"), office, OWNER, "en", await hall(office))
    assert isinstance(await dialogue.begin(), Form)
    await dialogue.answer({"number": "1", "deed": "warned"})
    assert isinstance(await office.run("reports", OWNER, {}), Done)


async def hall(office: Office) -> Room:
    room = await office.memory.room(HALL)
    assert room is not None
    return room


async def test_a_report_left_standing_is_the_moderators_and_one_strike_for_each_manager(office: Office) -> None:
    await report(office)
    assert await keep(office) == office.clock.at + 2 * DAY
    office.memory.affiliations.note(HALL, NURSE, "admin")  # came too late to answer for it
    assert isinstance(await office.run("cases", MODERATOR), Done)
    for _ in range(3):
        await keep(office, 2 * DAY)
    for account in (OWNER, HELPER):
        assert await strikes(office, account) == 1
        assert "was left standing" in told(office, account)
        assert await score(office, account) == 55
    assert await strikes(office, NURSE) == 0
    assert isinstance(await office.run("reports", OWNER, {}), Done)
    person = await office.run("person", MODERATOR, {"target": OWNER})
    assert isinstance(person, Done)
    assert any("report no. 1 left standing" in value for fact in person.facts for value in fact.values)
    assert "You fool" in shown(await office.run("cases", MODERATOR))


async def test_who_was_killed_before_telling_of_the_sanctions_tells_of_them_afterwards(office: Office) -> None:
    await report(office)
    office.clock.at += 3 * DAY
    (late,) = await office.store.reports.late(office.now())
    await office.performer.complaints._escalate(late)
    assert "was left standing" not in told(office, OWNER)
    await keep(office)
    assert told(office, OWNER).count("was left standing") == 1
    await keep(office)
    assert told(office, OWNER).count("was left standing") == 1


async def test_no_strike_falls_where_no_manager_could_act(office: Office) -> None:
    office.memory.affiliations.note(HALL, HELPER, "none")
    await report(office)
    order = {"target": OWNER, "kind": "manage", "room": HALL, "length": "9d", "reason": "neglect"}
    await office.run("sanction", MODERATOR, order, {"confirm": "1"})
    await keep(office, 3 * DAY)
    assert await strikes(office, OWNER) == 0
    assert "You fool" in shown(await office.run("cases", MODERATOR))
    assert await office.run("reports", OWNER) == Done(note=office.texts.get("en", "room-rules-none"))


async def test_a_strike_for_what_was_nothing_is_taken_back(office: Office) -> None:
    await report(office)
    await keep(office, 3 * DAY)
    number = {"number": "1", "decision": "overruled", "reason": "A joke"}
    assert isinstance(await office.run("cases", MODERATOR, number), Done)
    await keep(office)
    assert await strikes(office, OWNER) == 0
    assert await score(office, OWNER) == 60
    assert "nothing was found" in told(office, JULIET)
    assert told(office, ROMEO) == ""  # nothing was held against them


async def test_what_a_manager_passes_on_is_no_strike(office: Office) -> None:
    await report(office)
    done = await office.run("reports", OWNER, {}, {"deed": "pass-on"})
    assert isinstance(done, Done)
    await keep(office, 5 * DAY)
    assert await strikes(office, OWNER) == 0
    assert "You fool" in shown(await office.run("cases", MODERATOR))


async def test_what_is_reported_again_after_managers_handled_it_is_the_moderators(office: Office) -> None:
    await report(office)
    await office.run("reports", OWNER, {}, {"deed": "nothing-wrong"})
    done = await report(office, NURSE)
    assert isinstance(done, Done)
    assert "Moderators look at it" in done.note


async def test_handling_earns_credit_up_to_a_bound_and_never_for_ones_own_complaint(office: Office) -> None:
    office.settle(manager=Manager(credit=2, credit_most=3))
    for number in range(3):
        await report(office, quote=f"no. {number}", who="Romeo")
        await office.run("reports", OWNER, {}, {"deed": "warned"})
    assert await score(office, OWNER) == 63
    await report(office, quote="mine", who="Romeo")
    await report(office, OWNER, quote="mine", who="Romeo")
    office.clock.at += 8 * DAY
    office.settle(manager=Manager(credit=2, credit_most=3, response_time=Seconds(30 * DAY)))
    await report(office, quote="other", who="Romeo")
    done = await office.run("reports", HELPER, {}, {"deed": "warned"})
    assert isinstance(done, Done)
    assert await score(office, HELPER) == 62


async def test_with_no_time_to_respond_all_is_the_moderators(office: Office) -> None:
    office.settle(manager=Manager(response_time=Seconds(0)))
    done = await report(office)
    assert isinstance(done, Done)
    assert "Moderators look at it" in done.note


async def test_nobody_knows_who_it_is_about_and_it_is_on_record_all_the_same(office: Office) -> None:
    done = await report(office, what={"subject": "occupant", "grounds": "spam"}, who="Tybalt", words="")
    assert isinstance(done, Done)
    assert "<Tybalt>" in shown(await office.run("reports", OWNER, {}))
    (case,) = await office.store.discipline.cases()
    assert (case.holder, case.account) == ("n:", "")


async def test_a_moderator_does_not_decide_on_a_room_of_their_own(office: Office) -> None:
    office.memory.affiliations.note(HALL, MODERATOR, "admin")
    await report(office, what={"subject": "room", "grounds": "fraud"}, words="x")
    decided = {"number": "1", "decision": "overruled", "reason": "Mine"}
    assert await office.run("cases", MODERATOR, decided) == Refused(text="group-own")
    assert isinstance(await office.run("cases", ADMIN, decided), Done)


async def test_without_a_connection_nothing_happens(office: Office) -> None:
    await report(office)
    office.meter.is_in_step = False
    await keep(office, 3 * DAY)
    assert await strikes(office, OWNER) == 0
    assert told(office, OWNER) == ""

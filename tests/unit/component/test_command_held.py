"""`held` and `cases`: a look and an answer decide one; nobody decides about themselves, and nothing twice."""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest

from component.forms import Done, FieldKind, Form, Refused
from config.settings import Ladder, Ladders, Moderation, Seconds, Step
from policy.actions import Hold, OpenCase, Strike
from storage.discipline import CaseOutcome
from storage.holding import HoldState
from tests.support.office import ADMIN, MODERATOR, MUC, Office, open_office
from tests.unit.storage.databases import enter

JULIET, HALL = "juliet@example", f"hall@{MUC}"
WARN = Ladders(member=Ladder(steps=(Step(strikes=1, window=Seconds(60), sanction="notice"),)))


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    moderation = Moderation(hold_for=Seconds(3600), hold_notice=Seconds(60))
    async with open_office(tmp_path, moderation=moderation, ladders=WARN) as world:
        yield world


async def hold(office: Office, text: str = "win the ⟦lottery⟧", account: str = JULIET) -> int:
    known = await office.memory.known(account)
    person = None if known.person is None else known.person.number
    held = Hold(
        account=account,
        person=person,
        room=HALL,
        rules=("ask",),
        content=text,
        evidence=text,
        lasts_s=3600.0,
        strike_expires_s=1000.0,
    )
    number = (await enter(office.store, held, at=office.now())).held
    assert number is not None
    return number


def shown(form: object) -> str:
    assert isinstance(form, Form), form
    return "\n".join(field.value for field in form.fields if field.kind is FieldKind.FIXED)


def numbers(form: object) -> list[str]:
    assert isinstance(form, Form), form
    (asked,) = (field for field in form.fields if field.var == "number")
    return [option.value for option in asked.options]


def note(outcome: object) -> str:
    assert isinstance(outcome, Done), outcome
    return outcome.note


def problem(outcome: object) -> str:
    assert isinstance(outcome, Form), outcome
    return outcome.problem


def answer(number: int, decision: str, reason: str = "") -> Mapping[str, str]:
    return {"number": str(number), "decision": decision, "reason": reason}


async def test_texts_are_shown_with_rule_room_and_the_writers_number_and_tier_but_no_name(office: Office) -> None:
    number = await office.verified(JULIET)
    await hold(office)
    await hold(office, "the ⟦lottery⟧ again", "stranger@example")
    text = shown(await office.run("held", MODERATOR))
    for part in ("win the ⟦lottery⟧", "ask", HALL, f"person {number}, standard", "not verified"):
        assert part in text
    assert "juliet" not in text
    assert "stranger" not in text
    assert (await office.deeds()).count("held-viewed") == 2


async def test_the_oldest_come_first_until_turned_round(office: Office) -> None:
    held = [str(await hold(office, str(each))) for each in range(7)]
    first = await office.run("held", MODERATOR)
    assert numbers(first) == held[:5]
    turn = {"decision": "turn"}
    assert numbers(await office.run("held", MODERATOR, turn)) == held[:1:-1]
    assert numbers(await office.run("held", MODERATOR, turn, turn)) == held[:5]


async def test_a_yes_tells_the_writer_until_when(office: Office) -> None:
    number = await hold(office)
    assert "may pass" in note(await office.run("held", MODERATOR, answer(number, "approve")))
    (said,) = office.effects.said
    assert said[0] == JULIET
    assert "15 Jan 2027, 09:00 UTC" in said[1]
    assert "“win the lottery”" in said[1]


async def test_a_no_needs_a_reason_and_leads_up_the_ladder(office: Office) -> None:
    number = await hold(office)
    assert "give a reason" in problem(await office.run("held", MODERATOR, answer(number, "refuse")))
    assert "is refused" in note(await office.run("held", MODERATOR, answer(number, "refuse", "adverts.")))
    assert ["adverts" in said[1] for said in office.effects.said] == [True, False]
    assert "warning" in office.effects.said[1][1]
    assert len(await office.store.discipline.strikes_of(f"a:{JULIET}")) == 1


async def test_what_is_decided_is_decided(office: Office) -> None:
    number = await hold(office)
    form = await office.run("held", MODERATOR)
    await office.performer.holding.approve(number, by=ADMIN)
    assert isinstance(form, Form)
    assert await office.performer.holding.approve(number, by=MODERATOR) is None
    assert await office.performer.holding.refuse(number, by=MODERATOR, reason="no") is None
    assert "Nothing waits" in note(await office.run("held", MODERATOR))


async def test_nobody_decides_about_their_own_text(office: Office) -> None:
    number = await hold(office, account=MODERATOR)
    assert await office.run("held", MODERATOR, answer(number, "approve")) == Refused(text="held-own")
    assert "may pass" in note(await office.run("held", ADMIN, answer(number, "approve")))


async def test_nobody_decides_about_the_text_of_their_other_account(office: Office) -> None:
    person = await office.verified(JULIET)
    await office.verified(MODERATOR)
    assert (await office.memory.known(MODERATOR)).person is not None
    number = await hold(office, account=JULIET)
    assert isinstance(await office.run("held", MODERATOR, answer(number, "approve")), Refused)
    assert person


async def test_a_text_nobody_decides_lapses_and_the_writer_is_told(office: Office) -> None:
    number = await hold(office, "x" * 500)
    await office.performer.holding.lapse()
    assert office.effects.said == []
    office.clock.at += 3600
    await office.performer.holding.lapse()
    (said,) = office.effects.said
    assert "not decided in time" in said[1]
    assert f"“{'x' * 200}…”" in said[1]
    held = await office.store.holds.find(number)
    assert held is not None
    assert held.state is HoldState.LAPSED


# cases


async def case(office: Office, account: str = JULIET, rule: str = "no-spam") -> None:
    strike = Strike(account=account, person=None, room=HALL, rule=rule, evidence="spam", expires_s=1000.0)
    opened = OpenCase(account=account, person=None, room=HALL, rule=rule, evidence=f"the whole ⟦spam⟧ of {rule}")
    await enter(office.store, strike, opened, at=office.now())


async def test_open_cases_are_shown_with_their_evidence_newest_first_and_older_on_request(office: Office) -> None:
    for each in range(7):
        await case(office, rule=f"rule-{each}")
    first = await office.run("cases", MODERATOR)
    assert numbers(first) == ["7", "6", "5", "4", "3"]
    assert "the whole ⟦spam⟧ of rule-6" in shown(first)
    assert numbers(await office.run("cases", MODERATOR, {"decision": "older"})) == ["2", "1"]
    assert isinstance(await office.run("cases", MODERATOR, {"decision": "older"}, {"decision": "older"}), Done)


async def test_a_case_is_closed_with_a_reason_and_shown_as_closed(office: Office) -> None:
    await case(office)
    assert "give a reason" in problem(await office.run("cases", MODERATOR, answer(1, "upheld")))
    assert "as a violation" in note(await office.run("cases", MODERATOR, answer(1, "upheld", "clear")))
    assert office.effects.said == []
    done = await office.run("cases", MODERATOR)
    assert isinstance(done, Done)
    assert "upheld (by mod@example)" in done.facts[0].values[0]


async def test_a_case_that_was_none_undoes_its_deed_and_tells_whom_it_was_about(office: Office) -> None:
    await case(office)
    done = await office.run("cases", MODERATOR, answer(1, "overruled", "a quotation."))
    assert "no longer count: 1" in note(done)
    (said,) = office.effects.said
    assert "a quotation" in said[1]
    assert "One strike no longer counts." in said[1]
    (strike,) = await office.store.discipline.strikes_of(f"a:{JULIET}")
    assert strike.overruled_at == office.now()


async def test_nobody_closes_a_case_about_themselves_or_twice(office: Office) -> None:
    await case(office, MODERATOR)
    assert await office.run("cases", MODERATOR, answer(1, "overruled", "x")) == Refused(text="cases-own")
    assert await office.performer.sanctions.close_case(9, CaseOutcome.UPHELD, by=ADMIN, reason="x") is None


async def test_closed_cases_can_be_asked_for_while_others_are_open(office: Office) -> None:
    await case(office)
    await case(office)
    await office.run("cases", MODERATOR, answer(1, "upheld", "clear"))
    done = await office.run("cases", MODERATOR, {"decision": "closed"})
    assert isinstance(done, Done)
    assert len(done.facts[0].values) == 1

"""`disclose` and `disclosures`: four eyes, once, in time, and the person hears of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from component.dialogue import Dialogue, Forbidden
from component.forms import Done, Form, Refused
from component.persons.keeper import Keeper
from config.settings import Disclosure, Seconds, Staff
from tests.support.desk import Desk
from tests.support.office import OFFICERS, Office, command_named, open_office

JULIET = "juliet@example"
FIRST, SECOND, THIRD = OFFICERS
CASE = {"case": "AZ 7", "reason": "a court's order."}
YES = {"confirm": "1"}
DAY = 86400.0


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """Three officers, each verified, and Juliet."""
    disclosure = Disclosure(silent_cases=("AZ 9",))
    async with open_office(tmp_path, disclosure=disclosure) as world:
        for number, officer in enumerate(OFFICERS):
            await world.verified(officer, f"F{number}", f"Officer {number}")
        await world.verified(JULIET, "C01", "Planted Capulet")
        yield world


async def attempt(office: Office, name: str, officer: str, *answers: dict[str, str]) -> Done | Form | Refused:
    """Run a command as far as it goes."""
    outcome = await office.run(name, officer)
    for count in range(1, len(answers) + 1):
        if isinstance(outcome, Form):
            outcome = await office.run(name, officer, *answers[:count])
    return outcome


async def ask(office: Office, officer: str = FIRST, target: str = JULIET, **changes: str) -> Done | Form | Refused:
    return await attempt(office, "disclose", officer, {"target": target, **CASE, **changes}, YES)


async def decide(office: Office, officer: str, decision: str = "approve", number: int = 1) -> Done | Form | Refused:
    order = {"disclosure": str(number)}, {"decision": decision, "reason": "it is needed"}
    return await attempt(office, "disclosures", officer, *order)


async def see(office: Office, officer: str = FIRST, number: int = 1) -> Done | Form | Refused:
    return await attempt(office, "disclosures", officer, {"disclosure": str(number)}, YES)


def shown(outcome: Done | Form | Refused) -> str:
    assert isinstance(outcome, Done), outcome
    return "\n".join(line for fact in outcome.facts for line in fact.values)


async def told(office: Office, account: str) -> list[str]:
    return [text for to, text, _ in office.effects.said if to == account]


async def test_a_second_officer_approves_and_whoever_asked_sees_it_once(office: Office) -> None:
    assert isinstance(await ask(office), Done)
    assert len(await told(office, SECOND)) == len(await told(office, THIRD)) == 1
    assert isinstance(await decide(office, SECOND), Done)
    assert "is approved" in (await told(office, FIRST))[-1]
    assert shown(await see(office)) == "Planted Capulet · passport · C01"
    assert isinstance(await office.run("disclosures", FIRST), Done)  # nothing waits any more
    records = [record.entry for record in reversed(await office.store.audit.read(10))]
    deeds = {entry.deed: entry for entry in records if entry.deed.startswith("disclos")}
    assert [deeds[name].actor for name in ("disclosure-asked", "disclosure-approved", "disclosed")] == [
        FIRST,
        SECOND,
        FIRST,
    ]
    detail = deeds["disclosed"].detail
    assert (detail["case"], detail["approved_by"], detail["approved_at"]) == ("AZ 7", SECOND, office.now())
    assert "Planted" not in str(records)


async def test_what_was_shown_stands_in_no_dialogue(office: Office) -> None:
    await ask(office)
    await decide(office, SECOND)
    dialogue = Dialogue(command_named("disclosures"), office, FIRST, "en")
    await dialogue.begin()
    await dialogue.answer({"disclosure": "1"})
    assert "Planted" in shown(await dialogue.answer(YES))
    assert "Planted" not in str(dialogue.form)
    assert isinstance(await dialogue.answer(YES), Refused)
    assert isinstance(await dialogue.back(), Refused | Done | Form)
    assert "Planted" not in str(dialogue.form)


async def test_nobody_approves_what_they_asked_for_by_whichever_account(office: Office) -> None:
    await ask(office)
    own = await office.run("disclosures", FIRST, {"disclosure": "1"})
    assert own == Refused(text="disclosure-waits")
    await office.registrar.unbind(SECOND, 2, by="x", reason="x", is_forced=True)
    await office.verified(SECOND, "F0", "Officer 0")  # the first officer's second account
    assert await decide(office, SECOND) == Refused(text="disclosure-same-person")
    assert isinstance(await decide(office, THIRD), Done)


async def test_officers_found_to_be_one_person_after_the_approval_see_nothing(office: Office) -> None:
    await ask(office)
    await decide(office, SECOND)
    await office.registrar.merge(1, 2, by=THIRD, reason="x")
    assert await see(office) == Refused(text="disclosure-gone")


async def test_whoever_asked_by_an_account_that_moved_on_is_still_the_same_person(office: Office) -> None:
    await ask(office)
    await office.registrar.unbind(FIRST, 1, by="x", reason="x", is_forced=True)
    await office.registrar.unbind(SECOND, 2, by="x", reason="x", is_forced=True)
    await office.verified(SECOND, "F0", "Officer 0")
    assert await decide(office, SECOND) == Refused(text="disclosure-same-person")


async def test_an_officer_nobody_knows_neither_asks_nor_decides(office: Office) -> None:
    await ask(office)
    await office.registrar.unbind(SECOND, 2, by="x", reason="x", is_forced=True)
    assert await ask(office, SECOND) == Refused(text="disclose-verify-first")
    assert await decide(office, SECOND) == Refused(text="disclose-verify-first")


async def test_nobody_asks_or_decides_about_themselves(office: Office) -> None:
    assert await ask(office, FIRST, FIRST) == Refused(text="disclose-own")
    await ask(office, FIRST, SECOND)
    assert await decide(office, SECOND) == Refused(text="disclose-own")


async def test_a_refusal_ends_it(office: Office) -> None:
    await ask(office)
    assert isinstance(await decide(office, SECOND, "refuse"), Done)
    assert "has been refused" in (await told(office, FIRST))[-1]
    assert isinstance(await office.run("disclosures", THIRD), Done)


async def test_two_officers_who_decide_at_once_decide_once(office: Office) -> None:
    await ask(office)
    dialogues = [Dialogue(command_named("disclosures"), office, officer, "en") for officer in (SECOND, THIRD)]
    for dialogue in dialogues:
        await dialogue.begin()
        await dialogue.answer({"disclosure": "1"})
    outcomes = [await each.answer({"decision": "approve", "reason": "x"}) for each in dialogues]
    assert [type(outcome) for outcome in outcomes] == [Done, Refused]
    assert (await office.deeds()).count("disclosure-approved") == 1


@pytest.mark.parametrize("gone", [FIRST, SECOND])
async def test_an_officer_removed_in_between_makes_it_lead_nowhere(office: Office, gone: str) -> None:
    await ask(office)
    if gone == SECOND:
        await decide(office, SECOND)
    kept = tuple(officer for officer in OFFICERS if officer != gone)
    office.settle(staff=Staff(identity_officers=kept))
    if gone == FIRST:
        assert await decide(office, SECOND) == Refused(text="disclosure-no-officer", params={"account": FIRST})
        with pytest.raises(Forbidden):
            await see(office)
    else:
        refused = await office.run("disclosures", FIRST, {"disclosure": "1"})
        assert refused == Refused(text="disclosure-no-officer", params={"account": SECOND})


@pytest.mark.parametrize("is_approved", [False, True])
async def test_it_lapses_when_nobody_decides_or_sees_it_in_time(office: Office, is_approved: bool) -> None:  # noqa: FBT001 - a parameter of the table
    await ask(office)
    if is_approved:
        await decide(office, SECOND)
    office.clock.at += office.settings.disclosure.lapses_after
    for officer in (FIRST, SECOND):
        assert isinstance(await office.run("disclosures", officer), Done)


async def test_the_person_is_told_after_a_while_and_not_before(office: Office) -> None:
    await ask(office)
    await decide(office, SECOND)
    await see(office)
    keeper = Keeper(office)
    office.clock.at += 30 * DAY - 1
    await keeper.tick()
    assert await told(office, JULIET) == []
    office.clock.at += 1
    await keeper.tick()
    [text] = await told(office, JULIET)
    assert "Case: AZ 7. Reason: a court's order." in text
    assert FIRST not in text
    await Keeper(office).tick()
    assert len(await told(office, JULIET)) == 1


async def test_of_a_case_named_by_the_operator_nobody_is_told(office: Office) -> None:
    summary = await office.run("disclose", FIRST, {"target": JULIET, **CASE, "case": "AZ 9"})
    assert isinstance(summary, Form)
    assert "The person is not told" in summary.fields[0].value
    await ask(office, case="AZ 9")
    await decide(office, SECOND)
    await see(office)
    office.clock.at += 400 * DAY
    await Keeper(office).tick()
    assert await told(office, JULIET) == []


async def test_what_was_approved_and_never_seen_is_nothing_to_be_told_of(office: Office) -> None:
    await ask(office)
    await decide(office, SECOND)
    office.clock.at += 400 * DAY
    await Keeper(office).tick()
    assert await told(office, JULIET) == []


async def test_whoever_is_erased_before_is_told_then(office: Office) -> None:
    await ask(office)
    await decide(office, SECOND)
    await see(office)
    await office.registrar.ask_erasure(4, by=JULIET)
    office.clock.at += office.settings.identity.erase_after
    await Keeper(office).tick()
    texts = await told(office, JULIET)
    assert any("was shown to an identity officer" in text for text in texts)
    assert "has been erased" in texts[-1]


async def test_chat_is_no_place_for_it(office: Office) -> None:
    from component import chat

    desk = Desk()
    chat.setup(desk, office)
    for name in ("disclosures", "corrections"):
        desk.hand_in(f"<message type='chat' from='{FIRST}/x' to='keeper.example'><body>{name}</body></message>")
        await office.effects.spoken.wait()
        office.effects.spoken.clear()
        assert "ad-hoc" in office.effects.said[-1][1]


async def test_a_short_time_is_kept_to(office: Office) -> None:
    office.settle(disclosure=Disclosure(lapses_after=Seconds(5), notify_after=Seconds(1)))
    await ask(office)
    await decide(office, SECOND)
    assert "Planted" in shown(await see(office))
    office.clock.at += 1
    await Keeper(office).tick()
    assert len(await told(office, JULIET)) == 1

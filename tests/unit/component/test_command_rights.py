"""`my-data`, `correct`, `corrections`, `erase`: what persons may ask of what is kept about them."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from component.commands import my_data
from component.dialogue import Dialogue
from component.forms import Done, Form, Refused
from component.occupancy import Occupant
from component.persons.keeper import Keeper
from config.settings import Document, Identity
from policy.actions import Apply, OpenCase, Punish, Strike
from policy.documents import compile_checks
from policy.facts import SanctionKind
from storage.proposals import Draft
from tests.support.office import MODERATOR, MUC, OFFICERS, Office, command_named, open_office
from tests.unit.storage.databases import enter

JULIET, NURSE = "juliet@example", "nurse@example"
HALL, GARDEN = f"hall@{MUC}", f"garden@{MUC}"
OFFICER = OFFICERS[0]
YES = {"confirm": "1"}
WEEK = 7 * 86400.0


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path) as world:
        yield world


@pytest.fixture
async def juliet(office: Office) -> int:
    """A person with two accounts and a past."""
    number = await office.verified(JULIET, "C01", "朱丽叶 Capulet")
    await office.verified(NURSE, "C01", "朱丽叶 Capulet")
    await office.member(JULIET, HALL, creates=True)
    office.memory.occupancy.enter(HALL, Occupant(jid=f"{JULIET}/x", nick="juliet", role="none", affiliation="owner"))
    where: dict[str, Any] = {"account": JULIET, "person": number, "room": HALL, "rule": "x"}
    discipline = office.store.discipline
    await enter(office.store, Strike(**where, evidence="said \ud800\x07 spam", expires_s=1e6), at=office.now())
    await enter(office.store, OpenCase(**where, evidence="a case's evidence"), at=office.now())
    punish = Punish(**where, kind=SanctionKind.MUTE, lasts_s=None)
    await discipline.punish(punish, by=MODERATOR, reason="Shouting", at=office.now())
    await office.performer.adjust_credit(number, -7, "late", by=MODERATOR, expires_s=None)
    return number


async def export(office: Office, account: str = JULIET) -> dict[str, Any]:
    """The whole document, put together from its pieces."""
    dialogue = Dialogue(command_named("my-data"), office, account, "en")
    outcome = await dialogue.begin()
    text = ""
    for _ in range(200):
        if isinstance(outcome, Done):
            document: dict[str, Any] = json.loads(text + outcome.facts[0].values[0])
            return document
        assert isinstance(outcome, Form), outcome
        text += outcome.fields[0].value
        hidden = {asked.var: asked.value for asked in outcome.fields if asked.var in {"upto", "piece", "digest"}}
        outcome = await dialogue.answer({**hidden, "next": "1"})
    raise AssertionError("it never ends")


# my-data


@pytest.mark.parametrize("piece", [20_000, 100])
async def test_everything_is_there_in_whatever_pieces(
    office: Office, juliet: int, monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    monkeypatch.setattr(my_data, "PIECE", piece)
    document = await export(office)
    assert document["person"] == juliet
    assert document["identity"] == [{"document_type": "passport", "document_number": "C01", "name": "朱丽叶 Capulet"}]
    assert [account["account"] for account in document["accounts"]] == [JULIET, NURSE]
    assert [(at["jid"], at["is_creator"]) for at in document["memberships"]] == [(HALL, True)]
    assert [entry["delta"] for entry in document["ledger"]] == [60, -7]
    assert [strike["evidence"] for strike in document["strikes"]] == ["said \ud800\x07 spam"]
    assert [sanction["reason"] for sanction in document["sanctions"]] == ["Shouting"]
    assert [case["evidence"] for case in document["cases"]] == ["a case's evidence"]
    assert "data-exported" in [entry["deed"] for entry in document["audit"]]
    assert "stays" in document["kept_after_erasure"]


async def test_moderators_and_officers_are_not_named_nor_disclosures_before_their_time(
    office: Office, juliet: int
) -> None:
    for number, officer in enumerate(OFFICERS):
        await office.verified(officer, f"F{number}", "Officer")
    await office.run("disclose", OFFICER, {"target": JULIET, "case": "AZ 7", "reason": "x"}, YES)
    await office.run("disclosures", OFFICERS[1], {"disclosure": "1"}, {"decision": "approve", "reason": "x"})
    await office.run("disclosures", OFFICER, {"disclosure": "1"}, YES)
    text = json.dumps(await export(office))
    assert "AZ 7" not in text
    for name in (MODERATOR, *OFFICERS):
        assert name not in text
    office.clock.at += 30 * 86400
    await Keeper(office).tick()
    document = await export(office)
    assert [told["case_reference"] for told in document["disclosures"]] == ["AZ 7"]
    assert OFFICER not in json.dumps(document)
    assert document["person"] == juliet


async def ask_for(office: Office, account: str) -> None:
    """Somebody wants to be let into a room, to found a group, and to be verified (again)."""
    known = await office.memory.known(account)
    room = f"attic@{MUC}"
    draft = Draft(holder=known.holder, account=account, room=room, category="general", scale="small", purpose="dancing")
    await office.store.proposals.file(draft, office.now(), until=office.now() + WEEK, most=9)
    await office.store.verifications.begin(
        "review", account, "en", {"number": "C09", "name": "J."}, at=office.now(), lasts_s=WEEK, attempts=9, window_s=9
    )


@pytest.mark.parametrize("account", [JULIET, "stranger@example"])
@pytest.mark.usefixtures("juliet")
async def test_what_waits_for_somebody_elses_word_is_there_in_their_own_words(office: Office, account: str) -> None:
    await office.member("warden@example", GARDEN, creates=True)
    known = await office.memory.known(account)
    wish = Apply(
        account=account,
        person=None if known.person is None else known.person.number,
        room=GARDEN,
        words="Please 朱, let me in.",
        rule="join-mode",
        expires_s=WEEK,
        pause_s=WEEK,
        per_person=9,
        per_room=9,
    )
    await office.store.entrances.apply(wish, office.now())
    await ask_for(office, account)
    document = await export(office, account)
    assert [(one["room"], one["words"]) for one in document["applications"]] == [(GARDEN, "Please 朱, let me in.")]
    assert [(one["room"], one["purpose"]) for one in document["proposals"]] == [(f"attic@{MUC}", "dancing")]
    [verification] = document["verifications"]
    assert verification["submitted"] == {"number": "C09", "name": "J."}
    assert (verification["provider"], verification["status"], "ref" in verification) == ("review", "waiting", False)
    await office.store.verifications.withdraw(account, at=office.now())
    assert (await export(office, account))["verifications"][0]["submitted"] is None


@pytest.mark.usefixtures("juliet")
async def test_an_account_nobody_verified_gets_what_is_its_own_and_no_more(office: Office) -> None:
    document = await export(office, "stranger@example")
    assert (document["person"], document["memberships"], document["strikes"]) == (None, [], [])
    assert "juliet" not in json.dumps(document)
    assert office.effects.said == []


@pytest.mark.usefixtures("juliet")
async def test_the_other_accounts_hear_of_an_export(office: Office) -> None:
    await export(office, NURSE)
    told = [to for to, text, _ in office.effects.said if "shown to nurse@example" in text]
    assert told == [JULIET]


@pytest.mark.usefixtures("juliet")
async def test_a_change_between_two_pieces_begins_it_anew_and_one_may_stop(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(my_data, "PIECE", 100)
    for change, expected in ((True, "my-data-changed"), (False, "")):
        dialogue = Dialogue(command_named("my-data"), office, JULIET, "en")
        form = await dialogue.begin()
        assert isinstance(form, Form)
        hidden = {asked.var: asked.value for asked in form.fields if asked.var in {"upto", "piece", "digest"}}
        if change:
            await office.performer.adjust_credit(1, 1, "x", by=MODERATOR, expires_s=None)
        outcome = await dialogue.answer({**hidden, "next": "1" if change else "0"})
        assert isinstance(outcome, Refused if change else Done)
        assert getattr(outcome, "text", "") == expected


# correct


WANTED = {"type": "passport", "number": "C 02", "name": "Juliet Montague", "remark": "married"}


@pytest.mark.usefixtures("juliet")
async def test_a_correction_waits_for_an_officer_who_sees_what_is_wanted_and_where_it_differs(office: Office) -> None:
    assert isinstance(await office.run("correct", JULIET, WANTED), Done)
    form = await office.run("corrections", OFFICER, {"person": "1"})
    assert isinstance(form, Form)
    shown = form.fields[0].value
    for part in ("C 02", "Juliet Montague", "married", "Differs from the record in: number, name"):
        assert part in shown
    assert "朱丽叶" not in shown  # what the record says now
    done = await office.run("corrections", OFFICER, {"person": "1"}, {"decision": "accept", "reason": "seen."})
    assert isinstance(done, Done), done
    assert "has been corrected" in office.effects.said[-1][1]
    assert (await export(office))["identity"] == [
        {"document_type": "passport", "document_number": "C 02", "name": "Juliet Montague"}
    ]
    assert await office.verified("third@example", "C02", "Juliet Montague") == 1
    assert "Montague" not in str(await office.store.audit.read(100))


async def test_the_blacklist_follows_a_corrected_document(office: Office, juliet: int) -> None:
    await office.performer.blacklisting.bar_person(juliet, by=MODERATOR, reason="x")
    await office.run("correct", JULIET, WANTED)
    await office.run("corrections", OFFICER, {"person": "1"}, {"decision": "accept", "reason": "seen"})
    person = await office.store.people.by_number(juliet, office.now())
    assert person is not None
    assert person.is_blacklisted


@pytest.mark.usefixtures("juliet")
async def test_a_refusal_changes_nothing_and_is_told(office: Office) -> None:
    await office.run("correct", JULIET, WANTED)
    done = await office.run("corrections", OFFICER, {"person": "1"}, {"decision": "refuse", "reason": "no proof"})
    assert isinstance(done, Done)
    assert "no proof" in office.effects.said[-1][1]
    assert (await export(office))["identity"][0]["document_number"] == "C01"
    assert isinstance(await office.run("corrections", OFFICER), Done)


@pytest.mark.usefixtures("juliet")
async def test_a_document_that_is_somebody_elses_is_not_taken(office: Office) -> None:
    await office.verified("other@example", "C02", "Somebody Else")
    await office.run("correct", JULIET, WANTED)
    again = await office.run("corrections", OFFICER, {"person": "1"}, {"decision": "accept", "reason": "x"})
    assert isinstance(again, Form)
    assert "another person" in again.problem


@pytest.mark.usefixtures("juliet")
async def test_what_was_asked_for_anew_meanwhile_is_not_decided_unseen(office: Office) -> None:
    await office.run("correct", JULIET, WANTED)
    dialogue = Dialogue(command_named("corrections"), office, OFFICER, "en")
    await dialogue.begin()
    form = await dialogue.answer({"person": "1"})
    assert isinstance(form, Form)
    office.clock.at += 1
    await office.run("correct", JULIET, {**WANTED, "name": "Eve"})
    asked_at = next(asked.value for asked in form.fields if asked.var == "asked_at")
    outcome = await dialogue.answer({"asked_at": asked_at, "decision": "accept", "reason": "x"})
    assert outcome == Refused(text="corrections-gone")


@pytest.mark.usefixtures("juliet")
async def test_nobody_decides_on_their_own_correction(office: Office) -> None:
    await office.verified(OFFICER, "C01", "朱丽叶 Capulet")
    await office.run("correct", JULIET, WANTED)
    assert isinstance(await office.run("corrections", OFFICER), Done)


async def test_a_number_that_cannot_be_is_told_before_anybody_looks_it_up(office: Office, juliet: int) -> None:
    documents = {"passport": Document(check="mrz"), "id-card": Document(check="gb11643")}
    office.settle(identity=Identity(documents=documents))
    object.__setattr__(office.policy, "checks", compile_checks(documents))
    again = await office.run("correct", JULIET, WANTED)
    assert isinstance(again, Form)
    assert (again.mistaken, "does not fit the others" in again.problem) == ("number", True)
    for _ in range(9):  # and is no attempt
        claim = {"type": "id-card", "number": "110105194912310021", "name": "x"}
        again = await office.run("verify", "new@example", claim)
        assert isinstance(again, Form)
        assert "does not fit the others" in again.problem
    assert juliet == 1


# erase


async def test_erasure_waits_and_is_told_to_every_account(office: Office, juliet: int) -> None:
    form = await office.run("erase", JULIET)
    assert isinstance(form, Form)
    assert "In 7 days everything about you is erased" in form.fields[0].value
    assert isinstance(await office.run("erase", JULIET, {"confirm": "0"}), Form)
    assert await office.store.erasures.due_at(juliet) is None
    assert isinstance(await office.run("erase", JULIET, YES), Done)
    assert {to for to, _, _ in office.effects.said} == {JULIET, NURSE}
    office.clock.at += WEEK - 1
    await Keeper(office).tick()
    assert (await office.memory.known(JULIET)).person is not None


async def test_it_is_cancelled_by_any_account_in_time(office: Office, juliet: int) -> None:
    await office.run("erase", JULIET, YES)
    form = await office.run("erase", NURSE)
    assert isinstance(form, Form)
    assert "You are not erased on" in form.fields[0].value
    assert isinstance(await office.run("erase", NURSE, YES), Done)
    office.clock.at += 2 * WEEK
    await Keeper(office).tick()
    assert (await office.memory.known(JULIET)).person is not None
    assert juliet


async def test_when_it_is_due_they_are_out_of_vault_rooms_and_memory(office: Office, juliet: int) -> None:
    await office.run("erase", JULIET, YES)
    office.clock.at += WEEK
    await office.memory.known(NURSE)
    await Keeper(office).tick()
    for account in (JULIET, NURSE):
        assert (await office.memory.known(account)).person is None
    assert [(room, nick) for room, nick, _ in office.effects.removed] == [(HALL, "juliet")]
    assert office.effects.affiliations == {(HALL, JULIET): "none", (HALL, NURSE): "none"}
    assert "has been erased" in office.effects.said[-1][1]
    assert await office.store.erasures.due_at(juliet) is None  # scrubbed, too
    assert (await office.deeds())[-1] == "person-erased"


async def test_what_is_in_force_can_still_be_lifted_and_nobody_is_there_to_be_told(office: Office, juliet: int) -> None:
    await office.run("erase", JULIET, YES)
    office.clock.at += WEEK
    await Keeper(office).tick()
    office.effects.said.clear()
    done = await office.run("lift", MODERATOR, {"target": "#1"}, {"sanction": "1", "reason": "over"})
    assert isinstance(done, Done), done
    assert office.effects.said == []
    assert await office.store.discipline.sanctions_of(f"p:{juliet}", office.now()) == ()


async def test_moderators_see_a_case_of_somebody_erased_without_its_evidence(office: Office, juliet: int) -> None:
    await office.run("erase", JULIET, YES)
    office.clock.at += WEEK
    await Keeper(office).tick()
    office.memory.occupancy.leave(HALL, f"{JULIET}/x")
    room = await office.run("room", MODERATOR, {"room": HALL})
    assert isinstance(room, Done), room
    assert JULIET not in str(room)
    assert juliet

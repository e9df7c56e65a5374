"""Commands for moderators and auditors: person, room, sanction, lift, adjust-credit, audit."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from component.commands.adjust_credit import _delta
from component.forms import Done, Form, Refused
from component.occupancy import Occupant
from config.settings import Ladder, Ladders, Seconds, Staff, Step
from policy.actions import AdjustCredit, OpenCase, Punish, Strike
from policy.facts import SanctionKind
from storage.audit import Verified
from tests.support.office import ADMIN, AUDITOR, MODERATOR, MUC, Office, open_office
from tests.unit.storage.databases import enter

JULIET = "juliet@example"
HALL = f"hall@{MUC}"
REASON = {"reason": "adverts."}
YES = {"confirm": "1"}


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path) as world:
        yield world


@pytest.fixture
async def juliet(office: Office) -> int:
    number = await office.verified(JULIET, "U01", "Juliet Capulet")  # no room's code has a U
    await office.member(JULIET, HALL, creates=True)
    occupant = Occupant(jid=f"{JULIET}/phone", nick="jules", role="moderator", affiliation="owner")
    office.memory.occupancy.enter(HALL, occupant)
    return number


def note(outcome: object) -> str:
    assert isinstance(outcome, Done), outcome
    return outcome.note


def shown(outcome: object) -> dict[str, tuple[str, ...]]:
    assert isinstance(outcome, Done), outcome
    return {fact.var: fact.values for fact in outcome.facts}


def problem(outcome: object) -> str:
    assert isinstance(outcome, Form), outcome
    return outcome.problem


# whom and where


@pytest.mark.parametrize(
    ("target", "said"),
    [("99", "no person"), ("no one", "account"), ("@example", "account"), (HALL, "room"), ("1" * 30, "account")],
)
async def test_a_target_that_is_none_is_asked_for_again(office: Office, target: str, said: str) -> None:
    assert said in problem(await office.run("person", MODERATOR, {"target": target}))


@pytest.mark.parametrize("room", [f"attic@{MUC}", "AAAA-AAAA-A", "nowhere"])
async def test_a_room_that_is_none_is_asked_for_again(office: Office, room: str) -> None:
    assert problem(await office.run("room", MODERATOR, {"room": room}))


# person


async def test_person_shows_standing_and_history_by_account_or_number(office: Office, juliet: int) -> None:
    at = office.now()
    strike = Strike(account=JULIET, person=juliet, room=HALL, rule="adverts", evidence="buy now", expires_s=60)
    case = OpenCase(account=JULIET, person=juliet, room=HALL, rule="adverts", evidence="buy now")
    await enter(office.store, strike, case, at=at)
    by_account = await office.run("person", MODERATOR, {"target": f"xmpp:{JULIET.upper()}/x"})
    facts = shown(by_account)
    assert facts == shown(await office.run("person", MODERATOR, {"target": str(juliet)}))
    assert facts["person"] == (str(juliet),)
    assert facts["accounts"] == (JULIET,)
    assert facts["score"] == ("60 of 100",)
    assert "+60, start" in facts["ledger"][0]
    assert "adverts" in facts["strikes"][0]
    assert "No. 1: adverts" in facts["cases"][0]
    assert HALL in facts["rooms"][0]
    assert facts["now-in"] == (HALL,)
    assert facts["blacklisted"] == ("no",)


async def test_person_never_shows_an_identity_and_is_recorded(office: Office, juliet: int) -> None:
    done = await office.run("person", MODERATOR, {"target": str(juliet)})
    assert not re.search("U01|Capulet", str(done))
    (record, *_) = await office.store.audit.read(1)
    assert (record.entry.actor, record.entry.deed, record.entry.subject) == (MODERATOR, "person-viewed", f"p:{juliet}")


async def test_person_knows_accounts_nobody_verified(office: Office) -> None:
    facts = shown(await office.run("person", MODERATOR, {"target": "stranger@example"}))
    assert facts["person"] == ("not verified",)
    assert "score" not in facts


# room


@pytest.mark.usefixtures("juliet")
async def test_room_is_shown_by_address_or_code(office: Office, juliet: int) -> None:
    room = await office.memory.room(HALL)
    assert room is not None
    case = OpenCase(account=JULIET, person=juliet, room=HALL, rule="adverts", evidence="x")
    await enter(office.store, case, at=office.now())
    facts = shown(await office.run("room", MODERATOR, {"room": HALL}))
    assert facts == shown(await office.run("room", MODERATOR, {"room": room.code.lower().replace("-", " ")}))
    assert facts["code"] == (room.code,)
    assert facts["status"] == ("open",)
    assert facts["creator"] == (str(juliet),)
    assert facts["members"] == ("1",)
    assert facts["occupants"] == (f"jules · {JULIET} · moderator · owner",)
    assert "adverts" in facts["cases"][0]


@pytest.mark.usefixtures("juliet")
async def test_a_closed_room_is_still_found_by_its_code(office: Office) -> None:
    room = await office.memory.room(HALL)
    assert room is not None
    await office.store.rooms.close(HALL, office.now(), reason="r", by="x")
    office.memory.forget_room(HALL)
    assert shown(await office.run("room", MODERATOR, {"room": room.code}))["status"] == ("closed",)


async def test_room_tells_its_creator_when_they_left_and_its_own_cases_alone(office: Office, juliet: int) -> None:
    for room in (HALL, f"attic@{MUC}"):
        case = OpenCase(account=JULIET, person=juliet, room=room, rule=f"rule of {room}", evidence="x")
        await enter(office.store, case, at=office.now())
    await office.store.rooms.leave(f"p:{juliet}", HALL, office.now(), by="x")
    facts = shown(await office.run("room", MODERATOR, {"room": HALL}))
    assert facts["creator"] == (str(juliet),)
    assert facts["members"] == ("0",)
    (case_line,) = facts["cases"]
    assert f"rule of {HALL}" in case_line


# sanction


async def test_sanction_says_what_will_happen_and_waits_for_a_yes(office: Office, juliet: int) -> None:
    answers = {"target": JULIET, "kind": "ban", "room": HALL, "length": "1h30m", **REASON}
    form = await office.run("sanction", MODERATOR, answers)
    assert isinstance(form, Form)
    summary = form.fields[0].value
    for part in (f"person {juliet} ({JULIET})", HALL, "2 hours", "adverts. They"):
        assert part in summary
    assert "Nothing has been done" in problem(await office.run("sanction", MODERATOR, answers, {"confirm": "0"}))
    assert "sanctioned" not in await office.deeds()
    assert "no. 1" in note(await office.run("sanction", MODERATOR, answers, YES))
    (sanction,) = await office.store.discipline.sanctions_of(f"p:{juliet}", office.now())
    assert (sanction.room, sanction.until, sanction.reason) == (HALL, office.now() + 5400, "adverts")
    assert [(room, nick) for room, nick, _ in office.effects.removed] == [(HALL, "jules")]
    assert "“appeal”" in office.effects.said[0][1]


async def test_sanction_reaches_an_account_nobody_verified(office: Office) -> None:
    await office.run("sanction", MODERATOR, {"target": "stranger@example", "kind": "mute", **REASON}, YES)
    (sanction,) = await office.store.discipline.sanctions_of("a:stranger@example", office.now())
    assert (sanction.until, sanction.room) == (None, None)


@pytest.mark.usefixtures("juliet")
@pytest.mark.parametrize("length", ["soon", "10", "-1h", "0s", "9999999w"])
async def test_sanction_asks_again_for_a_length_that_is_none(office: Office, length: str) -> None:
    answers = {"target": JULIET, "kind": "mute", "length": length, **REASON}
    assert "such as 10m" in problem(await office.run("sanction", MODERATOR, answers))


async def test_nobody_sanctions_themselves_by_any_account(office: Office) -> None:
    number = await office.verified(MODERATOR, "M1", "M")
    await office.verified("second@example", "M1", "M")
    for target in (MODERATOR, "second@example", str(number)):
        refused = await office.run("sanction", MODERATOR, {"target": target, **REASON})
        assert refused == Refused(text="sanction-self")


async def test_only_an_admin_sanctions_staff(office: Office) -> None:
    await office.verified("private@example", "S1", "S")
    await office.verified(AUDITOR, "S1", "S")
    for target in (AUDITOR, "private@example", ADMIN):
        assert await office.run("sanction", MODERATOR, {"target": target, **REASON}) == Refused(text="sanction-staff")
    assert "Done" in note(await office.run("sanction", ADMIN, {"target": AUDITOR, **REASON}, YES))


# lift


async def sanctioned(office: Office, target: str) -> int:
    done = await office.run("sanction", MODERATOR, {"target": target, "kind": "mute", **REASON}, YES)
    return int(re.findall(r"no\. (\d+)", note(done))[0])


@pytest.mark.usefixtures("juliet")
@pytest.mark.parametrize("way", ["account", "number"])
async def test_lift_ends_a_sanction_found_by_account_or_by_its_number(office: Office, way: str) -> None:
    first, second = await sanctioned(office, JULIET), await sanctioned(office, JULIET)
    target = JULIET if way == "account" else f"#{second}"
    choice = await office.run("lift", MODERATOR, {"target": target})
    assert isinstance(choice, Form)
    assert [option.value for option in choice.fields[0].options] == [str(first), str(second)]
    assert choice.fields[0].value == str(first if way == "account" else second)
    done = await office.run("lift", MODERATOR, {"target": target}, {"sanction": str(second), "reason": "sorry"})
    assert f"no. {second}" in note(done)
    assert "has been lifted" in office.effects.said[-1][1]
    form = await office.run("lift", MODERATOR, {"target": target})
    assert isinstance(form, Form)
    assert [option.value for option in form.fields[0].options] == [str(first)]


async def test_a_sanction_that_was_wrong_is_undone_with_its_strike_and_credit(office: Office, juliet: int) -> None:
    strike = Strike(account=JULIET, person=juliet, room=HALL, rule="adverts", evidence="buy now", expires_s=6000)
    mute = Punish(kind=SanctionKind.MUTE, account=JULIET, person=juliet, room=HALL, rule="adverts", lasts_s=60)
    deduction = AdjustCredit(person=juliet, delta=-7, cause="adverts", expires_s=None)
    await enter(office.store, strike, mute, deduction, at=office.now())
    office.clock.at += 3600  # the mute is over
    answers = {"sanction": "1", "wrong": "nothing", "reason": "sorry"}
    assert "not in force any more" in problem(await office.run("lift", MODERATOR, {"target": "#1"}, answers))
    done = await office.run("lift", MODERATOR, {"target": "#1"}, {**answers, "wrong": "last"})
    assert "no longer count: 1. Credit given back: 7." in note(done)
    assert "was wrong and has been taken back. One strike no longer counts. 7 points" in office.effects.said[-1][1]
    assert "overruled" in shown(await office.run("person", MODERATOR, {"target": JULIET}))["strikes"][0]
    assert "Nothing holds" in problem(await office.run("lift", MODERATOR, {"target": JULIET}))


async def test_lift_shows_what_else_rests_on_a_strike_that_was_wrong(office: Office, juliet: int) -> None:
    ladder = Ladder(
        steps=(
            Step(strikes=1, window=Seconds(600), sanction="mute"),
            Step(strikes=2, window=Seconds(600), sanction="suspend"),
        )
    )
    office.settle(ladders=Ladders(member=ladder))
    terms = office.performer.sanctions.terms()
    for _ in range(2):
        strike = Strike(account=JULIET, person=juliet, room=HALL, rule="adverts", evidence="buy", expires_s=6000)
        await enter(office.store, strike, at=office.now(), terms=terms)
    done = await office.run("lift", MODERATOR, {"target": "#1"}, {"sanction": "1", "wrong": "all", "reason": "a joke"})
    assert "suspension of posting in all rooms" in shown(done)["resting"][0]


@pytest.mark.usefixtures("juliet")
async def test_lift_says_when_there_is_nothing_to_lift(office: Office) -> None:
    assert "Nothing holds" in problem(await office.run("lift", MODERATOR, {"target": JULIET}))
    assert "no sanction number 77" in problem(await office.run("lift", MODERATOR, {"target": "#77"}))
    assert "no sanction number" in problem(await office.run("lift", MODERATOR, {"target": "#x"}))


async def test_nobody_lifts_their_own(office: Office) -> None:
    await office.run("sanction", ADMIN, {"target": MODERATOR, "kind": "mute", **REASON}, YES)
    assert await office.run("lift", MODERATOR, {"target": MODERATOR}) == Refused(text="lift-self")
    assert await office.run("lift", MODERATOR, {"target": "#1"}) == Refused(text="lift-self")


# adjust-credit


async def test_adjust_credit_shows_before_and_after(office: Office, juliet: int) -> None:
    answers = {"target": str(juliet), "delta": "-25", **REASON}
    form = await office.run("adjust-credit", MODERATOR, answers)
    assert isinstance(form, Form)
    assert "from 60 to 35, for 90 days" in form.fields[0].value
    assert "now 35" in note(await office.run("adjust-credit", MODERATOR, answers, YES))
    person = (await office.memory.known(JULIET)).person
    assert person is not None
    assert person.score == 35
    office.clock.at += 91 * 86400
    assert (await office.memory.known(JULIET)).person.score == 60  # type: ignore[union-attr]


async def test_adjust_credit_for_good(office: Office, juliet: int) -> None:
    await office.run("adjust-credit", MODERATOR, {"target": str(juliet), "delta": "+5", "expiry": "", **REASON}, YES)
    assert (await office.store.people.ledger(juliet))[-1].expires_at is None


@pytest.mark.parametrize(
    ("text", "delta"),
    [("5", 5), ("+5", 5), ("-5", -5), ("−100", -100), ("100", 100), ("101", None), ("0", None), ("-0", None)]
    + [(text, None) for text in ("", "+", "5.5", "five", "--5", "٣", "1e2", "5 5")],
)
def test_a_change_of_credit_is_a_small_whole_number(text: str, delta: int | None) -> None:
    assert _delta(text) == delta


async def test_adjust_credit_refuses_oneself_and_the_unverified(office: Office, juliet: int) -> None:
    await office.verified(MODERATOR, "M1", "M")
    answers = {"delta": "5", **REASON}
    assert await office.run("adjust-credit", MODERATOR, {"target": MODERATOR, **answers}) == Refused(text="credit-self")
    assert "no credit" in problem(await office.run("adjust-credit", MODERATOR, {"target": "x@example", **answers}))
    wrong = {"target": str(juliet), **answers}
    assert "whole number" in problem(await office.run("adjust-credit", MODERATOR, {**wrong, "delta": "1000"}))
    assert "such as" in problem(await office.run("adjust-credit", MODERATOR, {**wrong, "expiry": "soon"}))


# audit


async def test_audit_is_read_page_by_page(office: Office, juliet: int) -> None:
    for _ in range(20):
        await office.run("person", MODERATOR, {"target": str(juliet)})
    first = await office.run("audit", AUDITOR, {"subject": JULIET})
    assert isinstance(first, Form)
    assert first.fields[0].value.count("person-viewed") == 15
    page = first.fields[1]
    assert [option.label for option in page.options] == ["older", "that is enough"]
    second = await office.run("audit", AUDITOR, {"subject": JULIET}, {"page": page.value})
    assert sum("person-viewed" in line for line in shown(second)["entries"]) == 5
    assert "seen" not in note(await office.run("audit", AUDITOR, {"subject": JULIET}, {"page": "end"}))


@pytest.mark.usefixtures("juliet")
async def test_audit_can_be_about_a_room_or_everything(office: Office) -> None:
    await office.store.rooms.close(HALL, office.now(), reason="r", by="x")
    about_room = shown(await office.run("audit", AUDITOR, {"subject": HALL}))["entries"]
    assert about_room
    assert all(HALL in line for line in about_room)
    assert "There are no entries" in note(await office.run("audit", AUDITOR, {"subject": f"attic@{MUC}"}))
    assert problem(await office.run("audit", AUDITOR, {"subject": "no one"}))
    everything = shown(await office.run("audit", ADMIN, {}))["entries"]
    assert any("person-verified" in line for line in everything)


@pytest.mark.usefixtures("juliet")
async def test_audit_says_whether_its_chain_is_whole(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    await office.store.audit.sign(office.now())
    assert "The audit is whole" in note(await office.run("audit", AUDITOR, {"verify": "1"}))
    whole = await office.store.audit.verify()
    wrong = replace(whole, count=2, broken_at=3), replace(whole, signed=replace(whole.signed, wrong_at=3))

    for found, words in zip(wrong, ("is not what was written", "no signature that is right"), strict=True):

        async def verify(found: Verified = found) -> Verified:
            return found

        monkeypatch.setattr(office.store.audit, "verify", verify)
        said = note(await office.run("audit", AUDITOR, {"verify": "1"}))
        assert "entry 3" in said
        assert words in said


async def test_admins_may_do_all_of_it(office: Office) -> None:
    office.settle(staff=Staff(admins=(ADMIN,)))
    for name in ("person", "room", "sanction", "lift", "blacklist", "adjust-credit", "audit"):
        assert isinstance(await office.run(name, ADMIN), Form)

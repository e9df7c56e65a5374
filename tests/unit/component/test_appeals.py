"""Appeals: against one's own sanctions and against measures, one each, decided by somebody else, done once."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from component.dialogue import Dialogue
from component.forms import Done, Form, Refused
from component.group_ladder import BY_DEADLINE, BY_MODERATOR
from config.settings import Ladders, ManagerLadder, ManagerStep, Seconds, Staff
from policy.actions import AdjustCredit, Punish, Strike
from policy.facts import SanctionKind
from policy.group_ladder import MeasureKind
from storage.appeals import Ruling, State
from storage.database import MACHINE
from storage.discipline import Wrong
from storage.incidents import Incident
from storage.measures import End, Measure, Order
from tests.support.office import ADMIN, MODERATOR, MUC, Office, command_named, open_office

HALL = f"hall@{MUC}"
OWNER, ROMEO, OTHER = "owner@example", "romeo@example", "other@example"
DAY = 86400.0
LADDER = ManagerLadder(
    steps=(ManagerStep(strikes=1, window=Seconds(90 * DAY), sanction="manage", lasts=Seconds(DAY), deduct=5),)
)


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    staff = Staff(moderators=(MODERATOR, OTHER), admins=(ADMIN,))
    async with open_office(tmp_path, ladders=Ladders(manager=LADDER), staff=staff) as world:
        world.meter.is_in_step = True
        for number, account in enumerate((OWNER, ROMEO)):
            await world.verified(account, f"P{number}")
            await world.member(account, HALL, creates=account == OWNER)
        world.memory.affiliations.note(HALL, OWNER, "owner")
        yield world


def told(office: Office, whom: str) -> str:
    return "\n".join(text for to, text, _ in office.effects.said if to == whom)


async def person(office: Office, account: str) -> int:
    known = await office.memory.known(account)
    assert known.person is not None
    return known.person.number


async def held(office: Office, account: str) -> list[SanctionKind]:
    known = await office.memory.known(account)
    assert known.person is not None
    return [each.kind for each in known.person.sanctions if each.until is None or each.until > office.now()]


async def score(office: Office, account: str) -> int:
    known = await office.memory.known(account)
    assert known.person is not None
    return known.person.score


async def mute(office: Office, by: str = MODERATOR, length: str = "1d") -> None:
    order = {"target": ROMEO, "kind": "mute", "room": HALL, "length": length, "reason": "Shouting"}
    assert isinstance(await office.run("sanction", by, order, {"confirm": "1"}), Done)


async def appeal(office: Office, account: str = ROMEO) -> Done | Form | Refused:
    return await office.run("appeal", account, {}, {"words": "It was not me"})


async def decide(office: Office, ruling: str, by: str = OTHER) -> Done | Form | Refused:
    return await office.run("appeals", by, {}, {"ruling": ruling, "reason": "Looked at it"})


async def keep(office: Office) -> float | None:
    return await office.performer.appeals.keep()


async def measure(office: Office, kind: MeasureKind, rule: str = BY_MODERATOR, ends: End = End.REPLACED) -> Measure:
    found = await office.store.rooms.find(HALL)
    assert found is not None
    standing = await office.store.measures.standing(found.code)
    after = None if standing is None else standing.number
    order = Order(code=found.code, kind=kind, rule=rule, reason="scams", by=MODERATOR, after=after, ends=ends)
    imposed = await office.performer.group_ladder.impose(order)
    assert imposed is not None
    return imposed


async def test_whoever_was_sanctioned_is_told_how_to_appeal_and_what_follows(office: Office) -> None:
    await mute(office)
    assert "write “appeal” to" in told(office, ROMEO)
    done = await appeal(office)
    assert isinstance(done, Done)
    assert "number 1" in done.note
    assert "until then it holds" in done.note
    assert await held(office, ROMEO) == [SanctionKind.MUTE]
    await keep(office)
    for account in (MODERATOR, OTHER, ADMIN):
        assert "An appeal waits" in told(office, account)
    await keep(office)
    assert told(office, OTHER).count("An appeal waits") == 1


async def test_one_that_is_upheld_undoes_all_that_the_sanction_did(office: Office) -> None:
    number = await person(office, ROMEO)
    at = office.now()
    actions = (
        Strike(account=ROMEO, person=number, room=HALL, rule="x", evidence="⟦ink⟧", expires_s=DAY),
        AdjustCredit(person=number, delta=-7, cause="x", expires_s=None),
        Punish(kind=SanctionKind.MUTE, account=ROMEO, person=number, room=HALL, rule="x", lasts_s=None),
    )
    await office.store.discipline.record(Incident(actions=actions, at=at), office.performer.sanctions.terms())
    office.memory.forget(ROMEO)
    assert await score(office, ROMEO) == 53
    await appeal(office)
    form = await office.run("appeals", OTHER, {})
    assert isinstance(form, Form)
    assert "⟦ink⟧" in form.fields[0].value
    assert "It was not me" in form.fields[0].value
    assert isinstance(await decide(office, "last"), Done)
    await keep(office)
    assert await held(office, ROMEO) == []
    assert await score(office, ROMEO) == 60
    (strike,) = await office.store.discipline.strikes_of(f"p:{number}")
    assert strike.overruled_at is not None
    assert "has been upheld" in told(office, ROMEO)
    assert told(office, ROMEO).count("wrong, and what it did") == 1
    assert "appeal-decided" in await office.deeds()


async def test_one_that_is_rejected_leaves_it_and_says_why(office: Office) -> None:
    await mute(office)
    await appeal(office)
    await decide(office, "rejected")
    await keep(office)
    assert await held(office, ROMEO) == [SanctionKind.MUTE]
    assert "has been rejected: it stands. Reason: Looked at it." in told(office, ROMEO)
    none = await office.run("appeal", ROMEO)
    assert isinstance(none, Done)
    assert "nothing you could appeal" in none.note


async def test_there_is_one_for_each_sanction_and_within_its_time(office: Office) -> None:
    await mute(office, length="90d")
    await appeal(office)
    waiting = await office.run("appeal", ROMEO)
    assert isinstance(waiting, Done)
    assert "Appeal no. 1" in waiting.note
    await mute(office, length="90d")
    form = await office.run("appeal", ROMEO)
    assert isinstance(form, Form)
    office.clock.at += 31 * DAY
    assert isinstance(await office.run("appeal", ROMEO), Done)


async def test_who_imposed_it_does_not_decide_nor_does_whoever_appeals(office: Office) -> None:
    await mute(office)
    await appeal(office)
    assert await office.run("appeals", MODERATOR, {}) == Refused(text="appeals-own")
    order = {"target": OTHER, "kind": "mute", "room": HALL, "length": "1d", "reason": "x"}
    await office.run("sanction", ADMIN, order, {"confirm": "1"})
    await appeal(office, OTHER)
    assert await office.run("appeals", OTHER, {"appeal": "2"}) == Refused(text="appeals-own")
    assert await office.run("appeals", ADMIN, {"appeal": "2"}) == Refused(text="appeals-own")
    assert isinstance(await office.run("appeals", MODERATOR, {"appeal": "2"}), Form)


async def test_of_two_moderators_at_once_one_decides(office: Office) -> None:
    await mute(office)
    await appeal(office)
    rulings = [Ruling(state=state, wrong=Wrong.LAST, by=OTHER, reason="x") for state in (State.UPHELD, State.REJECTED)]
    done = await asyncio.gather(*(office.performer.appeals.decide(1, ruling) for ruling in rulings))
    assert sorted(done) == [False, True]
    assert isinstance(await office.run("appeals", OTHER), Done)  # none waits


async def test_a_sanction_that_is_over_can_still_be_undone(office: Office) -> None:
    await mute(office, length="1h")
    office.clock.at += 2 * 3600
    assert isinstance(await appeal(office), Done)
    await decide(office, "last")
    await keep(office)
    record = await office.store.discipline.sanction(1)
    assert record is not None
    assert record.lifted_by == OTHER


async def test_what_was_decided_is_carried_out_after_a_kill_and_nothing_twice(office: Office) -> None:
    await mute(office)
    await appeal(office)
    await decide(office, "last")
    await office.performer.sanctions.lift(1, by=OTHER, reason="x", wrong=Wrong.LAST, is_quiet=True)  # and killed here
    await keep(office)
    await keep(office)
    assert told(office, ROMEO).count("has been upheld") == 1
    assert (await office.deeds()).count("sanction-lifted") == 1


async def test_a_lost_right_to_manage_is_given_back_with_the_strike_it_rests_on(office: Office) -> None:
    suspended = await measure(office, MeasureKind.SUSPEND)
    assert await held(office, OWNER) == [SanctionKind.MANAGE]
    form = await office.run("appeal", OWNER)
    assert isinstance(form, Form)
    assert [each.value for each in form.fields[-1].options] == ["sanction 1", f"measure {suspended.number}"]
    await office.run("appeal", OWNER, {"against": "sanction 1"}, {"words": "I was away"})
    await decide(office, "last")
    await keep(office)
    assert await held(office, OWNER) == []
    assert await score(office, OWNER) == 60
    holder = (await office.memory.known(OWNER)).holder
    (strike,) = await office.store.manager_strikes.of(holder)
    assert strike.is_overruled
    assert await office.store.measures.standing(suspended.code) is not None


async def test_a_measure_is_undone_with_the_graver_ones_that_a_deadline_made_of_it(office: Office) -> None:
    warned = await measure(office, MeasureKind.WARN, "strikes")
    await office.run("appeal", OWNER, {}, {"words": "Nothing happened"})
    await measure(office, MeasureKind.SUSPEND, BY_DEADLINE, End.MISSED)
    await decide(office, "last")
    await keep(office)
    assert await office.store.measures.standing(warned.code) is None
    assert await held(office, OWNER) == []
    assert "has been upheld" in told(office, OWNER)


async def test_a_graver_measure_by_a_moderator_has_to_go_first(office: Office) -> None:
    warned = await measure(office, MeasureKind.WARN, "strikes")
    await office.run("appeal", OWNER, {}, {"words": "Nothing happened"})
    graver = await measure(office, MeasureKind.SUSPEND)
    form = await decide(office, "last")
    assert isinstance(form, Form)
    assert "take that back first" in form.problem
    await office.performer.group_ladder.undo(graver.number, by=OTHER, reason="x")
    assert isinstance(await decide(office, "last"), Done)
    await keep(office)
    assert await office.store.measures.standing(warned.code) is None


async def test_whoever_made_a_room_that_is_closed_appeals_though_nobody_manages_it_any_more(office: Office) -> None:
    closed = await measure(office, MeasureKind.CLOSE)
    office.memory.affiliations.forget(HALL)
    options = await office.run("appeal", OWNER)
    assert isinstance(options, Form)
    chosen = {"against": f"measure {closed.number}"}
    assert isinstance(await office.run("appeal", OWNER, chosen, {"words": "Please"}), Done)
    assert await office.run("appeals", MODERATOR, {}) == Refused(text="appeals-own")
    await decide(office, "last")
    await keep(office)
    again = await office.store.rooms.find(HALL)
    assert again is not None
    assert again.reserved_for == ("", await person(office, OWNER))
    assert await office.run("appeal", ROMEO) == Done(
        note=office.texts.get("en", "appeal-none", window=office.texts.duration("en", 30 * DAY))
    )


async def test_a_measure_that_was_set_right_is_appealed_against_for_its_strikes(office: Office) -> None:
    suspended = await measure(office, MeasureKind.SUSPEND)
    await office.performer.group_ladder.release(suspended.number, by=MODERATOR, reason="fine")
    chosen = {"against": f"measure {suspended.number}"}
    await office.run("appeal", OWNER, chosen, {"words": "It was never wrong"})
    await decide(office, "last")
    await keep(office)
    assert await held(office, OWNER) == []
    assert await score(office, OWNER) == 60


async def test_an_appeal_of_somebody_erased_waits_for_nobody(office: Office) -> None:
    await mute(office)
    await appeal(office)
    number = await person(office, ROMEO)
    await office.store.erasures.ask(number, office.now(), office.now(), by=ROMEO)
    assert await office.store.erasures.erase(number, office.now()) is not None
    none = await office.run("appeals", OTHER)
    assert isinstance(none, Done)
    assert await keep(office) is None
    assert MACHINE not in {to for to, _, _ in office.effects.said}


async def test_moderators_hear_of_appeals_in_batches(office: Office) -> None:
    await mute(office)
    await appeal(office)
    await keep(office)
    await mute(office)
    await appeal(office)
    assert await keep(office) == office.clock.at + 600
    office.clock.at += 600
    assert await keep(office) is None
    assert told(office, OTHER).count("An appeal waits") == 2


# the blacklist


async def bar(office: Office, subject: str, deed: str, by: str = MODERATOR) -> None:
    done = await office.run("blacklist", by, {"subject": subject}, {"deed": deed, "reason": "Fraud"}, {"confirm": "1"})
    assert isinstance(done, Done), done


async def test_a_person_on_the_blacklist_appeals_and_gets_back_what_they_lost(office: Office) -> None:
    number = await person(office, ROMEO)
    await office.store.attendance.list(HALL, ROMEO, "admin")
    await bar(office, ROMEO, f"bar-person:{number}")
    assert "write “appeal” to" in told(office, ROMEO)
    assert office.effects.affiliations.pop((HALL, ROMEO)) == "none"
    await office.store.attendance.list(HALL, ROMEO, "none")
    assert not await office.memory.holds_place(f"p:{number}", HALL)
    assert isinstance(await appeal(office), Done)
    await keep(office)
    assert await office.run("appeals", MODERATOR, {}) == Refused(text="appeals-own")
    form = await office.run("appeals", OTHER, {})
    assert isinstance(form, Form)
    assert f"the person {number} on the blacklist" in form.fields[0].value
    assert "Imposed by mod@example" in form.fields[0].value
    await decide(office, "last")
    await keep(office)
    known = await office.memory.known(ROMEO)
    assert not known.is_blacklisted
    assert await office.memory.holds_place(f"p:{number}", HALL)
    assert office.effects.affiliations[HALL, ROMEO] == "admin"
    assert told(office, ROMEO).count("has been upheld") == 1
    assert told(office, ROMEO).count("You are a member again") == 1
    deeds = await office.deeds()
    assert [deeds.count(deed) for deed in ("blacklisted", "appealed", "appeal-decided", "blacklisting-overruled")] == [
        1
    ] * 4


async def test_what_was_given_otherwise_meanwhile_stays_and_closed_rooms_are_not_given_back(office: Office) -> None:
    attic = f"attic@{MUC}"
    await office.member(ROMEO, attic, creates=True)
    await office.store.attendance.list(HALL, ROMEO, "admin")
    number = await person(office, ROMEO)
    await bar(office, ROMEO, f"bar-person:{number}")
    await office.store.rooms.close(attic, office.now(), reason="x", by="x")
    await office.store.attendance.list(HALL, ROMEO, "none")
    office.memory.affiliations.note(HALL, ROMEO, "outcast")
    office.effects.affiliations.clear()
    await appeal(office)
    await decide(office, "last")
    await keep(office)
    assert office.effects.affiliations == {}
    assert await office.memory.holds_place(f"p:{number}", HALL)
    assert not await office.memory.holds_place(f"p:{number}", attic)


async def test_one_appeal_holds_for_one_blacklisting_whatever_reason_it_has_now(office: Office) -> None:
    await bar(office, ROMEO, f"bar-account:{ROMEO}")
    assert isinstance(await appeal(office), Done)
    await decide(office, "rejected")
    await keep(office)
    await office.performer.blacklisting.bar_account(ROMEO, by=MODERATOR, reason="again")
    none = await office.run("appeal", ROMEO)
    assert isinstance(none, Done)
    assert "nothing you could appeal" in none.note
    await office.performer.blacklisting.lift_account(ROMEO, by=MODERATOR, reason="x")
    await bar(office, ROMEO, f"bar-account:{ROMEO}")
    assert isinstance(await office.run("appeal", ROMEO), Form)


async def test_one_that_is_lifted_meanwhile_is_still_put_right(office: Office) -> None:
    number = await person(office, ROMEO)
    await bar(office, ROMEO, f"bar-person:{number}")
    await appeal(office)
    await office.performer.blacklisting.lift_person(number, by=MODERATOR, reason="x")
    assert not await office.memory.holds_place(f"p:{number}", HALL)
    await decide(office, "last")
    await keep(office)
    assert await office.memory.holds_place(f"p:{number}", HALL)


async def test_whoever_is_on_the_blacklist_may_run_what_concerns_themselves_and_nothing_else(office: Office) -> None:
    await bar(office, ROMEO, f"bar-account:{ROMEO}")
    for name in ("status", "rules", "my-data", "erase", "appeal"):
        assert await office.run(name, ROMEO) != Refused(text="deny-blacklisted"), name
    for name in ("join", "find", "verify", "apply", "report", "my-rooms", "take-over", "unbind", "move-account"):
        assert await office.run(name, ROMEO) == Refused(text="deny-blacklisted"), name


async def test_whoever_is_barred_in_the_middle_of_a_command_gets_no_further(office: Office) -> None:
    dialogue = Dialogue(command_named("find"), office, ROMEO, "en")
    assert isinstance(await dialogue.begin(), Form)
    await office.performer.blacklisting.bar_account(ROMEO, by=MODERATOR, reason="Fraud")
    assert await dialogue.answer({"what": "hall", "category": ""}) == Refused(text="deny-blacklisted")


@pytest.mark.parametrize("is_closed", [False, True])
async def test_those_who_manage_a_barred_room_or_did_appeal_for_it(office: Office, *, is_closed: bool) -> None:
    await office.store.attendance.list(HALL, ROMEO, "admin")
    await bar(office, HALL, f"bar-room:{HALL}")
    for account in (OWNER, ROMEO):
        assert "owners and admins" in told(office, account)
    if is_closed:
        await office.store.rooms.close(HALL, office.now(), reason="destroyed", by=MACHINE)
    else:
        office.memory.affiliations.note(HALL, ROMEO, "admin")
    assert isinstance(await appeal(office), Done)
    assert isinstance(await office.run("appeal", OWNER), Done)  # there is one for it already
    await decide(office, "last")
    await keep(office)
    found = await office.store.rooms.find(HALL)
    assert is_closed == (found is None)
    assert found is None or not found.is_blacklisted
    assert "no longer on the blacklist" in told(office, OWNER)


async def test_an_address_that_a_measure_put_on_the_list_goes_with_the_measure(office: Office) -> None:
    closed = await measure(office, MeasureKind.BLACKLIST)
    await office.store.attendance.list(HALL, ROMEO, "admin")
    office.memory.affiliations.forget(HALL)
    form = await office.run("appeal", OWNER)
    assert isinstance(form, Form)
    values = [option.value for option in form.fields[-1].options]
    assert f"measure {closed.number}" in values
    assert not [value for value in values if value.startswith("blacklisting")]
    await office.run("appeal", OWNER, {"against": f"measure {closed.number}"}, {"words": "Please"})
    await decide(office, "last")
    await keep(office)
    found = await office.store.rooms.find(HALL)
    assert found is not None
    assert not found.is_blacklisted


async def test_an_admin_of_a_closed_room_appeals_for_it_though_others_made_it(office: Office) -> None:
    await office.store.attendance.list(HALL, ROMEO, "admin")
    closed = await measure(office, MeasureKind.CLOSE)
    office.memory.affiliations.forget(HALL)
    form = await office.run("appeal", ROMEO)
    assert isinstance(form, Form)
    assert f"measure {closed.number}" in [option.value for option in form.fields[-1].options]


async def test_whoever_changed_accounts_answers_for_what_they_managed_by_the_old_one(office: Office) -> None:
    number = await person(office, ROMEO)
    await office.store.attendance.list(HALL, ROMEO, "admin")
    closed = await measure(office, MeasureKind.CLOSE)
    office.memory.affiliations.forget(HALL)
    code = await office.registrar.begin_move(ROMEO, "new@example", number)
    await office.registrar.confirm_move("new@example", code)
    form = await office.run("appeal", "new@example")
    assert isinstance(form, Form)
    assert f"measure {closed.number}" in [option.value for option in form.fields[-1].options]


async def test_a_blacklisting_is_taken_back_once_over_kills(office: Office) -> None:
    number = await person(office, ROMEO)
    await bar(office, ROMEO, f"bar-person:{number}")
    await appeal(office)
    await decide(office, "last")
    await office.store.blacklistings.overrule(1, office.now(), by=OTHER, reason="x")  # and killed here
    office.memory.forget(ROMEO)
    await keep(office)
    await keep(office)
    assert told(office, ROMEO).count("You are a member again") == 1
    assert (await office.deeds()).count("blacklisting-overruled") == 1


async def test_whoever_was_erased_gets_nothing_back(office: Office) -> None:
    number = await person(office, ROMEO)
    await bar(office, ROMEO, f"bar-person:{number}")
    await office.store.erasures.ask(number, office.now(), office.now(), by=ROMEO)
    await office.store.erasures.erase(number, office.now())
    done = await office.store.blacklistings.overrule(1, office.now(), by=OTHER, reason="x")
    assert done is not None
    assert (done.holder, done.rooms) == (None, ())


# nobody else


@pytest.fixture
async def lone(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path, staff=Staff(moderators=(MODERATOR,))) as world:
        world.meter.is_in_step = True
        await world.verified(ROMEO, "P1")
        await world.member(ROMEO, HALL, creates=True)
        yield world


async def test_the_only_decider_decides_on_their_own_and_says_so(lone: Office) -> None:
    await mute(lone)
    await appeal(lone)
    form = await lone.run("appeals", MODERATOR, {})
    assert isinstance(form, Form)
    assert "nobody else here could decide" in form.instructions
    assert [field.is_required for field in form.fields if field.var == "reason"] == [True]
    assert isinstance(await decide(lone, "rejected", by=MODERATOR), Done)
    await keep(lone)
    assert "was decided by whoever imposed" in told(lone, ROMEO)
    (entry,) = [each.entry for each in await lone.store.audit.read(100) if each.entry.deed == "appeal-decided"]
    assert entry.detail["is_by_imposer"] is True


async def test_an_admin_counts_as_somebody_else(lone: Office) -> None:
    await mute(lone)
    await appeal(lone)
    lone.settle(staff=Staff(moderators=(MODERATOR,), admins=(ADMIN,)))
    assert await lone.run("appeals", MODERATOR, {}) == Refused(text="appeals-own")
    assert isinstance(await decide(lone, "rejected", by=ADMIN), Done)
    await keep(lone)
    assert "was decided by whoever" not in told(lone, ROMEO)


async def test_two_accounts_of_one_person_are_one_decider(lone: Office) -> None:
    lone.settle(staff=Staff(moderators=(MODERATOR, OTHER)))
    for account in (MODERATOR, OTHER):
        await lone.verified(account, "P7")
    await mute(lone)
    await appeal(lone)
    assert isinstance(await decide(lone, "rejected", by=OTHER), Done)
    await keep(lone)
    assert "was decided by whoever" in told(lone, ROMEO)


async def test_nobody_decides_on_an_appeal_of_their_own_even_if_nobody_else_is_there(lone: Office) -> None:
    lone.memory.affiliations.note(HALL, MODERATOR, "admin")
    await measure(lone, MeasureKind.WARN, "strikes")
    assert isinstance(await appeal(lone, MODERATOR), Done)
    assert await lone.run("appeals", MODERATOR, {}) == Refused(text="appeals-own")

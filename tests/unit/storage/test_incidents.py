"""Incidents: written as one, not twice for one check, and undone as one."""

from dataclasses import replace

import pytest

from config.settings import Ladder, Seconds, Step
from policy.actions import AdjustCredit, OpenCase, Punish, Strike
from policy.facts import SanctionKind
from storage.discipline import CaseOutcome, Wrong
from storage.errors import StorageError
from storage.store import Store
from tests.unit.storage.databases import T0, TERMS, enter, place, verified

JULIET, ROOM, OTHER = "juliet@example.org", "tomb@muc.example.org", "hall@muc.example.org"
MUTE_AT_TWO = Step(strikes=2, window=Seconds(1000), sanction="mute", lasts=Seconds(500), deduct=10)
BAN_AT_THREE = Step(strikes=3, window=Seconds(1000), sanction="ban", everywhere=True)
CLIMBING = replace(TERMS, ladder=Ladder(steps=(MUTE_AT_TWO, BAN_AT_THREE)), recovery_s=5000.0)


def strike(person: int | None = None, rule: str = "no-spam") -> Strike:
    return Strike(account=JULIET, person=person, room=ROOM, rule=rule, evidence="spam", expires_s=5000.0)


def punish(
    kind: SanctionKind, person: int | None = None, room: str | None = ROOM, lasts_s: float | None = None
) -> Punish:
    return Punish(kind=kind, account=JULIET, person=person, room=room, rule="no-spam", lasts_s=lasts_s)


async def score(store: Store, number: int, at: float = T0) -> int:
    person = await store.people.by_number(number, at)
    assert person is not None
    return person.score


async def test_a_check_asked_twice_is_one_deed_and_tells_its_sanctions_again(store: Store) -> None:
    number = await verified(store, JULIET)
    actions = (
        strike(number),
        punish(SanctionKind.KICK, number),
        AdjustCredit(person=number, delta=-7, cause="no-spam", expires_s=None),
        OpenCase(account=JULIET, person=number, room=ROOM, rule="no-spam", evidence="spam"),
    )
    first = await enter(store, *actions, check="q1")
    again = await enter(store, *actions, check="q1", at=T0 + 5)
    assert [each.sanction for each in again.imposed] == [each.sanction for each in first.imposed]
    assert (again.imposed[0].account, again.imposed[0].person) == (JULIET, number)
    assert len(await store.discipline.strikes_of(f"p:{number}")) == 1
    assert len(await store.discipline.cases()) == 1
    assert await score(store, number) == 53
    await enter(store, *actions, check="q2")
    assert len(await store.discipline.strikes_of(f"p:{number}")) == 2


async def test_a_deed_is_written_whole_or_not_at_all(store: Store) -> None:
    nobody = AdjustCredit(person=99, delta=-7, cause="no-spam", expires_s=None)
    with pytest.raises(StorageError):
        await enter(store, strike(), punish(SanctionKind.MUTE), nobody, check="q1")
    assert await store.discipline.strikes_of(f"a:{JULIET}") == ()
    assert await store.discipline.sanctions_of(f"a:{JULIET}", T0) == ()
    await enter(store, strike(), check="q1")
    assert len(await store.discipline.strikes_of(f"a:{JULIET}")) == 1


async def test_checks_are_forgotten_after_a_while(store: Store) -> None:
    await enter(store, strike(), check="old", at=T0)
    await enter(store, strike(), check="new", at=T0 + 100)
    await store.discipline.forget_checks(T0 + 50)
    for check in ("old", "new"):
        await enter(store, strike(), check=check, at=T0 + 200)
    assert len(await store.discipline.strikes_of(f"a:{JULIET}")) == 3


async def test_strikes_lead_up_the_ladder_and_cost_credit(store: Store) -> None:
    number = await verified(store, JULIET)
    outcomes = [await enter(store, strike(number), at=T0 + each, terms=CLIMBING) for each in range(3)]
    assert [[each.sanction.kind.value for each in outcome.imposed] for outcome in outcomes] == [[], ["mute"], ["ban"]]
    assert outcomes[1].imposed[0].sanction.until == T0 + 501
    assert outcomes[1].imposed[0].sanction.reason == "breaks no-spam"
    assert await score(store, number, T0 + 3) == 50
    assert await score(store, number, T0 + 5001) == 60


async def test_an_account_has_no_credit_to_lose(store: Store) -> None:
    await enter(store, strike(), terms=CLIMBING)
    assert (await enter(store, strike(), terms=CLIMBING)).imposed


# memberships


@pytest.mark.parametrize(
    ("order", "left"),
    [
        (punish(SanctionKind.REMOVE), (ROOM,)),
        (punish(SanctionKind.REMOVE, room=None), (OTHER, ROOM)),
        (punish(SanctionKind.BAN), (ROOM,)),
        (punish(SanctionKind.BAN, room=None), (OTHER, ROOM)),
        (punish(SanctionKind.BAN, room=None, lasts_s=60), ()),
        (punish(SanctionKind.KICK), ()),
        (punish(SanctionKind.MUTE, room=None), ()),
    ],
)
async def test_a_removal_and_a_ban_without_end_free_the_places(
    store: Store, order: Punish, left: tuple[str, ...]
) -> None:
    for room in (ROOM, OTHER):
        await store.rooms.take(place(JULIET, room, creates=True), T0)
        await store.rooms.confirm(f"a:{JULIET}", room, T0)
        await store.rooms.adopt(room, T0, ["a:nurse@example.org"])
    (imposed,) = (await enter(store, order)).imposed
    assert imposed.left == left
    assert (await store.rooms.counts(f"a:{JULIET}", None)).joined == 2 - len(left)
    assert (await store.rooms.counts("a:nurse@example.org", None)).joined == 2


# overruling


async def test_a_sanction_that_was_wrong_takes_its_last_strike_and_its_deduction_with_it(store: Store) -> None:
    number = await verified(store, JULIET)
    await enter(store, strike(number), at=T0, terms=CLIMBING)
    (mute,) = (await enter(store, strike(number), at=T0 + 1, terms=CLIMBING)).imposed
    lifted = await store.discipline.lift(mute.sanction.number, by="mod", reason="sorry", at=T0 + 2, wrong=Wrong.LAST)
    assert lifted is not None
    assert (lifted.undone.strikes, lifted.undone.credit, lifted.undone.resting) == (1, 10, ())
    assert await score(store, number, T0 + 2) == 60
    assert await score(store, number, T0 + 6000) == 60, "what is given back ends with what was deducted"
    first, second = await store.discipline.strikes_of(f"p:{number}")
    assert (first.overruled_at, second.overruled_at) == (None, T0 + 2)
    assert await store.discipline.sanctions_of(f"p:{number}", T0 + 3) == ()
    (again,) = (await enter(store, strike(number), at=T0 + 3, terms=CLIMBING)).imposed
    assert again.sanction.kind is SanctionKind.MUTE, "the second that counts"


async def test_all_that_it_was_counted_from_may_have_been_wrong(store: Store) -> None:
    number = await verified(store, JULIET)
    for each in range(3):
        await enter(store, strike(number), at=T0 + each, terms=CLIMBING)
    mute, ban = await store.discipline.sanctions_of(f"p:{number}", T0 + 3)
    lifted = await store.discipline.lift(mute.number, by="mod", reason="x", at=T0 + 4, wrong=Wrong.ALL)
    assert lifted is not None
    assert (lifted.undone.strikes, lifted.undone.credit) == (2, 10)
    assert lifted.undone.resting == (ban,), "a sanction in force that rests on them is shown, not ended"
    assert await store.discipline.sanctions_of(f"p:{number}", T0 + 5) == (ban,)


async def test_one_deed_is_undone_with_all_its_sanctions_and_its_case_and_only_once(store: Store) -> None:
    number = await verified(store, JULIET)
    deduction = AdjustCredit(person=number, delta=-7, cause="no-spam", expires_s=None)
    case = OpenCase(account=JULIET, person=number, room=ROOM, rule="no-spam", evidence="spam")
    orders = (punish(SanctionKind.MUTE, number), punish(SanctionKind.KICK, number, OTHER))
    await enter(store, strike(number), deduction, case, *orders)
    mute, kick = (await store.discipline.sanctions_since(f"p:{number}", T0, 10))[:2]
    first = await store.discipline.lift(kick.number, by="mod", reason="x", at=T0 + 1, wrong=Wrong.LAST)
    assert first is not None
    assert (first.undone.strikes, first.undone.credit) == (1, 7)
    assert await store.discipline.sanctions_of(f"p:{number}", T0 + 2) == ()
    assert await store.discipline.lift(mute.number, by="mod", reason="x", at=T0 + 3, wrong=Wrong.LAST) is None
    assert await score(store, number, T0 + 3) == 60
    (closed,) = await store.discipline.cases()
    assert (closed.outcome, closed.closed_by) == (CaseOutcome.OVERRULED, "mod")
    assert await store.discipline.sanctions_since(f"p:{number}", T0, 10) == ()


async def test_a_sanction_that_is_over_can_be_overruled_but_not_ended(store: Store) -> None:
    (kick,) = (await enter(store, strike(), punish(SanctionKind.KICK))).imposed
    number = kick.sanction.number
    assert await store.discipline.lift(number, by="mod", reason="x", at=T0 + 1) is None
    lifted = await store.discipline.lift(number, by="mod", reason="x", at=T0 + 1, wrong=Wrong.LAST)
    assert lifted is not None
    assert lifted.undone.strikes == 1
    assert await store.discipline.lift(number, by="mod", reason="x", at=T0 + 2, wrong=Wrong.LAST) is None


async def test_a_moderators_sanction_has_no_deed_to_undo(store: Store) -> None:
    imposed = await store.discipline.punish(punish(SanctionKind.MUTE), by="mod", reason="x", at=T0)
    lifted = await store.discipline.lift(imposed.sanction.number, by="mod", reason="x", at=T0, wrong=Wrong.ALL)
    assert lifted is not None
    assert (lifted.undone.strikes, lifted.undone.credit) == (0, 0)


# cases


@pytest.mark.parametrize(("outcome", "strikes"), [(CaseOutcome.UPHELD, 0), (CaseOutcome.OVERRULED, 1)])
async def test_a_case_is_closed_once_and_its_deed_undone_when_it_was_none(
    store: Store, outcome: CaseOutcome, strikes: int
) -> None:
    case = OpenCase(account=JULIET, person=None, room=ROOM, rule="no-spam", evidence="spam")
    await enter(store, strike(), case)
    closed = await store.discipline.close_case(1, outcome, by="mod", reason="x", at=T0 + 1)
    assert closed is not None
    report, undone = closed
    assert (report.outcome, report.closed_at, undone.strikes) == (outcome, T0 + 1, strikes)
    assert await store.discipline.close_case(1, CaseOutcome.UPHELD, by="other", reason="x", at=T0 + 2) is None
    assert await store.discipline.close_case(9, CaseOutcome.UPHELD, by="other", reason="x", at=T0 + 2) is None
    assert await store.discipline.cases(is_open=True) == ()
    assert await store.discipline.cases(is_open=False) == (report,)
    assert await store.discipline.case(1) == report
    assert await store.discipline.case(2) is None


# who is shut out


async def test_bans_in_force_and_the_blacklist_shut_out(store: Store) -> None:
    number = await verified(store, JULIET)
    await store.people.blacklist(number=number, reason="x", by="mod", at=T0)
    await store.people.blacklist(account="romeo@example.org", reason="x", by="mod", at=T0)
    for account, kind, lasts_s in (("a", "ban", 60), ("b", "ban", 5), ("c", "mute", 60)):
        order = Punish(kind=SanctionKind(kind), account=account, person=None, room=ROOM, rule="x", lasts_s=lasts_s)
        await store.discipline.punish(order, by="mod", reason="x", at=T0)
    assert await store.discipline.shut_out(T0 + 10) == {f"p:{number}", "a:romeo@example.org", "a:a"}

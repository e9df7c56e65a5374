"""Texts that wait for a moderator: once each, sealed, decided once, and let pass exactly."""

import asyncio
from dataclasses import replace
from pathlib import Path

from config.settings import Ladder, Seconds, Step
from policy.actions import AdjustCredit, Hold, Strike
from storage.holding import HoldState
from storage.store import Store
from tests.unit.storage.databases import T0, TERMS, claim, enter, entry, only_sqlite, verified

JULIET, ROOM = "juliet@example.org", "tomb@muc.example.org"
HOLD = Hold(
    account=JULIET,
    person=None,
    room=ROOM,
    rules=("ask", "ask-too"),
    content="the ELEPHANT fingerprint",
    evidence="an ⟦ELEPHANT⟧",
    lasts_s=100.0,
    strike_expires_s=1000.0,
    deduct=5,
)


async def held(store: Store, hold: Hold = HOLD, at: float = T0) -> int:
    number = (await enter(store, hold, at=at)).held
    assert number is not None
    return number


async def test_what_waits_is_shown_in_either_order_and_counted(store: Store) -> None:
    numbers = [await held(store, replace(HOLD, content=str(each))) for each in range(3)]
    shown = await store.holds.waiting(T0, newest_first=False, limit=2)
    assert [each.number for each in shown] == numbers[:2]
    assert (shown[0].evidence, shown[0].rules, shown[0].room) == ("an ⟦ELEPHANT⟧", ("ask", "ask-too"), ROOM)
    assert [each.number for each in await store.holds.waiting(T0, newest_first=True, limit=2)] == numbers[:0:-1]
    assert await store.holds.count_waiting(T0 + 99) == 3
    assert await store.holds.count_waiting(T0 + 100) == 0
    assert await store.holds.find(99) is None


async def test_the_same_content_waits_once_and_strikes_once(store: Store) -> None:
    strike = Strike(account=JULIET, person=None, room=ROOM, rule="ask", evidence="", expires_s=9.0)
    assert (await enter(store, HOLD, strike, check="q1")).held is not None
    assert (await enter(store, HOLD, strike, check="q2")).held is None
    assert (await enter(store, HOLD, strike, check="q1")).held is None
    assert await store.holds.count_waiting(T0) == 1
    assert len(await store.discipline.strikes_of(f"a:{JULIET}")) == 1
    assert (await enter(store, replace(HOLD, account="romeo@example.org"))).held is not None


async def test_one_that_ran_out_makes_place_for_the_next(store: Store) -> None:
    first = await held(store)
    second = await held(store, at=T0 + 100)
    before = await store.holds.find(first)
    assert before is not None
    assert before.state is HoldState.LAPSED
    assert [each.number for each in await store.holds.waiting(T0 + 100, newest_first=False, limit=9)] == [second]


async def test_a_yes_is_for_this_content_by_this_holder_and_these_rules_for_a_while(store: Store) -> None:
    decided = await store.holds.approve(await held(store), by="mod", at=T0 + 10, lasts_s=50.0)
    assert decided is not None
    assert (decided.held.state, decided.held.until, decided.held.decided_by) == (HoldState.APPROVED, T0 + 60, "mod")
    assert await store.holds.approved(HOLD, T0 + 59) == {"ask", "ask-too"}
    assert await store.holds.approved(HOLD, T0 + 60) == frozenset()
    for other in (replace(HOLD, content="x"), replace(HOLD, account="romeo@example.org")):
        assert await store.holds.approved(other, T0 + 11) == frozenset()
    assert await store.discipline.strikes_of(f"a:{JULIET}") == ()


async def test_a_yes_takes_back_the_strike_that_came_at_once(store: Store) -> None:
    number = await verified(store, JULIET)
    hold = replace(HOLD, person=number)
    strike = Strike(account=JULIET, person=number, room=ROOM, rule="ask", evidence="", expires_s=99.0)
    deduction = AdjustCredit(person=number, delta=-9, cause="ask", expires_s=None)
    recorded = await enter(store, hold, strike, deduction)
    assert recorded.held is not None
    await store.holds.approve(recorded.held, by="mod", at=T0 + 1, lasts_s=50.0)
    (overruled,) = await store.discipline.strikes_of(f"p:{number}")
    assert overruled.overruled_at == T0 + 1
    person = await store.people.by_number(number, T0 + 1)
    assert person is not None
    assert person.score == 60


async def test_a_no_is_a_hit_of_the_rule(store: Store) -> None:
    number = await verified(store, JULIET)
    ladder = Ladder(steps=(Step(strikes=1, window=Seconds(60), sanction="mute"),))
    terms = replace(TERMS, ladder=ladder)
    waiting = await held(store, replace(HOLD, person=number))
    decided = await store.holds.refuse(waiting, by="mod", reason="why", at=T0 + 1, terms=terms)
    assert decided is not None
    assert (decided.held.state, decided.held.reason) == (HoldState.REFUSED, "why")
    assert [each.sanction.kind.value for each in decided.recorded.imposed] == ["mute"]
    (strike,) = await store.discipline.strikes_of(f"p:{number}")
    assert (strike.rule, strike.evidence) == ("ask", "an ⟦ELEPHANT⟧")
    person = await store.people.by_number(number, T0 + 1)
    assert person is not None
    assert person.score == 55


async def test_a_no_costs_nothing_where_the_rule_says_so(store: Store) -> None:
    hold = replace(HOLD, strike_expires_s=None, deduct=0)
    decided = await store.holds.refuse(await held(store, hold), by="mod", reason="why", at=T0, terms=TERMS)
    assert decided is not None
    assert await store.discipline.strikes_of(f"a:{JULIET}") == ()


async def test_of_many_decisions_at_once_one_stands(store: Store) -> None:
    number = await held(store)
    decisions = await asyncio.gather(
        store.holds.approve(number, by="a", at=T0, lasts_s=50.0),
        store.holds.refuse(number, by="b", reason="no", at=T0, terms=TERMS),
        store.holds.approve(number, by="a", at=T0, lasts_s=50.0),
    )
    assert sum(decision is not None for decision in decisions) == 1
    assert await store.holds.approve(99, by="a", at=T0, lasts_s=50.0) is None


async def test_what_nobody_decides_lapses_and_can_be_decided_no_more(store: Store) -> None:
    number = await held(store)
    assert await store.holds.approve(number, by="a", at=T0 + 100, lasts_s=50.0) is None
    assert await store.holds.lapse(T0 + 99, 10) == ()
    (lapsed,) = await store.holds.lapse(T0 + 100, 10)
    assert (lapsed.number, lapsed.account) == (number, JULIET)
    assert await store.holds.lapse(T0 + 100, 10) == ()


async def test_what_an_account_held_passes_to_its_person_once(store: Store) -> None:
    await store.registry.put([entry()], T0)
    nurse = "nurse@example.org"
    await claim(store, nurse, entry())
    await held(store, replace(HOLD, account=nurse, person=1))
    await held(store)
    other = await held(store, replace(HOLD, content="another"))
    await claim(store, JULIET, entry())
    waiting = await store.holds.waiting(T0, newest_first=False, limit=9)
    assert [each.person for each in waiting] == [1, 1]
    assert waiting[-1].number == other
    await store.holds.approve(other, by="mod", at=T0, lasts_s=50.0)
    assert await store.holds.approved(replace(HOLD, content="another", person=1), T0) == {"ask", "ask-too"}


@only_sqlite
async def test_neither_text_nor_fingerprint_lies_open_in_the_file(store: Store, tmp_path: Path) -> None:
    await held(store)
    files = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"ask-too" in files
    assert b"ELEPHANT" not in files

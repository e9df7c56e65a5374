"""Accounts and persons: what is found, credit, tiers, rules accepted."""

import pytest

from policy.actions import Punish
from policy.facts import SanctionKind
from storage.errors import NotFound, Refused
from storage.store import Store
from tests.unit.storage.databases import T0, claim, entry, verified

JULIET, NURSE = "juliet@example.org", "nurse@example.org"


async def score_at(store: Store, number: int, at: float) -> int:
    person = await store.people.by_number(number, at)
    assert person is not None
    return person.score


async def test_an_account_nobody_knows_is_found_bare(store: Store) -> None:
    found = await store.people.find(JULIET, T0)
    assert found.account.jid == JULIET
    assert not found.account.is_blacklisted
    assert (found.person, found.language, found.stale_at) == (None, None, None)


async def test_a_verified_account_is_found_with_its_person(store: Store) -> None:
    number = await verified(store, JULIET)
    found = await store.people.find(JULIET, T0)
    assert found.person == await store.people.by_number(number, T0)
    assert found.person is not None
    assert (found.person.score, found.person.tier, found.person.verified_at) == (60, "standard", T0)


async def test_nobody_has_an_unused_number(store: Store) -> None:
    await store.registry.put([entry()], T0)
    assert await store.people.by_number(1, T0) is None  # known, but not verified
    assert await store.people.accounts_of(1) == ()
    assert await store.people.ledger(1) == ()


async def test_accounts_come_in_the_order_in_which_they_were_bound(store: Store) -> None:
    number = await verified(store, "z@example.org")
    await claim(store, "a@example.org", entry(), T0 + 1)
    assert await store.people.accounts_of(number) == ("z@example.org", "a@example.org")


async def test_holders_are_told_for_many_accounts_at_once(store: Store) -> None:
    number = await verified(store, JULIET)
    await store.people.set_language(NURSE, "en")
    strangers = [f"x{index}@example.org" for index in range(1200)]
    told = await store.people.holders_of([NURSE, *strangers, JULIET])
    assert told == (f"a:{NURSE}", *(f"a:{jid}" for jid in strangers), f"p:{number}")


async def test_language_is_kept_for_account_and_stays_through_a_claim(store: Store) -> None:
    await store.people.set_language(JULIET, "zh-Hans")
    await verified(store, JULIET)
    assert (await store.people.find(JULIET, T0)).language == "zh-Hans"
    await store.people.set_language(JULIET, "en")
    found = await store.people.find(JULIET, T0)
    assert found.language == "en"
    assert found.person is not None


async def test_the_ledger_starts_with_the_start_score(store: Store) -> None:
    number = await verified(store, JULIET)
    [first] = await store.people.ledger(number)
    assert (first.delta, first.cause, first.at, first.expires_at) == (60, "start", T0, None)


async def test_credit_is_the_sum_of_live_entries(store: Store) -> None:
    number = await verified(store, JULIET)
    people = store.people
    assert await people.adjust_credit(number, -10, "no-spam", by="x", at=T0, expires_at=T0 + 100, case=7) == 50
    assert await people.adjust_credit(number, 5, "help", by="x", at=T0 + 1) == 55
    assert await score_at(store, number, T0 + 99.9) == 55
    assert await score_at(store, number, T0 + 100) == 65
    assert [entry.delta for entry in await people.ledger(number)] == [60, -10, 5]
    assert [entry.case for entry in await people.ledger(number)] == [None, 7, None]


async def test_credit_stays_within_its_scale(store: Store) -> None:
    number = await verified(store, JULIET)
    for _ in range(2):
        assert await store.people.adjust_credit(number, 100, "gift", by="x", at=T0, expires_at=T0 + 1) == 100
    assert await store.people.adjust_credit(number, -100, "theft", by="x", at=T0 + 2) == 0
    with pytest.raises(Refused):
        await store.people.adjust_credit(number, 101, "gift", by="x", at=T0)
    assert await score_at(store, number, T0 + 2) == 0


async def test_stale_at_is_the_first_end_of_entry_or_sanction(store: Store) -> None:
    number = await verified(store, JULIET)
    await store.people.adjust_credit(number, -1, "x", by="x", at=T0, expires_at=T0 + 50)
    assert (await store.people.find(JULIET, T0)).stale_at == T0 + 50
    mute = Punish(kind=SanctionKind.MUTE, account=JULIET, person=number, room=None, rule="x", lasts_s=20.0)
    await store.discipline.punish(mute, by="x", reason="x", at=T0)
    assert (await store.people.find(JULIET, T0)).stale_at == T0 + 20
    assert (await store.people.find(JULIET, T0 + 20)).stale_at == T0 + 50
    assert (await store.people.find(JULIET, T0 + 50)).stale_at is None


async def test_a_tier_keeps_its_beginning_while_only_the_lock_changes(store: Store) -> None:
    number = await verified(store, JULIET)
    await store.people.set_tier(number, "trusted", T0 + 5)
    await store.people.set_tier(number, "trusted", T0 + 9, locked=True, by="romeo@example.org")
    person = await store.people.by_number(number, T0)
    assert person is not None
    assert (person.tier, person.tier_since, person.is_tier_locked) == ("trusted", T0 + 5, True)
    await store.people.set_tier(number, "limited", T0 + 11)
    person = await store.people.by_number(number, T0)
    assert person is not None
    assert (person.tier, person.tier_since, person.is_tier_locked) == ("limited", T0 + 11, True)


async def test_rules_accepted_are_remembered(store: Store) -> None:
    number = await verified(store, JULIET)
    await store.people.accept_rules(number, 3, T0)
    person = await store.people.by_number(number, T0)
    assert person is not None
    assert person.rules_accepted == 3


async def test_a_person_who_is_not_there_is_told(store: Store) -> None:
    people = store.people
    for attempt in (
        people.set_tier(9, "trusted", T0),
        people.adjust_credit(9, 1, "x", by="x", at=T0),
        people.accept_rules(9, 1, T0),
        people.blacklist(number=9, reason="x", by="x", at=T0),
    ):
        with pytest.raises(NotFound):
            await attempt

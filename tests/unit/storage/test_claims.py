"""Claims: binding an account to a person, and telling nobody what was wrong."""

import hmac
import statistics
import time
from dataclasses import replace
from types import SimpleNamespace

import pytest

from config.settings import Ladder, Seconds, Step
from policy.actions import OpenCase, Punish, Strike
from policy.facts import Counts, SanctionKind
from storage.registry import Claim, ClaimResult
from storage.store import Store
from tests.unit.storage.databases import T0, TERMS, claim, enter, entry, place, verified

JULIET, NURSE, ROOM = "juliet@example.org", "nurse@example.org", "tomb@muc.example.org"


async def test_the_right_document_and_name_bind(store: Store) -> None:
    await store.registry.put([entry()], T0)
    done = await claim(store, JULIET, entry(name="  juliet CAPULET "))
    assert done.result is ClaimResult.BOUND
    assert done.person == (await store.people.find(JULIET, T0)).person


async def test_no_such_entry_and_a_wrong_name_cannot_be_told_apart(store: Store) -> None:
    await store.registry.put([entry(1)], T0)
    refused = Claim(result=ClaimResult.REFUSED, person=None)
    assert await claim(store, JULIET, entry(1, "Rosaline")) == refused
    assert await claim(store, NURSE, entry(2)) == refused
    told = [await store.audit.read(1, subject=f"a:{jid}") for jid in (JULIET, NURSE)]
    assert told[0][0].entry.detail == told[1][0].entry.detail


async def test_an_hmac_is_compared_in_constant_time_whether_or_not_there_is_an_entry(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[tuple[str, str]] = []

    def watch(one: str, other: str) -> bool:
        compared.append((one, other))
        return hmac.compare_digest(one, other)

    monkeypatch.setattr("storage.registry.hmac", SimpleNamespace(compare_digest=watch))
    await store.registry.put([entry(1)], T0)
    await claim(store, JULIET, entry(1, "Rosaline"))
    await claim(store, JULIET, entry(2))
    assert [len(one) == len(other) == 64 for one, other in compared] == [True, True]


async def test_a_refusal_takes_as_long_whatever_was_wrong(store: Store) -> None:
    await store.registry.put([entry(number) for number in range(200)], T0)
    spent: dict[bool, list[float]] = {True: [], False: []}
    for number in range(60):
        for is_known in (True, False):
            start = time.perf_counter()
            await claim(store, f"x{number}@example.org", entry(number if is_known else number + 1000, "Rosaline"))
            spent[is_known].append(time.perf_counter() - start)
    known, unknown = (statistics.median(spent[is_known]) for is_known in (True, False))
    assert 0.6 < known / unknown < 1.6


async def test_failed_attempts_are_counted_within_the_window(store: Store) -> None:
    await store.registry.put([entry()], T0)
    for attempt in range(3):
        refused = await claim(store, JULIET, entry(name="Rosaline"), T0 + attempt, attempts=3)
        assert refused.result is ClaimResult.REFUSED
    assert (await claim(store, JULIET, entry(), T0 + 10, attempts=3)).result is ClaimResult.TOO_MANY
    assert (await claim(store, NURSE, entry(name="x"), T0 + 10, attempts=3)).result is ClaimResult.REFUSED
    assert (await claim(store, JULIET, entry(), T0 + 3600, attempts=3)).result is ClaimResult.BOUND


async def test_a_success_forgets_failed_attempts_and_a_second_claim_changes_nothing(store: Store) -> None:
    await store.registry.put([entry(1), entry(2)], T0)
    await claim(store, JULIET, entry(1, "x"))
    bound = await claim(store, JULIET, entry(1))
    again = await claim(store, JULIET, entry(2), T0 + 1)
    assert again == Claim(result=ClaimResult.ALREADY)
    assert (await store.people.find(JULIET, T0)).person == bound.person


async def test_a_person_binds_no_more_accounts_than_allowed(store: Store) -> None:
    await store.registry.put([entry()], T0)
    for index in range(3):
        assert (await claim(store, f"x{index}@example.org", entry())).result is ClaimResult.BOUND
    assert (await claim(store, JULIET, entry())) == Claim(result=ClaimResult.FULL)
    assert len(await store.people.ledger(1)) == 1


async def test_what_the_account_held_passes_to_the_person(store: Store) -> None:
    await store.registry.put([entry()], T0)
    rooms, discipline = store.rooms, store.discipline
    await rooms.take(place(JULIET, ROOM, creates=True), T0)
    await rooms.confirm(f"a:{JULIET}", ROOM, T0)
    strike = Strike(account=JULIET, person=None, room=ROOM, rule="x", evidence="spam", expires_s=99.0)
    await enter(store, strike, OpenCase(account=JULIET, person=None, room=ROOM, rule="x", evidence="spam"))
    mute = Punish(kind=SanctionKind.MUTE, account=JULIET, person=None, room=ROOM, rule="x", lasts_s=None)
    imposed = (await discipline.punish(mute, by="x", reason="x", at=T0)).sanction
    assert (await store.people.find(JULIET, T0)).account.sanctions == (imposed,)

    await claim(store, JULIET, entry())

    found = await store.people.find(JULIET, T0)
    assert found.person is not None
    assert (found.account.sanctions, found.person.sanctions) == ((), (imposed,))
    assert [at.is_creator for at in await rooms.memberships_of("p:1")] == [True]
    assert await rooms.members_of(ROOM) == ("p:1",)
    assert [told.evidence for told in await discipline.strikes_of("p:1")] == ["spam"]
    assert [told.evidence for told in await discipline.cases(holder="p:1")] == ["spam"]
    again = Strike(account=JULIET, person=1, room=ROOM, rule="x", evidence="y", expires_s=99.0)
    terms = replace(TERMS, ladder=Ladder(steps=(Step(strikes=2, window=Seconds(60), sanction="notice"),)))
    assert (await enter(store, again, at=T0 + 1, terms=terms)).imposed


async def test_two_accounts_of_one_person_in_a_room_become_one_member(store: Store) -> None:
    number = await verified(store, JULIET)
    await store.rooms.adopt(ROOM, T0, [])
    await store.rooms.take(place(JULIET, ROOM, person=number), T0 + 5)
    await store.rooms.take(place(NURSE, ROOM), T0)
    await store.rooms.confirm(f"a:{NURSE}", ROOM, T0)
    await claim(store, NURSE, entry(), T0 + 6)
    [membership] = await store.rooms.memberships_of(f"p:{number}")
    assert (membership.is_pending, membership.since) == (False, T0)
    assert await store.rooms.counts("p:99", ROOM) == Counts(created=0, joined=0, members=1)

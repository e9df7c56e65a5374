"""Two persons made one, and parted again: who holds what, who is barred, and what is never given twice."""

from typing import Any

import pytest
from sqlalchemy import select

from policy.actions import OpenCase, Punish, Strike
from policy.facts import SanctionKind
from storage.database import Transaction
from storage.errors import NotFound, Refused
from storage.registry import ClaimResult
from storage.schema import metadata
from storage.store import Store
from tests.unit.storage.databases import T0, claim, enter, entry, place, verified

JULIET, NURSE, ROMEO = "juliet@example.org", "nurse@example.org", "romeo@example.org"
TOMB, HALL, GARDEN = (f"{name}@muc.example.org" for name in ("tomb", "hall", "garden"))
UNSAID = {"audit", "audit_head", "merges", "counters", "errands"}
WHY: dict[str, Any] = {"by": "officer@example.org", "reason": "one and the same"}


async def contents(store: Store) -> dict[str, set[Any]]:
    """Every row that says who holds what."""
    async with store._database.read() as reading:
        return {
            table.name: {tuple(row) for row in await reading.all(select(table))}
            for table in metadata.sorted_tables
            if table.name not in UNSAID
        }


async def sit(store: Store, account: str, room: str, person: int, *, creates: bool = False, at: float = T0) -> None:
    await store.rooms.take(place(account, room, person=person, creates=creates), at)
    await store.rooms.confirm(f"p:{person}", room, at)


async def misbehave(store: Store, account: str, person: int, at: float = T0) -> int:
    """A strike, a case and a mute; the mute's number."""
    where: dict[str, Any] = {"account": account, "person": person, "room": TOMB, "rule": "x"}
    await enter(store, Strike(**where, evidence=f"by {account}", expires_s=1e6), at=at)
    await enter(store, OpenCase(**where, evidence=f"by {account}"), at=at)
    mute = Punish(**where, kind=SanctionKind.MUTE, lasts_s=None)
    return (await store.discipline.punish(mute, by="x", reason="x", at=at)).sanction.number


@pytest.fixture
async def pair(store: Store) -> tuple[int, int]:
    """Juliet (verified first) and the nurse, both with a past."""
    one, other = await verified(store, JULIET, 1), await verified(store, NURSE, 2, T0 + 5)
    await sit(store, JULIET, HALL, one, creates=True)
    await sit(store, NURSE, HALL, other, at=T0 + 6)
    await sit(store, NURSE, TOMB, other, creates=True, at=T0 + 7)
    for account, person in ((JULIET, one), (NURSE, other)):
        await misbehave(store, account, person)
        await store.people.adjust_credit(person, -10, "late", by="x", at=T0)
    await store.people.accept_rules(other, 3, T0)
    return one, other


async def test_exactly_one_survives_with_all_that_both_held(store: Store, pair: tuple[int, int]) -> None:
    one, other = pair
    done = await store.persons.merge(other, one, T0 + 10, **WHY)
    assert (done.survivor, done.merged, done.accounts) == (one, other, (NURSE,))
    assert await store.people.by_number(other, T0 + 10) is None
    for account in (JULIET, NURSE):
        person = (await store.people.find(account, T0 + 10)).person
        assert person is not None
        assert (person.number, person.score, person.rules_accepted) == (one, 40, 3)  # 60 once, and both deductions
        assert len(person.sanctions) == 2
    assert [report.evidence for report in await store.discipline.strikes_of(f"p:{one}")] == [
        f"by {account}" for account in (JULIET, NURSE)
    ]
    assert len(await store.discipline.cases(holder=f"p:{one}")) == 2
    places = {at.room.jid: (at.is_creator, at.since) for at in await store.rooms.memberships_of(f"p:{one}")}
    assert places == {HALL: (True, T0), TOMB: (True, T0 + 7)}
    assert await store.rooms.members_of(HALL) == (f"p:{one}",)
    assert (await store.audit.verify()).broken_at is None


async def test_both_documents_lead_to_the_survivor_and_count_together(store: Store, pair: tuple[int, int]) -> None:
    one, _ = pair
    await store.persons.merge(*pair, T0 + 10, **WHY)
    third = await claim(store, ROMEO, entry(2), T0 + 11)
    assert third.person is not None
    assert third.person.number == one
    assert (await claim(store, "x@example.org", entry(1), T0 + 12)).result is ClaimResult.FULL


async def test_the_blacklist_follows_either_document(store: Store, pair: tuple[int, int]) -> None:
    one, other = pair
    await store.people.blacklist(number=other, reason="x", by="x", at=T0)
    merged = await store.persons.merge(*pair, T0 + 10, **WHY)
    person = await store.people.by_number(one, T0 + 10)
    assert person is not None
    assert person.is_blacklisted
    await store.persons.split(merged.number, T0 + 11, **WHY)
    barred = [await store.people.by_number(number, T0 + 11) for number in pair]
    assert [person.is_blacklisted for person in barred if person] == [False, True]
    again = await store.persons.merge(*pair, T0 + 12, **WHY)
    await store.people.unblacklist(number=again.survivor, reason="x", by="x", at=T0)
    person = await store.people.by_number(one, T0 + 12)
    assert person is not None
    assert not person.is_blacklisted


async def test_quotas_overrun_by_a_merge_take_nothing_away_and_give_nothing_more(
    store: Store, pair: tuple[int, int]
) -> None:
    one, _ = pair
    await store.persons.merge(*pair, T0 + 10, **WHY)
    assert (await store.rooms.counts(f"p:{one}", None)).joined == 2
    full = await store.rooms.take(place(NURSE, GARDEN, person=one, creates=True, joined=2), T0 + 11)
    assert getattr(full, "which", None) == "joined"


async def test_a_split_gives_everything_back_as_it_was(store: Store, pair: tuple[int, int]) -> None:
    before = await contents(store)
    merged = await store.persons.merge(*pair, T0 + 10, **WHY)
    assert await contents(store) != before
    await store.persons.split(merged.number, T0 + 20, **WHY)
    assert await contents(store) == before
    with pytest.raises(NotFound):
        await store.persons.split(merged.number, T0 + 20, **WHY)


async def test_what_an_account_did_since_goes_with_it(store: Store, pair: tuple[int, int]) -> None:
    one, other = pair
    merged = await store.persons.merge(*pair, T0 + 10, **WHY)
    since = await misbehave(store, NURSE, one, T0 + 11)
    stays = await misbehave(store, JULIET, one, T0 + 11)
    await store.rooms.leave(f"p:{one}", TOMB, T0 + 12, NURSE)
    await store.persons.split(merged.number, T0 + 20, **WHY)
    assert since in {each.number for each in await store.discipline.sanctions_of(f"p:{other}", T0 + 20)}
    assert stays in {each.number for each in await store.discipline.sanctions_of(f"p:{one}", T0 + 20)}
    assert [at.room.jid for at in await store.rooms.memberships_of(f"p:{other}")] == [HALL]  # a place given up is gone
    assert {report.evidence for report in await store.discipline.strikes_of(f"p:{other}")} == {f"by {NURSE}"}


async def test_a_locked_tier_survives_and_is_unlocked_by_the_split(store: Store, pair: tuple[int, int]) -> None:
    one, other = pair
    await store.people.set_tier(other, "restricted", T0, locked=True)
    merged = await store.persons.merge(*pair, T0 + 10, **WHY)
    person = await store.people.by_number(one, T0 + 10)
    assert person is not None
    assert (person.tier, person.is_tier_locked) == ("restricted", True)
    await store.persons.split(merged.number, T0 + 11, **WHY)
    person = await store.people.by_number(one, T0 + 11)
    assert person is not None
    assert (person.tier, person.is_tier_locked) == ("standard", False)


async def test_merges_of_merged_persons_are_taken_back_one_after_another(store: Store, pair: tuple[int, int]) -> None:
    one, other = pair
    third = await verified(store, ROMEO, 3, T0 - 1)
    before = await contents(store)
    first = await store.persons.merge(one, other, T0 + 10, **WHY)
    second = await store.persons.merge(one, third, T0 + 11, **WHY)
    assert second.survivor == third
    person = (await claim(store, "x@example.org", entry(2), T0 + 12, max_accounts=9)).person
    assert person is not None
    assert person.number == third
    await store.persons.unbind("x@example.org", third, T0 + 13, by="x", reason="x", is_forced=True)
    assert [merge.number for merge in await store.persons.merges_of(third)] == [second.number]
    await store.persons.split(second.number, T0 + 14, **WHY)
    await store.persons.split(first.number, T0 + 15, **WHY)
    after = await contents(store)
    after["accounts"] = {row for row in after["accounts"] if row[0] != "x@example.org"}
    assert after == before


async def test_what_was_decided_a_moment_before_is_written_for_the_survivor(
    store: Store, pair: tuple[int, int]
) -> None:
    one, other = pair
    await store.persons.merge(*pair, T0 + 10, **WHY)
    await store.rooms.take(place(NURSE, GARDEN, person=other, creates=True), T0 + 10)
    await misbehave(store, NURSE, other, T0 + 10)
    async with store._database.read() as reading:
        for table in metadata.sorted_tables:
            if "holder" in table.columns:
                rows = await reading.all(select(table).where(table.c.holder == f"p:{other}"))
                assert rows == [], table.name
    assert GARDEN in {at.room.jid for at in await store.rooms.memberships_of(f"p:{one}")}


async def test_a_person_is_not_merged_with_themselves_or_nobody_or_one_about_to_be_erased(
    store: Store, pair: tuple[int, int]
) -> None:
    one, other = pair
    with pytest.raises(Refused):
        await store.persons.merge(one, one, T0, **WHY)
    with pytest.raises(NotFound):
        await store.persons.merge(one, 99, T0, **WHY)
    await store.erasures.ask(other, T0 + 100, T0, by=NURSE)
    with pytest.raises(Refused):
        await store.persons.merge(one, other, T0, **WHY)


def test_every_table_that_names_a_person_is_one_that_merge_and_erasure_know() -> None:
    """Whoever adds such a table says here what becomes of it, after having seen to it in storage/."""
    known = {
        "accounts", "account_moves", "cases", "claim_attempts", "corrections", "disclosures", "erasures", "ledger",
        "memberships", "merges", "former_persons", "sanctions", "strikes", "identities", "persons", "rooms",
        "verifications",
        "vault_keys", "tallies", "overrides", "affiliations", "incidents", "holds", "proposals",
        "applications", "admissions", "join_answers", "errands",
        "manager_strikes", "complaints", "appeals",  # by `holders.RECORDS`
        "reports",  # what it is about, not whom
        "report_managers",  # accounts, until the report is settled
        "blacklist",  # by documents and addresses, not by person
        "blacklistings", "former_managers",  # a merged person leads to the survivor; erasure forgets what they lost
        "audit",  # append-only: numbers and accounts, never an identity
    }  # fmt: skip
    telling = {"holder", "person", "account", "jid", "creator", "owner", "subject", "survivor", "evidence", "record"}
    named = {table.name for table in metadata.sorted_tables if telling & set(table.columns.keys())}
    assert named - known == set()


async def test_a_merge_that_fails_changes_nothing(
    store: Store, pair: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = await contents(store)

    def fail(*_arguments: object, **_detail: object) -> None:
        raise Refused("planted")

    monkeypatch.setattr(Transaction, "note", fail)
    with pytest.raises(Refused, match="planted"):
        await store.persons.merge(*pair, T0 + 10, **WHY)
    assert await contents(store) == before

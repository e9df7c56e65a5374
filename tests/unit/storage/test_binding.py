"""Whoever vouches, one document is one person, and nobody becomes somebody else by a new proof."""

import pytest

from storage.binding import Claim, ClaimResult, Proof, Subject, Terms, bind
from storage.database import Transaction
from storage.documents import Entry
from storage.store import Store
from tests.unit.storage.databases import KEYS, T0, claim, entry, verified

JULIET, NURSE, ROMEO = "juliet@example.org", "nurse@example.org", "romeo@example.org"
ISSUER = "https://id.example.org"


def document(number: int = 1, name: str = "Juliet Capulet", provider: str = "review") -> Proof:
    return Proof(provider=provider, entry=entry(number, name))


def sign_in(subject: str = "j1", name: str = "Juliet Capulet", document: Entry | None = None) -> Proof:
    return Proof(provider="oidc", subject=Subject(issuer=ISSUER, subject=subject, name=name), entry=document)


async def bound(
    store: Store, account: str, proof: Proof, at: float = T0, *, most: int = 3, not_person: int | None = None
) -> Claim:
    async def work(transaction: Transaction) -> Claim:
        terms = Terms(max_accounts=most, start_score=60, tier="standard")
        return await bind(transaction, KEYS, account, proof, at=at, terms=terms, not_person=not_person)

    return await store._database.write(work)


def number_of(done: Claim) -> int:
    assert done.is_bound, done
    assert done.person is not None
    return done.person.number


async def test_a_proof_makes_a_person_of_somebody_new(store: Store) -> None:
    done = await bound(store, JULIET, document())
    assert done.result is ClaimResult.BOUND
    assert (await store.people.find(JULIET, T0)).person == done.person
    assert await store.people.accounts_of(number_of(done)) == (JULIET,)


async def test_every_provider_finds_the_same_person_by_the_same_document(store: Store) -> None:
    number = await verified(store, JULIET)
    assert number_of(await bound(store, NURSE, document())) == number
    assert number_of(await bound(store, ROMEO, sign_in(document=entry()))) == number


async def test_a_person_made_by_a_provider_is_found_by_the_registry(store: Store) -> None:
    number = number_of(await bound(store, JULIET, document()))
    assert (await store.registry.put([entry()], T0)).added == 0
    done = await claim(store, NURSE, entry())
    assert number_of(done) == number


async def test_a_subject_is_one_person_whatever_account_it_signs_in_for(store: Store) -> None:
    number = number_of(await bound(store, JULIET, sign_in()))
    assert number_of(await bound(store, NURSE, sign_in())) == number


@pytest.mark.parametrize(
    "other",
    [
        Subject(issuer="https://id.example.net", subject="j1", name="Juliet Capulet"),
        Subject(issuer=ISSUER, subject="J1", name="Juliet Capulet"),
        Subject(issuer=ISSUER, subject="j1 ", name="Juliet Capulet"),
    ],
)
async def test_subjects_are_compared_as_they_are_and_per_issuer(store: Store, other: Subject) -> None:
    number = number_of(await bound(store, JULIET, sign_in()))
    assert number_of(await bound(store, ROMEO, Proof(provider="oidc", subject=other))) != number


async def test_a_sign_in_that_bears_a_known_document_is_known_by_itself_from_then_on(store: Store) -> None:
    number = await verified(store, JULIET)
    await bound(store, NURSE, sign_in(document=entry()))
    assert number_of(await bound(store, ROMEO, sign_in())) == number


async def test_a_document_under_another_name_binds_nobody_and_is_audited(store: Store) -> None:
    number = await verified(store, JULIET)
    done = await bound(store, ROMEO, document(name="Rosaline"))
    assert done == Claim(result=ClaimResult.CONFLICT)
    assert (await store.people.find(ROMEO, T0)).person is None
    told = (await store.audit.read(1))[0].entry
    assert (told.deed, told.detail["persons"], told.detail["why"]) == ("identity-conflict", str(number), "another name")


async def test_a_proof_that_leads_to_two_persons_binds_nobody(store: Store) -> None:
    await bound(store, JULIET, document(1))
    await bound(store, ROMEO, sign_in("r1", "Romeo"))
    done = await bound(store, NURSE, sign_in("r1", "Romeo", document=entry(1)))
    assert done.result is ClaimResult.CONFLICT
    assert (await store.people.find(NURSE, T0)).person is None


async def test_a_bound_account_stays_with_its_person(store: Store) -> None:
    mine = number_of(await bound(store, JULIET, document(1)))
    await bound(store, ROMEO, document(2, "Romeo"))
    assert (await bound(store, JULIET, document(2, "Romeo"))).result is ClaimResult.CONFLICT
    assert (await bound(store, JULIET, document(3, "Somebody Else"))).result is ClaimResult.CONFLICT
    assert (await bound(store, JULIET, sign_in("x", ""))).result is ClaimResult.CONFLICT
    assert await store.people.accounts_of(mine) == (JULIET,)


async def test_a_new_document_of_the_same_name_renews(store: Store) -> None:
    mine = number_of(await bound(store, JULIET, document(1)))
    done = await bound(store, JULIET, document(7, " juliet  CAPULET"), T0 + 50)
    assert (done.result, number_of(done)) == (ClaimResult.RENEWED, mine)
    person = (await store.people.find(JULIET, T0 + 50)).person
    assert person is not None
    assert (person.verified_at, person.confirmed_at) == (T0, T0 + 50)
    assert number_of(await bound(store, NURSE, document(7))) == mine


async def test_the_registry_renews_only_who_may_and_by_the_own_document(store: Store) -> None:
    mine = await verified(store, JULIET)
    await store.registry.put([entry(2, "Romeo")], T0)
    assert (await claim(store, JULIET, entry(), T0 + 9)).result is ClaimResult.ALREADY
    assert (await claim(store, JULIET, entry(2, "Romeo"), T0 + 9, renews=True)).result is ClaimResult.REFUSED
    done = await claim(store, JULIET, entry(), T0 + 9, renews=True)
    assert (done.result, number_of(done)) == (ClaimResult.RENEWED, mine)


async def test_a_full_person_takes_no_further_account_and_no_further_document(store: Store) -> None:
    await bound(store, JULIET, document(), most=1)
    assert (await bound(store, NURSE, sign_in(document=entry()), most=1)).result is ClaimResult.FULL
    done = await bound(store, ROMEO, sign_in(name=""), most=1)
    assert done.result is ClaimResult.BOUND  # the sign-in did not become hers


async def test_nobody_decides_on_themselves(store: Store) -> None:
    officer = await verified(store, NURSE)
    assert (await bound(store, ROMEO, document(), not_person=officer)).result is ClaimResult.CONFLICT


async def test_what_somebody_is_barred_by_holds_for_every_way_to_them(store: Store) -> None:
    number = number_of(await bound(store, JULIET, sign_in(document=entry())))
    await store.people.blacklist(number=number, reason="r", by="mod@example.org", at=T0)
    done = await bound(store, ROMEO, sign_in())
    assert done.person is not None
    assert done.person.is_blacklisted
    await store.people.unblacklist(number=number, reason="r", by="mod@example.org", at=T0)
    person = (await store.people.find(ROMEO, T0)).person
    assert person is not None
    assert not person.is_blacklisted


def test_a_proof_shows_nothing_of_it() -> None:
    shown = repr(sign_in("secret-subject", "Juliet Capulet", document=entry(1)))
    assert "secret-subject" not in shown
    assert "Juliet" not in shown
    assert "C0000001" not in shown

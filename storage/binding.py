"""Binding an account to a person, on a provider's word, inside one transaction: all of it or nothing.

Whatever provider vouches, one document leads to one person: documents and the subjects of sign-ins are found by blind
index. Nobody becomes somebody else by a new proof: it must lead to the person already there, or bear their name.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from sqlalchemy import func, insert, select, update

from policy.facts import Person
from storage import credit, erasure, holders, identity_records, lineage, seals
from storage.database import MACHINE, Transaction
from storage.documents import Entry, compared_name
from storage.finding import read_person
from storage.schema import accounts, counters, former_persons, identities, persons, vault_keys
from storage.vault import Key, Keyring

_NUMBERS = "person"


class ClaimResult(Enum):
    BOUND = "bound"
    RENEWED = "renewed"  # it was bound to this person already, whose verification counts from now
    REFUSED = "refused"  # no such entry, or the name differs: which, nobody is told
    TOO_MANY = "too-many"  # failed attempts
    ALREADY = "already"  # the account is bound
    FULL = "full"  # the person has as many accounts as they may
    CONFLICT = "conflict"  # a proof that leads to two persons, to another one, or bears another name


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    result: ClaimResult
    person: Person | None = None

    @property
    def is_bound(self) -> bool:
        """Whether the account stands for the person now."""
        return self.result in {ClaimResult.BOUND, ClaimResult.RENEWED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Somebody as a sign-in service knows them (OpenID Connect Core §2, `iss` and `sub`): compared as they are."""

    issuer: str
    subject: str = field(repr=False)
    name: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What a provider vouches for: a document, a sign-in, or both."""

    provider: str
    entry: Entry | None = None
    subject: Subject | None = None

    @property
    def name(self) -> str:
        """The name it bears in the form that is compared; "" when it bears none."""
        own = "" if self.entry is None else self.entry.compared_name
        return own or ("" if self.subject is None else compared_name(self.subject.name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the operator's settings say of a binding."""

    max_accounts: int
    start_score: int
    tier: str  # of a new person


def document_index(keyring: Keyring, entry: Entry) -> str:
    """The blind index of a document."""
    return keyring.index.tag("document", entry.document)


def name_tag(keyring: Keyring, entry: Entry) -> str:
    """What tells whether a name belongs to a document."""
    return keyring.index.tag("name", entry.document, entry.compared_name)


def columns(keyring: Keyring, entry: Entry, key: Key, owner: str) -> dict[str, object]:
    """A row of `identities`, but for its number, by a document."""
    return {
        "blind_index": document_index(keyring, entry),
        "name_tag": name_tag(keyring, entry),
        "record": identity_records.seal(key, owner, entry),
    }


async def bind(
    transaction: Transaction,
    keyring: Keyring,
    account: str,
    proof: Proof,
    *,
    at: float,
    terms: Terms,
    not_person: int | None = None,
) -> Claim:
    """Bind an account to whoever the proof leads to; somebody new, if it leads to nobody.

    What the account held before passes to the person. A claim that is not bound has written nothing but an audit entry.
    `not_person`: whoever decides, who may not decide on themselves.
    """
    ways = _ways(keyring, proof)
    query = select(identities.c.blind_index, identities.c.number).where(identities.c.blind_index.in_(ways))
    known: dict[str, int] = {row.blind_index: row.number for row in await transaction.all(query)}
    bound: int | None = await transaction.scalar(select(accounts.c.person).where(accounts.c.jid == account))
    leads_to = {(await lineage.person_of(transaction, identity))[0] for identity in known.values()}
    numbers = leads_to | (set() if bound is None else {bound})
    if len(numbers) > 1:
        return _conflict(transaction, account, at, proof, why="two persons", numbers=sorted(numbers))
    number = next(iter(numbers), None)
    if number is not None and number == not_person:
        return _conflict(transaction, account, at, proof, why="own", numbers=[number])
    if number is not None and not await _is_same_name(transaction, keyring, number, proof, is_needed=not known):
        return _conflict(transaction, account, at, proof, why="another name", numbers=[number])
    if number is not None and bound is None and await is_full(transaction, number, terms):
        return Claim(result=ClaimResult.FULL)
    for index, identity in known.items():
        number = await current_person(transaction, keyring, identity, ways[index], at, index=index)
    for index, entry in ways.items():
        if index not in known:
            number = await _add(transaction, keyring, number, index, entry, at=at, source=proof.provider)
    assert number is not None  # noqa: S101 - a proof has a way, known or added
    return await bind_to(transaction, account, number, at=at, terms=terms, provider=proof.provider)


async def bind_to(
    transaction: Transaction, account: str, number: int, *, at: float, terms: Terms, provider: str, renews: bool = True
) -> Claim:
    """Bind an account that nobody is bound to, or this person already. `renews`: it counts as a new verification."""
    bound = await transaction.first(select(accounts).where(accounts.c.jid == account))
    if bound is not None and bound.person == number:
        await _renew(transaction, account, number, at, provider)
        result = ClaimResult.RENEWED
    else:
        if await is_full(transaction, number, terms):
            return Claim(result=ClaimResult.FULL)
        if not await _verify(transaction, number, at, terms, provider) and renews:
            await _renew(transaction, account, number, at, provider)
        await _bind(transaction, account, number, at, provider, is_new=bound is None)
        result = ClaimResult.BOUND
    person, _ = await read_person(transaction, number, at)
    return Claim(result=result, person=person)


async def is_full(transaction: Transaction, number: int, terms: Terms) -> bool:
    """Whether the person has as many accounts as they may."""
    used = await transaction.scalar(select(func.count()).where(accounts.c.person == number))
    return bool(used >= terms.max_accounts)


async def current_person(
    transaction: Transaction, keyring: Keyring, identity: int, entry: Entry, at: float, *, index: str = ""
) -> int:
    """Whom a row of `identities` leads to, for somebody who has proved to be that one.

    Somebody erased gets a number of their own, and nothing of the old but what is in force against them. `index`: the
    row's own, where that is not the document's.
    """
    number, is_erased = await lineage.person_of(transaction, identity)
    if not is_erased:
        return number
    back = await erasure.revive(transaction, number, await next_numbers(transaction, 1), at)
    here = back if identity == number else identity
    owner = holders.of_person(here)
    key, row = seals.new_key(keyring, await seals.wrapping_master(transaction, keyring), owner)
    await transaction.run(insert(vault_keys).values(row))
    values = columns(keyring, entry, key, owner)
    if index:
        values["blind_index"] = index
    await transaction.run(update(identities).where(identities.c.number == here).values(values))
    return back


async def next_numbers(transaction: Transaction, count: int) -> int:
    """The first of `count` numbers for persons that were never given out."""
    this = counters.c.name == _NUMBERS
    used = await transaction.scalar(select(counters.c.value).where(this))
    if used is None:
        await transaction.run(insert(counters).values(name=_NUMBERS, value=count))
        return 1
    await transaction.run(update(counters).where(this).values(value=used + count))
    first: int = used + 1
    return first


def _ways(keyring: Keyring, proof: Proof) -> dict[str, Entry]:
    """Every index the proof leads by, the document's first, and what is sealed with it."""
    ways: dict[str, Entry] = {}
    if proof.entry is not None:
        ways[document_index(keyring, proof.entry)] = proof.entry
    if proof.subject is not None:
        subject = proof.subject
        index = keyring.index.tag("subject", subject.issuer, subject.subject)
        ways[index] = Entry(
            document_type=proof.provider, document_number=f"{subject.issuer} {subject.subject}", name=subject.name
        )
    return ways


async def _add(
    transaction: Transaction, keyring: Keyring, person: int | None, index: str, entry: Entry, *, at: float, source: str
) -> int:
    """One more way to a person, or the first to a new one; the person's number."""
    number = await next_numbers(transaction, 1)
    owner = holders.of_person(number)
    key, row = seals.new_key(keyring, await seals.wrapping_master(transaction, keyring), owner)
    values = {**columns(keyring, entry, key, owner), "blind_index": index, "source": source}
    await transaction.run(insert(vault_keys).values(row))
    await transaction.run(insert(identities).values(number=number, added_at=at, **values))
    if person is None:
        return number
    await transaction.run(insert(former_persons).values(number=number, merged_into=person, at=at))
    return person


async def _is_same_name(
    transaction: Transaction, keyring: Keyring, number: int, proof: Proof, *, is_needed: bool
) -> bool:
    """Whether the proof bears a name of the person's, or none where none is needed.

    `is_needed`: nothing in the proof is known, so that the name alone says that it is the same person.
    """
    name = proof.name
    if not name:
        return not is_needed
    entries = await identity_records.entries_of(transaction, keyring, number)
    names = {entry.compared_name for entry in entries} - {""}
    return name in names or not (names or is_needed)


def _conflict(
    transaction: Transaction, account: str, at: float, proof: Proof, *, why: str, numbers: Sequence[int]
) -> Claim:
    """`why` and the numbers are for identity officers: they say nothing about documents."""
    told = " ".join(map(str, numbers))
    transaction.note(
        account, "identity-conflict", holders.of_account(account), at, provider=proof.provider, why=why, persons=told
    )
    return Claim(result=ClaimResult.CONFLICT)


async def _verify(transaction: Transaction, number: int, at: float, terms: Terms, provider: str) -> bool:
    """Make somebody in `identities` a person; False when they are one."""
    if await transaction.scalar(select(persons.c.number).where(persons.c.number == number)) is not None:
        return False
    times = {"tier_since": at, "verified_at": at, "confirmed_at": at}
    row = {"tier": terms.tier, "is_tier_locked": False, "rules_accepted": 0, **times}
    await transaction.run(insert(persons).values(number=number, **row))
    transaction.note(MACHINE, "person-verified", holders.of_person(number), at, tier=terms.tier, provider=provider)
    await credit.add(transaction, number, terms.start_score, "start", by=MACHINE, at=at)
    return True


async def _renew(transaction: Transaction, account: str, number: int, at: float, provider: str) -> None:
    values = {"confirmed_at": at, "reminded_ahead": None}
    await transaction.run(update(persons).where(persons.c.number == number).values(values))
    transaction.note(account, "person-renewed", holders.of_person(number), at, provider=provider)


async def _bind(transaction: Transaction, account: str, number: int, at: float, provider: str, *, is_new: bool) -> None:
    if is_new:
        await transaction.run(insert(accounts).values(jid=account, person=number, bound_at=at))
    else:
        this = accounts.c.jid == account
        await transaction.run(update(accounts).where(this).values(person=number, bound_at=at))
    await holders.move(transaction, holders.of_account(account), holders.of_person(number))
    transaction.note(account, "account-bound", holders.of_person(number), at, account=account, provider=provider)

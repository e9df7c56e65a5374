"""The registry: who is known by document and name, sealed; and claims that bind an account to a person.

Only HMACs are compared: a claim opens no record, and does the same work whether or not there is one.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, insert, select, update

from policy.facts import Person
from storage import credit, erasure, holders, identity_records, lineage, seals
from storage.database import MACHINE, Database, Transaction
from storage.documents import Entry
from storage.errors import Refused
from storage.people import read_person
from storage.schema import accounts, claim_attempts, counters, identities, persons, vault_keys
from storage.vault import Key, Keyring

__all__ = ["Claim", "ClaimResult", "Entry", "PutResult", "Registry"]

_CHUNK = 500
_NUMBERS = "person"
_NOBODY = "0" * 64
"""Compared with when there is no entry: no HMAC has it."""


class ClaimResult(Enum):
    BOUND = "bound"
    REFUSED = "refused"  # no such entry, or the name differs: which, nobody is told
    TOO_MANY = "too-many"  # failed attempts
    ALREADY = "already"  # the account is bound
    FULL = "full"  # the person has as many accounts as they may


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    result: ClaimResult
    person: Person | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PutResult:
    added: int
    unchanged: int
    changed: int


class Registry:
    """Reads and writes of one database."""

    def __init__(self, database: Database, keyring: Keyring) -> None:
        """Registry of `database`, sealed with keys of `keyring`."""
        self._database = database
        self._keyring = keyring

    # filling

    async def put(self, entries: Sequence[Entry], at: float) -> PutResult:
        """Add entries, and change names that changed; one transaction for every few hundred.

        Raises:
            Refused: an entry has an empty field; nothing was written.
        """
        for position, entry in enumerate(entries, 1):
            if not entry.is_complete:
                raise Refused(f"entry {position} has an empty field")
        added = unchanged = changed = 0
        for start in range(0, len(entries), _CHUNK):
            part = await self._put_chunk(entries[start : start + _CHUNK], at)
            added, unchanged, changed = added + part.added, unchanged + part.unchanged, changed + part.changed
        return PutResult(added=added, unchanged=unchanged, changed=changed)

    async def _put_chunk(self, chunk: Sequence[Entry], at: float) -> PutResult:
        by_index = {
            document_index(self._keyring, entry): entry for entry in chunk
        }  # of two with one document the later counts

        async def work(transaction: Transaction) -> PutResult:
            known = await transaction.all(select(identities).where(identities.c.blind_index.in_(by_index)))
            changed = await self._change(transaction, [(row, by_index[row.blind_index]) for row in known])
            new = by_index.keys() - {row.blind_index for row in known}
            await self._add(transaction, [entry for index, entry in by_index.items() if index in new], at)
            result = PutResult(added=len(new), unchanged=len(chunk) - len(new) - changed, changed=changed)
            if new or changed:
                transaction.note(MACHINE, "registry-filled", "", at, added=result.added, changed=result.changed)
            return result

        return await self._database.write(work)

    async def _add(self, transaction: Transaction, entries: Sequence[Entry], at: float) -> None:
        if not entries:
            return
        first = await _next_numbers(transaction, len(entries))
        master = await seals.wrapping_master(transaction, self._keyring)
        keys: list[dict[str, object]] = []
        rows: list[dict[str, object]] = []
        for number, entry in enumerate(entries, first):
            owner = holders.of_person(number)
            key, row = seals.new_key(self._keyring, master, owner)
            keys.append(row)
            rows.append({"number": number, "added_at": at, **self._columns(entry, key, owner)})
        await transaction.run(insert(vault_keys), keys)
        await transaction.run(insert(identities), rows)

    async def _change(self, transaction: Transaction, pairs: Sequence[tuple[Row[Any], Entry]]) -> int:
        """Seal anew where what was sealed is not what is given; how many."""
        if not pairs:
            return 0
        owners = [holders.of_person(row.number) for row, _ in pairs]
        keys = {
            row.owner: row for row in await transaction.all(select(vault_keys).where(vault_keys.c.owner.in_(owners)))
        }
        rows: list[dict[str, object]] = []
        for owner, (row, entry) in zip(owners, pairs, strict=True):
            if owner not in keys:
                continue  # erased: the key was destroyed for good
            key = seals.unwrap(self._keyring, owner, keys[owner].master, keys[owner].wrapped)
            if not identity_records.is_sealed(entry, key, owner, row.record):
                rows.append({"this": row.number, **self._columns(entry, key, owner)})
        if rows:
            columns: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name != "this"}
            await transaction.run(
                update(identities).where(identities.c.number == bindparam("this")).values(columns), rows
            )
        return len(rows)

    def _columns(self, entry: Entry, key: Key, owner: str) -> dict[str, object]:
        return {
            "blind_index": document_index(self._keyring, entry),
            "name_tag": name_tag(self._keyring, entry),
            "record": identity_records.seal(key, owner, entry),
        }

    # claiming

    async def claim(
        self,
        account: str,
        entry: Entry,
        at: float,
        *,
        max_accounts: int,
        attempts: int,
        window_s: float,
        start_score: int,
        tier: str,
    ) -> Claim:
        """Bind an account to the person whose document and name these are; a failure counts as an attempt.

        What the account held before (places, strikes, sanctions) passes to the person.
        """
        index, tag = document_index(self._keyring, entry), name_tag(self._keyring, entry)

        async def work(transaction: Transaction) -> Claim:
            failed = claim_attempts.c.account == account
            recent = await transaction.scalar(select(func.count()).where(failed, claim_attempts.c.at > at - window_s))
            if recent >= attempts:
                return Claim(result=ClaimResult.TOO_MANY)
            bound = await transaction.first(select(accounts).where(accounts.c.jid == account))
            if bound is not None and bound.person is not None:
                return Claim(result=ClaimResult.ALREADY)
            row = await transaction.first(select(identities).where(identities.c.blind_index == index))
            is_right = hmac.compare_digest(_NOBODY if row is None else row.name_tag, tag)
            if row is None or not is_right:
                await transaction.run(delete(claim_attempts).where(failed, claim_attempts.c.at <= at - window_s))
                await transaction.run(insert(claim_attempts).values(account=account, at=at))
                transaction.note(account, "claim-refused", holders.of_account(account), at)
                return Claim(result=ClaimResult.REFUSED)
            number, is_erased = await lineage.person_of(transaction, row.number)
            if is_erased:
                number = await self._take_back(transaction, row.number, number, entry, at)
            used = await transaction.scalar(select(func.count()).where(accounts.c.person == number))
            if used >= max_accounts:
                return Claim(result=ClaimResult.FULL)
            await _verify(transaction, number, at, start_score=start_score, tier=tier)
            await _bind(transaction, account, number, at, is_new=bound is None)
            await transaction.run(delete(claim_attempts).where(failed))
            person, _ = await read_person(transaction, number, at)
            return Claim(result=ClaimResult.BOUND, person=person)

        return await self._database.write(work)

    async def _take_back(self, transaction: Transaction, identity: int, erased: int, entry: Entry, at: float) -> int:
        """Somebody erased shows their document again: a person with a new number and nothing of the old but that."""
        number = await erasure.revive(transaction, erased, await _next_numbers(transaction, 1), at)
        here = number if identity == erased else identity
        owner = holders.of_person(here)
        key, row = seals.new_key(self._keyring, await seals.wrapping_master(transaction, self._keyring), owner)
        await transaction.run(insert(vault_keys).values(row))
        values = self._columns(entry, key, owner)
        await transaction.run(update(identities).where(identities.c.number == here).values(values))
        return number


def document_index(keyring: Keyring, entry: Entry) -> str:
    """The blind index of a document."""
    return keyring.index.tag("document", entry.document)


def name_tag(keyring: Keyring, entry: Entry) -> str:
    """What tells whether a name belongs to a document."""
    return keyring.index.tag("name", entry.document, entry.compared_name)


async def _verify(transaction: Transaction, number: int, at: float, *, start_score: int, tier: str) -> None:
    """Make somebody in the registry a person, unless they are."""
    if await transaction.scalar(select(persons.c.number).where(persons.c.number == number)) is not None:
        return
    row = {"tier": tier, "tier_since": at, "is_tier_locked": False, "verified_at": at, "rules_accepted": 0}
    await transaction.run(insert(persons).values(number=number, **row))
    transaction.note(MACHINE, "person-verified", holders.of_person(number), at, tier=tier)
    await credit.add(transaction, number, start_score, "start", by=MACHINE, at=at)


async def _bind(transaction: Transaction, account: str, number: int, at: float, *, is_new: bool) -> None:
    if is_new:
        await transaction.run(insert(accounts).values(jid=account, person=number, bound_at=at))
    else:
        this = accounts.c.jid == account
        await transaction.run(update(accounts).where(this).values(person=number, bound_at=at))
    await holders.move(transaction, holders.of_account(account), holders.of_person(number))
    transaction.note(account, "account-bound", holders.of_person(number), at, account=account)


async def _next_numbers(transaction: Transaction, count: int) -> int:
    """The first of `count` numbers for persons that were never given out."""
    this = counters.c.name == _NUMBERS
    used = await transaction.scalar(select(counters.c.value).where(this))
    if used is None:
        await transaction.run(insert(counters).values(name=_NUMBERS, value=count))
        return 1
    await transaction.run(update(counters).where(this).values(value=used + count))
    first: int = used + 1
    return first

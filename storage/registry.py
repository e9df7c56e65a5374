"""The registry: who is known by document and name, sealed; and claims that bind an account to a person.

Only HMACs are compared: a claim opens no record, and does the same work whether or not there is one.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from storage import attempts as failures
from storage import holders, identity_records, lineage, seals
from storage.binding import (
    Claim,
    ClaimResult,
    Terms,
    bind_to,
    columns,
    current_person,
    document_index,
    name_tag,
    next_numbers,
)
from storage.database import MACHINE, Database, Transaction
from storage.documents import Entry
from storage.errors import Refused
from storage.schema import accounts, identities, vault_keys
from storage.vault import Keyring

__all__ = ["Claim", "ClaimResult", "Entry", "PutResult", "Registry"]

_CHUNK = 500
_NOBODY = "0" * 64
"""Compared with when there is no entry: no HMAC has it."""

PROVIDER = "registry"
"""What this way of being verified is called."""


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
        first = await next_numbers(transaction, len(entries))
        master = await seals.wrapping_master(transaction, self._keyring)
        keys: list[dict[str, object]] = []
        rows: list[dict[str, object]] = []
        for number, entry in enumerate(entries, first):
            owner = holders.of_person(number)
            key, row = seals.new_key(self._keyring, master, owner)
            keys.append(row)
            rows.append({"number": number, "added_at": at, **columns(self._keyring, entry, key, owner)})
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
                rows.append({"this": row.number, **columns(self._keyring, entry, key, owner)})
        if rows:
            values: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name != "this"}
            await transaction.run(
                update(identities).where(identities.c.number == bindparam("this")).values(values), rows
            )
        return len(rows)

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
        renews: bool = False,
    ) -> Claim:
        """Bind an account to the person whose document and name these are; a failure counts as an attempt.

        What the account held before (places, strikes, sanctions) passes to the person. `renews`: an account that is
        bound may claim its own person again, whose verification then counts from now.
        """
        index, tag = document_index(self._keyring, entry), name_tag(self._keyring, entry)
        terms = Terms(max_accounts=max_accounts, start_score=start_score, tier=tier)

        async def work(transaction: Transaction) -> Claim:
            if await failures.are_spent(transaction, account, at, attempts=attempts, window_s=window_s):
                return Claim(result=ClaimResult.TOO_MANY)
            bound: int | None = await transaction.scalar(select(accounts.c.person).where(accounts.c.jid == account))
            if bound is not None and not renews:
                return Claim(result=ClaimResult.ALREADY)
            row = await transaction.first(select(identities).where(identities.c.blind_index == index))
            is_right = hmac.compare_digest(_NOBODY if row is None else row.name_tag, tag)
            if row is None or not is_right or not await _is_own(transaction, bound, row.number):
                await failures.add(transaction, account, at, window_s=window_s)
                transaction.note(account, "claim-refused", holders.of_account(account), at)
                return Claim(result=ClaimResult.REFUSED)
            number = await current_person(transaction, self._keyring, row.number, entry=entry, at=at)
            claim = await bind_to(transaction, account, number, at=at, terms=terms, provider=PROVIDER, renews=renews)
            if claim.is_bound:
                await failures.forget(transaction, account)
            return claim

        return await self._database.write(work)


async def _is_own(transaction: Transaction, bound: int | None, identity: int) -> bool:
    """Whether an account that is bound claims whom it is bound to."""
    return bound is None or bound == (await lineage.person_of(transaction, identity))[0]

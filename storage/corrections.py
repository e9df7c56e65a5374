"""What persons say is wrong with the record of who they are, until an identity officer has decided. Sealed for them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from storage import holders, identity_records, lineage, seals
from storage.binding import document_index, name_tag
from storage.blacklisting import of_document
from storage.database import Database, Transaction
from storage.documents import Entry
from storage.errors import Refused
from storage.schema import blacklist, corrections, identities
from storage.vault import Keyring

_KIND = "correction"


class Correct(Enum):
    DONE = "done"
    GONE = "gone"  # decided by somebody else, or asked for anew
    TAKEN = "taken"  # the document is somebody else's


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A correction that waits. What the record says now is not in it: whoever decides has a document to look at."""

    person: int
    at: float
    asked_by: str
    entry: Entry
    changes: tuple[str, ...]  # of "type", "number", "name": those that differ from the record
    remark: str = field(repr=False)


class Corrections:
    """Reads and writes of one database."""

    def __init__(self, database: Database, keyring: Keyring) -> None:
        """Sealed with keys of `keyring`."""
        self._database = database
        self._keyring = keyring

    async def ask(self, person: int, entry: Entry, remark: str, at: float, *, by: str) -> None:
        """Say what would be right; what was asked for before is dropped.

        Raises:
            Refused: the person is erased, or nothing was ever known of them.
        """

        async def work(transaction: Transaction) -> None:
            numbers = await lineage.numbers_of(transaction, person)
            if not numbers:
                raise Refused(f"nothing is known of person {person}")
            owner = holders.of_person(numbers[0])
            text = json.dumps({"entry": identity_records.plain(entry).decode(), "remark": remark})
            values = {
                "person": person,
                "identity": numbers[0],
                "sealed_for": owner,
                "record": await seals.seal(transaction, self._keyring, owner, _KIND, text),
                "asked_by": by,
                "at": at,
            }
            await transaction.run(delete(corrections).where(corrections.c.person == person))
            await transaction.run(insert(corrections).values(values))
            transaction.note(by, "correction-asked", holders.of_person(person), at)

        await self._database.write(work)

    async def waiting(self) -> Sequence[tuple[int, float]]:
        """Persons who asked, and when, the longest waiting first; nothing is opened."""
        query = select(corrections.c.person, corrections.c.at).order_by(corrections.c.at, corrections.c.person)
        async with self._database.read() as reading:
            return [(row.person, row.at) for row in await reading.all(query)]

    async def view(self, person: int, at: float, *, by: str) -> Correction | None:
        """What the person asked for; that an officer saw it is audited.

        Raises:
            BadKeys, Tampered: a record does not open.
        """

        async def work(transaction: Transaction) -> Correction | None:
            row = await transaction.first(select(corrections).where(corrections.c.person == person))
            if row is None:
                return None
            transaction.note(by, "correction-viewed", holders.of_person(person), at)
            return await self._open(transaction, row)

        return await self._database.write(work)

    async def decide(
        self, person: int, asked_at: float, at: float, *, by: str, is_accepted: bool, reason: str
    ) -> tuple[Correct, str]:
        """Write it into the record, or not; and the account that asked. `asked_at` says which one was looked at.

        The blacklist follows the document.

        Raises:
            BadKeys, Tampered: a record does not open.
        """

        async def work(transaction: Transaction) -> tuple[Correct, str]:
            here = (corrections.c.person == person, corrections.c.at == asked_at)
            row = await transaction.first(select(corrections).where(*here))
            if row is None:
                return Correct.GONE, ""
            if is_accepted and not await self._write(transaction, row):
                return Correct.TAKEN, ""
            await transaction.run(delete(corrections).where(*here))
            deed = "correction-accepted" if is_accepted else "correction-refused"
            transaction.note(by, deed, holders.of_person(person), at, reason=reason)
            return Correct.DONE, row.asked_by

        return await self._database.write(work)

    async def _open(self, transaction: Transaction, row: Row[Any]) -> Correction:
        text = await seals.open_sealed(transaction, self._keyring, row.sealed_for, _KIND, row.record)
        asked = json.loads(text)
        entry = identity_records.read(asked["entry"])
        known = await transaction.first(select(identities).where(identities.c.number == row.identity))
        assert known is not None  # noqa: S101 - identities are never deleted
        owner = holders.of_person(row.identity)
        sealed = await seals.open_sealed(transaction, self._keyring, owner, identity_records.IDENTITY, known.record)
        return Correction(
            person=row.person,
            at=row.at,
            asked_by=row.asked_by,
            entry=entry,
            changes=_changes(identity_records.read(sealed), entry),
            remark=asked["remark"],
        )

    async def _write(self, transaction: Transaction, row: Row[Any]) -> bool:
        entry = (await self._open(transaction, row)).entry
        index = document_index(self._keyring, entry)
        taken = select(identities.c.number).where(
            identities.c.blind_index == index, identities.c.number != row.identity
        )
        if await transaction.first(taken) is not None:
            return False
        here = identities.c.number == row.identity
        before = await transaction.scalar(select(identities.c.blind_index).where(here))
        owner = holders.of_person(row.identity)
        key = await seals.key_of(transaction, self._keyring, owner)
        assert key is not None  # noqa: S101 - the correction itself was sealed with it
        values = {
            "blind_index": index,
            "name_tag": name_tag(self._keyring, entry),
            "record": identity_records.seal(key, owner, entry),
        }
        await transaction.run(update(identities).where(here).values(values))
        if index != before:
            is_barred = select(blacklist.c.subject).where(blacklist.c.subject == of_document(index))
            barred = blacklist.c.subject == of_document(before)
            if await transaction.first(is_barred) is None:
                await transaction.run(update(blacklist).where(barred).values(subject=of_document(index)))
            else:
                await transaction.run(delete(blacklist).where(barred))
        return True


def _changes(known: Entry, asked: Entry) -> tuple[str, ...]:
    pairs = {
        "type": (known.document_type, asked.document_type),
        "number": (known.document_number, asked.document_number),
        "name": (known.name, asked.name),
    }
    return tuple(name for name, (one, other) in pairs.items() if one != other)

"""Sealed records of who somebody is: written and opened in one place."""

import json

from sqlalchemy import select

from storage import holders, lineage, seals
from storage.database import Reading
from storage.documents import Entry
from storage.errors import Tampered
from storage.schema import identities
from storage.vault import Key, Keyring

IDENTITY = "identity"
"""The kind of record, which it is sealed for."""


def seal(key: Key, owner: str, entry: Entry) -> bytes:
    """A record."""
    return key.seal(owner, IDENTITY, plain(entry))


def plain(entry: Entry) -> bytes:
    """What is sealed."""
    return json.dumps({"type": entry.document_type, "number": entry.document_number, "name": entry.name}).encode()


def read(text: str) -> Entry:
    """What was sealed."""
    fields = json.loads(text)
    return Entry(document_type=fields["type"], document_number=fields["number"], name=fields["name"])


async def entries_of(reading: Reading, keyring: Keyring, person: int) -> tuple[Entry, ...]:
    """Every document of a person, their own first; those erased are left out.

    Raises:
        BadKeys, Tampered: a record does not open.
    """
    query = select(identities).where(identities.c.number.in_(lineage.identities_of(person).order_by(None)))
    rows = sorted(await reading.all(query), key=lambda row: (row.number != person, row.number))
    entries = []
    for row in rows:
        if row.record:
            owner = holders.of_person(row.number)
            entries.append(read(await seals.open_sealed(reading, keyring, owner, IDENTITY, row.record)))
    return tuple(entries)


def is_sealed(entry: Entry, key: Key, owner: str, record: bytes) -> bool:
    """Whether the record says just this."""
    try:
        return key.open(owner, IDENTITY, record) == plain(entry)
    except Tampered:
        return False  # put right by the registry's own word

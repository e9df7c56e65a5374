"""All that is kept of one person, for that person alone: as plain values that make one JSON document."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, literal, select

from storage import blacklisting, holders, holding, identity_records, incidents, seals, verification_rows
from storage.applications import WORDS
from storage.database import Database, Reading
from storage.schema import (
    account_moves,
    accounts,
    audit,
    blacklist,
    corrections,
    disclosures,
    erasures,
    ledger,
    memberships,
    overrides,
    persons,
    rooms,
    verifications,
)
from storage.vault import Keyring

MOST_ENTRIES = 1000
"""Audit entries, the newest ones: one stanza in thousands may have left each of them."""

_EVIDENCE = {"holds": holding.EVIDENCE}
"""Kinds of sealed evidence, by table, where it is not the usual one."""

_INNER = frozenset(("sealed_for", "record", "code_tag", "asked_by_person", "content", "check_id", "ref"))
"""What says nothing of the person. Who else had to do with it (`by`, `…_by`) is left out as well."""

_UNTOLD = ("disclosure-asked", "disclosure-approved", "disclosure-refused", "disclosed")
"""Deeds of which the person is told in its own time."""


class OwnData:
    """Reads of one database."""

    def __init__(self, database: Database, keyring: Keyring) -> None:
        """Records of `database` are opened with keys of `keyring`."""
        self._database = database
        self._keyring = keyring

    async def of_person(self, person: int, upto: int) -> dict[str, Any]:
        """Everything about a person, as it is now; audit entries up to the one of this number.

        Disclosures are in it once the person has been told of them.

        Raises:
            BadKeys, Tampered: a record does not open.
        """
        async with self._database.read() as reading:
            bound = await _rows(reading, accounts, accounts.c.person == person, jid="account")
            entries = await identity_records.entries_of(reading, self._keyring, person)
            told = (disclosures.c.person == person) & disclosures.c.notified_at.is_not(None)
            jids = [row["account"] for row in bound]
            return {
                "person": person,
                "identity": [
                    {"document_type": each.document_type, "document_number": each.document_number, "name": each.name}
                    for each in entries
                ],
                "standing": await _rows(reading, persons, persons.c.number == person),
                "accounts": bound,
                "ledger": await _rows(reading, ledger, ledger.c.person == person),
                "corrections": await _rows(reading, corrections, corrections.c.person == person),
                "account_moves": await _rows(reading, account_moves, account_moves.c.person == person),
                "erasure": await _rows(reading, erasures, erasures.c.person == person),
                "disclosures": await _rows(reading, disclosures, told),
                "blacklist": await self._blacklist(reading, blacklisting.subjects_of(person), jids),
                **await self._held(reading, holders.of_person(person), jids, upto),
            }

    async def of_account(self, account: str, upto: int) -> dict[str, Any]:
        """Likewise about an account behind which nobody verified stands (yet)."""
        async with self._database.read() as reading:
            return {
                "person": None,
                "accounts": await _rows(reading, accounts, accounts.c.jid == account, jid="account"),
                "blacklist": await self._blacklist(reading, select(literal("")), [account]),
                **await self._held(reading, holders.of_account(account), [account], upto),
            }

    async def _held(self, reading: Reading, holder: str, jids: Sequence[str], upto: int) -> dict[str, Any]:
        """What a holder has, did and asked for."""
        return {
            "quota_overrides": await _rows(reading, overrides, overrides.c.subject == holder),
            "memberships": await self._memberships(reading, holder),
            **{table.name: await self._records(reading, table, holder) for table in holders.RECORDS},
            **{table.name: await self._asked(reading, table, holder) for table in holders.ASKED},
            "verifications": await self._verifications(reading, jids),
            "audit": await self._audit(reading, holder, jids, upto),
        }

    async def _memberships(self, reading: Reading, holder: str) -> list[dict[str, Any]]:
        query = (
            select(rooms.c.jid, rooms.c.code, memberships.c.is_creator, memberships.c.is_pending, memberships.c.since)
            .join(rooms, rooms.c.number == memberships.c.room)
            .where(memberships.c.holder == holder)
            .order_by(memberships.c.since, rooms.c.jid)
        )
        return [dict(row._mapping) for row in await reading.all(query)]  # noqa: SLF001 - SQLAlchemy's public name

    async def _records(self, reading: Reading, table: Table, holder: str) -> list[dict[str, Any]]:
        query = select(table).where(table.c.holder == holder).order_by(table.c.number)
        records = []
        for row in await reading.all(query):
            values = _values(row._mapping, {})  # noqa: SLF001
            if "evidence" in values:
                kind = _EVIDENCE.get(table.name, incidents.EVIDENCE)
                values["evidence"] = await seals.open_evidence(reading, self._keyring, row, kind)
            records.append(values)
        return records

    async def _asked(self, reading: Reading, table: Table, holder: str) -> list[dict[str, Any]]:
        """With the room's address, and in the holder's own words."""
        query = select(table, rooms.c.jid).join(rooms, rooms.c.number == table.c.room).where(table.c.holder == holder)
        asked = []
        for row in await reading.all(query.order_by(*table.primary_key.columns)):
            values = _values(row._mapping, {"jid": "room"}) | {"room": row.jid}  # noqa: SLF001
            if "words" in values:
                key = await seals.key_of(reading, self._keyring, row.sealed_for)
                values["words"] = "" if key is None else seals.open_with(key, row.sealed_for, WORDS, row.words)
            asked.append(values)
        return asked

    async def _verifications(self, reading: Reading, jids: Sequence[str]) -> list[dict[str, Any]]:
        """With what was submitted, as long as it is kept."""
        query = select(verifications).where(verifications.c.account.in_(jids)).order_by(verifications.c.number)
        return [
            {
                **_values(row._mapping, {}),  # noqa: SLF001
                "submitted": await verification_rows.open_record(reading, self._keyring, row),
            }
            for row in await reading.all(query)
        ]

    async def _blacklist(
        self, reading: Reading, subjects: Select[tuple[str]], jids: Sequence[str]
    ) -> list[dict[str, Any]]:
        by_account = blacklist.c.subject.in_(map(holders.of_account, jids))
        here = by_account | blacklist.c.subject.in_(subjects)
        query = select(blacklist.c.reason, blacklist.c.at).where(here).order_by(blacklist.c.at)
        return [{"reason": row.reason, "at": row.at} for row in await reading.all(query)]

    async def _audit(self, reading: Reading, holder: str, jids: Sequence[str], upto: int) -> list[dict[str, Any]]:
        subjects = [holder, *map(holders.of_account, jids)]
        mine = audit.c.subject.in_(subjects) & audit.c.deed.not_in(_UNTOLD)
        query = select(audit).where(mine, audit.c.number <= upto).order_by(audit.c.number.desc()).limit(MOST_ENTRIES)
        return [
            {"number": row.number, "at": row.at, "deed": row.deed, "detail": json.loads(row.detail)}
            for row in await reading.all(query)
        ]


async def _rows(reading: Reading, table: Table, where: ColumnElement[bool], **names: str) -> list[dict[str, Any]]:
    """Rows as values; `names` renames columns."""
    query = select(table).where(where).order_by(*table.primary_key.columns)
    return [_values(row._mapping, names) for row in await reading.all(query)]  # noqa: SLF001


def _values(row: Mapping[Any, Any], names: Mapping[str, str]) -> dict[str, Any]:
    return {
        names.get(name, name): value
        for name, value in row.items()
        if name not in _INNER and name != "by" and not name.endswith("_by")
    }

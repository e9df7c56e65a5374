"""Any single byte of any entry changed, anywhere: `verify` names that entry."""

import asyncio
import sqlite3
import struct
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storage.audit import AuditEntry
from storage.store import Store
from tests.unit.storage.databases import KEYS, T0, opened_copy, url_of

ENTRIES = 12
TEXTS = ("actor", "deed", "subject", "detail", "hash")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template")

    async def fill() -> None:
        store = await Store.open(url_of(folder), KEYS)
        for index in range(1, ENTRIES):
            entry = AuditEntry(actor="x", deed="denied", subject="a:é@example.org", detail={"n": index, "texte": "é群"})
            await store.audit.append([entry], T0 + index / 7)
        await store.close()

    asyncio.run(fill())
    return folder


@settings(max_examples=70, deadline=None)
@given(
    number=st.integers(1, ENTRIES),
    column=st.sampled_from((*TEXTS, "at")),
    place=st.integers(min_value=0),
    mask=st.integers(1, 255),
)
def test_any_byte_changed_is_found_where_it_is(template: Path, number: int, column: str, place: int, mask: int) -> None:
    def change(value: bytes) -> bytes:
        spot = place % len(value)
        return value[:spot] + bytes([value[spot] ^ mask]) + value[spot + 1 :]

    def tamper(connection: sqlite3.Connection) -> None:
        this = f"FROM audit WHERE number = {number}"
        if column == "at":
            [(at,)] = connection.execute(f"SELECT at {this}")
            [changed] = struct.unpack(">d", change(struct.pack(">d", at)))
            connection.execute("UPDATE audit SET at = ? WHERE number = ?", (changed, number))
        else:
            [(text,)] = connection.execute(f"SELECT CAST({column} AS BLOB) {this}")
            changed = change(text or b"\0")
            connection.execute(f"UPDATE audit SET {column} = CAST(? AS TEXT) WHERE number = ?", (changed, number))  # noqa: S608

    assert broken_at(template, tamper) == number


@settings(max_examples=30, deadline=None)
@given(order=st.permutations(range(1, ENTRIES + 1)), kept=st.sets(st.integers(1, ENTRIES)))
def test_entries_moved_or_removed_are_found_at_the_first_of_them(
    template: Path, order: list[int], kept: set[int]
) -> None:
    after = [number for number in order if number in kept]  # after[i] stands where i + 1 stood

    def tamper(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE copy AS SELECT * FROM audit")
        connection.execute("DELETE FROM audit")
        for place, number in enumerate(after, 1):
            connection.execute("INSERT INTO audit SELECT * FROM copy WHERE number = ?", (number,))
            connection.execute("UPDATE audit SET number = -? WHERE number = ?", (place, number))
        connection.execute("UPDATE audit SET number = -number")

    expected = next((place for place, number in enumerate(after, 1) if place != number), len(after) + 1)
    assert broken_at(template, tamper) == (None if after == list(range(1, ENTRIES + 1)) else expected)


def broken_at(template: Path, tamper: Callable[[sqlite3.Connection], None]) -> int | None:
    async def verify() -> int | None:
        with tempfile.TemporaryDirectory() as folder:
            async with opened_copy(template, Path(folder)) as store:
                with closing(sqlite3.connect(Path(folder) / "roomkeeper.db")) as connection, connection:
                    connection.execute("DROP TRIGGER audit_keeps_UPDATE")
                    connection.execute("DROP TRIGGER audit_keeps_DELETE")
                    tamper(connection)
                return (await store.audit.verify()).broken_at

    return asyncio.run(verify())

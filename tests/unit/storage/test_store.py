"""Opening: a new database, one that is there, and all that can be wrong with one."""

import asyncio
import gc
import os
import re
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from storage import errors, schema
from storage.errors import Absent, BadKeys, Refused, StorageError, Unavailable
from storage.store import Store
from storage.vault import Keyring
from tests.unit.storage.databases import KEYS, MIGRATIONS, T0, migrate_to, opened, url_of, verified


async def test_what_was_written_is_there_after_reopening(url: str) -> None:
    store = await Store.open(url, KEYS)
    number = await verified(store, "juliet@example.org")
    await store.close()
    store = await Store.open(url, KEYS)
    found = await store.people.find("juliet@example.org", T0)
    await store.close()
    assert found.person is not None
    assert found.person.number == number


async def test_database_and_its_log_are_closed_to_others(tmp_path: Path) -> None:
    umask = os.umask(0)
    try:
        store = await Store.open(url_of(tmp_path), KEYS)
        await store.people.set_language("juliet@example.org", "en")
        modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}
        await store.close()
    finally:
        os.umask(umask)
    assert len(modes) == 3
    assert set(modes.values()) == {0o600}


async def test_a_path_with_spaces_percent_and_letters_of_any_script_works(tmp_path: Path) -> None:
    folder = tmp_path / "data of 100 %s 群"
    folder.mkdir()
    store = await Store.open(url_of(folder), KEYS)
    await store.close()
    assert (folder / "roomkeeper.db").is_file()


async def test_migrations_lead_to_the_tables_that_the_code_speaks_of(url: str) -> None:
    store = await Store.open(url, KEYS)
    await store.close()
    with opened(url) as connection:
        differences = compare_metadata(MigrationContext.configure(connection), schema.metadata)
    assert differences == []


def test_the_revision_in_the_schema_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_current_head() == schema.REVISION


async def test_without_leave_to_migrate_an_older_database_is_refused(blank: str) -> None:
    store = await Store.open(blank, KEYS)
    await store.close()
    with opened(blank) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    with pytest.raises(Refused, match=r"at version 0001.*roomkeeper migrate"):
        await Store.open(blank, KEYS, migrate=False)


async def test_without_leave_to_migrate_none_is_made(blank: str, tmp_path: Path) -> None:
    with pytest.raises(Absent, match=r"roomkeeper (run|migrate)"):
        await Store.open(blank, KEYS, migrate=False)
    assert list(tmp_path.iterdir()) == []


async def test_without_leave_to_migrate_an_empty_file_is_left_empty(tmp_path: Path) -> None:
    (tmp_path / "roomkeeper.db").touch()
    with pytest.raises(Absent):
        await Store.open(url_of(tmp_path), KEYS, migrate=False)


async def test_a_database_of_a_newer_roomkeeper_is_refused(blank: str) -> None:
    store = await Store.open(blank, KEYS)
    await store.close()
    with opened(blank) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Refused, match="9999"):
        await Store.open(blank, KEYS)


@pytest.mark.parametrize(
    "bad",
    ["nonsense", "mysql://localhost/x", "sqlite://", "sqlite:///x?mode=ro", "sqlite:///x\0y", "sqlite:///:memory:"],
)
async def test_another_kind_of_database_is_refused(bad: str) -> None:
    with pytest.raises(StorageError):
        await Store.open(bad, KEYS)


async def test_a_file_that_is_no_database_is_told_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "roomkeeper.db"
    path.write_bytes(b"a diary, not a database " * 400)
    before = path.read_bytes()
    with pytest.raises(Unavailable, match="not a database"):
        await Store.open(url_of(tmp_path), KEYS)
    assert path.read_bytes() == before


async def test_a_folder_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"missing/roomkeeper\.db cannot be made: No such file"):
        await Store.open(url_of(tmp_path / "missing"), KEYS)


async def test_a_folder_in_the_place_of_the_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "roomkeeper.db").mkdir()
    with pytest.raises(Unavailable, match=r"roomkeeper\.db is no file"):
        await Store.open(url_of(tmp_path), KEYS)


async def test_keys_of_another_database_are_refused(url: str) -> None:
    store = await Store.open(url, KEYS)
    await store.close()
    with pytest.raises(BadKeys, match="index key is not the one"):
        await Store.open(url, Keyring.parse(Keyring.generate()))
    text = Keyring.generate()
    store = await Store.open(url, Keyring(KEYS.index, {**KEYS.masters, **Keyring.parse(text).masters}))
    await store.close()
    with pytest.raises(BadKeys, match=r"master .* key.* is missing"):
        await Store.open(url, KEYS)


async def test_a_closed_store_says_so(url: str) -> None:
    store = await Store.open(url, KEYS)
    await store.close()
    with pytest.raises(Unavailable, match="closed"):
        await store.people.set_language("juliet@example.org", "en")


async def test_nothing_but_storages_own_errors_leaves_it(store: Store) -> None:
    for attempt in (
        store.people.by_number(10**30, T0),
        store.people.set_language("juliet\ud800@example.org", "en"),
        store.rooms.find("\ud800"),
        store.discipline.lift(-(10**30), by="", reason="", at=T0),
    ):
        with pytest.raises(StorageError):
            await attempt


def test_the_tree_of_errors_is_drawn_at_the_top() -> None:
    drawn = set(re.findall(r"\b[A-Z][a-z]+[A-Za-z]*\b(?=  | *\n[├└])", errors.__doc__ or ""))
    there = {name for name, value in vars(errors).items() if isinstance(value, type)}
    assert there <= drawn | {"StorageError"}


async def test_what_is_being_read_at_the_end_is_read_and_leaves_no_connection_open(url: str) -> None:
    store = await Store.open(url, KEYS)
    reads = [asyncio.create_task(store.people.find(f"user{number}@example.org", T0)) for number in range(12)]
    await asyncio.sleep(0)  # they have begun
    await store.close()
    assert [found.person for found in await asyncio.gather(*reads)] == [None] * 12
    del store, reads
    gc.collect()  # a connection left open would say so now, and warnings are errors


async def test_rooms_of_an_older_database_are_as_if_nobody_had_chosen(blank: str) -> None:
    with opened(blank) as connection:
        migrate_to(
            connection,
            "0002",
            "INSERT INTO rooms (jid, code, status, is_pending, taken_at)"
            " VALUES ('r@muc', '7K3M-Q9TW-X', 'open', FALSE, 1)",
        )
    store = await Store.open(blank, KEYS)
    room = await store.rooms.find("r@muc")
    await store.close()
    assert room is not None
    assert (room.category, room.scale, room.rules, room.rules_version) == (None, None, (), 0)

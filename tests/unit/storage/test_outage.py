"""A database that is locked or full: a clear error, soon, nothing half done, and recovery. SQLite's ways of failing."""

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from policy.actions import Strike
from storage import schema
from storage.errors import Refused, Unavailable
from storage.rooms import Taken
from storage.store import Store
from tests.unit.storage.databases import KEYS, T0, enter, entry, only_sqlite, place, url_of, verified

JULIET, ROOM = "juliet@example.org", "tomb@muc.example.org"


@pytest.fixture
async def hasty(tmp_path: Path) -> AsyncIterator[Store]:
    """A store that waits a tenth of a second for a lock."""
    store = await Store.open(url_of(tmp_path), KEYS, busy_timeout_s=0.1)
    yield store
    await store.close()


async def test_a_locked_database_is_told_soon_and_works_again_when_let_go(hasty: Store, tmp_path: Path) -> None:
    number = await verified(hasty, JULIET)
    other = sqlite3.connect(tmp_path / "roomkeeper.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    start = time.monotonic()
    with pytest.raises(Unavailable, match="locked"):
        await hasty.rooms.take(place(JULIET, ROOM, person=number, creates=True), T0)
    assert time.monotonic() - start < 2
    assert (await hasty.people.find(JULIET, T0)).person is not None  # readers do not wait for writers
    assert await hasty.rooms.find(ROOM) is None
    other.execute("ROLLBACK")
    other.close()
    assert isinstance(await hasty.rooms.take(place(JULIET, ROOM, person=number, creates=True), T0), Taken)
    assert (await hasty.audit.verify()).broken_at is None


async def test_many_who_wait_for_a_locked_database_are_told_together(hasty: Store, tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "roomkeeper.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    start = time.monotonic()
    answers = await asyncio.gather(
        *(hasty.rooms.adopt(f"r{index}@muc", T0, []) for index in range(3000)), return_exceptions=True
    )
    assert {type(answer) for answer in answers} == {Unavailable}
    assert time.monotonic() - start < 2
    other.close()
    assert await hasty.rooms.open_rooms() == ()


async def test_many_who_look_at_a_locked_database_are_told_together(hasty: Store, tmp_path: Path) -> None:
    hasty._database._writer._engine.dispose()  # with nobody in it, somebody else can lock out readers as well
    other = sqlite3.connect(tmp_path / "roomkeeper.db", isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN IMMEDIATE")
    start = time.monotonic()
    answers = await asyncio.gather(
        *(hasty.people.find(f"x{index}@example.org", T0) for index in range(3000)), return_exceptions=True
    )
    assert {type(answer) for answer in answers} == {Unavailable}
    assert time.monotonic() - start < 2
    other.close()
    assert (await hasty.people.find(JULIET, T0)).person is None


@only_sqlite
async def test_a_full_disk_is_told_and_works_again_when_there_is_room(store: Store) -> None:
    number = await verified(store, JULIET)
    before = await store.audit.verify()
    await limit_pages(store, 1)  # SQLite takes this as no page more than there are
    strike = Strike(account=JULIET, person=number, room=ROOM, rule="x", evidence="x" * 50_000, expires_s=9.0)
    with pytest.raises(Unavailable, match="full"):
        await enter(store, strike)
    with pytest.raises(Unavailable, match="full"):
        await store.registry.put([entry(index) for index in range(2, 400)], T0)
    assert await store.discipline.strikes_of(f"p:{number}") == ()
    assert await store.audit.verify() == before
    await limit_pages(store, 1_000_000)
    await enter(store, strike)
    assert len(await store.discipline.strikes_of(f"p:{number}")) == 1
    assert (await store.registry.put([entry(index) for index in range(2, 400)], T0)).added == 398
    assert (await store.audit.verify()).broken_at is None


async def limit_pages(store: Store, pages: int) -> None:
    await store._database.run_sync(lambda connection: connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}"))


async def test_a_write_that_is_refused_takes_nothing_back_but_itself(store: Store) -> None:
    await verified(store, JULIET)
    answers = await asyncio.gather(
        store.rooms.adopt("one@muc", T0, []),
        store.people.adjust_credit(77, 1, "x", by="x", at=T0),
        store.rooms.adopt("two@muc", T0, []),
        store.people.set_language("x" + "\ud800", "en"),
        store.rooms.adopt("three@muc", T0, []),
        return_exceptions=True,
    )
    assert [isinstance(answer, Exception) for answer in answers] == [False, True, False, True, False]
    assert isinstance(answers[3], Refused)
    assert await store.rooms.open_rooms() == ("one@muc", "three@muc", "two@muc")
    assert (await store.audit.verify()).broken_at is None


async def test_whoever_stops_waiting_holds_nobody_up(store: Store) -> None:
    tasks = [asyncio.create_task(store.rooms.adopt(f"r{index}@muc", T0, [])) for index in range(20)]
    await asyncio.sleep(0)
    for task in tasks[::2]:
        task.cancel()
    done = await asyncio.gather(*tasks, return_exceptions=True)
    assert [isinstance(one, asyncio.CancelledError) for one in done] == [True, False] * 10
    assert set(await store.rooms.open_rooms()) >= {f"r{index}@muc" for index in range(1, 20, 2)}
    assert (await store.audit.verify()).broken_at is None


async def test_closing_commits_what_waits(url: str) -> None:
    store = await Store.open(url, KEYS)
    waiting = [asyncio.create_task(store.rooms.adopt(f"r{index}@muc", T0, [])) for index in range(100)]
    await asyncio.sleep(0)
    await store.close()
    await asyncio.gather(*waiting)
    store = await Store.open(url, KEYS)
    assert len(await store.rooms.open_rooms()) == 100
    await store.close()


async def test_two_processes_worth_of_stores_share_one_database_without_overshooting(store: Store, url: str) -> None:
    other = await Store.open(url, KEYS)
    tries = [place(JULIET, f"r{index}@muc", creates=True, created=5) for index in range(30)]
    answers = await asyncio.gather(
        *((store if index % 2 else other).rooms.take(one, T0) for index, one in enumerate(tries))
    )
    assert sum(isinstance(answer, Taken) for answer in answers) == 5
    assert (await other.audit.verify()).broken_at is None
    async with store._database.read() as reading:
        assert await reading.scalar(select(func.count()).select_from(schema.memberships)) == 5
    await other.close()

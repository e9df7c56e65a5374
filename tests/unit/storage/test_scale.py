"""Ten thousand persons and a thousand rooms: still quick, and by index. Bounds are loose; figures are in the docs."""

import asyncio
import statistics
import time
import tracemalloc
from typing import Any

from sqlalchemy import event

from policy.actions import Apply
from storage.entrances import Verdict
from storage.store import Store
from tests.unit.storage.databases import T0, claim, entry, only_sqlite, place

PERSONS, ROOMS = 10_000, 1_000


async def test_ten_thousand_entries_are_imported_soon_and_in_little_memory(store: Store) -> None:
    tracemalloc.start()
    start = time.monotonic()
    for first in range(0, PERSONS, 1000):
        await store.registry.put([entry(first + index) for index in range(1000)], T0)
    took_s, (_, peak) = time.monotonic() - start, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert took_s < 40
    assert peak < 50_000_000


async def test_finding_stays_quick_with_many_persons_and_rooms(store: Store) -> None:
    await store.registry.put([entry(index) for index in range(PERSONS)], T0)
    await asyncio.gather(*(claim(store, f"x{index}@example.org", entry(index)) for index in range(100)))
    await asyncio.gather(*(store.rooms.adopt(f"r{index}@muc", T0, ()) for index in range(ROOMS)))
    spent: list[float] = []
    for index in range(100):
        start = time.perf_counter()
        found = await store.people.find(f"x{index}@example.org", T0)
        assert found.person is not None
        assert await store.rooms.find(f"r{index}@muc") is not None
        spent.append(time.perf_counter() - start)
    assert statistics.median(spent) < 0.05


@only_sqlite
async def test_no_query_of_every_day_reads_a_whole_table(store: Store) -> None:
    heard: set[str] = set()

    def hear(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith(("SELECT", "UPDATE", "DELETE")):
            heard.add(statement)

    await store.registry.put([entry()], T0)
    database = store._database
    for engine in (database._reader.sync_engine, database._writer._engine, database._looks._engine):
        event.listen(engine, "before_cursor_execute", hear)
    await claim(store, "juliet@example.org", entry())
    await store.people.find("juliet@example.org", T0)
    await store.people.accounts_of(1)
    await store.people.adjust_credit(1, 1, "x", by="x", at=T0)
    await store.rooms.take(place("juliet@example.org", "r@muc", person=1, creates=True), T0)
    await store.rooms.confirm("p:1", "r@muc", T0)
    await store.rooms.find("r@muc")
    await store.rooms.counts("p:1", "r@muc")
    await store.rooms.is_member("p:1", "r@muc")
    await store.rooms.stay("p:1", "r@muc")
    await store.people.by_number(1, T0)
    await store.rooms.memberships_of("p:1")
    await store.rooms.pending(T0)
    asked: dict[str, Any] = {"account": "romeo@example.org", "person": None, "room": "r@muc"}
    await store.entrances.standing("p:1", "r@muc", T0)
    await store.entrances.try_answer("p:1", "r@muc", T0, most=3, window_s=60)
    await store.entrances.apply(
        Apply(**asked, words="", rule="x", expires_s=60, pause_s=60, per_person=1, per_room=1), T0
    )
    await store.entrances.waiting_for("r@muc", T0, limit=10)
    await store.entrances.unannounced(T0)
    await store.entrances.decide("r@muc", [1], Verdict(is_approval=True, by="x", reason="", admission_s=60), T0)
    await store.entrances.untold(limit=10)
    await store.entrances.note_told([1])
    await store.entrances.expire(T0)
    await store.entrances.use_admission("a:romeo@example.org", "r@muc")
    await store.entrances.settle_grant("p:1", "r@muc", T0)
    await store.rooms.leave("p:1", "r@muc", T0, "x")
    await store.discipline.sanctions_of("p:1", T0)
    await store.audit.read(10, subject="p:1")
    assert len(heard) > 20
    scans = set()
    async with database._reader.connect() as connection:
        for statement in heard:
            parameters = tuple(range(statement.count("?")))
            plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            scans |= {(row.detail, statement) for row in plan if row.detail.startswith("SCAN")}
    few = ("audit_head", "vault_proofs", "CONSTANT ROW", "asked", "ix_applications_untold", "uq_applications_waiting")
    assert not {scan for scan in scans if not any(table in scan[0] for table in few)}

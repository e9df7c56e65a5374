"""PostgreSQL's own ways of being away, in the way or half done."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator

import psycopg
import pytest
import sqlalchemy as sa
from sqlalchemy.pool import PoolProxiedConnection

from storage.errors import Refused, Unavailable
from storage.rooms import Taken
from storage.schema import vault_keys
from storage.store import Store
from tests.support.postgres import Postgres, running
from tests.unit.storage.databases import KEYS, T0, entry, opened, place, stored, verified

JULIET, ROOM = "juliet@example.org", "tomb@muc.example.org"
LOCK = "SELECT pg_advisory_xact_lock(1919905645)"


@pytest.fixture
def backend() -> str:
    return "postgresql"


@pytest.fixture
async def hasty(url: str) -> AsyncIterator[Store]:
    """A store that waits a tenth of a second for a lock."""
    store = await Store.open(url, KEYS, busy_timeout_s=0.1)
    yield store
    await store.close()


@pytest.fixture
def another() -> Iterator[Postgres]:
    """A server of the test's own, which it may stop."""
    with running() as server:
        yield server


async def test_another_writer_is_waited_for_so_long_and_no_longer(hasty: Store, url: str) -> None:
    with opened(url) as other:
        other.exec_driver_sql(LOCK)
        start = time.monotonic()
        with pytest.raises(Unavailable, match="lock timeout"):
            await hasty.rooms.take(place(JULIET, ROOM, creates=True), T0)
        assert time.monotonic() - start < 2
        assert await hasty.rooms.find(ROOM) is None  # readers do not wait for writers
    assert isinstance(await hasty.rooms.take(place(JULIET, ROOM, creates=True), T0), Taken)


async def test_connections_that_the_server_ended_are_made_anew(store: Store, url: str) -> None:
    await verified(store, JULIET)
    with opened(url) as other:
        other.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )
    assert (await store.people.find(JULIET, T0)).person is not None
    assert isinstance(await store.rooms.take(place(JULIET, ROOM, creates=True), T0), Taken)


async def test_a_server_that_is_away_is_told_and_works_again_when_it_is_back(another: Postgres) -> None:
    url = another.create()
    async with stored(url) as store:
        number = await verified(store, JULIET)
        another.stop()
        with pytest.raises(Unavailable):
            await store.people.find(JULIET, T0)
        with pytest.raises(Unavailable):
            await store.rooms.take(place(JULIET, ROOM, person=number, creates=True), T0)
        another.start()
        assert await store.rooms.find(ROOM) is None
        assert isinstance(await store.rooms.take(place(JULIET, ROOM, person=number, creates=True), T0), Taken)
        assert (await store.audit.verify()).broken_at is None


@pytest.mark.parametrize("is_done", [True, False])
async def test_a_commit_whose_answer_is_lost_is_asked_about(
    store: Store, url: str, monkeypatch: pytest.MonkeyPatch, *, is_done: bool
) -> None:
    engine = store._database._writer._engine
    real = engine.dialect.do_commit

    def lose(connection: PoolProxiedConnection) -> None:
        monkeypatch.undo()
        if is_done:
            real(connection)
        driver = connection.driver_connection
        assert isinstance(driver, psycopg.Connection)
        with opened(url) as other:
            other.execute(sa.text("SELECT pg_terminate_backend(:pid)"), {"pid": driver.info.backend_pid})
        driver.execute("SELECT 1")  # raises, as a commit on a line that broke

    monkeypatch.setattr(engine.dialect, "do_commit", lose)
    if is_done:
        assert isinstance(await store.rooms.take(place(JULIET, ROOM, creates=True), T0), Taken)
    else:
        with pytest.raises(Unavailable):
            await store.rooms.take(place(JULIET, ROOM, creates=True), T0)
    assert (await store.rooms.find(ROOM) is not None) == is_done
    assert (await store.audit.verify()).broken_at is None


async def test_destroyed_keys_are_gone_from_the_tables_file(store: Store, url: str, postgres: Postgres) -> None:
    await store.registry.put([entry(number) for number in range(40)], T0)
    numbers = [await verified(store, f"user{number}@example.org", number) for number in range(1, 4)]
    with opened(url) as other:
        mine = sa.select(vault_keys.c.wrapped).where(vault_keys.c.owner.in_([f"p:{number}" for number in numbers]))
        keys = [bytes(key) for key in other.execute(mine).scalars()]
        other.exec_driver_sql("CHECKPOINT")
    assert len(keys) == 3
    assert all(key in table_files(postgres) for key in keys)
    for number in numbers:
        await store.erasures.ask(number, T0, T0, by="x")
        await store.erasures.erase(number, T0 + 1)
    await store.errands.finish([errand.number for errand in await store.errands.waiting(0, 1_000)])
    assert await store.erasures.scrub()
    with opened(url) as other:
        other.exec_driver_sql("CHECKPOINT")
    assert not any(key in table_files(postgres) for key in keys)


async def test_a_scrub_that_a_reader_is_in_the_way_of_is_done_later(hasty: Store, url: str) -> None:
    number = await verified(hasty, JULIET)
    with opened(url) as reader:
        reader.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        reader.exec_driver_sql("SELECT count(*) FROM accounts")
        await hasty.erasures.ask(number, T0, T0, by="x")
        await hasty.erasures.erase(number, T0 + 1)
        await hasty.errands.finish([errand.number for errand in await hasty.errands.waiting(0, 1_000)])
        assert not await hasty.erasures.scrub()
    assert await hasty.erasures.scrub()


async def test_text_that_postgresql_cannot_hold_is_refused(store: Store) -> None:
    with pytest.raises(Refused):
        await store.people.set_language("juliet\0@example.org", "en")


async def test_promises_outlive_a_power_cut_whatever_the_server_is_set_to(another: Postgres) -> None:
    url = another.create()
    with opened(url) as other:
        other.exec_driver_sql(f"ALTER DATABASE {url.split('/')[3].split('?')[0]} SET synchronous_commit = off")

    async with stored(url) as store:

        async def ask() -> object:
            return await store._database.run_sync(
                lambda connection: connection.exec_driver_sql("SHOW synchronous_commit").scalar()
            )

        assert await ask() == "on"


async def test_a_database_that_is_not_of_unicode_is_refused(postgres: Postgres) -> None:
    url = postgres.create("TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    with pytest.raises(Refused, match="UTF8"):
        await Store.open(url, KEYS)


async def test_two_that_open_an_empty_database_at_once_make_its_tables_once(blank: str) -> None:
    one, two = await asyncio.gather(Store.open(blank, KEYS), Store.open(blank, KEYS))
    assert (await one.audit.verify()).count == 1
    await one.close()
    await two.close()


def table_files(server: Postgres) -> bytes:
    return b"".join(path.read_bytes() for path in (server.folder / "data" / "base").rglob("*") if path.is_file())

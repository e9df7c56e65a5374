"""PostgreSQL: the engines and what every connection is told. The one file with SQL that is PostgreSQL's alone.

Writers come one at a time here too, those of other instances included: each takes one lock before it looks at
anything, and then reads what all before it committed. The audit's chain wants that anyway, and what is counted in a
transaction still holds when it is written. Writes share commits (`Database`), so the lock is taken once for many.
"""

import asyncio
import json
import logging
import secrets
import time
from collections.abc import AsyncGenerator, Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, Executable, create_engine, event, exc, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, ConnectionPoolEntry, QueuePool

from storage.chain import AuditEntry
from storage.errors import Refused, Unavailable
from storage.looks import THREADS
from storage.news import touched

log = logging.getLogger(__name__)

_READERS = 4
_CHANNEL = "roomkeeper"
_LONGEST_NEWS = 7_900
"""Bytes; PostgreSQL takes no more than 8,000."""
_HEARTBEAT_S = 30.0
_RETRY_S = 2.0
_POLL_S = 0.05
_SILENCE_S = 10
"""A server that acknowledges nothing for so long is taken for gone."""

_BEGIN = text("SELECT pg_advisory_xact_lock(1919905645), CAST(pg_current_xact_id() AS text)")  # the number: "room"
_FATE = text("SELECT pg_xact_status(CAST(:transaction AS xid8))")
_TOLD = "SET timezone = 'UTC'; SET lock_timeout = {lock_timeout_ms}; "
_WRITER_TOLD = _TOLD + (
    "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE; "
    # A promise outlives a power cut, whatever else the server's owner wants of it.
    "SELECT set_config('synchronous_commit', 'on', false)"
    " WHERE current_setting('synchronous_commit') IN ('off', 'local')"
)
_READER_TOLD = _TOLD + "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
_NOW = text("SELECT CAST(pg_current_xact_id() AS text)")
_TELL = text("SELECT pg_notify(:channel, :news)")
_SIZE = text("SELECT pg_database_size(current_database())")
_OLD_READERS = text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid() AND age(backend_xmin) >= age(CAST(:now AS xid))"
)

T = TypeVar("T")


class Writer:
    """One connection, used by one thread."""

    def __init__(self, engine: Engine, options: Mapping[str, Any], patience_s: float) -> None:
        """`options` are the driver's for connections besides the engine's.

        `patience_s`: how long to wait for readers in the way, and for a server that went away in a commit.
        """
        self._engine = engine
        self._options = options
        self._name = secrets.token_hex(8)  # of this instance, in what it tells others
        self._patience_s = patience_s
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="storage-writer")

    def announcement(self, entries: Iterable[tuple[float, AuditEntry]]) -> Executable | None:
        """What tells other instances, when the transaction it is run in is committed, what these deeds were about."""
        subjects = touched(entries)
        if not subjects:
            return None
        news = json.dumps([self._name, *sorted(subjects)])
        if len(news) > _LONGEST_NEWS:
            news = json.dumps([self._name])
        return _TELL.bindparams(channel=_CHANNEL, news=news)

    def news(self) -> AsyncGenerator[frozenset[str] | None, None]:
        """See `Database.news`."""
        return self._listen()

    async def _listen(self) -> AsyncGenerator[frozenset[str] | None, None]:
        import psycopg  # noqa: PLC0415 - an extra, which is there if this runs

        arguments, options = self._engine.dialect.create_connect_args(self._engine.url)
        while True:
            try:
                connection = await psycopg.AsyncConnection.connect(
                    *arguments, **{**options, **self._options}, autocommit=True
                )
                async with connection:
                    await connection.execute(f"LISTEN {_CHANNEL}")
                    yield None  # whatever was told before, nobody heard
                    while True:
                        async for notice in connection.notifies(timeout=_HEARTBEAT_S):
                            by, subjects = _read_news(notice.payload)
                            if by != self._name:
                                yield subjects
                        await connection.execute("SELECT 1")  # is anybody there?
            except psycopg.Error as error:
                log.warning("what other instances change is not heard, trying again: %s", error)
                await asyncio.sleep(_RETRY_S)

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in a transaction, committed when it returns and rolled back when it raises."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._transact, work)

    def _transact(self, work: Callable[[Connection], T]) -> T:
        with self._engine.connect() as connection:
            name: str = connection.execute(_BEGIN).one()[1]
            result = work(connection)  # what it raises rolls back
            try:
                connection.commit()
            except exc.DBAPIError as error:
                if not (error.connection_invalidated and self._is_committed(name)):
                    raise
            return result

    def _is_committed(self, transaction: str) -> bool:
        """What became of a commit whose answer never came.

        Raises:
            DBAPIError: the server does not come back; nobody knows.
        """
        end = time.monotonic() + self._patience_s
        while True:
            try:
                with self._engine.connect() as connection:
                    fate = connection.execute(_FATE, {"transaction": transaction}).scalar()
            except exc.DBAPIError:
                if time.monotonic() > end:
                    raise
            else:
                if fate != "in progress":
                    return bool(fate == "committed")
                if time.monotonic() > end:
                    raise Unavailable("the database does not say what became of a transaction")
            time.sleep(_POLL_S)

    async def scrub(self, _sought: Sequence[bytes]) -> bool:
        """See `Database.scrub`: the table of keys is written anew, and its old file is gone.

        The server's write-ahead log, its archive and its backups are its owner's: see docs/operators/postgresql.md.
        """
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._rewrite_keys)

    async def empty_log(self) -> bool:
        """See `Database.empty_log`."""
        return await self.scrub(())

    def _rewrite_keys(self) -> bool:
        """A row that somebody's snapshot still sees is kept: so those older than this moment have to end first."""
        end = time.monotonic() + self._patience_s
        with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            now = connection.execute(_NOW).scalar()
            while connection.execute(_OLD_READERS, {"now": now}).scalar():
                if time.monotonic() > end:
                    return False
                time.sleep(_POLL_S)
            try:
                connection.exec_driver_sql("VACUUM (FULL) vault_keys")
            except exc.OperationalError as error:
                if error.connection_invalidated:
                    raise
                return False  # somebody reads it all the time
            return True

    async def size(self) -> int:
        """See `Database.size`."""
        size: int = await self.run(lambda connection: connection.execute(_SIZE).scalar_one())
        return size

    async def dispose(self) -> None:
        """Close the connection and end the thread."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._engine.dispose)
        self._thread.shutdown()


def _read_news(payload: str) -> tuple[str, frozenset[str] | None]:
    """Who tells it, and what it is about; None: perhaps everything, also if it is none of ours."""
    try:
        by, *subjects = map(str, json.loads(payload))
    except (TypeError, ValueError):
        return "", None
    return by, frozenset(subjects) or None


def make_engines(url: URL, busy_timeout_s: float) -> tuple[Writer, AsyncEngine, Engine]:
    """A writer; readers that never wait for it; and an engine for `Looks`. Nothing is opened yet.

    Raises:
        Refused: the driver is not installed.
    """
    lock_timeout_ms = max(1, int(busy_timeout_s * 1000))
    connect_args = {
        "connect_timeout": max(2, int(busy_timeout_s)),  # seconds; 1 would be read as 2
        "keepalives_idle": _SILENCE_S,
        "keepalives_interval": 2,
        "keepalives_count": 3,
        "tcp_user_timeout": _SILENCE_S * 1000,
        "application_name": "roomkeeper",
    }
    options: dict[str, Any] = {
        "connect_args": connect_args,
        "hide_parameters": True,
        "max_overflow": 0,
        "pool_timeout": busy_timeout_s,
        "pool_pre_ping": True,  # a server that was started again is asked again
    }
    try:
        plain = url.set(drivername="postgresql+psycopg")
        writer = create_engine(plain, pool_size=1, poolclass=QueuePool, **options)
        lookers = create_engine(plain, pool_size=THREADS, poolclass=QueuePool, **options)
        readers = create_async_engine(
            url.set(drivername="postgresql+psycopg_async"),
            pool_size=_READERS,
            poolclass=AsyncAdaptedQueuePool,
            **options,
        )
    except ImportError:
        raise Refused("postgresql wants the package psycopg: pip install 'roomkeeper[postgresql]'") from None
    _tell(writer, _WRITER_TOLD.format(lock_timeout_ms=lock_timeout_ms))
    for engine in (readers.sync_engine, lookers):
        _tell(engine, _READER_TOLD.format(lock_timeout_ms=lock_timeout_ms))
    return Writer(writer, connect_args, busy_timeout_s), readers, lookers


def _tell(engine: Engine, settings: str) -> None:
    def tell(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        cursor.execute("SHOW server_encoding")
        (encoding,) = cursor.fetchone() or ("",)
        if encoding != "UTF8":
            raise Refused(
                f"the database is of {encoding}: it wants CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0"
            )
        cursor.execute(settings)
        cursor.close()
        connection.commit()

    event.listen(engine, "connect", tell)

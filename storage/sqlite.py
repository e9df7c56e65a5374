"""SQLite: the engines and what every connection is told. The one file with SQL that is SQLite's alone.

Readers go by aiosqlite. The writer has a thread of its own and runs a whole transaction in it: one hand-over a
commit, where aiosqlite would take four for each statement. So have those who look (`Looks`).
"""

import asyncio
import os
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar, cast

from sqlalchemy import URL, Connection, Engine, Executable, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, ConnectionPoolEntry, QueuePool

from storage.chain import AuditEntry
from storage.errors import Unavailable
from storage.looks import THREADS

_READERS = 4
_BLOCK = 1 << 20
_PRAGMAS = (
    "synchronous = FULL",  # a promise outlives a power cut
    "foreign_keys = ON",
    "temp_store = MEMORY",  # no temporary file holds a row, but the one of `_write_anew`
    "secure_delete = ON",  # what is deleted is overwritten
    "trusted_schema = OFF",
    "journal_size_limit = 67108864",
)


T = TypeVar("T")


class Writer:
    """One connection, used by one thread."""

    def __init__(self, engine: Engine) -> None:
        """Transactions of `engine` start by locking out other writers."""
        self._engine = engine
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="storage-writer")

    def announcement(self, _entries: Iterable[tuple[float, AuditEntry]]) -> Executable | None:
        """Nobody else is to be told."""
        return None

    def news(self) -> None:
        """None ever come."""

    async def run(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in a transaction, committed when it returns and rolled back when it raises."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._transact, work)

    def _transact(self, work: Callable[[Connection], T]) -> T:
        with self._engine.begin() as connection:
            return work(connection)

    async def scrub(self, sought: Sequence[bytes]) -> bool:
        """See `Database.scrub`."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, self._scrub, sought)
        except (sqlite3.Error, OSError) as error:
            raise Unavailable(str(error)) from error

    def _scrub(self, sought: Sequence[bytes]) -> bool:
        """`secure_delete` overwrites what is deleted; whether copies stay in unused parts of pages is looked for."""
        with self._engine.connect() as connection:
            driver = cast("sqlite3.Connection", connection.connection.dbapi_connection)
            if not _empty_log(driver):
                return False
            path = Path(self._engine.url.database or "")
            if sought and not _holds(path, sought):
                return True
            _write_anew(driver, path.absolute().parent)
            return _empty_log(driver)

    async def empty_log(self) -> bool:
        """See `Database.empty_log`."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._empty_log)

    def _empty_log(self) -> bool:
        with self._engine.connect() as connection:
            return _empty_log(cast("sqlite3.Connection", connection.connection.dbapi_connection))

    async def size(self) -> int:
        """See `Database.size`."""
        path = Path(self._engine.url.database or "")
        return sum(file.stat().st_size for file in (path, path.with_name(f"{path.name}-wal")) if file.exists())

    async def dispose(self) -> None:
        """Close the connection and end the thread."""
        await asyncio.get_running_loop().run_in_executor(self._thread, self._engine.dispose)
        self._thread.shutdown()


def make_engines(url: URL, busy_timeout_s: float) -> tuple[Writer, AsyncEngine, Engine]:
    """A writer whose transactions start by locking, and readers, and those who look, that never wait for it (WAL).

    Raises:
        Unavailable: there is no such file and none can be made.
    """
    _create(url)
    options: dict[str, Any] = {
        # Without an isolation level the driver begins nothing on its own: the listeners below do.
        "connect_args": {"timeout": busy_timeout_s, "isolation_level": None},
        "hide_parameters": True,
        "max_overflow": 0,
        "pool_timeout": busy_timeout_s,
    }
    plain = url.set(drivername="sqlite+pysqlite")
    writer = create_engine(plain, pool_size=1, poolclass=QueuePool, **options)
    lookers = create_engine(plain, pool_size=THREADS, poolclass=QueuePool, **options)
    # COMPAT: SQLAlchemy before 2.0.38 would pool nothing of itself.
    readers = create_async_engine(
        url.set(drivername="sqlite+aiosqlite"), pool_size=_READERS, poolclass=AsyncAdaptedQueuePool, **options
    )
    event.listen(writer, "connect", _tell_writer)
    event.listen(writer, "begin", _begin_writing)
    for engine in (readers.sync_engine, lookers):
        event.listen(engine, "connect", _tell_reader)
        event.listen(engine, "begin", _begin_reading)
    return Writer(writer), readers, lookers


def _empty_log(driver: sqlite3.Connection) -> bool:
    """Write the WAL into the database and cut it to nothing; False while somebody still reads from it."""
    is_busy, _, _ = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not is_busy


def _write_anew(driver: sqlite3.Connection, folder: Path) -> None:
    """By way of a file beside the database: in memory it would take as much of that as the database is long.

    SQLite closes that file to others and unlinks it as soon as it is open; what is in it is sealed as it was.
    """
    driver.execute("PRAGMA temp_store = FILE")
    quoted = str(folder).replace("'", "''")
    driver.execute(f"PRAGMA temp_store_directory = '{quoted}'")
    try:
        driver.execute("VACUUM")
    finally:
        driver.execute("PRAGMA temp_store = MEMORY")


def _holds(path: Path, sought: Sequence[bytes]) -> bool:
    """Whether the file holds any of these, which may lie across blocks."""
    longest = max(map(len, sought))
    rest = b""
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            rest += block
            if any(each in rest for each in sought):
                return True
            rest = rest[-longest:]
    return False


def _create(url: URL) -> None:
    """Make the file before SQLite does, closed to others; its WAL inherits the mode."""
    path = Path(url.database or "")
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        if not path.is_file() or not os.access(path, os.R_OK | os.W_OK):
            raise Unavailable(f"{path} is no file that may be read and written") from None
    except OSError as error:
        raise Unavailable(f"{path} cannot be made: {error.strerror}") from None


def _tell(connection: DBAPIConnection, pragmas: tuple[str, ...]) -> None:
    # Bytes that are not UTF-8 can only come from tampering: they must be read, so that the audit can tell where.
    driver = getattr(connection, "driver_connection", connection)  # aiosqlite's is wrapped, the writer's is not
    driver.text_factory = _read_text
    try:
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()
    except BaseException:
        connection.close()  # nobody else will: the pool never saw it
        raise


def _read_text(data: bytes) -> str:
    return data.decode(errors="surrogateescape")


def _tell_writer(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    _tell(connection, ("journal_mode = WAL", *_PRAGMAS))


def _tell_reader(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    _tell(connection, (*_PRAGMAS, "query_only = ON"))


def _begin_writing(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_reading(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")

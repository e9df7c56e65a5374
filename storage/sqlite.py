"""SQLite by aiosqlite: the engines and what every connection is told. The one file with SQL that is SQLite's alone."""

import os
from pathlib import Path

from sqlalchemy import URL, Connection, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, ConnectionPoolEntry

from storage.errors import Unavailable

_READERS = 4
_PRAGMAS = (
    "synchronous = FULL",  # a promise outlives a power cut
    "foreign_keys = ON",
    "temp_store = MEMORY",  # no temporary file ever holds a row
    "secure_delete = ON",  # what is deleted is overwritten
    "trusted_schema = OFF",
    "journal_size_limit = 67108864",
)


def make_engines(url: URL, busy_timeout_s: float) -> tuple[AsyncEngine, AsyncEngine]:
    """A writer with one connection whose transactions start by locking, and readers that never wait for it (WAL).

    Raises:
        Unavailable: there is no such file and none can be made.
    """
    _create(url)
    url = url.set(drivername="sqlite+aiosqlite")
    options = {
        # Without an isolation level the driver begins nothing on its own: the listeners below do.
        "connect_args": {"timeout": busy_timeout_s, "isolation_level": None},
        "hide_parameters": True,
        "poolclass": AsyncAdaptedQueuePool,  # COMPAT: SQLAlchemy before 2.0.38 would pool nothing
        "max_overflow": 0,
        "pool_timeout": busy_timeout_s,
    }
    writer = create_async_engine(url, pool_size=1, **options)
    reader = create_async_engine(url, pool_size=_READERS, **options)
    event.listen(writer.sync_engine, "connect", _tell_writer)
    event.listen(writer.sync_engine, "begin", _begin_writing)
    event.listen(reader.sync_engine, "connect", _tell_reader)
    event.listen(reader.sync_engine, "begin", _begin_reading)
    return writer, reader


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
    driver = connection.driver_connection
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

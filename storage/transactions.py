"""What a read or a write sees of the database, in whichever thread it runs; and SQL's errors in storage's own words."""

from collections.abc import Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import Connection, CursorResult, Executable, Row, exc
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.chain import AuditEntry, Json
from storage.errors import Refused, StorageError, Unavailable

T = TypeVar("T")


class AtOnce:
    """A connection that answers in the caller's thread, looking like one that has to be awaited."""

    def __init__(self, connection: Connection) -> None:
        """`connection` belongs to this thread."""
        self._connection = connection

    async def execute(
        self, statement: Executable, rows: Sequence[Mapping[str, Any]] | Mapping[str, Any] | None = None
    ) -> CursorResult[Any]:
        """Run it, without ever giving way."""
        return self._connection.execute(statement, rows)


def run_to_end(work: Coroutine[Any, Any, T]) -> T:
    """Run what awaits nothing but an `AtOnce`, in the caller's thread."""
    try:
        work.send(None)
    except StopIteration as end:
        result: T = end.value
        return result
    work.close()
    raise RuntimeError("a read or write waits for something other than its transaction")


class Reading:
    """One snapshot of the database."""

    def __init__(self, connection: AsyncConnection | AtOnce) -> None:
        """`connection` is in a transaction."""
        self.connection = connection

    async def all(self, query: Executable, **values: object) -> Sequence[Row[Any]]:
        """Every row; `values` are those of parameters in the query."""
        return (await self.connection.execute(query, values)).all()

    async def first(self, query: Executable, **values: object) -> Row[Any] | None:
        """The first row, if any."""
        return (await self.connection.execute(query, values)).first()

    async def scalar(self, query: Executable) -> Any:  # noqa: ANN401 - whatever the column holds
        """The first column of the first row, None without one."""
        return (await self.connection.execute(query)).scalar()


class Transaction(Reading):
    """One write, and what the audit will say of it."""

    def __init__(self, connection: AsyncConnection | AtOnce) -> None:
        """`connection` is in a transaction that locks out other writers."""
        super().__init__(connection)
        self.entries: list[tuple[float, AuditEntry]] = []
        self.destroyed: list[bytes] = []

    async def run(self, statement: Executable, rows: Sequence[Mapping[str, Any]] | None = None) -> int:
        """Write; how many rows it touched (-1 for many rows at once)."""
        return (await self.connection.execute(statement, rows)).rowcount

    async def insert(self, statement: Executable) -> int:
        """Write one row and return its number."""
        key: Sequence[Any] | None = (await self.connection.execute(statement)).inserted_primary_key
        assert key is not None  # noqa: S101 - every table has one
        return int(key[0])

    def destroy(self, wrapped: bytes) -> None:
        """Have no file hold these bytes, once this write is on disk: see `Database.scrub_destroyed`."""
        self.destroyed.append(wrapped)

    def note(self, actor: str, deed: str, subject: str, at: float, **detail: Json) -> None:
        """Have this write audited."""
        self.entries.append((at, AuditEntry(actor=actor, deed=deed, subject=subject, detail=detail)))


@contextmanager
def translated() -> Iterator[None]:
    """Exceptions of SQL become storage's own."""
    try:
        yield
    except exc.IntegrityError as error:
        raise StorageError(f"the database refused a row: {error.orig}") from error
    except exc.DataError as error:
        raise Refused(f"a value that no database can hold: {error.orig}") from error
    except exc.DBAPIError as error:
        raise Unavailable(str(error.orig)) from error
    except exc.TimeoutError as error:
        raise Unavailable("no connection came free in time") from error
    except exc.SQLAlchemyError as error:
        raise StorageError(str(error)) from error
    except (OverflowError, UnicodeEncodeError) as error:
        raise Refused("a value that no database can hold") from error

"""Transactions: one writer at a time, many readers, group commit, and errors in storage's own words.

Writes that wait while one is being committed share the next commit; when one of them fails, each is tried alone, so
that it takes nothing back but itself. Their audit entries are appended in the same transaction.
"""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine, Iterable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Generic, Self, TypeVar

from sqlalchemy import Connection, Engine, Executable, exc, select
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncEngine

from storage import chain, postgres, sqlite
from storage.chain import AuditEntry
from storage.errors import Absent, Refused, Unavailable
from storage.looks import Look, Looks
from storage.schema import audit
from storage.traffic import Traffic
from storage.transactions import AtOnce, Reading, Transaction, run_to_end, translated

__all__ = ["MACHINE", "Database", "Reading", "Transaction", "Work", "translated"]

T = TypeVar("T")

_BATCH = 64
"""Writes that share a commit at most."""

_LAST_READS_S = 2.0

MACHINE = "roomkeeper"
"""The actor of what nobody asked for."""


Work = Callable[[Transaction], Coroutine[Any, Any, T]]
"""A write. It awaits its transaction and nothing else, and may run again after a rollback."""


@dataclass(slots=True)
class _Job(Generic[T]):
    """A write that waits, and where its outcome goes."""

    work: Work[T]
    outcome: "asyncio.Future[T]"
    result: Any = None

    async def perform(self, connection: AtOnce) -> Transaction:
        """Run it, perhaps once more after a rollback; with what the audit is to say."""
        transaction = Transaction(connection)
        self.result = await self.work(transaction)
        return transaction

    def fail(self, error: Exception) -> None:
        """Tell whoever asked, unless they have gone."""
        if not self.outcome.done():
            self.outcome.set_exception(error)

    def succeed(self) -> None:
        """Likewise."""
        if not self.outcome.done():
            self.outcome.set_result(self.result)


class Database:
    """One database; `close` when done."""

    def __init__(self, writer: sqlite.Writer | postgres.Writer, reader: AsyncEngine, looker: Engine) -> None:
        """As the backend makes them: `looker` is for `Looks`, `reader` for all other reads."""
        self._writer = writer
        self._reader = reader
        self._looks = Looks(looker)
        self._waiting: deque[_Job[Any]] = deque()
        self._committing: asyncio.Task[None] | None = None
        self._reads = 0
        self._is_idle = asyncio.Event()  # nobody reads
        self._is_idle.set()
        self._is_closed = False
        self._destroyed: list[bytes] = []  # what files may still hold
        self._is_log_old = True  # it may be one that a process left that was killed
        self.traffic = Traffic()

    @classmethod
    def connect(cls, url: str, busy_timeout_s: float, *, may_make: bool = True) -> Self:
        """Engines for the URL; nothing is opened yet.

        Raises:
            Refused: no such kind of database, or its driver is not installed.
            Absent: no such file, and none may be made.
            Unavailable: no such file, and none can be made.
        """
        try:
            parsed = make_url(url)
        except exc.ArgumentError:
            raise Refused("not a database URL") from None
        if parsed.get_backend_name() == "postgresql" and parsed.database:
            return cls(*postgres.make_engines(parsed, busy_timeout_s))
        file = "" if parsed.query or "\0" in url else parsed.database or ""
        if parsed.get_backend_name() != "sqlite" or file in {"", ":memory:"}:
            raise Refused(f"{parsed.drivername}: only sqlite:///FILE and postgresql://USER@HOST/DATABASE are")
        if not may_make and not Path(file).exists():
            raise Absent
        return cls(*sqlite.make_engines(parsed, busy_timeout_s))

    async def close(self) -> None:
        """Commit what waits, let reads under way finish, and let go.

        INVARIANT: a connection given back after its pool was disposed of would never be closed.
        """
        self._is_closed = True
        if self._committing is not None:
            await self._committing
        await self._looks.close(_LAST_READS_S)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._is_idle.wait(), _LAST_READS_S)
        with translated():
            await self._reader.dispose()
            await self._writer.dispose()

    async def look(self, look: Look[T]) -> T:
        """What `look` finds in a snapshot: for whatever a stanza waits for. However many look, none is sent away.

        Raises:
            StorageError: it could not be read.
        """
        return await self._looks.take(look)

    def read(self) -> AbstractAsyncContextManager[Reading]:
        """A snapshot for some queries, which may take their time.

        Raises:
            Unavailable: also from the queries within.
        """
        return self._read()

    @asynccontextmanager
    async def _read(self) -> AsyncIterator[Reading]:
        self._reads += 1
        self._is_idle.clear()
        try:
            with translated():
                async with self._reader.connect() as connection:
                    yield Reading(connection)
        finally:
            self._reads -= 1
            if not self._reads:
                self._is_idle.set()

    async def write(self, work: Work[T]) -> T:
        """Run `work` in a transaction and return what it returns once that is on disk.

        Raises:
            StorageError: nothing was written.
        """
        if self._is_closed:
            raise Unavailable("the database is closed")
        job = _Job(work, asyncio.get_running_loop().create_future())
        self._waiting.append(job)
        if self._committing is None:
            self._committing = asyncio.create_task(self._commit_all())
        result: T = await job.outcome
        return result

    def news(self) -> AsyncGenerator[frozenset[str] | None, None] | None:
        """What commits of other instances are about, as they come (see `storage.news`); None: perhaps everything.

        No iterator where the backend lets nobody else write.
        """
        return self._writer.news()

    async def run_sync(self, work: Callable[..., T]) -> T:
        """Run `work` with a plain connection in a write transaction; for migrations."""
        with translated():
            return await self._writer.run(work)

    async def size(self) -> int:
        """Bytes on the disk, what is still to be merged into the database included."""
        with translated():
            return await self._writer.size()

    async def scrub(self, sought: Sequence[bytes]) -> bool:
        """Empty the log, and see to it that no file holds these bytes; False when readers are in the way.

        Without anything to look for the whole file is written anew.
        """
        with translated():
            return await self._writer.scrub(sought)

    async def scrub_destroyed(self) -> bool:
        """Likewise for all that transactions have destroyed since the last time; does nothing if that is nothing.

        What a process destroyed just before it was killed, nobody remembers: then the log it left is emptied.
        """
        destroyed = tuple(self._destroyed)
        with translated():
            if destroyed:
                is_done = await self._writer.scrub(destroyed)
            else:
                is_done = not self._is_log_old or await self._writer.empty_log()
        if is_done:
            self._is_log_old = False
            self._destroyed = self._destroyed[len(destroyed) :]
        return is_done

    async def append(self, entries: Sequence[AuditEntry], at: float) -> None:
        """Audit entries that go with no other write."""

        async def work(transaction: Transaction) -> None:
            transaction.entries.extend((at, entry) for entry in entries)

        await self.write(work)

    async def begin_audit(self, at: float) -> None:
        """The audit's first entry, unless there is one."""

        async def work(transaction: Transaction) -> None:
            if await transaction.scalar(select(audit.c.number).limit(1)) is None:
                transaction.note(MACHINE, "audit-begun", "", at)

        await self.write(work)

    # one writer

    async def _commit_all(self) -> None:
        try:
            while self._waiting:
                batch = [self._waiting.popleft() for _ in range(min(_BATCH, len(self._waiting)))]
                batch = [job for job in batch if not job.outcome.done()]
                if batch:
                    await self._commit(batch)
        finally:
            self._committing = None

    async def _commit(self, batch: Sequence[_Job[Any]]) -> None:
        try:
            with translated(), self.traffic.committing(len(batch)):
                self._destroyed += await self._writer.run(partial(_attempt, batch, self._writer.announcement))
        except Unavailable as error:
            # Those that came meanwhile would find the same: better they hear it now than each after its own wait.
            self._fail((*batch, *self._waiting), error)
            self._waiting.clear()
        except Exception as error:  # noqa: BLE001 - it belongs to whoever asked
            if len(batch) == 1:
                self._fail(batch, error)
                return
            for job in batch:
                await self._commit([job])
        except BaseException:  # the loop is going down
            for job in batch:
                job.outcome.cancel()
            raise
        else:
            for job in batch:
                job.succeed()

    @staticmethod
    def _fail(jobs: Iterable[_Job[Any]], error: Exception) -> None:
        for job in jobs:
            job.fail(Unavailable(*error.args) if isinstance(error, Unavailable) else error)


Announce = Callable[[Iterable[tuple[float, AuditEntry]]], Executable | None]


def _attempt(batch: Sequence[_Job[Any]], announce: Announce, connection: Connection) -> list[bytes]:
    """Run the batch to its end in this thread; what it destroyed."""
    return run_to_end(_perform(batch, announce, AtOnce(connection)))


async def _perform(batch: Sequence[_Job[Any]], announce: Announce, connection: AtOnce) -> list[bytes]:
    done = [await job.perform(connection) for job in batch]
    entries = [entry for transaction in done for entry in transaction.entries]
    if entries:
        await chain.append(connection, entries)
        announcement = announce(entries)
        if announcement is not None:
            await connection.execute(announcement)
    return [wrapped for transaction in done for wrapped in transaction.destroyed]

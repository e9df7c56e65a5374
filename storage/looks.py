"""Looks: short reads that a stanza waits for, run to their end by a few threads, several in one snapshot.

`Database.read` crosses threads with every query, and whoever waits too long for one of its connections is sent away.
That is right for what may take its time; but a thousand strangers who come at once would be denied for nothing. Whoever
looks waits in a queue instead, for as long as the database answers at all; those who ask bound how many may wait.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import Engine

from storage.errors import Unavailable
from storage.transactions import AtOnce, Reading, run_to_end, translated

T = TypeVar("T")

THREADS = 2
"""Connections that a backend's engine for looks must have."""

_BATCH = 32
"""Looks that share a snapshot at most: the first of them waits for the last."""

Look = Callable[[Reading], Coroutine[Any, Any, T]]
"""A read. It awaits its reading and nothing else."""


@dataclass(slots=True)
class _Job(Generic[T]):
    """A look that waits, and where its outcome goes."""

    look: Look[T]
    outcome: "asyncio.Future[T]"


class Looks:
    """Looks at one database."""

    def __init__(self, engine: Engine) -> None:
        """Transactions of `engine` read one snapshot; it has a connection for each of `THREADS`."""
        self._engine = engine
        self._threads = ThreadPoolExecutor(max_workers=THREADS, thread_name_prefix="storage-look")
        self._waiting: deque[_Job[Any]] = deque()
        self._working: set[asyncio.Task[None]] = set()
        self._is_closed = False

    async def take(self, look: Look[T]) -> T:
        """What `look` finds.

        Raises:
            StorageError: it could not be read; Unavailable also if that was found while it waited.
        """
        if self._is_closed:
            raise Unavailable("the database is closed")
        job = _Job(look, asyncio.get_running_loop().create_future())
        self._waiting.append(job)
        if len(self._working) < THREADS:
            self._working.add(asyncio.create_task(self._work()))
        found: T = await job.outcome
        return found

    async def close(self, patience_s: float) -> None:
        """Let whoever looks finish for so long, and let go; what still waits then fails."""
        self._is_closed = True
        if self._working:
            await asyncio.wait(self._working, timeout=patience_s)
        self._fail(self._waiting, Unavailable("the database is closed"))
        self._waiting.clear()
        if self._working:  # in the middle of a look, which ends with it or with the database's timeout
            await asyncio.wait(self._working)
        self._threads.shutdown()
        with translated():
            self._engine.dispose()

    async def _work(self) -> None:
        """One thread's share."""
        try:
            while self._waiting:
                batch = [self._waiting.popleft() for _ in range(min(_BATCH, len(self._waiting)))]
                batch = [job for job in batch if not job.outcome.done()]
                if batch:
                    await self._look(batch)
        finally:
            # Not by a callback of the task, which runs later: whoever came in between would wait for nobody.
            self._working.discard(cast("asyncio.Task[None]", asyncio.current_task()))

    async def _look(self, batch: Sequence[_Job[Any]]) -> None:
        try:
            found = await asyncio.get_running_loop().run_in_executor(self._threads, self._answer, batch)
        except Unavailable as error:
            # Those that came meanwhile would find the same: better they hear it now than each after its own wait.
            self._fail((*batch, *self._waiting), error)
            self._waiting.clear()
        except Exception as error:  # noqa: BLE001 - it belongs to whoever asked
            self._fail(batch, error)
        except BaseException:  # the loop is going down
            for job in batch:
                job.outcome.cancel()
            raise
        else:
            for job, answer in zip(batch, found, strict=False):
                if isinstance(answer, Exception):
                    self._fail((job,), answer)
                elif not job.outcome.done():
                    job.outcome.set_result(answer)
            self._waiting.extendleft(reversed(batch[len(found) :]))

    def _answer(self, batch: Sequence[_Job[Any]]) -> list[Any]:
        """In a thread: what each look found, up to the first that failed, which may have spoilt the snapshot."""
        found: list[Any] = []
        with translated(), self._engine.connect() as connection:
            reading = Reading(AtOnce(connection))
            for job in batch:
                try:
                    with translated():
                        found.append(run_to_end(job.look(reading)))
                except Unavailable:
                    raise
                except Exception as error:  # noqa: BLE001 - it belongs to whoever asked
                    return [*found, error]
        return found

    @staticmethod
    def _fail(jobs: Iterable[_Job[Any]], error: Exception) -> None:
        for job in jobs:
            if not job.outcome.done():
                job.outcome.set_exception(Unavailable(*error.args) if isinstance(error, Unavailable) else error)

"""Work that is due at times kept in storage: done when they come, and looked for anew at every start."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Protocol, Self

from storage.errors import StorageError

log = logging.getLogger(__name__)

_LONGEST_S = 60.0
"""No wait is longer: the clock may have been set, and another instance may have written something."""

_RETRY_S = 5.0


class Work(Protocol):
    """What is due at times; it calls `on_change` when something may be due sooner than it told."""

    on_change: Callable[[], None]

    async def keep(self) -> float | None:
        """See `Alarm`."""


class Alarm:
    """Calls `work`, which does all that is due and tells when there will be more (Unix seconds; None: unknown)."""

    def __init__(self, now: Callable[[], float], work: Callable[[], Awaitable[float | None]]) -> None:
        """`run` must run for anything to happen."""
        self._now = now
        self._work = work
        self._is_rung = asyncio.Event()

    @classmethod
    def of(cls, work: Work, now: Callable[[], float]) -> Self:
        """One that this work rings by itself."""
        alarm = cls(now, work.keep)
        work.on_change = alarm.ring
        return alarm

    def ring(self) -> None:
        """Something is due sooner than was told, perhaps now."""
        self._is_rung.set()

    async def run(self) -> None:
        """Work at the times that are told, for as long as the component runs."""
        while True:
            self._is_rung.clear()
            wait_s = await self._take_turn()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._is_rung.wait(), wait_s)

    async def _take_turn(self) -> float:
        try:
            due_at = await self._work()
        except StorageError as error:
            log.error("what is due has to wait, storage is out of reach: %s", error)
            return _RETRY_S
        except Exception:
            log.exception("a fault of our own in what is due")
            return _RETRY_S
        return _LONGEST_S if due_at is None else min(_LONGEST_S, max(0.0, due_at - self._now()))

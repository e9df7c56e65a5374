"""Background work that is counted, and can be waited for."""

import asyncio
from collections.abc import Awaitable, Iterable


class Tasks:
    """Bounded background work that a drain can wait for."""

    def __init__(self) -> None:
        """Nothing under way."""
        self._running: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        """How many are under way."""
        return len(self._running)

    def start(self, work: Awaitable[None]) -> None:
        """Run it; its faults are its own to report."""
        task = asyncio.ensure_future(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def drain(self, timeout_s: float) -> None:
        """Wait for all that is under way, at most so long; what is left is cancelled."""
        running: Iterable[asyncio.Task[None]] = tuple(self._running)
        if not running:
            return
        _, late = await asyncio.wait(running, timeout=timeout_s)
        for task in late:
            task.cancel()

"""Denials on their way into the audit, written in batches: a flood of them costs one transaction a second."""

import asyncio
import logging
from collections import deque
from itertools import islice

from storage.audit import AuditEntry
from storage.errors import StorageError
from storage.store import Store

log = logging.getLogger(__name__)

_BOUND = 10_000
_BATCH = 500
_PAUSE_S = 0.5


class Journal:
    """Bounded; when storage stays away, the oldest denials are counted and lost, never a promise."""

    def __init__(self, store: Store) -> None:
        """Nothing noted."""
        self._store = store
        self._noted: deque[tuple[float, AuditEntry]] = deque()
        self._has_some = asyncio.Event()
        self._is_writing = asyncio.Lock()
        self.lost = 0

    def __len__(self) -> int:
        """How many wait."""
        return len(self._noted)

    def note(self, entry: AuditEntry, at: float) -> None:
        """Keep a denial for the next batch."""
        if len(self._noted) >= _BOUND:
            self._noted.popleft()
            self.lost += 1
        self._noted.append((at, entry))
        self._has_some.set()

    async def write(self) -> None:
        """Write all that is noted."""
        async with self._is_writing:
            while self._noted:
                batch = list(islice(self._noted, _BATCH))
                lost = self.lost
                await self._store.audit.append([entry for _, entry in batch], batch[-1][0])
                for _ in range(len(batch) - (self.lost - lost)):  # some may have been dropped meanwhile
                    self._noted.popleft()
            self._has_some.clear()

    async def keep(self) -> None:
        """Write for as long as the component runs."""
        while True:
            await self._has_some.wait()
            try:
                await self.write()
            except StorageError as error:
                log.error("denials wait to be audited (%d, %d lost): %s", len(self._noted), self.lost, error)
            await asyncio.sleep(_PAUSE_S)

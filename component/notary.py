"""Has the audit's newest entry signed now and then, so that nobody without the key file can write it anew."""

import asyncio
import logging

from component.world import World
from storage.errors import StorageError

log = logging.getLogger(__name__)

_PAUSE_S = 1800.0
_RETRY_S = 10.0


class Notary:
    """Signs one world's audit: at the start, twice an hour, and at the end."""

    def __init__(self, world: World) -> None:
        """Without a signing key in the key file nothing is signed, which is said once."""
        self._world = world

    async def sign(self) -> None:
        """Sign the newest entry, unless it is signed already or there is no key for it.

        Raises:
            StorageError: later, perhaps.
        """
        await self._world.store.audit.sign(self._world.now())

    async def keep(self) -> None:
        """Sign for as long as the component runs."""
        if not self._world.loaded.keyring.signers:
            log.warning("the audit is not signed: the key file has no `signing` line (docs/operators/daily.md)")
        while True:
            try:
                await self.sign()
            except StorageError as error:
                log.error("the audit waits to be signed: %s", error)
                await asyncio.sleep(_RETRY_S)
            else:
                await asyncio.sleep(_PAUSE_S)

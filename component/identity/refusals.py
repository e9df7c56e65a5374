"""What came from outside and was refused, on its way into the audit: not so fast that it could flood it."""

import logging

from component.world import World
from policy.bucket import Bucket
from storage import holders
from storage.audit import AuditEntry

log = logging.getLogger(__name__)

_RATE = 1.0
_BURST = 60
_LONGEST = 100


class Refusals:
    """Of one world."""

    def __init__(self, world: World) -> None:
        """Nothing refused yet."""
        self._world = world
        self._bucket = Bucket.full(rate=_RATE, burst=_BURST, at=world.now())

    async def note(self, provider: str, why: str, account: str = "") -> None:
        """Audit one; past so many a second only the log has it.

        Raises:
            StorageError: it is in the log alone.
        """
        now = self._world.now()
        log.warning("identity.%s: refused %s%s", provider, why, f" for {account}" if account else "")
        self._bucket, is_within_rate = self._bucket.spend(now)
        if not is_within_rate:
            return
        subject = holders.of_account(account) if account else ""
        entry = AuditEntry(actor=provider, deed="identity-refused", subject=subject, detail={"why": why[:_LONGEST]})
        await self._world.store.audit.append([entry], now)

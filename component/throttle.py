"""How fast one account may speak to the component itself."""

from component.cache import Cache
from component.world import World
from policy.bucket import Bucket

_RATE = 2.0
_BURST = 30


class Throttle:
    """A bucket for each account, the latest ones kept."""

    def __init__(self, world: World) -> None:
        """Nobody has spoken yet."""
        self._world = world
        self._buckets: Cache[str, Bucket] = Cache(world.settings.limits.cached_persons)

    def spend(self, account: str) -> bool:
        """Whether the account (bare JID) may say one more thing now."""
        now = self._world.now()
        bucket = self._buckets.get(account) or Bucket.full(rate=_RATE, burst=_BURST, at=now)
        bucket, is_within_rate = bucket.spend(now)
        self._buckets.put(account, bucket)
        return is_within_rate

"""A token bucket as a value: so many at once, so many a second over time."""

from typing import Self

import msgspec


class Bucket(msgspec.Struct, frozen=True):
    """`tokens` left at `at` (Unix seconds) of at most `burst`, filled by `rate` a second."""

    rate: float
    burst: float
    tokens: float
    at: float

    @classmethod
    def full(cls, *, rate: float, burst: float, at: float) -> Self:
        """Nothing spent yet."""
        return cls(rate, burst, burst, at)

    def spend(self, now: float, cost: float = 1) -> tuple["Bucket", bool]:
        """Take `cost` tokens if there are as many; what is refused costs nothing.

        A clock set back earns nothing and takes nothing away: from then on it is counted anew.
        """
        tokens = self.tokens
        if now > self.at:
            tokens = min(self.burst, tokens + (now - self.at) * self.rate)
        if tokens < cost:
            return Bucket(self.rate, self.burst, tokens, now), False
        return Bucket(self.rate, self.burst, tokens - cost, now), True

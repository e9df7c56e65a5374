"""Ratios and costs from what the rounds gave. Arithmetic only."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """A median with the smallest and the largest of what it was taken from."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        return cls(median=statistics.median(values), low=min(values), high=max(values))

    def show(self, digits: int = 2) -> str:
        return f"{self.median:.{digits}f} ({self.low:.{digits}f}–{self.high:.{digits}f})"


def ratios(values: Sequence[float], base: Sequence[float]) -> Spread:
    """Compare round by round: the machine was in the same mood for both of a pair."""
    return Spread.of([value / other for value, other in zip(values, base, strict=True)])


def differences(values: Sequence[float], base: Sequence[float]) -> Spread:
    """Subtract round by round."""
    return Spread.of([value - other for value, other in zip(values, base, strict=True)])


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value below which this share of all lies (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

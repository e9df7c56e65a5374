"""Whether strangers come into a room as they never did: its newcomers a minute against its own past.

Only those count who become members by it, so that people coming back are never a raid, however many there are.
"""

from dataclasses import dataclass

_MINUTE_S = 60.0
_WEIGHT = 1 / 30
"""Of a minute in what is usual: the last half hour or so makes it."""

_LONGEST_GAP = 600
"""Minutes without anybody after which nothing is left of what was usual."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Newcomers of one room: those of this minute and the one before, and how many a minute are usual."""

    minute: int  # since 1970
    count: int = 0
    before: int = 0
    usual: float = 0.0

    @classmethod
    def begin(cls, at: float) -> "Pace":
        """Nobody has come yet."""
        return cls(minute=int(at // _MINUTE_S))

    def come(self, at: float, *, floor: int, factor: float) -> "tuple[Pace, bool]":
        """One more newcomer, and whether it is a raid: at least `floor` in a minute, `factor` times what is usual.

        A minute weighs in what is usual no more than what would have been no raid: a raid does not make the next
        one usual. A clock that goes back is taken to stand still.
        """
        now = self._at(max(self.minute, int(at // _MINUTE_S)), floor, factor)
        now = Pace(minute=now.minute, count=now.count + 1, before=now.before, usual=now.usual)
        gone = min(1.0, max(0.0, at / _MINUTE_S - now.minute))
        within = now.count + now.before * (1 - gone)
        return now, within >= max(floor, factor * now.usual)

    def _at(self, minute: int, floor: int, factor: float) -> "Pace":
        gap = minute - self.minute
        if not gap:
            return self
        most = max(float(floor), factor * self.usual)
        usual = self.usual + _WEIGHT * (min(self.count, most) - self.usual)
        usual *= (1 - _WEIGHT) ** min(gap - 1, _LONGEST_GAP)
        return Pace(minute=minute, before=self.count if gap == 1 else 0, usual=usual)

"""How much there was lately, as values: amounts and people counted within a time that moves along.

Bounded whatever comes: amounts close to each other are kept as one, with the older time, so that nothing older than
the window is ever counted and what is newer is forgotten by a 64th of the window too early at most.
"""

import msgspec

_STEPS = 64


class Tally(msgspec.Struct, frozen=True):
    """Amounts with their times (Unix seconds), oldest first, never more than some `_STEPS`; and their sum."""

    marks: tuple[tuple[float, int], ...] = ()
    total: int = 0

    def add(self, now: float, amount: int, within_s: float) -> "Tally":
        """With this amount, and without what is older than the window; a clock set back forgets what is to come."""
        since = now - within_s
        marks, total = self.marks, self.total
        if marks and marks[-1][0] > now:
            marks = tuple(mark for mark in marks if mark[0] <= now)
            total = sum(amount for _, amount in marks)
        old = 0
        for at, amount_then in marks:
            if at > since:
                break
            old += 1
            total -= amount_then
        if old:
            marks = marks[old:]
        if marks and now - marks[-1][0] < within_s / _STEPS:
            at, before = marks[-1]
            return Tally((*marks[:-1], (at, before + amount)), total + amount)
        return Tally((*marks, (now, amount)), total + amount)

    @property
    def newest(self) -> float:
        """When something was last counted."""
        return self.marks[-1][0]


class Crowd(msgspec.Struct, frozen=True):
    """Different people with the time each was last seen, oldest first; the newest ones, as many as were asked for."""

    seen: tuple[tuple[float, str], ...] = ()

    def add(self, now: float, who: str, within_s: float, most: int) -> "Crowd":
        """With this person; `most` are kept."""
        since = now - within_s
        others = tuple(each for each in self.seen if since < each[0] <= now and each[1] != who)
        return Crowd((*others, (now, who))[-most:])

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.seen)

    @property
    def newest(self) -> float:
        """When somebody was last seen."""
        return self.seen[-1][0]

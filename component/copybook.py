"""Texts written lately, to be found again by others like them. Bounded: the oldest go first.

Knows sketches (`policy/sketch.py`) and who wrote them where; keeps no text.
"""

from collections import deque
from dataclasses import dataclass, field
from operator import itemgetter

from policy.sketch import Sketch, similarity

_MOST_COPIES = 100
_MOST_UNDER_ONE_KEY = 8
_MOST_LIKELY, _MOST_UNLIKELY = 16, 4
"""So many texts are compared that have several keys in common with one, and so many of those with a single one."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A text as somebody wrote it. Texts of one stanza, and of what corrects it, have one `number`."""

    at: float
    holder: str
    room: str
    number: int


@dataclass(slots=True, eq=False)
class Written:
    """A text, and when it was written by whom: the newest copies, the oldest of them first."""

    parts: bytes
    keys: tuple[int, ...]
    copies: deque[Copy] = field(default_factory=deque)


class Copybook:
    """Texts by what they have in common."""

    def __init__(self, bound: int) -> None:
        """Remember at most `bound` copies of all texts together."""
        self.bound = bound
        self._by_key: dict[int, tuple[Written, ...]] = {}
        self._order: deque[tuple[Written, Copy]] = deque()

    def __len__(self) -> int:
        return len(self._order)

    def find(self, sketch: Sketch, least: float) -> list[tuple[Written, float]]:
        """Texts that are at least so similar, with how much."""
        found: list[tuple[Written, float]] = []
        votes: dict[Written, int] = {}
        for key in sketch.keys:
            for written in self._by_key.get(key, ()):
                votes[written] = votes.get(written, 0) + 1
        if not votes:
            return found
        left = _MOST_UNLIKELY
        for written, count in sorted(votes.items(), key=itemgetter(1), reverse=True)[:_MOST_LIKELY]:
            left -= count == 1
            if left < 0:
                break
            alike = similarity(sketch, written.parts)
            if alike >= least:
                found.append((written, alike))
        return found

    def add(self, sketch: Sketch, copy: Copy, same: Written | None = None) -> None:
        """Remember a text, beside the one that was found to be the same; the oldest copy of any makes place."""
        written = same
        if written is None or not written.copies:
            written = Written(sketch.pack(), sketch.keys)
            for key in sketch.keys:
                self._by_key[key] = (*self._by_key.get(key, ()), written)[-_MOST_UNDER_ONE_KEY:]
        elif len(written.copies) >= _MOST_COPIES:
            written.copies.popleft()
        written.copies.append(copy)
        self._order.append((written, copy))
        while len(self._order) > self.bound:
            self._drop_oldest()

    def forget(self, before: float) -> None:
        """Drop what was written before that time."""
        while self._order and self._order[0][1].at < before:
            self._drop_oldest()

    def _drop_oldest(self) -> None:
        written, copy = self._order.popleft()
        if written.copies and written.copies[0] is copy:
            written.copies.popleft()
        if written.copies:
            return
        for key in written.keys:
            under = tuple(other for other in self._by_key.get(key, ()) if other is not written)
            if under:
                self._by_key[key] = under
            else:
                self._by_key.pop(key, None)

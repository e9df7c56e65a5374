"""The way back from a normal form to the text it was made from."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate

from policy.charsets import INVISIBLE, JOINING, UNEVEN

Span = tuple[int, int]

_STRETCH = re.compile(f".{{1,64}}[{JOINING}{INVISIBLE}]*", re.DOTALL)
"""Some characters that are normalised together; nothing after them joins them."""

_CLUSTER = re.compile(f"(?P<unseen>[{INVISIBLE}]+)|.(?:[{INVISIBLE}]*[{JOINING}])+|[{UNEVEN}]", re.DOTALL)
"""What is normalised by itself and may change its length; between two of these each character stays one."""


class Gaps:
    """Where one character stands for several of white space."""

    def __init__(self, gap: re.Pattern[str], text: str) -> None:
        """`gap` is what became one character of this text."""
        lengths = [(found.start(), found.end() - found.start() - 1) for found in gap.finditer(text)]
        lost = list(accumulate(length for _, length in lengths))
        self._lost = [0, *lost]
        self._starts = [start - before for (start, _), before in zip(lengths, self._lost, strict=False)]
        """Of each gap, in the text where it is closed."""

    def open(self, spans: Sequence[Span]) -> list[Span]:
        """The same parts of the text as it was."""
        return [
            (self._at(start), self._at(end - 1) + self._size(end - 1) if end > start else self._at(start))
            for start, end in spans
        ]

    def _at(self, place: int) -> int:
        return place + self._lost[bisect_left(self._starts, place)]

    def _size(self, place: int) -> int:
        index = bisect_left(self._starts, place)
        is_gap = index < len(self._starts) and self._starts[index] == place
        return 1 + self._lost[index + 1] - self._lost[index] if is_gap else 1


class Places:
    """Where the characters of a normal form stand in the original."""

    def __init__(self, original: str, fold: Callable[[str], str]) -> None:
        """`fold` gives the normal form of a part of the text."""
        self._fold = fold
        self._stretches = [(found.start(), found.group()) for found in _STRETCH.finditer(original)]
        self._starts = [0, *accumulate(len(fold(chars)) for _, chars in self._stretches)]
        self._end = len(original)

    def span(self, start: int, end: int) -> Span:
        """The part of the original that a part of the normal form comes from, whole characters only."""
        opening = self._at(start)[0]
        return opening, max(opening, self._at(end - 1)[1]) if end > start else opening

    def _at(self, place: int) -> Span:
        """The cluster that gave this character of the normal form."""
        index = bisect_right(self._starts, place) - 1
        if index == len(self._stretches):
            return self._end, self._end
        start, chars = self._stretches[index]
        opening, closing = _find_cluster(chars, place - self._starts[index], self._fold)
        return start + opening, start + closing


def _find_cluster(chars: str, place: int, fold: Callable[[str], str]) -> Span:
    original_end = 0
    for found in _CLUSTER.finditer(chars):
        start, end = found.span()
        if place < start - original_end:
            break
        place -= start - original_end
        length = 0 if found.lastgroup else len(fold(found.group()))
        if place < length:
            return start, end
        place -= length
        original_end = end
    return original_end + place, original_end + place + 1

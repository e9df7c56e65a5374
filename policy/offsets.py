"""The way back from a normal form to the text it was made from."""

import re
from bisect import bisect_right
from collections.abc import Callable
from itertools import accumulate

from policy.charsets import INVISIBLE, JOINING, UNEVEN

Span = tuple[int, int]

_STRETCH = re.compile(f".{{1,64}}[{JOINING}{INVISIBLE}]*", re.DOTALL)
"""Some characters that are normalised together; nothing after them joins them."""

_CLUSTER = re.compile(f"(?P<unseen>[{INVISIBLE}]+)|.(?:[{INVISIBLE}]*[{JOINING}])+|[{UNEVEN}]", re.DOTALL)
"""What is normalised by itself and may change its length; between two of these each character stays one."""


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

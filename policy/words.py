"""Finds words of large lists in a text, in one pass however many there are."""

import re
from collections.abc import Iterator, Sequence
from typing import Protocol
from unicodedata import category

try:
    from ahocorasick_rs import AhoCorasick
except ImportError:  # pragma: no cover - optional; tests force the stand-in
    AhoCorasick = None  # type: ignore[assignment,misc]

Hit = tuple[int, int, int]
"""Which word, and where it begins and ends."""

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua9e0-\ua9ff\uaa60-\uaa7f\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)
"""Scripts written without spaces: ideographs, kana, Thai, Lao, Burmese, Khmer. Words have no visible ends there."""


class Words(Protocol):
    """A list of words, ready to search for."""

    def find(self, text: str) -> Iterator[Hit]:
        """Every place where any of the words stands, overlapping ones too, in no set order."""
        ...


def make_words(words: Sequence[str], *, is_compiled: bool | None = None) -> Words:
    """A searcher for words already in normal form, none empty; compiled where that is installed, or as said."""
    if is_compiled is None:
        is_compiled = AhoCorasick is not None
    return _Compiled(words) if is_compiled else _Plain(words)


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` is no part of a longer word, as far as its script shows where words end."""
    return not (
        (start > 0 and _is_letter(text[start - 1]) and _is_letter(text[start]))
        or (end < len(text) and _is_letter(text[end]) and _is_letter(text[end - 1]))
    )


def _is_letter(char: str) -> bool:
    return (char.isalnum() or category(char)[0] == "M") and _UNSPACED.match(char) is None


class _Compiled:
    """Aho-Corasick, in Rust."""

    def __init__(self, words: Sequence[str]) -> None:
        self._automaton = AhoCorasick(words)

    def find(self, text: str) -> Iterator[Hit]:
        return iter(self._automaton.find_matches_as_indexes(text, overlapping=True))


class _Plain:
    """The stand-in: looks up, at each place, words of the lengths that the next few characters allow."""

    _HEAD = 3

    def __init__(self, words: Sequence[str]) -> None:
        self._numbers: dict[str, list[int]] = {}
        lengths: dict[str, set[int]] = {}
        for number, word in enumerate(words):
            self._numbers.setdefault(word, []).append(number)
            lengths.setdefault(word[: self._HEAD], set()).add(len(word))
        self._lengths = {head: tuple(sorted(found)) for head, found in lengths.items()}

    def find(self, text: str) -> Iterator[Hit]:
        for start in range(len(text)):
            left = len(text) - start
            for size in range(1, min(self._HEAD, left) + 1):
                for length in self._lengths.get(text[start : start + size], ()):
                    if length <= left:
                        end = start + length
                        for number in self._numbers.get(text[start:end], ()):
                            yield number, start, end

"""Finds words of large lists in a text, in one pass however many there are."""

import re
from collections.abc import Iterator, Sequence
from typing import Protocol
from unicodedata import category

from policy.charsets import LETTERS, UNSPACED

try:
    from ahocorasick_rs import AhoCorasick
except ImportError:  # pragma: no cover - optional; tests force the stand-in
    AhoCorasick = None  # type: ignore[assignment,misc]

Hit = tuple[int, int, int]
"""Which word, and where it begins and ends."""

_UNSPACED = re.compile(f"[{UNSPACED}]")
_LETTERS = re.compile(f"[{LETTERS}]+")
_LONG_CHARS = 512
_WINDOW_CHARS = 128
_DENSE = 128
"""More hits in a window than this come of a text made to give many."""


class Words(Protocol):
    """A list of words, ready to search for."""

    def find(self, text: str) -> Iterator[Hit]:
        """Every place where any of the words stands, overlapping ones too, in no set order.

        In a text that is made of little but listed words, the later ones that overlap others may be left out.
        """
        ...


def make_words(words: Sequence[str], *, is_compiled: bool | None = None) -> Words:
    """A searcher for words already in normal form, none empty; compiled where that is installed, or as said."""
    if is_compiled is None:
        is_compiled = AhoCorasick is not None
    return _Compiled(words) if is_compiled else _Plain(words)


def is_whole(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` is no part of a longer word, as far as its script shows where words end."""
    return not (
        (start > 0 and is_letter(text[start - 1]) and is_letter(text[start]))
        or (end < len(text) and is_letter(text[end]) and is_letter(text[end - 1]))
    )


def is_letter(char: str) -> bool:
    """Whether it belongs to a word whose ends can be seen."""
    if char.isascii():
        return char.isalnum()
    return (char.isalnum() or category(char)[0] == "M") and _UNSPACED.match(char) is None


class Ends:
    """Where words begin and end in a text: asked often, quicker than `is_whole`, and of the same mind."""

    def __init__(self, text: str) -> None:
        self._text = text
        runs = [found.span() for found in _LETTERS.finditer(text)]
        self._starts = {start for start, _ in runs}
        self._ends = {end for _, end in runs}

    def is_whole(self, start: int, end: int) -> bool:
        """Whether `text[start:end]` is no part of a longer word."""
        return (start in self._starts or not is_letter(self._text[start])) and (
            end in self._ends or not is_letter(self._text[end - 1])
        )


class _Compiled:
    """Aho-Corasick, in Rust."""

    def __init__(self, words: Sequence[str]) -> None:
        self._automaton = AhoCorasick(words)
        self._longest = max(map(len, words), default=0)

    def find(self, text: str) -> Iterator[Hit]:
        if len(text) <= _LONG_CHARS:
            return iter(self._automaton.find_matches_as_indexes(text, overlapping=True))
        return self._find_long(text)

    def _find_long(self, text: str) -> Iterator[Hit]:
        is_dense = False
        for start in range(0, len(text), _WINDOW_CHARS):
            window = text[start : start + _WINDOW_CHARS + self._longest - 1]
            hits = self._automaton.find_matches_as_indexes(window, overlapping=not is_dense)
            if is_dense and len(hits) < _DENSE // 2:
                hits = self._automaton.find_matches_as_indexes(window, overlapping=True)
            is_dense = len(hits) > _DENSE
            for word, first, last in hits:
                yield word, start + first, start + last


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

"""Finds words of large lists in a text, in one pass however many there are."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Protocol
from unicodedata import category

from policy.charsets import UNSPACED

try:
    from ahocorasick_rs import AhoCorasick
except ImportError:  # pragma: no cover - optional; tests force the stand-in
    AhoCorasick = None  # type: ignore[assignment,misc]

Hit = tuple[int, int, int]
"""Which word, and where it begins and ends."""

_UNSPACED = re.compile(f"[{UNSPACED}]")
_LONG_CHARS = 640
_WINDOW_CHARS = 128
_MOST_OVERLAPPING = 4_000
"""After more hits than this, which only a text made for it gives, those that overlap others are left out where many
stand, and after twice as many everywhere."""

_FEW = 64
_RARE = 200
"""A letter is worth a shorter form if it is more than one of so many; ideographs never are."""

_SPARE = tuple(chain(range(ord("A"), ord("Z") + 1), range(1, 9), range(0x0E, 0x1C)))
_UNUSED = frozenset(map(chr, _SPARE))
"""Of one byte each, and in no text in normal form: capitals and controls."""


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
        chars = set(text)
        self._letters = frozenset(filter(is_letter, chars))
        self._runs = frozenset(text.translate({ord(char): " " for char in chars - self._letters}).split())

    def is_whole(self, start: int, end: int) -> bool:
        """Whether `text[start:end]` is no part of a longer word."""
        text, letters = self._text, self._letters
        return not (
            (start > 0 and text[start - 1] in letters and text[start] in letters)
            or (end < len(text) and text[end] in letters and text[end - 1] in letters)
        )

    def is_never_whole(self, word: str) -> bool:
        """Whether a word of letters alone stands whole nowhere in the text."""
        return word not in self._runs and self._letters.issuperset(word)


class _Compiled:
    """Aho-Corasick, in Rust."""

    def __init__(self, words: Sequence[str]) -> None:
        self._short = _shorten(words)
        self._letters = frozenset(map(chr, self._short))
        self._automaton = AhoCorasick([word.translate(self._short) for word in words] if self._short else words)
        self._longest = max(map(len, words), default=0)

    def find(self, text: str) -> Iterator[Hit]:
        if self._short and not self._letters.isdisjoint(text):
            text = text.translate(self._short)
        if len(text) <= _LONG_CHARS:
            return iter(self._automaton.find_matches_as_indexes(text, overlapping=True))
        return self._find_long(text)

    def _find_long(self, text: str) -> Iterator[Hit]:
        left = _MOST_OVERLAPPING
        step = max(_WINDOW_CHARS, self._longest)
        for start in range(0, len(text), step):
            window = text[start : start + step + self._longest - 1]
            hits = self._automaton.find_matches_as_indexes(window, overlapping=left > 0)
            if -_MOST_OVERLAPPING < left <= 0 and len(hits) < _FEW:
                hits = self._automaton.find_matches_as_indexes(window, overlapping=True)
            left -= len(hits)
            for word, first, last in hits:
                yield word, start + first, start + last


def _shorten(words: Sequence[str]) -> dict[int, int]:
    """What no normal form has, for the letters that words of another alphabet are made of.

    The automaton's work is by bytes: it is ready in a fraction of the time for an alphabet of one byte a letter.
    """
    text = "".join(words)
    if text.isascii():
        return {}
    counts = Counter(text).most_common(len(_SPARE))
    used = [char for char, count in counts if not char.isascii() and count * _RARE > len(text)]
    return dict(zip(map(ord, used), _SPARE, strict=False)) if _UNUSED.isdisjoint(text) else {}


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

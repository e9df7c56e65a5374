"""What is left of a text when it is compared with others: a bounded sketch, and how alike two of them are.

Numbers, emoji, signs, marks, look-alike letters, the tails of links, quoted lines and the order of words are left out
beforehand. What remains is cut into overlapping parts: each word and three letters of it, its ends included, or two of
a script without spaces. Of their hashes the smallest are kept (bottom-k MinHash), which gives the share of common
parts: exactly for texts of up to `_MOST` different parts, within some hundredths for longer ones.
"""

import re
from array import array
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, pairwise, repeat
from operator import mod
from unicodedata import category
from zlib import crc32

import msgspec

from policy.charsets import UNSPACED
from policy.lookalikes import LATIN

_MOST = 128
_HEAD_CHARS, _TAIL_CHARS = 1500, 500
_WORD_CHARS = 24
_MOST_KEYS = 6
_TELLING, _FEW_NAMES = 5, 3
"""Words of fewer than four letters, and so of fewer parts, tell texts apart only where there are hardly any others."""

_TAIL = re.compile(r"(\.\w[\w-]+)[/?#][!-~]*")
_QUOTED = re.compile(r"^[^\S\n]*>.*$", re.MULTILINE)
_UNSPACED = re.compile(f"[{UNSPACED}]")
_MIX, _PRIME = 0x9E3779B1, 998_244_353
"""They scatter hashes, so that the smallest are as good as drawn by lot. The prime fits one digit of Python's."""

_MOST_FOLDED = 50_000


class _Letters(dict[int, str | None]):
    """A table for `str.translate`, filled as characters come: bounded, since Unicode is large."""

    def __missing__(self, code: int) -> str | None:
        char = chr(code)
        kind = category(char)
        folded: str | None = " "
        if kind[0] == "L":
            folded = LATIN.get(code, char)
        elif kind[0] in "MN":
            folded = None
        if len(self) < _MOST_FOLDED:
            self[code] = folded
        return folded


_LETTERS = _Letters()


class Sketch(msgspec.Struct, frozen=True):
    """`letters` in the text, one of a script without spaces counted twice; `parts`: hashes, the smallest if many.

    `keys` are to look for similar texts by: pairs of words that are neighbours when sorted by hash. A word is in many
    texts, two of them seldom in two that have nothing else in common; texts that share most words share some pairs.
    """

    letters: int
    parts: frozenset[int]
    keys: tuple[int, ...]

    def pack(self) -> bytes:
        """The parts in a tenth of the memory."""
        return array("I", self.parts).tobytes()


def sketch(text: str) -> Sketch:
    """The sketch of a text in normal form (`policy.normalise`)."""
    if ">" in text:
        text = _own_words(text)
    if len(text) > _HEAD_CHARS + _TAIL_CHARS:
        text = f"{text[:_HEAD_CHARS]} {text[-_TAIL_CHARS:]}"
    if "/" in text or "?" in text or "#" in text:
        text = _TAIL.sub(r"\1 ", text)
    words = text.translate(_LETTERS).split()
    together = "".join(words)
    letters = len(together)
    unspaced = 0 if together.isascii() else letters - len(_UNSPACED.sub("", together))
    if unspaced * 3 >= letters:
        parts = frozenset(_pairs_of(together))
        names = sorted(parts)
    else:
        if letters < 2 * len(words):  # letters apart: nobody's words
            words = [together]
        if max(map(len, words)) > _WORD_CHARS:
            words = [word[at : at + _WORD_CHARS] for word in words for at in range(0, len(word), _WORD_CHARS)]
        parts_of_each = list(map(_parts_of, words))
        parts = frozenset(chain.from_iterable(parts_of_each))
        names = sorted({each[0] for each in parts_of_each if len(each) >= _TELLING})
        if len(names) < _FEW_NAMES:
            names = sorted({each[0] for each in parts_of_each})
    if len(parts) > _MOST:
        parts = frozenset(sorted(parts)[:_MOST])
    keys = tuple(first << 32 | second for first, second in pairwise(names[: _MOST_KEYS + 1])) or tuple(names)
    return Sketch(letters + unspaced, parts, keys)


def similarity(one: Sketch, other: bytes) -> float:
    """The share of parts that are common with a packed sketch: 1 for texts that differ in nothing that counts."""
    ours, theirs = one.parts, memoryview(other).cast("I")
    common = ours.intersection(theirs)
    if len(ours) < _MOST and len(theirs) < _MOST:
        every = len(ours) + len(theirs) - len(common)
        return len(common) / every if every else 1.0
    # Of a cut sketch nothing is known beyond its last hash: both are looked at up to there.
    last = min(max(parts) for parts in (ours, theirs) if len(parts) == _MOST)
    shared = _count(common, last)
    return shared / (_count(ours, last) + _count(theirs, last) - shared)


def _count(parts: Iterable[int], last: int) -> int:
    return sum(part <= last for part in parts)


def _own_words(text: str) -> str:
    """Without quoted lines (as in XEP-0461's fallback), unless there is nothing else."""
    own = _QUOTED.sub("", text)
    return own if any(map(str.isalpha, own)) else text


@lru_cache(maxsize=8192)
def _parts_of(word: str) -> tuple[int, ...]:
    """The word, and every three letters in a row with blanks around it."""
    padded = f" {word} "
    parts = (word, *(padded[start : start + 3] for start in range(len(word))))
    return tuple(crc32(part.encode()) * _MIX & 0xFFFFFFFF for part in parts)


def _pairs_of(text: str) -> Iterator[int]:
    """Every two letters in a row, taken as one number each."""
    codes = memoryview(text.encode("utf-32-le"))
    even, odd = len(text) // 2 * 8, (len(text) - 1) // 2 * 8
    pairs = chain(codes[:even].cast("Q"), codes[4 : 4 + odd].cast("Q") if odd else ())
    return map(mod, pairs, repeat(_PRIME))

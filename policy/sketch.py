"""What is left of a text when it is compared with others: a bounded sketch, and how alike two of them are.

Numbers, emoji, signs, marks, look-alike letters, the tails of links, quoted lines and the order of words are left out
beforehand. What remains is cut into overlapping parts: three letters of a word, its ends included, or two of a script
without spaces. Of their hashes the smallest are kept (bottom-k MinHash), which gives the share of common parts: exactly
for texts of up to `_MOST` different parts, within some hundredths for longer ones.
"""

import re
from array import array
from bisect import bisect_right
from functools import lru_cache
from itertools import chain, pairwise
from operator import add
from unicodedata import category
from zlib import crc32

import msgspec

from policy.charsets import UNSPACED
from policy.lookalikes import LATIN

_MOST = 128
_BYTES = _MOST * 4
_HEAD_CHARS, _TAIL_CHARS = 1500, 500
_WORD_CHARS = 24
_MOST_KEYS = 6
_TELLING_CHARS, _FEW_NAMES = 4, 3
"""Words of fewer letters are in every text; they tell texts apart only where there are hardly any others."""

_TAIL = re.compile(r"(\.\w[\w-]+)[/?#][!-~]*")
_QUOTED = re.compile(r"^[^\S\n]*>.*$", re.MULTILINE)
_UNSPACED = re.compile(f"[{UNSPACED}]")
_MIX = 0x9E3779B1
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
    """`letters` in the text, one of a script without spaces counted twice; `parts`: hashes, the smallest first.

    `keys` are to look for similar texts by: pairs of words that are neighbours when sorted by hash. A word is in many
    texts, two of them seldom in two that have nothing else in common; texts that share most words share some pairs.
    """

    letters: int
    parts: bytes
    keys: tuple[int, ...]


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
        parts = sorted(set(map(_hash, map(add, together, together[1:]))))
        names = parts
    else:
        if letters < 2 * len(words):  # letters apart: nobody's words
            words = [together]
        if max(map(len, words)) > _WORD_CHARS:
            words = [word[at : at + _WORD_CHARS] for word in words for at in range(0, len(word), _WORD_CHARS)]
        parts = sorted(set(chain.from_iterable(map(_parts_of, words))))
        names = sorted({_hash(word) for word in words if len(word) >= _TELLING_CHARS})
        if len(names) < _FEW_NAMES:
            names = sorted(set(map(_hash, words)))
    keys = tuple(first << 32 | second for first, second in pairwise(names[: _MOST_KEYS + 1])) or tuple(names)
    return Sketch(letters + unspaced, array("I", parts[:_MOST]).tobytes(), keys)


def similarity(one: Sketch, other: Sketch) -> float:
    """The share of parts that are common, 0 to 1: 1 for texts that differ in nothing that counts."""
    if one.parts == other.parts:
        return 1.0
    ours, theirs = memoryview(one.parts).cast("I"), memoryview(other.parts).cast("I")
    if not ours or not theirs:
        return 0.0
    common = set(ours).intersection(theirs)
    if len(one.parts) < _BYTES and len(other.parts) < _BYTES:
        return len(common) / (len(ours) + len(theirs) - len(common))
    # Of a cut sketch nothing is known beyond its last hash: both are looked at up to there.
    last = min(parts[-1] for parts in (ours, theirs) if len(parts) == _MOST)
    shared = sum(each <= last for each in common)
    return shared / (bisect_right(ours, last) + bisect_right(theirs, last) - shared)


def _own_words(text: str) -> str:
    """Without quoted lines (as in XEP-0461's fallback), unless there is nothing else."""
    own = _QUOTED.sub("", text)
    return own if any(map(str.isalpha, own)) else text


@lru_cache(maxsize=8192)
def _parts_of(word: str) -> tuple[int, ...]:
    """Every three letters in a row, with blanks around the word."""
    padded = f"  {word}  "
    return tuple(_hash(padded[start : start + 3]) for start in range(len(word) + 2))


@lru_cache(maxsize=16384)
def _hash(part: str) -> int:
    return crc32(part.encode()) * _MIX & 0xFFFFFFFF

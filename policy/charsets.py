"""Sets of characters that the normaliser and the searchers share, to stand between a regular expression's brackets.

Taken from Python's own Unicode data where Unicode has a property for it.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from unicodedata import category, combining, normalize

_LETTERED = (
    range(0x80, 0x3400),
    range(0xA000, 0xAC00),
    range(0xD7B0, 0xD800),
    range(0xF900, 0x20000),
    range(0xE0100, 0xE01F0),
)
"""Where letters and marks are; ideographs and whole Hangul syllables have neither case nor parts that join."""

UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\ua9e0-\ua9ff\uaa60-\uaa7f\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U0003ffff"
)
"""Scripts written without spaces: ideographs, kana, Thai, Lao, Burmese, Khmer. Words have no visible ends there."""

SYLLABIC = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
"""Ideographs, kana and Hangul: one character is much of a word."""

INVISIBLE = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # controls, white space excepted
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""What shows nothing: Unicode's Default_Ignorable_Code_Point and controls."""

LINE_ENDS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")


def charset(chars: Iterable[str]) -> str:
    """Characters as ranges, to stand between brackets."""
    codes = sorted({ord(char) for char in chars})
    parts: list[str] = []
    start = 0
    for index, code in enumerate(codes):
        if index + 1 == len(codes) or codes[index + 1] != code + 1:
            parts.append(f"{chr(codes[start])}-{chr(code)}")
            start = index + 1
    return "".join(parts)


def members(ranges: str) -> Iterator[int]:
    """The code points of literal ranges."""
    rest = iter(ranges)
    last = 0
    for char in rest:
        yield from range(last + 1, last := ord(next(rest))) if char == "-" else (last := ord(char),)
        if char == "-":
            yield last


def _choose(is_chosen: Callable[[str], bool]) -> str:
    return charset(char for char in map(chr, chain(*_LETTERED)) if is_chosen(char))


def _is_joining(char: str) -> bool:
    """Whether it may join the one before it: a mark, a later part of a Hangul or Kirat Rai syllable."""
    if category(char)[0] == "M":
        return True
    first = normalize("NFKD", char)[0]
    return (
        category(first)[0] == "M"
        or "\u1160" <= first <= "\u11ff"
        or "\ud7b0" <= first <= "\ud7ff"
        or "\U00016d63" <= first <= "\U00016d6a"
    )


SORTED_MARKS = _choose(lambda char: combining(char) > 0)
"""Marks that normalisation puts in order."""

MARKS = _choose(lambda char: category(char)[0] == "M")
JOINING = _choose(_is_joining)
JOINING_BMP = charset(char for char in map(chr, members(JOINING)) if char <= "\uffff")
"""Those of living scripts: short enough to be searched for quickly."""

_UNSPACED = re.compile(f"[{UNSPACED}]")
_SPACED = "0-9A-Za-z\uac00-\ud7a3" + _choose(lambda char: char.isalnum() and not _UNSPACED.match(char))
ALNUM = charset(char for char in map(chr, members(_SPACED)) if char <= "\uffff")
"""Letters and digits of living scripts that part words."""

UNEVEN = _choose(lambda char: len(normalize("NFKC", char).casefold()) != 1)
"""Characters whose normal form is longer than they are."""

"""Text as it is judged: one form for what looks alike, and the way back to what was written.

Invisible characters go, compatibility forms become plain ones (NFKC), case is folded, traditional ideographs become
simplified ones, and of white space one is left: a line's end where there is any, else a space. A match in the normal
form maps to a span of the original, so that evidence shows what was sent.
What is disguised on purpose is `policy.views`' business.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from unicodedata import normalize

import msgspec

from policy.charsets import INVISIBLE, LINE_ENDS, SORTED_MARKS, SURROGATES, WIDEST, members
from policy.ideographs import SIMPLIFIED
from policy.offsets import Gaps, Places, Span

_BLANK = "\u2800"
"""Braille's space, the only one that Unicode's own normal form leaves."""

_ODD = re.compile(f"[{INVISIBLE}{SURROGATES}{_BLANK}]")
_GAP = re.compile(r"\s{2,}|[^\S \n]")
"""White space that is not one space or one line's end."""

_UNKNOWN = "\ufffd"
_SHOWN: dict[int, str | None] = {
    ord(_BLANK): " ",
    **dict.fromkeys(members(INVISIBLE)),
    **dict.fromkeys(range(0xD800, 0xE000), _UNKNOWN),
}
_MARKS = 30
"""Of more combining marks in a row the rest is left out (as in UAX #15 §13): sorting them takes quadratic time."""

_HEAP = re.compile(f"([{SORTED_MARKS}]{{{_MARKS}}})[{SORTED_MARKS}]+")
_WIDEST = re.compile(f"[{WIDEST}]")
_COMPATIBLE = "\u2e80-\u2fdf\u3200-\u33ff\uf900-\ufaff\U0001f200-\U0001f2ff\U0002f800-\U0002fa1f"
_SQUARED = re.compile("[\u3200-\u33ff]")
_PARTS = {code: normalize("NFKC", chr(code)) for code in range(0x3200, 0x3400)}
"""Words in one character: taken apart beforehand, as Unicode's own way is slow with these."""

_SAME_TEXTS = 8
"""Several parts of policy look at the texts of one stanza, one after the other."""

_UNUSUAL = frozenset(map(chr, chain(members(f"{INVISIBLE}{SORTED_MARKS}{WIDEST}{_COMPATIBLE}"), SIMPLIFIED, _SHOWN)))
"""What asks for more than Unicode's own normal form."""


class Normalised(msgspec.Struct, frozen=True):
    """A text and its normal form."""

    original: str
    text: str

    def spans(self, spans: Sequence[Span]) -> list[Span]:
        """The parts of the original that these parts of `text` come from, whole characters only."""
        if self.original.isascii() and len(self.original) == len(self.text):
            return list(spans)
        spans = Gaps(_GAP, fold(self.original)).open(spans)
        places = Places(self.original, fold)
        return [places.span(start, end) for start, end in spans]


def normalise(text: str) -> Normalised:
    """The normal form of a text; never fails, whatever a client sent."""
    if text.isascii() and (text.isprintable() or _ODD.search(text) is None):
        return Normalised(text, _close_gaps(text.lower()))
    return Normalised(text, _form(text))


@lru_cache(maxsize=_SAME_TEXTS)
def _form(text: str) -> str:
    return _close_gaps(fold(text))


def _close_gaps(text: str) -> str:
    if text.isprintable() and "  " not in text:
        return text
    return _GAP.sub(_gap, text)


def _gap(found: re.Match[str]) -> str:
    return " " if LINE_ENDS.isdisjoint(found.group()) else "\n"


def fold(text: str) -> str:
    """The normal form alone, white space as it stands: it can be made part by part."""
    if _UNUSUAL.isdisjoint(text):
        return normalize("NFKC", text).casefold()
    text = show(text)
    if _SQUARED.search(text) is not None:
        text = text.translate(_PARTS)
    return normalize("NFKC", text).casefold().translate(SIMPLIFIED)


def show(text: str) -> str:
    """What of a text can be seen; half a character stands for an unknown one."""
    if _ODD.search(text) is not None:
        text = text.translate(_SHOWN)
    if len(text) > _MARKS:
        text = _HEAP.sub(r"\1", text)
    return _WIDEST.sub(_UNKNOWN, text)

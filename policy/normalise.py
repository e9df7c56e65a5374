"""Text as it is judged: one form for what looks alike, and the way back to what was written.

Invisible characters go, compatibility forms become plain ones (NFKC), case is folded. A match in the normal form maps
to a span of the original, so that evidence shows what was sent.
"""

import re
from collections.abc import Iterator, Sequence
from unicodedata import category, combining, normalize

import msgspec

_ODD = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"  # controls, white space excepted
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "\ud800-\udfff]"
)
"""What shows nothing (Unicode's Default_Ignorable_Code_Point and controls), and lone surrogates."""

_SHORT_CHARS = 256
_MARKS = 30
"""Of more combining marks in a row the rest is left out (as in UAX #15 §13): sorting them takes quadratic time."""

Span = tuple[int, int]


class Normalised(msgspec.Struct, frozen=True):
    """A text and its normal form."""

    original: str
    text: str

    def spans(self, spans: Sequence[Span]) -> list[Span]:
        """The parts of the original that these parts of `text` come from, whole characters only."""
        if self.original.isascii() and len(self.original) == len(self.text):
            return list(spans)
        openings: list[int] = []
        closings: list[int] = []
        for opening, closing, chars in _clusters(self.original):
            length = len(_fold(chars))
            openings += [opening] * length
            closings += [closing] * length
        openings.append(len(self.original))
        return [(openings[start], closings[end - 1] if end > start else openings[start]) for start, end in spans]


def normalise(text: str) -> Normalised:
    """The normal form of a text; never fails, whatever a client sent."""
    if text.isascii() and (text.isprintable() or _ODD.search(text) is None):
        return Normalised(text, text.lower())
    if len(text) > _SHORT_CHARS or _ODD.search(text) is not None:
        return Normalised(text, _fold("".join(char for _, char in _visible(text))))
    return Normalised(text, _fold(text))


def _fold(text: str) -> str:
    return normalize("NFKC", text).casefold()


def _visible(text: str) -> Iterator[tuple[int, str]]:
    marks = 0
    for index, char in enumerate(text):
        if _ODD.match(char) is not None:
            if not "\ud800" <= char <= "\udfff":
                continue
            char = "\ufffd"  # noqa: PLW2901 - half a character stands for an unknown one
        marks = marks + 1 if combining(char) else 0
        if marks <= _MARKS or len(text) <= _SHORT_CHARS:
            yield index, char


def _clusters(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each run of characters begins and ends that is normalised by itself, and its visible characters."""
    opening = closing = 0
    chars = ""
    for index, char in _visible(text):
        if chars and _stands_alone(char):
            yield opening, closing, chars
            chars = ""
        if not chars:
            opening = index
        chars += char
        closing = index + 1
    if chars:
        yield opening, closing, chars


def _stands_alone(char: str) -> bool:
    """Whether it never joins the one before it: no mark, no later part of a Hangul or Kirat Rai syllable."""
    if char.isascii():
        return True
    first = normalize("NFKD", char)[0]
    if category(first)[0] == "M":
        return False
    return not ("\u1160" <= first <= "\u11ff" or "\ud7b0" <= first <= "\ud7ff" or "\U00016d63" <= first <= "\U00016d6a")

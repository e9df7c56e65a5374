"""Text as it is judged: one form for what looks alike, and the way back to what was written.

Invisible characters go, compatibility forms become plain ones (NFKC), case is folded, traditional ideographs become
simplified ones, and of white space one is left: a line's end where there is any, else a space. A match in the normal
form maps to a span of the original, so that evidence shows what was sent.
What is disguised on purpose is `policy.views`' business.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from unicodedata import normalize

import msgspec

from policy.charsets import INVISIBLE, LINE_ENDS, SORTED_MARKS, members
from policy.folding import FORMS, SHOWN
from policy.offsets import Gaps, Places, Span

try:
    import re2
except ImportError:  # pragma: no cover - optional; tests force the stand-in
    re2 = None

_ODD = re.compile(f"[{INVISIBLE}]")
_GAP = re.compile(r"\s{2,}|[^\S \n]")
"""White space that is not one space or one line's end."""

_MARKS = frozenset(map(chr, members(SORTED_MARKS)))
_MOST_MARKS = 30
"""Of more combining marks in a row the rest is left out (as in UAX #15 §13): sorting them takes quadratic time."""

_SAME_TEXTS = 8
"""Several parts of policy look at the texts of one stanza, one after the other."""

_HEAPS = f"[{SORTED_MARKS}]{{{_MOST_MARKS + 1},}}"
_CHANGING = frozenset(map(chr, FORMS))
_SORTED = frozenset(chr(code) for code, form in FORMS.items() if form and not set(form).isdisjoint(_MARKS))
"""What has marks in its normal form."""


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


def normalise_list(words: Sequence[str]) -> list[str]:
    """The normal forms of many words, without the white space around them; as one text, which is much quicker."""
    text = "\n".join(words)
    if sum(map(text.count, LINE_ENDS)) == len(words) - 1:
        forms = _close_gaps(fold(text)).split("\n")
        if len(forms) == len(words):  # none of them vanished
            return [form.strip() for form in forms]
    return [_close_gaps(fold(word)).strip() for word in words]


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
    if not _CHANGING.isdisjoint(text):
        may_have_heaps = len(text) > _MOST_MARKS and not _SORTED.isdisjoint(text)
        text = text.translate(FORMS)
        if may_have_heaps:
            text = _cut_heaps(text)
    return normalize("NFC", text)


def show(text: str) -> str:
    """What of a text can be seen; half a character stands for an unknown one."""
    return _cut_heaps(text.translate(SHOWN))


def make_heaps(*, is_compiled: bool) -> re.Pattern[str]:
    """What finds long runs of marks: with RE2, which takes no time for a set as large as that."""
    return re2.compile(_HEAPS) if is_compiled else re.compile(_HEAPS)


_FIND_HEAPS = make_heaps(is_compiled=re2 is not None).finditer


def _cut_heaps(text: str) -> str:
    edges = [0]
    for found in _FIND_HEAPS(text):
        start, end = found.span()
        edges += (start + _MOST_MARKS, end)
    edges.append(len(text))
    return text if len(edges) == 2 else "".join(map(text.__getitem__, map(slice, edges[::2], edges[1::2])))  # noqa: PLR2004

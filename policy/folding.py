"""The normal form of each character by itself, as a table for `str.translate`.

Made beforehand, so that a text is taken apart in one pass whatever it is made of: Unicode's own way takes many times as
long for words in one character. What is left to do for a whole text is to compose letters with their marks (NFC).
"""

from collections.abc import Mapping
from itertools import chain
from unicodedata import normalize

from policy.charsets import INVISIBLE, SORTED_MARKS, members
from policy.ideographs import SIMPLIFIED

UNKNOWN = "\ufffd"
"""Stands for half a character, and for a whole phrase in one character, so that no text grows without bounds."""

_BLANK = 0x2800
"""Braille's space, the only one that Unicode's own normal form leaves."""

_LONGEST = 3
_MAY_CHANGE = (
    range(0x41, 0x5B),
    range(0x80, 0x3400),
    range(0xA000, 0xAC00),
    range(0xF900, 0x20000),
    range(0x2F800, 0x2FA20),
)
"""Where letters with two cases and compatibility forms are; ideographs that change are in a table of their own."""

SHOWN: Mapping[int, str | None] = {
    **dict.fromkeys(members(INVISIBLE)),
    **dict.fromkeys(range(0xD800, 0xE000), UNKNOWN),
    _BLANK: " ",
}
"""What cannot be seen, and what stands for it."""


def _fold_char(char: str) -> str:
    parts = normalize("NFKC", char)
    if len(parts) > _LONGEST:
        return UNKNOWN
    folded = normalize("NFC", parts.casefold()).translate(SHOWN).translate(SIMPLIFIED)
    return folded if folded == char else "".join(map(_fold_char, folded))


def _make_forms() -> dict[int, str | None]:
    folded = ((code, _fold_char(chr(code))) for code in chain(*_MAY_CHANGE))
    return {
        **{code: chr(code) for code in members(SORTED_MARKS)},
        **SIMPLIFIED,
        **{code: form for code, form in folded if form != chr(code)},
        **SHOWN,
    }


FORMS: Mapping[int, str | None] = _make_forms()
"""None: it shows nothing. Marks that are put in order stand here as they are: a text with any is looked at closely."""

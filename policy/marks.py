"""What in a normal form calls for a second look, and what to leave out of it then: regular expressions.

The calls need no look-around, so that RE2 can search for all of them in one pass; they may call too often, never too
seldom.
"""

import re
from collections.abc import Mapping
from enum import IntEnum, auto

from policy.charsets import ALNUM, JOINING_BMP, MARKS, SYLLABIC, UNSPACED, charset
from policy.lookalikes import ACCENTED, FANCY, FOREIGN

try:
    import re2
except ImportError:  # pragma: no cover - optional; tests force the stand-in
    re2 = None


class Call(IntEnum):
    """What a text has that ordinary writing seldom has."""

    LEET = 0
    REPEATED = auto()
    STACKED = auto()
    FOREIGN = auto()
    ACCENTED = auto()
    APART = auto()
    WITHIN = auto()
    SPREAD = auto()
    ACROSS = auto()


_ALPHABETS = (("a", "z"), ("\u00df", "\u024f"), ("\u0370", "\u0482"), ("\u048a", "\u052f"), ("\u1e00", "\u1fff"))
_ALPHABETIC = "".join(f"{first}-{last}" for first, last in _ALPHABETS)
_FANCY, _ACCENTED = charset(FANCY), charset(ACCENTED)
_WORD = f"{ALNUM}{UNSPACED}{JOINING_BMP}"
_SPACER = f"[^{_WORD}]"
_SIGN = f"[^{_WORD}\\s]"
_EDGE = f"[^{ALNUM}{JOINING_BMP}]"
_L, _S = f"[{ALNUM}]", f"[{SYLLABIC}]"
_STRONG = "*_|+=^#@&%$\\\\`·・•°¨¤"
"""Signs that stand between two ideographs for no reason of grammar."""

_CLAUSE = "，。！？；：、…—,!?;:\n\r()\\[\\]{}（）「」『』《》〈〉【】“”‘’\"'"
_WEAK = f"[^{_WORD}{_STRONG}{_CLAUSE}]"
"""Spaces, emoji, stops and dashes: they stand between clauses too, but seldom around a single ideograph."""

_ORDINARY = f"\\-.,;:!?'\"()\\[\\]{{}}<>/@&%$€£¥§’‘“”„«»–—…{_CLAUSE}"
"""Signs that stand between letters in addresses, sums and ordinary writing of some language."""

_INNER = f"[^{_WORD}\\s{_ORDINARY}]"

_TWICE = "|".join(f"{chr(code)}{{2}}" for first, last in _ALPHABETS for code in range(ord(first), ord(last) + 1))
_CALLS: Mapping[Call, str] = {
    Call.LEET: "[a-z][0-9@$!|+(€£¡][a-z0-9@$]|[a-z]{2}[0-9$€]|[0-9@$€£¡][a-z]{2}"
    "|[0-9][\u0400-\u052f]|[\u0400-\u052f][0-9]",
    Call.REPEATED: f"{_TWICE.replace('{2}', '{3}')}|(?:{_TWICE})(?:{_TWICE})",
    Call.STACKED: f"[{_ALPHABETIC}{SYLLABIC}][{MARKS}]",
    Call.FOREIGN: f"[a-z0-9{_ACCENTED}][{FOREIGN}]|[{FOREIGN}][a-z0-9{_ACCENTED}]"
    f"|(?:^|[^{ALNUM}])[{FOREIGN}]{{4,}}(?:[^{ALNUM}]|$)|[{_FANCY}]",
    Call.ACCENTED: f"[{_ACCENTED}][a-z]*[{_ACCENTED}]",
    Call.APART: f"(?:^|{_EDGE}){_L}(?:{_SPACER}{{1,3}}{_L}){{2}}(?:{_EDGE}|$)",
    Call.WITHIN: f"[{ALNUM}]{_INNER}{{1,3}}[{ALNUM}]",
    Call.SPREAD: f"{_S}(?:[{_STRONG}]{{1,3}}|{_WEAK}{{1,3}}){_S}",
    Call.ACROSS: f"{_S}{_SPACER}{{1,3}}{_S}",
}

Pattern = re.Pattern[str]
_ALONE = f"(?={_L}(?![{ALNUM}{JOINING_BMP}]))"
_SINGLE = f"(?:(?<={_EDGE}{_L})|(?<=^{_L}))"

STACKED = re.compile(f"(?<=[{_ALPHABETIC}{SYLLABIC}])[{MARKS}]+")
"""Marks that no letter was made with, whatever script they are of; any on ideographs and syllables, which have none."""

BY_SIGNS = re.compile(f"(?={_SIGN}){_SINGLE}{_SIGN}{{1,3}}{_ALONE}")
BY_SPACES = re.compile(rf"(?=\s){_SINGLE}\s{_ALONE}")
BY_BOTH = re.compile(f"(?={_SPACER}){_SINGLE}{_SPACER}{{1,3}}{_ALONE}")
"""What stands between single letters."""

SPREAD = re.compile(
    f"(?<={_S})(?:[{_STRONG}]{{1,3}}(?={_S})|{_WEAK}{{1,3}}(?={_S}(?!{_S})))"
    f"|(?:(?<=^{_S})|(?<=[^{SYLLABIC}]{_S})){_WEAK}{{1,3}}(?={_S})"
)
"""What stands between ideographs or syllables: signs, or anything but a clause mark where one of them stands alone."""

ACROSS = re.compile(f"(?<={_S}){_SPACER}{{1,3}}(?={_S})")
WITHIN = re.compile(f"(?<=[{ALNUM}]){_INNER}{{1,3}}(?=[{ALNUM}])")
"""Marks of style, emoji and other signs in the middle of a word."""

THIRD = re.compile(rf"([{_ALPHABETIC}])\1*(?=\1\1)")
THRICE = re.compile(rf"([{_ALPHABETIC}])\1+(?=\1)")
SECOND = re.compile(rf"([{_ALPHABETIC}])\1*(?=\1)")
ELL = re.compile(r"[1!|]")
MIXED: Mapping[str, Pattern] = {
    "CYRILLIC": re.compile("[a-z0-9][\u0400-\u052f]|[\u0400-\u052f][a-z0-9]"),
    "GREEK": re.compile("[a-z0-9][\u0370-\u03ff]|[\u0370-\u03ff][a-z0-9]"),
}


class Calls:
    """Searches for all calls at once."""

    def __init__(self, *, is_compiled: bool | None = None) -> None:
        """Search with RE2 where that is installed, or as said."""
        self._set = None
        self._each: tuple[tuple[Call, Pattern], ...] = ()
        if re2 is not None if is_compiled is None else is_compiled:
            options = re2.Options()
            options.max_mem = 64 << 20
            self._set = re2.Set.SearchSet(options)
            for pattern in _CALLS.values():
                self._set.Add(pattern)
            self._set.Compile()
        else:
            self._each = tuple((call, re.compile(pattern)) for call, pattern in _CALLS.items())

    def find(self, text: str) -> frozenset[int]:
        """Which calls a text has."""
        if self._set is not None:
            return frozenset(self._set.Match(text) or ())
        return frozenset(call for call, pattern in self._each if pattern.search(text))

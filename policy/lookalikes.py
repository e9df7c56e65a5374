"""Which characters are written to be read as others: tables for `str.translate`, one character for one.

Look-alikes are Unicode's own (UTS #39, by confusable_homoglyphs); forms of Latin letters go by their Unicode names.
"""

import json
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from itertools import chain
from string import ascii_letters, ascii_lowercase
from unicodedata import name, normalize

from policy.charsets import SYLLABIC, charset

_SHAPE = re.compile(
    r"(?:REGIONAL INDICATOR SYMBOL LETTER|LATIN LETTER SMALL CAPITAL|NEGATIVE (?:CIRCLED|SQUARED) LATIN CAPITAL LETTER)"
    r" ([A-Z])"
)
_WITH = re.compile(r"LATIN SMALL LETTER ([A-Z]) WITH [A-Z ]+")
_FORMS = (
    range(0xC0, 0x2B0),
    range(0x1D00, 0x1F00),
    range(0x2C60, 0x2C80),
    range(0xA730, 0xA732),
    range(0x1F150, 0x1F200),
)
_NOT_READ = re.compile(f"[{SYLLABIC}\u0590-\u08ff\ufb1d-\ufefc]")
"""Where one stroke more or less is another word, or lines run the other way: not taken for Latin."""

LEET: Mapping[str, str] = dict(zip("4@8(3€691!|¡£05$7+2", "aabceeggiiiilossttz", strict=True))
"""Digits and signs for letters, and `1`, `!`, `|` for l in a view of its own."""

_OTHER_SCRIPTS = {"CYRILLIC": {"3": "з", "4": "ч", "6": "б", "0": "о"}, "GREEK": {"0": "ο"}}


def _lookalikes() -> Iterator[tuple[str, str]]:
    """Letters of other alphabets and the Latin ones they look like; those that do in lower case come first.

    Read from the package's data, since the package itself keeps 7 MB of it in memory for good.
    """
    data = json.loads(files("confusable_homoglyphs").joinpath("confusables.json").read_bytes())
    for latin in ascii_lowercase + ascii_letters:
        for like in data[latin]:
            char = like["c"]
            if len(char) == 1 and not char.isascii() and char.isalpha() and not _NOT_READ.match(char):
                yield char, latin


def _strict() -> dict[str, str]:
    found: dict[str, str] = {}
    for char, latin in _ALL:
        if latin in ascii_lowercase and normalize("NFKC", char).casefold() == char:
            found.setdefault(char, latin)
    return found


def _loose() -> dict[str, str]:
    found: dict[str, str] = {}
    for char, latin in _ALL:
        folded = normalize("NFKC", char).casefold()
        if len(folded) == 1 and not folded.isascii():
            found.setdefault(folded, latin.lower())
    return found


def _forms(names: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    for code in chain(*_FORMS):
        found = names.fullmatch(name(chr(code), ""))
        if found is not None:
            yield chr(code), found.group(1).lower()


def _back(script: str, extra: Mapping[str, str]) -> dict[int, str]:
    table = dict(extra)
    for char, latin in {**LOOSE, **STRICT}.items():
        if name(char, "").startswith(f"{script} SMALL LETTER"):
            table[latin] = min(table.get(latin, char), char, key=lambda each: (each not in STRICT, each))
    return {ord(latin): char for latin, char in table.items()}


_ALL = tuple(_lookalikes())

STRICT: Mapping[str, str] = _strict()
"""Small letters that look like small Latin ones."""

LOOSE: Mapping[str, str] = _loose()
"""Letters that look like Latin ones in either case."""

_WRITTEN = "ıɣɩʋ"
"""Latin look-alikes of Latin letters that Turkish, Azerbaijani, Ewe and others write."""

ACCENTED: Mapping[str, str] = {**dict(_forms(_WITH)), **{char: STRICT[char] for char in _WRITTEN}}
"""Latin letters with marks or strokes, as many languages write them."""

FANCY: Mapping[str, str] = dict(_forms(_SHAPE))
"""Latin letters in forms that are no writing of any language: small capitals, letters on coloured squares, flags."""

_FOREIGN = {char: latin for char, latin in {**LOOSE, **STRICT}.items() if char not in ACCENTED and char not in FANCY}
FOREIGN = charset(char for char in _FOREIGN if char <= "\uffff")
LATIN: Mapping[int, str] = {ord(char): latin for char, latin in {**ACCENTED, **FANCY, **_FOREIGN, **LEET}.items()}
LATIN_L: Mapping[int, str] = {**LATIN, **dict.fromkeys(map(ord, "1!|"), "l")}
BACK: Mapping[str, Mapping[int, str]] = {script: _back(script, extra) for script, extra in _OTHER_SCRIPTS.items()}
"""By script: its letters for the Latin ones and digits they look like."""

"""Words that pass letters of one script off as another's, such as a Latin word with a Cyrillic "а" in it.

Never a script as such, nor two scripts in one sentence. Nor what people write: a Latin name with a Russian ending
(SMSка), a Greek letter before a Latin one (λx), words joined by a hyphen (USB-порт).
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from unicodedata import name, normalize

from policy.facts import Text
from policy.matchers.view import Match, Matcher, Matches, View

NAME = "mixed_script"
_WORD = re.compile(
    "[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u0373\u0376-\u0377\u037b-\u037d\u037f\u0386"
    "\u0388-\u0481\u048a-\u0556\u0561-\u0587\u13a0-\u13fd\u1c80-\u1c88\u1e00-\u1fbc\u2c80-\u2ce4\ua640-\ua66d"
    "\uab70-\uabbf\uff21-\uff3a\uff41-\uff5a]{3,}"
)
"""Letters of scripts whose letters look alike. Any other script ends a word: ideographs stand beside names unspaced."""

_HAS_OTHER = re.compile("[\u0370-\u058f\u13a0-\u13ff\uab70-\uabbf\u1c80-\u1c8f\u2c80-\u2dff\ua640-\ua69f\u1f00-\u1fff]")
_HAS_LATIN = re.compile("[A-Za-z\u00c0-\u024f\uff21-\uff3a\uff41-\uff5a]")

_LATIN_LIKE = frozenset(
    "абеикмнорстухьпѕіјһԁԛԝүѵгАВЕЅІЈКМНОРСТУХЬЗѴԌԚԜҮ"  # Cyrillic
    "αινοκρτυχγηωβεΑΒΕΖΗΙΚΜΝΟΡΤΥΧϲϳ"  # Greek
    "օսոհցյզքռՏԼՕՍԱ"  # Armenian
)
"""Letters of other scripts that are taken for Latin ones."""

_OTHERS_LIKE = frozenset("aceiopxyjsbmnruhktgvdqwlABCEHIKMOPTXYSJNZGVDL")
"""Latin letters that are taken for some of another script."""


def make() -> Matcher:
    """Any such word in any text."""

    def match(view: View) -> Matches | None:
        return tuple(match for text, _ in view.texts for match in _search(text)) or None

    return match


def _search(text: Text) -> Iterator[Match]:
    value = text.value
    if value.isascii() or _HAS_OTHER.search(value) is None or _HAS_LATIN.search(value) is None:
        return
    for word in _WORD.finditer(value):
        if not word.group().isascii() and _is_disguised(word.group()):
            yield Match(NAME, text, word.start(), word.end())


def _is_disguised(word: str) -> bool:
    runs = [(script, "".join(chars)) for script, chars in groupby(word, _script)]
    if len(runs) == 1:
        return False
    if any(_is_borrowed(script, chars) for script, chars in runs[1:-1]):
        return True
    script, first = runs[0]
    if script == "LATIN" or len(runs) > 2:  # noqa: PLR2004 - a beginning and an end
        return False  # a Latin word with an ending of another language
    is_symbol = script == "GREEK" and len(first) == 1 and first.islower()
    if is_symbol:
        return False
    last_script, last = runs[-1]
    return _is_borrowed(script, first) or (len(last) > 1 and _is_borrowed(last_script, last))


def _is_borrowed(script: str, chars: str) -> bool:
    return (_OTHERS_LIKE if script == "LATIN" else _LATIN_LIKE).issuperset(normalize("NFKC", chars))


@lru_cache(maxsize=4096)
def _script(char: str) -> str:
    """The script's name, as the character's own begins with it; full-width letters count as what they stand for."""
    return name(normalize("NFKC", char)[0], "").partition(" ")[0]

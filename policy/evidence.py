"""Whether a word that a view shows was disguised, so that ordinary writing of any script is left alone."""

import re
from collections import Counter
from unicodedata import category

from policy.charsets import SYLLABIC
from policy.lookalikes import ACCENTED, FANCY, LEET, STRICT
from policy.views import View
from policy.words import is_letter, is_whole

_REPEATED = re.compile(r"(.)\1\1|(.)\2.?(.)\3.?(.)\4", re.DOTALL)
_SYLLABIC = re.compile(f"[{SYLLABIC}]")
_LEAST_APART = 4
_LEAST_FOREIGN = 4
_LEAST_LOOSE = 5
_LEAST_ACCENTED = 5
_LEAST_MARKS = 2
_FARTHEST = 16
"""So far is looked back from a letter: whatever was left out before it, some of it is as near."""


def is_shown_whole(plain: str, view: View, start: int, end: int) -> bool:
    """Whether `view.text[start:end]` is no part of a longer word; letters that stood apart show no ends of words."""
    is_long = end - start >= _LEAST_APART
    return (start == 0 or _is_parted(plain, view, start, start - 1, is_long=is_long)) and (
        end == len(view.text) or _is_parted(plain, view, end, end, is_long=is_long)
    )


def _is_parted(plain: str, view: View, edge: int, outside: int, *, is_long: bool) -> bool:
    """Whether a word ends between the characters before and at `edge`."""
    if not (is_letter(view.text[edge - 1]) and is_letter(view.text[edge])):
        return True
    if not is_letter(plain[view.places[outside]]):
        return True  # a sign that might have been a letter
    return is_long and any(not is_letter(char) for char in plain[view.places[edge - 1] + 1 : view.places[edge]])


def is_disguised(plain: str, view: View, start: int, end: int) -> bool:
    """Whether somebody went out of their way to write `view.text[start:end]` as it stands in the normal form."""
    left_out = _left_out(plain, view, start, end)
    if left_out["letters"] and not _REPEATED.search(plain, _region_start(view, start), view.places[end - 1] + 1):
        return False
    written = [plain[place] for place in view.places[start:end]]
    changed = [was for was, now in zip(written, view.text[start:end], strict=True) if was != now]
    if not changed:
        return left_out["letters"] > 0 or left_out["signs"] > 0 or left_out["marks"] >= _LEAST_MARKS
    kinds = Counter(map(_kind, changed))
    letters = [char for char in written if char.isalpha()]
    kept = len(letters) + kinds["sign"] - len(changed) + kinds["digit"]
    if kinds["digit"] and (len(letters) < 2 or kinds["digit"] > 2 * len(letters)):  # noqa: PLR2004
        return False
    if kinds["accented"] == len(changed) and left_out["marks"] < _LEAST_MARKS and not left_out["signs"]:
        return kinds["accented"] > 1 and len(written) >= _LEAST_ACCENTED
    if kinds["foreign"] == len(changed) and not kept:
        return _is_foreign(view, start, end, written)
    return kinds["latin"] == 0 or kept > 0


def _left_out(plain: str, view: View, start: int, end: int) -> Counter[str]:
    """What stood between the letters, and letters repeated before the first of them."""
    found: Counter[str] = Counter()
    last = _region_start(view, start) - 1
    for place in view.places[start:end]:
        between = plain[max(last + 1, place - _FARTHEST) : place]
        for char in set(between):
            if category(char)[0] == "M":
                is_on_syllable = last >= view.places[start] and _SYLLABIC.match(plain[last]) is not None
                found["signs" if is_on_syllable else "marks"] += between.count(char)
            elif is_letter(char):
                found["letters"] += 1
            elif last >= view.places[start]:
                found["signs"] += 1
        last = place
    return found


def _region_start(view: View, start: int) -> int:
    return view.places[start - 1] + 1 if start else 0


def _kind(char: str) -> str:
    if char in LEET:
        return "digit" if char.isdigit() else "sign"
    if char.isascii():
        return "latin"
    if char in ACCENTED:
        return "accented"
    return "fancy" if char in FANCY else "foreign"


def _is_foreign(view: View, start: int, end: int, written: list[str]) -> bool:
    """A word wholly in another script must be the whole of it, and long enough to be no chance."""
    if not is_whole(view.text, start, end):
        return False
    return len(written) >= (_LEAST_FOREIGN if all(char in STRICT for char in written) else _LEAST_LOOSE)

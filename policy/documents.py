"""Numbers of documents, checked by how they are made, before anybody looks them up.

A fault says what is wrong with a number by itself, and so tells nobody whether it is known.
"""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime

from config.settings import Document
from policy.errors import BadCheck
from policy.harmless import compile_harmless

Check = Callable[[str, float], str | None]
"""Of a number (capitals and digits, nothing between) at a time: the id of a text that says what is wrong, if any."""

_GB11643 = re.compile(r"[1-9][0-9]{16}[0-9X]", re.ASCII)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_EARLIEST_YEAR = 1900
_MRZ = re.compile(r"[A-Z0-9]{1,9}<*[0-9]", re.ASCII)
_MRZ_LENGTH = 9
_MRZ_WEIGHTS = (7, 3, 1)
_PATTERN = "pattern:"


def gb11643(number: str, at: float) -> str | None:
    """A citizen's number by GB 11643-1999: region, date of birth, sequence, and a check digit (ISO 7064, MOD 11-2)."""
    if not _GB11643.fullmatch(number):
        return "document-gb11643-form"
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return "document-gb11643-date"
    if born.year < _EARLIEST_YEAR or born > datetime.fromtimestamp(at, UTC).date():
        return "document-gb11643-date"
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, number, strict=False))
    return None if _CHECK_DIGITS[total % 11] == number[17] else "document-check-digit"


def mrz(number: str, _at: float) -> str | None:
    """A number with its check digit as in a machine-readable zone (ICAO 9303-3 §4.9); fillers may be left out."""
    if not _MRZ.fullmatch(number) or len(number) > _MRZ_LENGTH + 1:
        return "document-mrz-form"
    total = sum(int(each, 36) * _MRZ_WEIGHTS[place % 3] for place, each in enumerate(number[:-1]) if each != "<")
    return None if total % 10 == int(number[-1]) else "document-check-digit"


def compile_checks(documents: Mapping[str, Document]) -> dict[str, Check]:
    """The checks by type of document.

    Raises:
        BadCheck: a pattern that cannot be used.
    """
    return {name: _compile(name, document.check) for name, document in documents.items()}


def _compile(name: str, check: str) -> Check:
    if not check.startswith(_PATTERN):
        return gb11643 if check == "gb11643" else mrz
    try:
        pattern = compile_harmless(f"^(?:{check.removeprefix(_PATTERN)})$")
    except ValueError as error:
        raise BadCheck(name, str(error)) from None
    return lambda number, _at: None if pattern.search(number) else "document-pattern-form"

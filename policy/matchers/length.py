"""Texts that are long, have many lines, repeat one character, or pile marks on letters."""

import re
from collections.abc import Iterator
from unicodedata import category

from config.settings import Length
from policy.facts import Text
from policy.matchers.spans import Span
from policy.matchers.view import Match, Matcher, Matches, View, whole

NAME = "length"
_REPEATS = re.compile(r"(\S)\1{2,}+")
_MARKS = re.compile(r"(?:M[a-z]){3,}+")


def make(length: Length) -> Matcher:
    """Any of `chars`, `lines`, `repeats` and `marks`.

    Raises:
        ValueError: none is given.
    """
    if length == Length():
        raise ValueError("length needs chars, lines, repeats or marks")

    def match(view: View) -> Matches | None:
        found = (_measure(text, length) for text, _ in view.texts)
        return tuple(match for match in found if match is not None) or None

    return match


def _measure(text: Text, length: Length) -> Match | None:
    value = text.value
    if length.chars is not None and len(value) >= length.chars:
        return whole(NAME, text)
    if length.lines is not None and len(value.strip().splitlines()) >= length.lines:
        return whole(NAME, text)
    if length.repeats is not None:
        found = _first(_repeats(value), length.repeats)
        if found is not None:
            return Match(NAME, text, *found)
    if length.marks is not None and not value.isascii():
        found = _first(_marks(value), length.marks)
        if found is not None:
            return Match(NAME, text, *found)
    return None


def _first(runs: Iterator[Span], least: int) -> Span | None:
    """The first run that is long enough."""
    return next((run for run in runs if run[1] - run[0] >= least), None)


def _repeats(text: str) -> Iterator[Span]:
    """White space apart: indented code and drawn tables are no flood."""
    return (run.span() for run in _REPEATS.finditer(text))


def _marks(text: str) -> Iterator[Span]:
    """Runs of combining marks, found among the names of categories: two letters for each character, the first is M."""
    return ((run.start() // 2, run.end() // 2) for run in _MARKS.finditer("".join(map(category, text))))

"""Texts that are long, have many lines, repeat one character, or pile marks on letters."""

from collections.abc import Hashable, Iterator
from itertools import groupby
from unicodedata import category

from config.settings import Length
from policy.facts import Text
from policy.matchers.view import Match, Matcher, Matches, View, whole
from policy.normalise import Span

NAME = "length"


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
    for keys, least in ((_visible, length.repeats), (_marks, length.marks)):
        if least is not None and len(value) >= least:
            found = next((run for run in _runs(keys(value)) if run[1] - run[0] >= least), None)
            if found is not None:
                return Match(NAME, text, *found)
    return None


def _visible(text: str) -> Iterator[str | None]:
    """White space apart: indented code and drawn tables are no flood."""
    return (None if char.isspace() else char for char in text)


def _marks(text: str) -> Iterator[bool | None]:
    return (True if category(char)[0] == "M" else None for char in text)


def _runs(keys: Iterator[Hashable]) -> Iterator[Span]:
    """Where the same key stands several times in a row; None is no key."""
    start = 0
    for key, run in groupby(keys):
        end = start + sum(1 for _ in run)
        if key is not None:
            yield start, end
        start = end

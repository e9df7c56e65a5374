"""Texts that are long, have many lines, or repeat one character."""

from itertools import groupby

from config.settings import Length
from policy.facts import Text
from policy.matchers.view import Match, Matcher, Matches, View, whole

NAME = "length"


def make(length: Length) -> Matcher:
    """Any of `chars`, `lines` and `repeats`.

    Raises:
        ValueError: none is given.
    """
    if length.chars is None and length.lines is None and length.repeats is None:
        raise ValueError("length needs chars, lines or repeats")

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
    return None if length.repeats is None else _repeat(text, length.repeats)


def _repeat(text: Text, least: int) -> Match | None:
    """White space apart: indented code and drawn tables are no flood."""
    if len(text.value) < least:
        return None
    start = 0
    for char, run in groupby(text.value):
        end = start + sum(1 for _ in run)
        if end - start >= least and not char.isspace():
            return Match(NAME, text, start, end)
        start = end
    return None

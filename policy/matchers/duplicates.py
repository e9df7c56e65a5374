"""Texts that were written before, or nearly; who remembers them is told what to look for (`policy/asks.py`)."""

from config.settings import Duplicates
from policy.asks import copies_of
from policy.matchers.view import Matcher, Matches, View, whole

NAME = "duplicates"


def make(duplicates: Duplicates) -> Matcher:
    """So many copies within the time.

    Raises:
        ValueError: it could never be met.
    """
    copies = copies_of(duplicates)

    def match(view: View) -> Matches | None:
        exceeded = view.facts.lately.exceeded
        if not exceeded or copies not in exceeded:
            return None
        return tuple(whole(NAME, text) for text, _ in view.texts)

    return match

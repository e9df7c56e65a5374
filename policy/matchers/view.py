"""What a matcher sees of a stanza, and how it says what it found."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from policy.facts import Facts, Text
from policy.matchers.hosts import Host
from policy.matchers.spans import Span


@dataclass(frozen=True, slots=True)
class Match:
    """What was found where: `text` is the original, the span lies in it. No text: it is not in any."""

    matcher: str
    text: Text | None = None
    start: int = 0
    end: int = 0


Matches = tuple[Match, ...]
Scanned = tuple[Text, Mapping[int, Span]]


@dataclass(frozen=True, slots=True)
class View:
    """A stanza as one rule sees it: the texts of its surfaces, each with the word lists that were found there.

    `readings` are the same words as clients may show them: to be searched, never to be counted or measured.
    """

    facts: Facts
    texts: Sequence[Scanned]
    readings: Sequence[Scanned] = ()
    hosts: dict[str, tuple[Host, ...]] = field(default_factory=dict)  # by text: found once for all rules


Matcher = Callable[[View], Matches | None]
"""None: not met. An empty tuple: met, with nothing to show."""


def whole(matcher: str, text: Text) -> Match:
    """The match that is the whole of a text."""
    return Match(matcher, text, 0, len(text.value))

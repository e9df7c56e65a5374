"""How much work a room's own rules make of the texts that are hardest for them: counted, so that it is always the same.

Managers may be hostile: words that lie within one another make one long message cost what a thousand others do.
"""

from collections.abc import Iterable, Sequence

from policy.normalise import normalise
from policy.room_rule import RoomMatcher, RoomRule
from policy.words import make_words

MOST_FINDS = 2.0
"""Words found for each character of a text, overlapping ones too. At 2, a text of 10,000 characters takes some 5 ms."""

_CHARS = 500
"""What is longer is searched in windows, and not all is found (`policy/words.py`)."""


def is_too_costly(rules: Sequence[RoomRule]) -> bool:
    """Whether all these rules together could hold everybody up by one text."""
    if sum(rule.matcher is RoomMatcher.MIXED_SCRIPT for rule in rules) > 1:
        return True  # each reads the whole text, letter by letter, and two find the same
    words = sorted({word for rule in rules if rule.matcher is RoomMatcher.WORDS for word in _normal(rule.items)})
    if not words:
        return False
    searcher = make_words(words)
    return any(sum(1 for _ in searcher.find((word * _CHARS)[:_CHARS])) > MOST_FINDS * _CHARS for word in words)


def _normal(words: Iterable[str]) -> list[str]:
    return [normal for word in words if (normal := normalise(word).text.strip())]

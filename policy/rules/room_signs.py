"""A room's name and description have nothing in them that nobody sees and that turns the text around it about."""

import re

from policy.facts import Facts, Kind, Surface
from policy.rule import Opinion, Rule, Source, denial
from policy.verdict import Condition

NAME = "room-signs"
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufff9-\ufffb"
_TURNING = "\u202a-\u202e\u2066-\u2069"
"""Embeddings, overrides and isolates (UAX #9 §2); the marks of §2.6, which some scripts need, turn nothing about."""

_HALVES = "\ud800-\udfff"
_WITHIN_LINES = re.compile(f"[{_CONTROLS}{_TURNING}{_HALVES}]")
_SIGNS = {
    Surface.ROOM_NAME: re.compile(f"[{_CONTROLS}{_TURNING}{_HALVES}\t\n\r]"),  # a name is one line
    Surface.ROOM_DESCRIPTION: _WITHIN_LINES,
}
_DENIAL = denial(NAME, Condition.CONTENT, "deny-room-signs")


def make(_: Source) -> Rule:
    """Holds whatever the settings: names are what rooms are told apart by."""
    return Rule(name=NAME, kinds=frozenset((Kind.CONFIG, Kind.CREATE)), judge=_judge)


def _judge(facts: Facts) -> Opinion | None:
    for text in facts.texts:
        signs = _SIGNS.get(text.surface)
        if signs is not None and signs.search(text.value):
            return _DENIAL
    return None

"""Rules that a room's managers set for their own room: they only add to the platform's, and count against nobody."""

from policy.facts import Facts
from policy.own_rules import Compiled
from policy.rule import EVERY, Opinion, Rule, Source

NAME = "own-rules"
_MOST_COMPILED = 500
"""Rooms; one with 20 rules of ten words takes some 80 KB."""


def make(source: Source) -> Rule | None:
    """`moderation.managers`, and those of each category: what is beyond them rests."""
    settings = source.settings
    each = (settings.moderation.managers, *(category.managers for category in settings.categories.values()))
    if not any(managers is not None and managers.rules for managers in each):
        return None
    compiled = Compiled(settings, _MOST_COMPILED)

    def judge(facts: Facts) -> Opinion | None:
        rules = compiled.of(facts)
        return None if rules is None else rules.judge(facts)

    return Rule(name=NAME, kinds=EVERY, judge=judge)

"""Texts longer than what is judged are refused: nothing goes by unread for its length."""

from policy.facts import Facts
from policy.rule import EVERY, Opinion, Rule, Source, denial
from policy.verdict import Condition

NAME = "text-length"


def make(source: Source) -> Rule:
    """`limits.text_chars`, for each text of a stanza, for all of them together and for what clients make of them."""
    limit = source.settings.limits.text_chars
    too_long = denial(NAME, Condition.CONTENT, "deny-too-long", limit=limit)

    def judge(facts: Facts) -> Opinion | None:
        chars = 0
        for text in facts.texts:
            chars += len(text.value)
        if facts.readings:
            chars = max(chars, sum(len(reading.value) for reading in facts.readings))
        return too_long if chars > limit else None

    return Rule(name=NAME, kinds=EVERY, judge=judge)

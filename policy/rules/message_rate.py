"""Messages come no faster than the person's tier allows; the bucket itself is kept outside (`policy/bucket.py`)."""

from policy.facts import Facts
from policy.rule import EVERY, Opinion, Rule, Source, denial
from policy.verdict import Condition

NAME = "message-rate"
_TOO_FAST = denial(NAME, Condition.TOO_FAST, "deny-too-fast")


def make(_source: Source) -> Rule:
    """The rate is the tier's; whether it was kept is a fact."""
    return Rule(name=NAME, kinds=EVERY, judge=judge)


def judge(facts: Facts) -> Opinion | None:
    """Whatever took a token and found none."""
    return None if facts.is_within_rate else _TOO_FAST

"""Encrypted messages are never broken into: the operator lets them pass or refuses them."""

from policy.facts import Facts
from policy.rule import EVERY, Opinion, Rule, Source, denial
from policy.verdict import Condition

NAME = "encrypted"
_REFUSED = denial(NAME, Condition.CONTENT, "deny-encrypted")


def make(source: Source) -> Rule | None:
    """`moderation.encrypted`."""
    if source.settings.moderation.encrypted == "allow":
        return None
    return Rule(name=NAME, kinds=EVERY, judge=judge)


def judge(facts: Facts) -> Opinion | None:
    """XEP-0384, XEP-0373 and XEP-0027 payloads, by whatever stanza."""
    return _REFUSED if facts.is_encrypted else None

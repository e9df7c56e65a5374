"""Blacklisted persons, accounts and rooms: nothing goes, whatever it is."""

from policy.facts import Facts
from policy.rule import EVERY, Opinion, Rule, Source, denial
from policy.verdict import Condition

NAME = "blacklist"
_SENDER = denial(NAME, Condition.FORBIDDEN, "deny-blacklisted")
_ROOM = denial(NAME, Condition.NOT_ALLOWED, "deny-room-blacklisted")


def make(_source: Source) -> Rule:
    """Needs no setting: being blacklisted is a fact."""
    return Rule(name=NAME, kinds=EVERY, judge=judge)


def judge(facts: Facts) -> Opinion | None:
    """The sender's blacklisting is told before the room's."""
    if facts.account.is_blacklisted or (facts.person is not None and facts.person.is_blacklisted):
        return _SENDER
    if facts.room is not None and facts.room.is_blacklisted:
        return _ROOM
    return None

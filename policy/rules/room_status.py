"""A closed room is gone; in a suspended one everybody may read and nobody may post."""

from policy.facts import DEED_OF, Deed, Facts, Kind, RoomStatus
from policy.rule import EVERY, Opinion, Rule, Source, denial
from policy.speech import is_speech
from policy.verdict import Condition

NAME = "room-status"
_CLOSED = denial(NAME, Condition.GONE, "deny-closed")
_SUSPENDED = denial(NAME, Condition.NOT_ALLOWED, "deny-suspended")


def make(_source: Source) -> Rule:
    """Needs no setting: a room's status is a fact."""
    return Rule(name=NAME, kinds=EVERY - {Kind.QUERY}, judge=judge)


def judge(facts: Facts) -> Opinion | None:
    """Managers may still remove and demote in a suspended room, without words: setting it right is their task."""
    room = facts.room
    if room is None or room.status is RoomStatus.OPEN:
        return None
    if room.status is RoomStatus.CLOSED:
        return None if room.is_blacklisted else _CLOSED  # what the blacklist says of it tells more
    return _SUSPENDED if DEED_OF.get(facts.kind) is Deed.POST and is_speech(facts) else None

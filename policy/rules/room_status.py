"""A closed room is gone; in a suspended one everybody may read and nobody may post."""

from policy.facts import DEED_OF, Deed, Facts, Kind, RoomStatus
from policy.rule import EVERY, Opinion, Rule, Source, denial
from policy.speech import is_speech
from policy.verdict import Condition

NAME = "room-status"
_CLOSED = denial(NAME, Condition.GONE, "deny-closed")
_RESERVED = denial(NAME, Condition.NOT_ALLOWED, "deny-reserved")
_SUSPENDED = denial(NAME, Condition.NOT_ALLOWED, "deny-suspended")


def make(_source: Source) -> Rule:
    """Needs no setting: a room's status is a fact."""
    return Rule(name=NAME, kinds=EVERY - {Kind.QUERY}, judge=judge)


def judge(facts: Facts) -> Opinion | None:
    """Managers may still remove and demote in a suspended room, without words: setting it right is their task."""
    room = facts.room
    if room is None:
        return None
    if room.reserved_for is not None and facts.kind is Kind.CREATE and room.reserved_for != _holder(facts):
        return _RESERVED
    if room.status is RoomStatus.OPEN:
        return None
    if room.status is RoomStatus.CLOSED:
        if room.is_blacklisted:
            return None  # what the blacklist says of it tells more
        return denial(NAME, Condition.GONE, "deny-closed-for", reason=room.closed_for) if room.closed_for else _CLOSED
    return _SUSPENDED if DEED_OF.get(facts.kind) is Deed.POST and is_speech(facts) else None


def _holder(facts: Facts) -> tuple[str, int | None]:
    return (facts.account.jid, None) if facts.person is None else ("", facts.person.number)

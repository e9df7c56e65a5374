"""A new room whose address people would take for another's: how somebody passes a group off as one they trust."""

from policy.actions import OpenCase
from policy.facts import Facts, Kind, RoomStatus
from policy.rule import Opinion, Rule, Source, denial
from policy.verdict import Condition

NAME = "lookalikes"
_DENIAL = denial(NAME, Condition.NOT_ALLOWED, "deny-lookalike")


def make(source: Source) -> Rule:
    """`rooms.lookalikes`. A room that is barred or suspended has no twins, whatever that says."""
    lookalikes = source.settings.rooms.lookalikes

    def judge(facts: Facts) -> Opinion | None:
        twin = facts.twin
        if twin is None:
            return None
        if lookalikes == "refuse" or twin.is_blacklisted or twin.status is not RoomStatus.OPEN:
            return _DENIAL
        if lookalikes == "allow":
            return None
        case = OpenCase(
            account=facts.account.jid,
            person=None if facts.person is None else facts.person.number,
            room=facts.room_jid,
            rule=NAME,
            evidence=f"looks like {twin.jid}",
        )
        return Opinion(actions=(case,))

    return Rule(name=NAME, kinds=frozenset((Kind.CREATE,)), judge=judge)

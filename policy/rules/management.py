"""Rights that were withdrawn from those who answered badly for a room: to manage rooms, and to make new ones."""

from policy.facts import Facts, Kind, SanctionKind
from policy.rule import Opinion, Rule, Source
from policy.rules.sanctions import in_force, refusal

NAME = "management"
MANAGING = frozenset((Kind.AFFILIATION, Kind.ROLE, Kind.CONFIG, Kind.DESTROY))
"""What owners, admins and moderators of a room do there (XEP-0045 §8 to §10)."""


def make(_source: Source) -> Rule:
    """Needs no setting: a sanction is a fact."""
    return Rule(name=NAME, kinds=MANAGING | {Kind.CREATE}, judge=judge)


def judge(facts: Facts) -> Opinion | None:
    """Whatever affiliation the room gives them: the server knows nothing of sanctions."""
    held = in_force(facts.account, facts.person, facts.room_jid, facts.at)
    if not held:
        return None
    if facts.kind is Kind.CREATE:
        return refusal(NAME, "deny-creating", held, SanctionKind.CREATE)
    return refusal(NAME, "deny-managing", held, SanctionKind.MANAGE)

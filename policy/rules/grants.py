"""Nobody is let in by another's hand who could not come by their own, nor raised who is not fit (XEP-0045 §9, §10)."""

from policy.facts import Deed, Facts, Kind, Target
from policy.rule import Opinion, Rule, Source
from policy.rules.identity import is_verified
from policy.rules.sanctions import ban_of, in_force
from policy.verdict import Condition, Reason

NAME = "grants"
_RAISED = frozenset(("admin", "owner"))


def make(source: Source) -> Rule:
    """A target must be verified where joining needs that, and neither blacklisted nor banned.

    Whoever is to manage a room must be verified where anything needs that, and no sanction may hold against them there.
    An invitation to somebody unverified passes: it is how many a newcomer learns what to do.
    """
    settings = source.settings
    needs_person = Deed.JOIN.value in settings.identity.required_for
    needs_any = bool(settings.identity.required_for)

    def judge(facts: Facts) -> Opinion | None:
        reasons: list[Reason] = []
        for target in facts.targets:
            is_raised = target.affiliation in _RAISED
            must_be_verified = facts.kind is Kind.AFFILIATION and (needs_any if is_raised else needs_person)
            if not target.account.jid:
                reasons.append(_UNNAMED)
            elif _is_barred(target, facts):
                reasons.append(_reason("deny-target-barred", target))
            elif must_be_verified and not is_verified(target.person, facts.at, settings):
                reasons.append(_reason("deny-target-unverified", target))
            elif is_raised and in_force(target.account, target.person, facts.room_jid, facts.at):
                reasons.append(_reason("deny-target-standing", target))
        return Opinion(reasons=tuple(reasons)) if reasons else None

    return Rule(name=NAME, kinds=frozenset((Kind.AFFILIATION, Kind.INVITE)), judge=judge)


def _is_barred(target: Target, facts: Facts) -> bool:
    person = target.person
    return (
        target.account.is_blacklisted
        or (person is not None and person.is_blacklisted)
        or ban_of(target.account, person, facts.room_jid, facts.at) is not None
    )


def _reason(text: str, target: Target) -> Reason:
    return Reason(rule=NAME, condition=Condition.NOT_ALLOWED, text=text, params=(("account", target.account.jid),))


# COMPAT: Prosody 0.12 and 13 look up whoever wears a nickname; by then it may be somebody else's.
_UNNAMED = Reason(rule=NAME, condition=Condition.NOT_ALLOWED, text="deny-target-unnamed")

"""A new group is of the category and class that was applied for, or of the default ones if these need no asking."""

from policy.facts import Facts, Kind
from policy.founding import NAME, needs_approval, plain_scale, unmet
from policy.grading import default_category
from policy.rule import Opinion, Rule, Source, denial
from policy.verdict import Condition

KEPT = denial(NAME, Condition.NOT_ALLOWED, "deny-founding-kept")
_UNASKED = denial(NAME, Condition.NOT_ALLOWED, "deny-founding-unasked")


def make(source: Source) -> Rule:
    """What `[categories]` and `[scales]` demand of founders, and addresses kept for those whose application passed."""
    settings = source.settings

    def judge(facts: Facts) -> Opinion | None:
        permit = facts.permit
        if permit is not None and not permit.is_own:
            return KEPT
        if permit is not None and permit.category in settings.categories and permit.scale in settings.scales:
            reason = unmet(facts.person, permit.category, permit.scale, facts.at, settings)
            return None if reason is None else Opinion(reasons=(reason,))
        category, scale = default_category(settings), plain_scale(facts.person, settings)
        reason = unmet(facts.person, category, scale, facts.at, settings)
        if reason is not None:
            return Opinion(reasons=(reason,))
        return _UNASKED if needs_approval(category, scale, settings) else None

    return Rule(name=NAME, kinds=frozenset((Kind.CREATE,)), judge=judge)

"""The platform's rules are accepted, in their current version, before somebody takes part."""

from policy.facts import DEED_OF, Facts, Kind
from policy.rule import Opinion, Rule, Source, denial
from policy.speech import is_speech
from policy.verdict import Condition

NAME = "acceptance"
_UNACCEPTED = denial(NAME, Condition.NOT_ALLOWED, "deny-rules-unaccepted")


def make(source: Source) -> Rule | None:
    """`moderation.rules_required_for` and `rules_version`. Whoever has no person behind them is `identity`'s."""
    moderation = source.settings.moderation
    kinds = frozenset(kind for kind, deed in DEED_OF.items() if deed.value in moderation.rules_required_for)
    version = moderation.rules_version

    def judge(facts: Facts) -> Opinion | None:
        person = facts.person
        if person is None or person.rules_accepted >= version:
            return None
        return _UNACCEPTED if facts.kind is not Kind.STATUS or is_speech(facts) else None

    return Rule(name=NAME, kinds=kinds, judge=judge) if kinds else None

"""Whoever creates, joins or posts must be a verified person, where the operator demands it."""

from policy.facts import DEED_OF, Deed, Facts, Kind
from policy.rule import EVERY, Opinion, Rule, Source, denial
from policy.speech import is_speech
from policy.verdict import Condition

NAME = "identity"


def make(source: Source) -> Rule | None:
    """`identity.required_for` decides; accepting the platform's rules needs a person too."""
    settings = source.settings
    required = {*settings.identity.required_for, *settings.moderation.rules_required_for}
    needs_post = Deed.POST.value in required
    needs = {kind: deed for kind, deed in DEED_OF.items() if deed.value in required}
    if Deed.JOIN.value in required:
        needs.setdefault(Kind.CREATE, Deed.CREATE)  # who may not join may not make a room to be in
    if not needs:
        return None
    denials = {deed: denial(NAME, Condition.REGISTRATION_REQUIRED, "deny-unverified", deed=deed.value) for deed in Deed}

    def judge(facts: Facts) -> Opinion | None:
        if facts.person is not None:
            return None
        deed = needs.get(facts.kind)
        if deed is not None and (facts.kind is not Kind.STATUS or is_speech(facts)):
            return denials[deed]
        if needs_post and is_speech(facts):
            return denials[Deed.POST]
        return None

    return Rule(name=NAME, kinds=EVERY, judge=judge)

"""Whoever creates, joins or posts must be a verified person, where the operator demands it."""

from config.settings import Settings
from policy.facts import DEED_OF, Deed, Facts, Kind, Person
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
    unverified, lapsed = (
        {deed: denial(NAME, Condition.REGISTRATION_REQUIRED, text, deed=deed.value) for deed in Deed}
        for text in ("deny-unverified", "deny-lapsed")
    )

    def judge(facts: Facts) -> Opinion | None:
        if is_verified(facts.person, facts.at, settings):
            return None
        denials = unverified if facts.person is None else lapsed
        deed = needs.get(facts.kind)
        if deed is not None and (facts.kind is not Kind.STATUS or is_speech(facts)):
            return denials[deed]
        if needs_post and is_speech(facts):
            return denials[Deed.POST]
        return None

    return Rule(name=NAME, kinds=EVERY, judge=judge)


def is_verified(person: Person | None, at: float, settings: Settings) -> bool:
    """Whether a verified person stands behind an account, `identity.valid_for` not over: time alone ends it."""
    if person is None:
        return False
    until = ends_at(person, settings)
    return until is None or at < until


def ends_at(person: Person, settings: Settings) -> float | None:
    """When the verification ends or ended; None for never."""
    valid_for = settings.identity.valid_for
    if valid_for is None:
        return None
    return (person.verified_at if person.confirmed_at is None else person.confirmed_at) + valid_for

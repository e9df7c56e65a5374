"""`verify`: bind the caller's account to the person the registry knows by a document."""

from component.dialogue import Call, Command
from component.forms import Answers, Done, Field, FieldKind, Form, Mistaken, Option, Outcome, Refused
from component.persons.documents import fault_of, refusal_of
from policy.tiers import tier_for
from storage.documents import Entry
from storage.registry import Claim, ClaimResult


async def step(call: Call) -> Outcome:
    """One form, then the claim. Whatever was wrong with it, the answer reads the same."""
    known = await call.world.memory.known(call.account)
    if known.person is not None:
        return Done(note=call.say("verify-already", tier=known.person.tier))
    refusal = refusal_of(call.world, call.account)
    if refusal is not None:
        return refusal
    if not call.answers:
        return _form(call)
    fault = fault_of(call.world, _entry(call.answers[-1]))
    if fault is not None:
        return fault
    claim = await _claim(call, call.answers[-1])
    identity = call.world.settings.identity
    window = call.world.texts.duration(call.language, identity.attempts_window)
    match claim.result:
        case ClaimResult.BOUND:
            return await _bound(call, claim)
        case ClaimResult.ALREADY:
            return Done(note=call.say("verify-already", tier=claim.person.tier if claim.person else None))
        case ClaimResult.TOO_MANY:
            return Refused(text="verify-too-many", params={"attempts": identity.attempts, "window": window})
        case ClaimResult.FULL:
            return Refused(text="verify-full", params={"limit": identity.max_accounts})
        case ClaimResult.REFUSED:
            return Mistaken(text="verify-refused", params={"attempts": identity.attempts, "window": window})


def _form(call: Call) -> Form:
    types = call.world.settings.identity.document_types
    return Form(
        title=call.say("command-verify"),
        instructions=call.say("verify-instructions"),
        fields=(
            Field(
                var="type",
                label=call.say("verify-type"),
                kind=FieldKind.LIST,
                is_required=True,
                value=types[0],
                options=tuple(Option(value=name, label=call.say("document-type", type=name)) for name in types),
            ),
            Field(var="number", label=call.say("verify-number"), kind=FieldKind.SECRET, is_required=True),
            Field(var="name", label=call.say("verify-name"), kind=FieldKind.SECRET, is_required=True),
        ),
        is_last=True,
    )


async def _claim(call: Call, answers: Answers) -> Claim:
    settings = call.world.settings
    at = call.world.now()
    tiers = settings.credit.tiers
    tier = tier_for(
        score=settings.credit.start,
        current=tiers[0].name,
        tier_since=at,
        verified_at=at,
        at=at,
        is_locked=False,
        tiers=tiers,
    )
    return await call.world.store.registry.claim(
        call.account,
        _entry(answers),
        at,
        max_accounts=settings.identity.max_accounts,
        attempts=settings.identity.attempts,
        window_s=settings.identity.attempts_window,
        start_score=settings.credit.start,
        tier=tier,
    )


def _entry(answers: Answers) -> Entry:
    return Entry(document_type=answers["type"], document_number=answers["number"], name=answers["name"])


async def _bound(call: Call, claim: Claim) -> Done:
    world = call.world
    world.memory.forget(call.account)
    if claim.person is not None:
        world.memory.forget_person(claim.person.number)
    await world.store.people.set_language(call.account, call.language)
    moderation = world.settings.moderation
    accepted = claim.person.rules_accepted if claim.person is not None else 0
    if moderation.rules_required_for and accepted < moderation.rules_version:
        return Done(note=call.say("verify-done-accept-rules"))
    return Done(note=call.say("verify-done"))


COMMAND = Command(name="verify", step=step)

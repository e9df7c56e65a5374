"""`verify`: bind the caller's account to a person by one of the providers, or have a binding count anew."""

from component.dialogue import Call, Command
from component.forms import Done, Fact, Form, Mistaken, Option, Outcome, Refused, choice_field
from component.identity.impostors import is_impostor
from component.identity.outcome import follow, words_of
from component.identity.provider import Answer, Link, Provider, Waiting
from component.identity.providers import PROVIDERS
from component.memory import Known
from component.persons.documents import refusal_of
from policy.rules.identity import ends_at
from storage.binding import Claim, ClaimResult


async def step(call: Call) -> Outcome:
    """Which provider, where there are several; then its forms."""
    known = await call.world.memory.known(call.account)
    if known.person is not None and not _may_renew(call, known):
        person = known.person
        return Done(note=call.say("verify-already", tier=person.tier, until=ends_at(person, call.world.settings)))
    refusal = None if known.person is not None else refusal_of(call.world, call.account)
    if refusal is not None:
        return refusal
    if known.person is None and await is_impostor(call.world, call.account):
        return Refused(text="verify-impostor")
    providers = [PROVIDERS[name] for name in call.world.settings.identity.providers]
    answers = call.answers
    if not providers:
        return Refused(text="verify-nobody")
    provider = providers[0]
    if len(providers) > 1:
        if not answers:
            return _choice(call, providers)
        chosen, answers = answers[0]["provider"], answers[1:]
        if chosen not in {each.name for each in providers}:
            return Refused(text="verify-provider-gone")
        provider = PROVIDERS[chosen]
    answer = await provider.submit(call, answers) if answers else await provider.ask(call)
    return await _show(call, answer)


def _may_renew(call: Call, known: Known) -> bool:
    """From the first reminder on."""
    settings = call.world.settings
    until = None if known.person is None else ends_at(known.person, settings)
    if until is None:
        return False
    valid_for = settings.identity.valid_for or 0
    aheads = [ahead for ahead in settings.identity.remind_before if ahead < valid_for]
    return call.world.now() >= until - max(aheads, default=0.0)


def _choice(call: Call, providers: list[Provider]) -> Form:
    return Form(
        title=call.say("command-verify"),
        instructions=call.say("verify-choose"),
        fields=(
            choice_field(
                "provider",
                call.say("field-provider"),
                [Option(value=each.name, label=call.say("provider-name", provider=each.name)) for each in providers],
            ),
        ),
    )


async def _show(call: Call, answer: Answer) -> Outcome:
    match answer:
        case Claim():
            return await _claimed(call, answer)
        case Waiting():
            return Done(note=call.say(answer.text, **answer.params))
        case Link():
            fact = Fact(var="link", label=call.say("fact-link"), values=(answer.url,))
            return Done(note=call.say(answer.text, **answer.params), facts=(fact,), link=answer.url)
        case _:
            return answer


async def _claimed(call: Call, claim: Claim) -> Outcome:
    text, params = words_of(call.world, call.language, claim)
    if claim.is_bound or claim.result is ClaimResult.ALREADY:
        await follow(call.world, call.account, call.language, claim)
        return Done(note=call.say(text, **params))
    if claim.result is ClaimResult.REFUSED:
        return Mistaken(text=text, params=params)
    return Refused(text=text, params=params)


COMMAND = Command(name="verify", step=step)

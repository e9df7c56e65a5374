"""The provider `registry`: somebody is who an imported file says they are, when they know document and name."""

from component.dialogue import Call
from component.forms import Answers, Form
from component.identity.asked import document_fields, entry_of, fault_in
from component.identity.provider import Answer, Provider
from component.identity.terms import terms


async def ask(call: Call) -> Form:
    """The document."""
    return Form(
        title=call.say("command-verify"),
        instructions=call.say("verify-instructions"),
        fields=document_fields(call),
        is_last=True,
    )


async def submit(call: Call, answers: tuple[Answers, ...]) -> Answer:
    """The claim. Whatever was wrong with it, the answer reads the same."""
    identity = call.world.settings.identity
    at = call.world.now()
    fault = fault_in(answers[-1], call.world)
    if fault is not None:
        return fault
    given, those = answers[-1], terms(call.world.settings, at)
    return await call.world.store.registry.claim(
        call.account,
        entry_of(given, call.world.settings),
        at,
        max_accounts=those.max_accounts,
        attempts=identity.attempts,
        window_s=identity.attempts_window,
        start_score=those.start_score,
        tier=those.tier,
        renews=identity.valid_for is not None,
    )


PROVIDER = Provider(name="registry", ask=ask, submit=submit)

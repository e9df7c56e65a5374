"""The provider `review`: the applicant submits what the operator asks for, and an identity officer decides.

What was submitted is sealed until then and destroyed by the decision; deciding is `component/commands/review.py`.
"""

from component.dialogue import Call
from component.forms import Answers, Form
from component.identity.asked import document_fields, fault_in
from component.identity.provider import Answer, Provider, Waiting
from component.identity.waiting import take_back, waiting_form
from storage.binding import Claim, ClaimResult
from storage.verifications import Opened

NAME = "review"


async def ask(call: Call) -> Form:
    """What the operator asks for; or, while a submission waits, whether to take it back."""
    waiting = await call.world.store.verifications.waiting_of(call.account, NAME, call.world.now())
    if waiting is not None:
        return waiting_form(call, waiting)
    settings = call.world.settings.identity.review
    keep = call.world.texts.duration(call.language, settings.keep)
    return Form(
        title=call.say("command-verify"),
        instructions=call.say("review-submit-instructions", keep=keep),
        fields=document_fields(call, settings.fields),
        is_last=True,
    )


async def submit(call: Call, answers: tuple[Answers, ...]) -> Answer:
    """Keep it for the officers, or take it back."""
    given = answers[-1]
    world = call.world
    at = world.now()
    taken_back = await take_back(call, given)
    if taken_back is not None:
        return taken_back
    identity = world.settings.identity
    fault = fault_in(given, world)
    if fault is not None:
        return fault
    begun = await world.store.verifications.begin(
        NAME,
        call.account,
        call.language,
        given,
        at=at,
        lasts_s=identity.review.keep,
        attempts=identity.attempts,
        window_s=identity.attempts_window,
    )
    if begun is Opened.TOO_MANY:
        return Claim(result=ClaimResult.TOO_MANY)
    if begun is not Opened.WAITS:
        world.something_waits.set()
    return Waiting(text="verify-waits")


PROVIDER = Provider(name=NAME, ask=ask, submit=submit)

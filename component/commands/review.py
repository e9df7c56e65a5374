"""`review`: identity officers see what applicants submitted, one at a time, and decide. Forms only: a chat is kept."""

from component.commands.common import LONGEST_REASON, reason_of
from component.commands.waiting import Waits
from component.dialogue import Call, Command
from component.forms import Answers, Done, Field, FieldKind, Form, Mistaken, Option, Outcome, Refused, choice_field
from component.identity.asked import entry_of, label_of
from component.identity.outcome import announce, tell
from component.identity.review import NAME
from component.identity.terms import terms
from component.staff import Audience
from storage.binding import ClaimResult, Proof
from storage.queues import Queue
from storage.verifications import Verification

_MOST = 50


async def step(call: Call) -> Outcome:
    """Which submission, then what was submitted, then the decision; the first of two officers decides."""
    if not call.answers:
        return await _choice(call)
    number = int(call.answers[0]["submission"])
    chosen = await call.world.store.verifications.by_number(number)
    if chosen is None or await _is_own(call, chosen):
        return Refused(text="review-gone")
    if len(call.answers) == 1:
        return await _show(call, chosen)
    return await _decide(call, chosen, call.answers[1])


async def _choice(call: Call) -> Outcome:
    waiting = await call.world.store.verifications.waiting(NAME, call.world.now(), limit=_MOST)
    others = [each for each in waiting if not await _is_own(call, each)]
    if not others:
        return Done(note=call.say("review-none"))
    waits = await Waits.of(call, Queue.REVIEW)
    return Form(
        title=call.say("command-review"),
        instructions=call.say("review-instructions", count=len(others)),
        fields=(
            choice_field(
                "submission",
                call.say("field-submission"),
                [
                    Option(
                        value=str(each.number),
                        label=waits.mark(
                            each.number,
                            call.say("review-line", number=each.number, account=each.account, at=each.at),
                        ),
                    )
                    for each in others
                ],
            ),
        ),
    )


async def _is_own(call: Call, verification: Verification) -> bool:
    """Whether the officer would decide on themselves, by whichever account."""
    if verification.account == call.account:
        return True
    own, other = await _person(call, call.account), await _person(call, verification.account)
    return own is not None and own == other


async def _person(call: Call, account: str) -> int | None:
    person = (await call.world.memory.known(account)).person
    return None if person is None else person.number


async def _show(call: Call, chosen: Verification) -> Outcome:
    world = call.world
    submitted = await world.store.verifications.submitted(chosen.number, by=call.account, at=world.now())
    if submitted is None:
        return Refused(text="review-gone")
    asked = {each.name: label_of(call, each) for each in world.settings.identity.review.fields}
    lines = [f"{asked.get(var, var)}: {value}" for var, value in submitted.items() if value]
    return Form(
        title=call.say("command-review"),
        instructions=call.say("review-decide", account=chosen.account, at=chosen.at),
        fields=(
            Field(var="submitted", kind=FieldKind.FIXED, value="\n".join(lines)),
            choice_field(
                "decision",
                call.say("field-decision"),
                [Option(value=value, label=call.say(f"decision-{value}")) for value in ("approve", "refuse")],
                value="",
            ),
            Field(var="reason", label=call.say("field-refusal"), longest=LONGEST_REASON),
        ),
        is_last=True,
    )


async def _decide(call: Call, chosen: Verification, answers: Answers) -> Outcome:
    if answers["decision"] == "refuse":
        return await _refuse(call, chosen, answers)
    world, at = call.world, call.world.now()
    submitted = await world.store.verifications.submitted(chosen.number, at=at)
    if submitted is None:
        return Refused(text="review-gone")
    claim = await world.store.verifications.settle(
        chosen.number,
        Proof(provider=NAME, entry=entry_of(submitted, world.settings)),
        by=call.account,
        at=at,
        terms=terms(world.settings, at),
        keeps=True,
        not_person=await _person(call, call.account),
    )
    if claim is None:
        return Refused(text="review-gone")
    if claim.is_bound:
        await announce(world, chosen.account, chosen.language, claim)
        return Done(note=call.say("review-approved", account=chosen.account))
    text = "review-full" if claim.result is ClaimResult.FULL else "review-conflict"
    return Mistaken(text=text, params={"limit": world.settings.identity.max_accounts}, var="decision")


async def _refuse(call: Call, chosen: Verification, answers: Answers) -> Outcome:
    if not answers["reason"]:
        return Mistaken(text="review-needs-reason", var="reason")
    reason = reason_of(answers)
    world = call.world
    window_s = world.settings.identity.attempts_window
    refused = await world.store.verifications.refuse(
        chosen.number, by=call.account, at=world.now(), reason=reason, window_s=window_s
    )
    if refused is None:
        return Refused(text="review-gone")
    tell(world, chosen.account, chosen.language, "notice-review-refused", reason=reason)
    return Done(note=call.say("review-refused", account=chosen.account))


COMMAND = Command(name="review", step=step, audience=Audience.IDENTITY_OFFICERS, needs_form=True)

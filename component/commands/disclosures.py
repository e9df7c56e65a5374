"""`disclosures`: another officer decides on what was asked for, and whoever asked sees the record, once.

Forms only: a chat is kept. Both officers must be officers still; what is shown stands in no dialogue.
"""

from component.commands.common import confirmation_form, fact, is_confirmed, reason_field, reason_of, unconfirmed
from component.commands.waiting import Waits
from component.dialogue import Call, Command
from component.forms import Done, Field, FieldKind, Form, Option, Outcome, Refused, choice_field
from component.staff import Audience, may
from storage.disclosures import Decision, Disclosure
from storage.queues import Queue

_REFUSALS = {
    Decision.GONE: "disclosure-gone",
    Decision.SAME_PERSON: "disclosure-same-person",
    Decision.OWN: "disclose-own",
    Decision.UNVERIFIED: "disclose-verify-first",
}


async def step(call: Call) -> Outcome:
    """Which; then the decision, or the record."""
    waiting = await call.world.store.disclosures.open(call.world.now())
    if not call.answers:
        return await _choice(call, waiting)
    number = int(call.answers[0]["disclosure"])
    chosen = next((each for each in waiting if each.number == number), None)
    if chosen is None:
        return Refused(text="disclosure-gone")
    if not _is_officer(call, chosen.asked_by):
        return Refused(text="disclosure-no-officer", params={"account": chosen.asked_by})
    if chosen.asked_by == call.account:
        return await _see(call, chosen)
    return await _decide(call, chosen)


async def _choice(call: Call, waiting: tuple[Disclosure, ...]) -> Outcome:
    if not waiting:
        return Done(note=call.say("disclosures-none"))
    waits = await Waits.of(call, Queue.DISCLOSURES)
    return Form(
        title=call.say("command-disclosures"),
        instructions=call.say("disclosures-instructions"),
        fields=(
            choice_field(
                "disclosure",
                call.say("field-disclosure"),
                [Option(value=str(each.number), label=waits.mark(each.number, _line(call, each))) for each in waiting],
                value="",
            ),
        ),
    )


def _line(call: Call, each: Disclosure) -> str:
    state = "approved" if each.is_approved else "waiting"
    return call.say("disclosure-line", number=each.number, person=str(each.person), account=each.asked_by, state=state)


def _is_officer(call: Call, account: str | None) -> bool:
    return account is not None and may(account, Audience.IDENTITY_OFFICERS, call.world.settings.staff)


async def _decide(call: Call, chosen: Disclosure) -> Outcome:
    if chosen.is_approved:
        return Refused(text="disclosure-not-yours", params={"account": chosen.asked_by})
    if len(call.answers) == 1:
        asked = call.say(
            "disclosure-asked",
            account=chosen.asked_by,
            person=str(chosen.person),
            case=chosen.case_reference,
            reason=chosen.reason,
            at=chosen.asked_at,
        )
        return Form(
            title=call.say("command-disclosures"),
            instructions=call.say("disclosure-decide"),
            fields=(
                Field(var="asked", kind=FieldKind.FIXED, value=asked),
                choice_field(
                    "decision",
                    call.say("field-decision"),
                    [Option(value=value, label=call.say(f"disclosure-{value}")) for value in ("approve", "refuse")],
                    value="",
                ),
                reason_field(call),
            ),
            is_last=True,
        )
    answers, at = call.answers[1], call.world.now()
    is_approved = answers["decision"] == "approve"
    decision, decided = await call.world.store.disclosures.decide(
        chosen.number, at, by=call.account, is_approved=is_approved, reason=reason_of(answers)
    )
    if decided is None:
        return Refused(text=_REFUSALS[decision])
    notice = "notice-disclosure-approved" if is_approved else "notice-disclosure-refused"
    await call.world.performer.reach.tell(chosen.asked_by, notice, number=chosen.number, until=chosen.lapses_at)
    return Done(note=call.say("disclosure-decided", decision=answers["decision"], number=chosen.number))


async def _see(call: Call, chosen: Disclosure) -> Outcome:
    if not chosen.is_approved:
        return Refused(text="disclosure-waits")
    if not _is_officer(call, chosen.decided_by):
        return Refused(text="disclosure-no-officer", params={"account": chosen.decided_by})
    if len(call.answers) == 1:
        return confirmation_form(
            call, "disclosures", call.say("disclosure-once", number=chosen.number, until=chosen.lapses_at)
        )
    if not is_confirmed(call.answers[1]):
        return unconfirmed()
    settings, at = call.world.settings.disclosure, call.world.now()
    notify_at = None if chosen.case_reference in settings.silent_cases else at + settings.notify_after
    shown = await call.world.store.disclosures.show(chosen.number, at, by=call.account, notify_at=notify_at)
    if shown is None:
        return Refused(text="disclosure-gone")
    call.world.duties.set()
    _, entries = shown
    lines = [
        call.say(
            "disclosed-line",
            type=call.say("document-type", type=entry.document_type),
            number=entry.document_number,
            name=entry.name,
        )
        for entry in entries
    ]
    return Done(
        title=call.say("command-disclosures"),
        note=call.say("disclosed", number=chosen.number, person=str(chosen.person)),
        facts=(fact(call, "identity", lines),),
    )


COMMAND = Command(name="disclosures", step=step, audience=Audience.IDENTITY_OFFICERS, needs_form=True)

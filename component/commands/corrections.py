"""`corrections`: identity officers see what persons want put right, and decide. Forms only: a chat is kept.

What the record says now is not shown: whoever decides compares with the document, not with the vault.
"""

from component.commands.common import LONGEST_REASON, reason_of
from component.commands.waiting import Waits
from component.dialogue import Call, Command
from component.forms import Done, Field, FieldKind, Form, Mistaken, Option, Outcome, Refused, choice_field
from component.staff import Audience
from storage.corrections import Correct
from storage.queues import Queue

_MOST = 50


async def step(call: Call) -> Outcome:
    """Which, then what is wanted, then the decision."""
    known = await call.world.memory.known(call.account)
    own = None if known.person is None else known.person.number
    if not call.answers:
        return await _choice(call, own)
    person = int(call.answers[0]["person"])
    if person == own:
        return Refused(text="person-own")
    if len(call.answers) == 1:
        return await _show(call, person)
    return await _decide(call, person)


async def _choice(call: Call, own: int | None) -> Outcome:
    waiting = [each for each in await call.world.store.corrections.waiting() if each[0] != own][:_MOST]
    if not waiting:
        return Done(note=call.say("corrections-none"))
    waits = await Waits.of(call, Queue.CORRECTIONS)
    return Form(
        title=call.say("command-corrections"),
        instructions=call.say("corrections-instructions"),
        fields=(
            choice_field(
                "person",
                call.say("field-person"),
                [
                    Option(
                        value=str(number),
                        label=waits.mark(number, call.say("corrections-line", number=str(number), at=at)),
                    )
                    for number, at in waiting
                ],
            ),
        ),
    )


async def _show(call: Call, person: int) -> Outcome:
    asked = await call.world.store.corrections.view(person, call.world.now(), by=call.account)
    if asked is None:
        return Refused(text="corrections-gone")
    entry = asked.entry
    lines = [
        f"{call.say('verify-type')}: {call.say('document-type', type=entry.document_type)}",
        f"{call.say('verify-number')}: {entry.document_number}",
        f"{call.say('verify-name')}: {entry.name}",
        call.say("corrections-changes", changes=", ".join(call.say(f"change-{name}") for name in asked.changes)),
        call.say("corrections-remark", remark=asked.remark),
    ]
    return Form(
        title=call.say("command-corrections"),
        instructions=call.say("corrections-decide", number=str(person)),
        fields=(
            Field(var="asked", kind=FieldKind.FIXED, value="\n".join(lines)),
            Field(var="asked_at", kind=FieldKind.HIDDEN, value=repr(asked.at)),
            choice_field(
                "decision",
                call.say("field-decision"),
                [Option(value=value, label=call.say(f"correction-{value}")) for value in ("accept", "refuse")],
                value="",
            ),
            Field(var="reason", label=call.say("field-reason"), is_required=True, longest=LONGEST_REASON),
        ),
        is_last=True,
    )


async def _decide(call: Call, person: int) -> Outcome:
    answers, world = call.answers[1], call.world
    is_accepted, reason = answers["decision"] == "accept", reason_of(answers)
    done, asked_by = await world.store.corrections.decide(
        person, float(answers["asked_at"]), world.now(), by=call.account, is_accepted=is_accepted, reason=reason
    )
    if done is Correct.GONE:
        return Refused(text="corrections-gone")
    if done is Correct.TAKEN:
        return Mistaken(text="corrections-taken", var="decision")
    world.memory.forget_person(person)
    notice = "notice-corrected" if is_accepted else "notice-correction-refused"
    await world.performer.reach.tell(asked_by, notice, reason=reason)
    return Done(note=call.say("corrections-done", decision=answers["decision"], number=str(person)))


COMMAND = Command(name="corrections", step=step, audience=Audience.IDENTITY_OFFICERS, needs_form=True)

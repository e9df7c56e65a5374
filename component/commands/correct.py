"""`correct`: the caller says what is wrong with the record of who they are; an identity officer decides."""

from component.dialogue import Call, Command
from component.forms import Done, Field, FieldKind, Form, Mistaken, Option, Outcome, Refused, choice_field
from component.persons.documents import fault_of
from storage.documents import Entry

_LONGEST_REMARK = 500


async def step(call: Call) -> Outcome:
    """One form: how the record should read, and why."""
    known = await call.world.memory.known(call.account)
    if known.person is None:
        return Refused(text="rights-not-verified")
    if not call.answers:
        return _form(call)
    answers = call.answers[0]
    entry = Entry(document_type=answers["type"], document_number=answers["number"], name=answers["name"])
    if not entry.is_complete:
        return Mistaken(text="correct-incomplete")
    fault = fault_of(call.world, entry)
    if fault is not None:
        return fault
    at = call.world.now()
    await call.world.store.corrections.ask(known.person.number, entry, answers["remark"], at, by=call.account)
    return Done(note=call.say("correct-asked"))


def _form(call: Call) -> Form:
    types = call.world.settings.identity.document_types
    return Form(
        title=call.say("command-correct"),
        instructions=call.say("correct-instructions"),
        fields=(
            choice_field(
                "type",
                call.say("verify-type"),
                [Option(value=name, label=call.say("document-type", type=name)) for name in types],
            ),
            Field(var="number", label=call.say("verify-number"), kind=FieldKind.SECRET, is_required=True),
            Field(var="name", label=call.say("verify-name"), kind=FieldKind.SECRET, is_required=True),
            Field(var="remark", label=call.say("field-remark"), kind=FieldKind.SECRET, longest=_LONGEST_REMARK),
        ),
        is_last=True,
    )


COMMAND = Command(name="correct", step=step, is_for_barred=True)

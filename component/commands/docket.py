"""What waits for a moderator, a page at a time: each entry with its text, one of them to be decided, and how."""

from collections.abc import Sequence
from dataclasses import dataclass

from component.commands.common import LONGEST_REASON
from component.dialogue import Call
from component.forms import Field, FieldKind, Form, Option, choice_field

PAGE = 5
"""Each may have some thousand characters of evidence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    number: int
    label: str
    text: str


def docket(call: Call, title: str, instructions: str, entries: Sequence[Entry], decisions: Sequence[Option]) -> Form:
    """The form: the texts, which one, what is decided (the first is proposed), and why."""
    return Form(
        title=title,
        instructions=instructions,
        fields=(
            *(
                Field(var=f"entry-{entry.number}", kind=FieldKind.FIXED, value=f"{entry.label}\n{entry.text}")
                for entry in entries
            ),
            choice_field(
                "number",
                call.say("field-entry"),
                [Option(value=str(entry.number), label=entry.label) for entry in entries],
            ),
            choice_field("decision", call.say("field-decision"), decisions),
            Field(var="reason", label=call.say("field-reason-optional"), longest=LONGEST_REASON),
        ),
    )

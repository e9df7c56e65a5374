"""What the commands about the ladder for groups show the same way."""

from collections.abc import Sequence

from component.dialogue import Call
from component.forms import Field, FieldKind, Option, choice_field
from storage.measures import Measure


def measure_line(call: Call, measure: Measure) -> str:
    """Number, kind, since when, by whom and why, until when or how it ended, in one line."""
    return call.say(
        "measure-line",
        number=measure.number,
        kind=measure.kind.value,
        at=measure.at,
        rule=measure.rule,
        reason=measure.reason,
        until=measure.due_at,
        end="" if measure.end is None else measure.end.value,
    )


def choice(call: Call, var: str, options: Sequence[tuple[str, str]]) -> Field:
    """One of these has to be chosen."""
    return choice_field(var, call.say(f"field-{var}"), [Option(value=value, label=label) for value, label in options])


def fixed(var: str, lines: Sequence[str]) -> Field:
    """Lines to be read."""
    return Field(var=var, kind=FieldKind.FIXED, value="\n".join(lines))

"""What the commands about the ladder for groups show and ask the same way."""

from collections.abc import Sequence

from component.commands.common import reason_of
from component.dialogue import Call
from component.forms import Answers, Field, FieldKind, Mistaken, Option, choice_field
from component.group_ladder import BY_MODERATOR, checklist_in
from config.durations import format_duration, parse_duration
from policy.group_ladder import FINAL, MeasureKind, kind_of
from storage.measures import Measure, Order

_LONGEST_CHECKLIST = 1000


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


def terms_fields(call: Call, kind: MeasureKind) -> list[Field]:
    """Until when something is to be set right, and what; as the ladder's step says, unless that is changed."""
    if kind in FINAL:
        return []
    step = next((each for each in call.world.settings.ladders.group.steps if kind_of(each) is kind), None)
    within = "" if step is None or step.within is None else format_duration(step.within)
    checklist = "" if step is None else checklist_in(step.checklist, call.language)
    return [
        Field(var="within", label=call.say("field-deadline"), value=within),
        Field(var="checklist", label=call.say("field-checklist"), value=checklist, longest=_LONGEST_CHECKLIST),
    ]


def read_within(details: Answers) -> float | Mistaken | None:
    """The time that is given; None: no end."""
    if not details.get("within"):
        return None
    try:
        within_s: float = parse_duration(details["within"])
    except ValueError:
        within_s = 0.0
    return within_s or Mistaken(text="not-a-length", var="within")


def order_by(
    call: Call, code: str, kind: MeasureKind, details: Answers, *, after: int | None, within_s: float | None
) -> Order:
    """A moderator's measure; `after` is the one that stood when they looked."""
    checklist = details.get("checklist", "")
    return Order(
        code=code,
        kind=kind,
        rule=BY_MODERATOR,
        reason=reason_of(details),
        by=call.account,
        after=after,
        checklist={call.language: checklist} if checklist else {},
        within_s=within_s,
    )

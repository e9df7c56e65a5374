"""`rectified`: managers say that what was held against their room is set right."""

from component.commands.group_lines import choice, fixed, measure_line
from component.commands.managed import managed_by
from component.dialogue import Call, Command
from component.forms import Done, Field, Form, Outcome, Refused
from component.group_ladder import checklist_in
from component.staff import Audience
from policy.group_ladder import FINAL
from storage.measures import Measure

_LONGEST = 500


async def step(call: Call) -> Outcome:
    """Which room, then what was done about it."""
    waiting = await _waiting(call)
    if not waiting:
        return Refused(text="rectified-none")
    if not call.answers:
        return Form(
            title=call.say("command-rectified"),
            instructions=call.say("rectified-instructions"),
            fields=(choice(call, "room", [(each.code, f"{each.room} · {each.code}") for each in waiting]),),
        )
    measure = next((each for each in waiting if each.code == call.answers[0]["room"]), None)
    if measure is None:
        return Refused(text="rectified-over")
    if len(call.answers) == 1:
        checklist = checklist_in(measure.checklist, call.language)
        return Form(
            title=call.say("command-rectified"),
            instructions=call.say("rectified-words", room=measure.room),
            fields=(
                fixed("measure", [measure_line(call, measure), *([checklist] if checklist else [])]),
                Field(var="words", label=call.say("field-rectified"), is_required=True, longest=_LONGEST),
            ),
            is_last=True,
        )
    is_done = await call.world.performer.group_ladder.claim(measure, by=call.account, words=call.answers[1]["words"])
    return Done(note=call.say("rectified-done", room=measure.room)) if is_done else Refused(text="rectified-over")


async def _waiting(call: Call) -> tuple[Measure, ...]:
    """What stands against rooms that the caller manages, and could be set right."""
    standing = await call.world.store.measures.standing_among(await managed_by(call))
    return tuple(each for each in standing if each.kind not in FINAL and each.claim is None)


COMMAND = Command(name="rectified", step=step, audience=Audience.MANAGERS, is_for_rooms=True)

"""`lift`: end a sanction early."""

from component.commands.common import reason_field, reason_of, sanction_line
from component.commands.targets import Target, find_target, is_own, name_of, read_number
from component.dialogue import Call, Command
from component.forms import Done, Field, FieldKind, Form, Mistaken, Option, Outcome, Refused
from component.staff import Audience
from policy.facts import Sanction

_SIGN = "#"
"""Before a sanction's number, to tell it from a person's."""


async def step(call: Call) -> Outcome:
    """Whose, then which and why."""
    if not call.answers:
        return Form(
            title=call.say("command-lift"),
            instructions=call.say("lift-instructions"),
            fields=(Field(var="target", label=call.say("field-target"), is_required=True),),
        )
    target = await _find(call, call.answers[0]["target"])
    if isinstance(target, Mistaken):
        return target
    if is_own(call, target):
        return Refused(text="lift-self")
    live = await call.world.store.discipline.sanctions_of(target.holder, call.world.now())
    if not live:
        return Mistaken(text="lift-none", params={"name": name_of(call, target)}, var="target")
    if len(call.answers) == 1:
        return _choice(call, name_of(call, target), live)
    number = int(call.answers[1]["sanction"])
    if all(sanction.number != number for sanction in live):
        return Mistaken(text="lift-over", params={"number": number}, var="sanction")
    lifted = await call.world.performer.lift(number, by=call.account, reason=reason_of(call.answers[1]))
    if lifted is None:
        return Mistaken(text="lift-over", params={"number": number}, var="sanction")
    return Done(note=call.say("lift-done", number=number, name=name_of(call, target)))


async def _find(call: Call, text: str) -> Target | Mistaken:
    """Whoever is meant, also by a sanction on them, written #7."""
    if not text.startswith(_SIGN):
        return await find_target(call, text)
    number = read_number(text.removeprefix(_SIGN))
    record = None if number is None else await call.world.store.discipline.sanction(number)
    if record is None:
        return Mistaken(text="lift-no-such", params={"number": text.removeprefix(_SIGN)}, var="target")
    return await find_target(call, record.account if record.person is None else str(record.person))


def _choice(call: Call, name: str, live: tuple[Sanction, ...]) -> Form:
    named = call.answers[0]["target"]
    chosen = next((sanction for sanction in live if f"{_SIGN}{sanction.number}" == named), live[0])
    return Form(
        title=call.say("command-lift"),
        instructions=call.say("lift-choose", name=name),
        fields=(
            Field(
                var="sanction",
                label=call.say("field-sanction"),
                kind=FieldKind.LIST,
                is_required=True,
                value=str(chosen.number),
                options=tuple(
                    Option(value=str(sanction.number), label=sanction_line(call, sanction)) for sanction in live
                ),
            ),
            reason_field(call),
        ),
        is_last=True,
    )


COMMAND = Command(name="lift", step=step, audience=Audience.MODERATORS)

"""`lift`: end a sanction early, or overrule it: then all that it did is undone, also when it is over."""

from component.commands.common import fact, reason_field, reason_of, sanction_line
from component.commands.targets import Target, find_target, is_own, name_of, read_number
from component.dialogue import Call, Command
from component.forms import Done, Field, FieldKind, Form, Mistaken, Option, Outcome, Refused, choice_field
from component.staff import Audience
from policy.facts import Sanction
from storage.discipline import Lifted, Wrong

_SIGN = "#"
"""Before a sanction's number, to tell it from a person's."""

_WRONG = {Wrong.NOTHING: "wrong-nothing", Wrong.LAST: "wrong-last", Wrong.ALL: "wrong-all"}
_LOOK_BACK_S = 90 * 86400.0
_MOST_OFFERED = 30


async def step(call: Call) -> Outcome:
    """Whose, then which, whether it was wrong, and why."""
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
    now = call.world.now()
    since = now - _LOOK_BACK_S
    offered = await call.world.store.discipline.sanctions_since(target.holder, since, _MOST_OFFERED)
    offered = tuple(sorted(offered, key=lambda sanction: _is_over(sanction, now)))
    if not offered:
        return Mistaken(text="lift-none", params={"name": name_of(call, target)}, var="target")
    if len(call.answers) == 1:
        return _choice(call, name_of(call, target), offered)
    answers = call.answers[1]
    number, wrong = int(answers["sanction"]), Wrong(answers["wrong"] or Wrong.NOTHING)
    if all(sanction.number != number for sanction in offered):
        return Mistaken(text="lift-over", params={"number": number}, var="sanction")
    reason = reason_of(answers)
    lifted = await call.world.performer.sanctions.lift(number, by=call.account, reason=reason, wrong=wrong)
    if lifted is None:
        return Mistaken(text="lift-over", params={"number": number}, var="sanction")
    return _done(call, lifted, name_of(call, target), wrong)


def _is_over(sanction: Sanction, at: float) -> bool:
    return sanction.until is not None and sanction.until <= at


def _done(call: Call, lifted: Lifted, name: str, wrong: Wrong) -> Done:
    number, undone = lifted.record.sanction.number, lifted.undone
    if wrong is Wrong.NOTHING:
        return Done(note=call.say("lift-done", number=number, name=name))
    note = call.say("lift-overruled", number=number, name=name, strikes=undone.strikes, credit=undone.credit)
    resting = [sanction_line(call, sanction) for sanction in undone.resting]
    return Done(note=note, facts=(fact(call, "resting", resting),) if resting else ())


async def _find(call: Call, text: str) -> Target | Mistaken:
    """Whoever is meant, also by a sanction on them, written #7."""
    if not text.startswith(_SIGN):
        return await find_target(call, text)
    number = read_number(text.removeprefix(_SIGN))
    record = None if number is None else await call.world.store.discipline.sanction(number)
    if record is None:
        return Mistaken(text="lift-no-such", params={"number": text.removeprefix(_SIGN)}, var="target")
    target = await find_target(call, record.account if record.person is None else str(record.person))
    if isinstance(target, Mistaken) and record.person is not None:
        return Target(account=None, person=None, accounts=(), former=record.person)
    return target


def _choice(call: Call, name: str, offered: tuple[Sanction, ...]) -> Form:
    named = call.answers[0]["target"]
    chosen = next((sanction for sanction in offered if f"{_SIGN}{sanction.number}" == named), offered[0])
    return Form(
        title=call.say("command-lift"),
        instructions=call.say("lift-choose", name=name),
        fields=(
            choice_field(
                "sanction",
                call.say("field-sanction"),
                [Option(value=str(sanction.number), label=sanction_line(call, sanction)) for sanction in offered],
                value=str(chosen.number),
            ),
            Field(
                var="wrong",
                label=call.say("field-wrong"),
                kind=FieldKind.LIST,
                value=Wrong.NOTHING.value,
                options=tuple(Option(value=each.value, label=call.say(text)) for each, text in _WRONG.items()),
            ),
            reason_field(call),
        ),
        is_last=True,
    )


COMMAND = Command(name="lift", step=step, audience=Audience.MODERATORS)

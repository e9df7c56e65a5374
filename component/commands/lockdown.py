"""`lockdown`: freeze creating, joining or posting in one room, a category or everywhere for a while, or end that."""

from component.commands.common import (
    confirmation,
    confirmation_form,
    is_confirmed,
    lockdown_line,
    reason_field,
    reason_of,
    unconfirmed,
)
from component.commands.targets import find_room
from component.dialogue import Call, Command
from component.emergency import in_force, terms
from component.forms import Answers, Done, Field, FieldKind, Form, Mistaken, Option, Outcome, choice_field
from component.grading import category_title
from component.staff import Audience
from config.durations import parse_duration
from policy.facts import Deed, Lockdown

_BEGIN = "begin"
_ROOM = "room"
_EVERYWHERE = "everywhere"
_CATEGORY = "category:"


async def step(call: Call) -> Outcome:
    """What is in force, and whether to begin or to end one; then the rest, confirmed."""
    standing = in_force(call.world)
    if not call.answers:
        return _overview(call, standing)
    chosen = call.answers[0]["deed"]
    if chosen == _BEGIN:
        return await _begin(call)
    number = int(chosen)
    lockdown = next((each for each in standing if each.number == number), None)
    if lockdown is None:
        return Mistaken(text="lockdown-over-already", params={"number": number}, var="deed")
    if len(call.answers) == 1:
        return Form(
            title=call.say("command-lockdown"),
            instructions=call.say("confirm-instructions"),
            fields=(
                *confirmation(call, call.say("lockdown-to-end", line=lockdown_line(call, lockdown))),
                reason_field(call),
            ),
            is_last=True,
        )
    if not is_confirmed(call.answers[1]):
        return unconfirmed()
    reason = reason_of(call.answers[1])
    if not await call.world.performer.emergency.end(number, by=call.account, reason=reason):
        return Mistaken(text="lockdown-over-already", params={"number": number}, var="deed")
    return Done(note=call.say("lockdown-ended", number=number))


def _overview(call: Call, standing: tuple[Lockdown, ...]) -> Form:
    lines = [(str(each.number), lockdown_line(call, each)) for each in standing if each.number]
    listed = "\n".join(line for _, line in lines) or call.say("lockdown-none")
    return Form(
        title=call.say("command-lockdown"),
        instructions=call.say("lockdown-instructions"),
        fields=(
            Field(var="lockdowns", kind=FieldKind.FIXED, value=listed),
            choice_field(
                "deed",
                call.say("field-deed"),
                (
                    Option(value=_BEGIN, label=call.say("lockdown-begin")),
                    *(Option(value=number, label=call.say("lockdown-end", line=line)) for number, line in lines),
                ),
                value=_BEGIN,
            ),
        ),
    )


async def _begin(call: Call) -> Outcome:
    if len(call.answers) == 1:
        return _order_form(call)
    order = await _read(call, call.answers[1])
    if isinstance(order, Mistaken):
        return order
    if len(call.answers) == 2:  # noqa: PLR2004 - the last form is due
        summary = call.say(
            "lockdown-summary",
            members="spared" if order.spares_members else "",
            **terms(call.world, call.language, order),
        )
        return confirmation_form(call, "lockdown", summary)
    if not is_confirmed(call.answers[2]):
        return unconfirmed()
    begun = await call.world.performer.emergency.begin(order)
    return Done(note=call.say("lockdown-begun", number=begun.number, until=begun.until))


def _order_form(call: Call) -> Form:
    titles = [(name, category_title(call.world, call.language, name)) for name in call.world.settings.categories]
    return Form(
        title=call.say("command-lockdown"),
        instructions=call.say("lockdown-order"),
        fields=(
            choice_field(
                "where",
                call.say("field-where"),
                (
                    Option(value=_ROOM, label=call.say("lockdown-one-room")),
                    *(
                        Option(value=f"{_CATEGORY}{name}", label=call.say("lockdown-category", category=title))
                        for name, title in titles
                    ),
                    Option(value=_EVERYWHERE, label=call.say("lockdown-everywhere")),
                ),
                value=_ROOM,
            ),
            Field(var="room", label=call.say("field-room-if-one"), longest=3071),
            *(
                Field(var=deed.value, label=call.say(f"lockdown-{deed.value}"), kind=FieldKind.BOOLEAN, value=value)
                for deed, value in ((Deed.CREATE, "0"), (Deed.JOIN, "1"), (Deed.POST, "0"))
            ),
            Field(var="members", label=call.say("lockdown-members"), kind=FieldKind.BOOLEAN, value="1"),
            Field(var="length", label=call.say("field-lockdown-length", length=_usual(call))),
            reason_field(call),
        ),
    )


def _usual(call: Call) -> str:
    return call.world.texts.duration(call.language, call.world.settings.emergency.lasts)


async def _read(call: Call, answers: Answers) -> Lockdown | Mistaken:
    deeds = frozenset(deed for deed in Deed if answers[deed.value] == "1")
    if not deeds:
        return Mistaken(text="lockdown-of-nothing", var=Deed.JOIN.value)
    room = None
    if answers["where"] == _ROOM:
        found = await find_room(call, answers["room"])
        if isinstance(found, Mistaken):
            return found
        room = found.jid
    lasts_s: float = call.world.settings.emergency.lasts
    if answers["length"]:
        try:
            lasts_s = parse_duration(answers["length"])
        except ValueError:
            return Mistaken(text="not-a-length", var="length")
        if not lasts_s:
            return Mistaken(text="not-a-length", var="length")
    at = call.world.now()
    is_category = answers["where"].startswith(_CATEGORY)
    return Lockdown(
        number=0,
        room=room,
        category=answers["where"].removeprefix(_CATEGORY) if is_category else None,
        deeds=deeds,
        spares_members=answers["members"] == "1",
        reason=reason_of(answers),
        by=call.account,
        at=at,
        until=at + lasts_s,
    )


COMMAND = Command(name="lockdown", step=step, audience=Audience.MODERATORS)

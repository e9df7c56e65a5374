"""`sanction`: warn, mute, remove or ban somebody, in one room or everywhere, for a while or until lifted."""

from dataclasses import dataclass

from component.commands.common import (
    confirmation_form,
    is_confirmed,
    kind_text,
    reason_field,
    reason_of,
    unconfirmed,
)
from component.commands.targets import Target, find_room, find_target, is_own, is_protected, name_of
from component.dialogue import Call, Command
from component.forms import Answers, Done, Field, Form, Mistaken, Option, Outcome, Refused, choice_field
from component.staff import Audience
from config.durations import parse_duration
from policy.actions import Punish
from policy.facts import MOMENTARY, SanctionKind

RULE = "moderator"
"""What stands where a machine's sanction names its rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a moderator asked for, understood."""

    target: Target
    kind: SanctionKind
    room: str | None
    lasts_s: float | None
    reason: str


async def step(call: Call) -> Outcome:
    """Whom, what, where, how long and why; then what will happen; then it happens."""
    if not call.answers:
        return _form(call)
    order = await _read(call, call.answers[0])
    if isinstance(order, (Mistaken, Refused)):
        return order
    if len(call.answers) == 1:
        return confirmation_form(call, "sanction", _summary(call, order))
    if not is_confirmed(call.answers[1]):
        return unconfirmed()
    punish = Punish(
        kind=order.kind,
        account=order.target.jid,
        person=order.target.number,
        room=order.room,
        rule=RULE,
        lasts_s=order.lasts_s,
    )
    sanction = await call.world.performer.sanctions.impose(punish, by=call.account, reason=order.reason)
    return Done(note=call.say("sanction-done", number=sanction.number, name=name_of(call, order.target)))


def _form(call: Call) -> Form:
    return Form(
        title=call.say("command-sanction"),
        instructions=call.say("sanction-instructions"),
        fields=(
            Field(var="target", label=call.say("field-target"), is_required=True),
            choice_field(
                "kind",
                call.say("field-kind"),
                [Option(value=kind.value, label=kind_text(call, kind)) for kind in SanctionKind],
                value=SanctionKind.MUTE.value,
            ),
            Field(var="room", label=call.say("field-room-or-all"), longest=3071),
            Field(var="length", label=call.say("field-length")),
            reason_field(call),
        ),
    )


async def _read(call: Call, answers: Answers) -> Order | Mistaken | Refused:
    target = await find_target(call, answers["target"])
    if isinstance(target, Mistaken):
        return target
    if is_own(call, target):
        return Refused(text="sanction-self")
    if is_protected(call, target):
        return Refused(text="sanction-staff")
    room = None
    if answers["room"]:
        found = await find_room(call, answers["room"])
        if isinstance(found, Mistaken):
            return found
        room = found.jid
    kind = SanctionKind(answers["kind"])
    lasts_s = None
    if answers["length"] and kind not in MOMENTARY:
        try:
            lasts_s = parse_duration(answers["length"])
        except ValueError:
            return Mistaken(text="not-a-length", var="length")
        if not lasts_s:
            return Mistaken(text="not-a-length", var="length")
    room = None if kind is SanctionKind.CREATE else room  # there is no room yet
    return Order(target=target, kind=kind, room=room, lasts_s=lasts_s, reason=reason_of(answers))


def _summary(call: Call, order: Order) -> str:
    length = None if order.lasts_s is None else call.world.texts.duration(call.language, order.lasts_s)
    return call.say(
        "sanction-summary",
        kind=order.kind.value,
        name=name_of(call, order.target),
        room=order.room,
        length=length,
        reason=order.reason,
    )


COMMAND = Command(name="sanction", step=step, audience=Audience.MODERATORS)

"""`retract`: take back what somebody wrote lately, or one message by the id that its room gave it."""

from dataclasses import dataclass

from component.commands.common import confirmation_form, is_confirmed, reason_field, reason_of, unconfirmed
from component.commands.targets import Target, find_room, find_target, is_protected, name_of
from component.dialogue import Call, Command
from component.forms import Answers, Done, Field, Form, Mistaken, Outcome, Refused
from component.staff import Audience
from config.durations import parse_duration

_DEFAULT = "10m"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a moderator asked for, understood: either somebody's messages or one message."""

    target: Target | None
    room: str | None
    back_s: float
    stanza_id: str
    reason: str


async def step(call: Call) -> Outcome:
    """Whose or which, where, how far back and why; then what will happen; then it happens."""
    if not call.answers:
        return _form(call)
    order = await _read(call, call.answers[0])
    if isinstance(order, (Mistaken, Refused)):
        return order
    if len(call.answers) == 1:
        return confirmation_form(call, "retract", _summary(call, order))
    if not is_confirmed(call.answers[1]):
        return unconfirmed()
    return await _carry_out(call, order)


def _form(call: Call) -> Form:
    return Form(
        title=call.say("command-retract"),
        instructions=call.say("retract-instructions"),
        fields=(
            Field(var="room", label=call.say("field-room-or-all"), longest=3071),
            Field(var="target", label=call.say("field-writer")),
            Field(var="within", label=call.say("field-within"), value=_DEFAULT),
            Field(var="id", label=call.say("field-stanza-id")),
            reason_field(call),
        ),
    )


async def _read(call: Call, answers: Answers) -> Order | Mistaken | Refused:
    if bool(answers["target"]) == bool(answers["id"]):
        return Mistaken(text="retract-which", var="target")
    room = None
    if answers["room"]:
        found = await find_room(call, answers["room"])
        if isinstance(found, Mistaken):
            return found
        room = found.jid
    if room is None and answers["id"]:
        return Mistaken(text="retract-where", var="room")
    target = None
    if answers["target"]:
        someone = await find_target(call, answers["target"])
        if isinstance(someone, Mistaken):
            return someone
        if is_protected(call, someone):
            return Refused(text="sanction-staff")
        target = someone
    try:
        back_s = parse_duration(answers["within"] or _DEFAULT)
    except ValueError:
        return Mistaken(text="not-a-length", var="within")
    if back_s < 1:
        return Mistaken(text="not-a-length", var="within")
    return Order(target=target, room=room, back_s=back_s, stanza_id=answers["id"], reason=reason_of(answers))


def _summary(call: Call, order: Order) -> str:
    return call.say(
        "retract-summary",
        name=None if order.target is None else name_of(call, order.target),
        id=order.stanza_id,
        room=order.room,
        length=call.world.texts.duration(call.language, order.back_s),
        reason=order.reason,
    )


async def _carry_out(call: Call, order: Order) -> Outcome:
    retracting = call.world.performer.retracting
    if order.target is not None:
        target = order.target
        taken = await retracting.take_back(
            target.jid, target.number, order.room, order.back_s, by=call.account, reason=order.reason
        )
    else:
        assert order.room is not None  # noqa: S101 - asked for above
        taken = await retracting.take_back_one(order.room, order.stanza_id, by=call.account, reason=order.reason)
    if taken is None:
        return Refused(text="retract-failed")
    is_forgotten = taken.since is not None and taken.since > call.world.now() - order.back_s
    notes = [call.say("retract-done", count=len(taken.rooms))]
    if is_forgotten:
        notes.append(call.say("retract-forgotten", since=taken.since))
    if taken.rooms and not taken.is_announced:
        notes.append(call.say("retract-unannounced"))
    return Done(note=" ".join(notes))


COMMAND = Command(name="retract", step=step, audience=Audience.MODERATORS)

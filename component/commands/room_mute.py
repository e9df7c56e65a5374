"""`room-mute`: a room's managers mute somebody there for a while. It is no strike, and moderators may lift it."""

from component.commands.common import reason_field, reason_of
from component.commands.managed import ask_room, find_managed
from component.commands.room_members import RULE, find_member, member_field
from component.dialogue import Call, Command
from component.forms import Done, Field, Form, Mistaken, Outcome, Refused
from component.staff import Audience
from config.durations import parse_duration
from policy.actions import Punish
from policy.facts import SanctionKind
from policy.grading import managers_of


async def step(call: Call) -> Outcome:
    """Which room; whom, how long and why; then it holds."""
    if not call.answers:
        return await ask_room(call, "command-room-mute")
    room = await find_managed(call)
    if isinstance(room, Refused):
        return room
    longest_s = managers_of(room, call.world.settings).longest_mute
    longest = call.world.texts.duration(call.language, longest_s)
    if len(call.answers) == 1:
        return Form(
            title=call.say("command-room-mute"),
            instructions=call.say("room-mute-instructions", room=room.jid, longest=longest),
            fields=(
                member_field(call),
                Field(var="length", label=call.say("field-room-mute-length"), is_required=True, value="10m"),
                reason_field(call),
            ),
            is_last=True,
        )
    answers = call.answers[1]
    target = await find_member(call, room, answers["who"])
    if isinstance(target, (Mistaken, Refused)):
        return target
    lasts_s = _length(answers["length"])
    if not lasts_s:
        return Mistaken(text="not-a-length", var="length")
    if lasts_s > longest_s:
        return Mistaken(text="room-mute-too-long", params={"longest": longest}, var="length")
    punish = Punish(
        kind=SanctionKind.MUTE,
        account=target.jid,
        person=target.number,
        room=room.jid,
        rule=RULE,
        lasts_s=lasts_s,
    )
    sanction = await call.world.performer.sanctions.impose(punish, by=call.account, reason=reason_of(answers))
    return Done(note=call.say("room-mute-done", who=answers["who"], number=sanction.number, until=sanction.until))


def _length(text: str) -> float:
    try:
        return parse_duration(text)
    except ValueError:
        return 0.0


COMMAND = Command(name="room-mute", step=step, audience=Audience.MANAGERS, is_for_rooms=True)

"""`room-remove`: a room's managers end somebody's membership there."""

from component.commands.common import confirmation_form, is_confirmed, reason_field, reason_of, unconfirmed
from component.commands.managed import ask_room, find_managed
from component.commands.room_members import RULE, find_member, member_field
from component.dialogue import Call, Command
from component.forms import Done, Form, Mistaken, Outcome, Refused
from component.staff import Audience
from policy.actions import Punish
from policy.facts import SanctionKind

_CONFIRMED = 3


async def step(call: Call) -> Outcome:
    """Which room; whom and why; a last question; then they are out."""
    if not call.answers:
        return await ask_room(call, "command-room-remove")
    room = await find_managed(call)
    if isinstance(room, Refused):
        return room
    if len(call.answers) == 1:
        return Form(
            title=call.say("command-room-remove"),
            instructions=call.say("room-remove-instructions", room=room.jid),
            fields=(member_field(call), reason_field(call)),
        )
    answers = call.answers[1]
    target = await find_member(call, room, answers["who"])
    if isinstance(target, (Mistaken, Refused)):
        return target
    if len(call.answers) < _CONFIRMED:
        return confirmation_form(
            call, "room-remove", call.say("room-remove-summary", who=answers["who"], room=room.jid)
        )
    if not is_confirmed(call.answers[2]):
        return unconfirmed()
    punish = Punish(
        kind=SanctionKind.REMOVE,
        account=target.jid,
        person=target.number,
        room=room.jid,
        rule=RULE,
        lasts_s=None,
    )
    await call.world.performer.sanctions.impose(punish, by=call.account, reason=reason_of(answers))
    return Done(note=call.say("room-remove-done", who=answers["who"], room=room.jid))


COMMAND = Command(name="room-remove", step=step, audience=Audience.MANAGERS, is_for_rooms=True)

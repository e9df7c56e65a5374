"""`transfer`: an owner offers a room to somebody, who takes it over by `take-over`."""

from component.commands.common import confirmation_form, is_confirmed, unconfirmed
from component.commands.managed import ask_room, find_owned
from component.commands.room_members import find_there, member_field
from component.commands.targets import is_own
from component.dialogue import Call, Command
from component.forms import Done, Form, Mistaken, Outcome, Refused
from component.staff import Audience

_CONFIRMED = 3


async def step(call: Call) -> Outcome:
    """Which room; to whom; a last question; then they are asked."""
    if not call.answers:
        return await ask_room(call, "command-transfer")
    room = await find_owned(call)
    if isinstance(room, Refused):
        return room
    if len(call.answers) == 1:
        return Form(
            title=call.say("command-transfer"),
            instructions=call.say("transfer-instructions", room=room.jid),
            fields=(member_field(call),),
        )
    target = await find_there(call, room, call.answers[1]["who"])
    if isinstance(target, Mistaken):
        return target
    if is_own(call, target):
        return Refused(text="appoint-self")
    handing = call.world.performer.handing
    reason = await handing.forbids(room, call.account, target.jid, "owner")
    if reason is not None:
        return Mistaken(text=reason.text, params=dict(reason.params), var="who")
    if len(call.answers) < _CONFIRMED:
        return confirmation_form(call, "transfer", call.say("transfer-summary", account=target.jid, room=room.jid))
    if not is_confirmed(call.answers[2]):
        return unconfirmed()
    await handing.offer(room, call.account, target.jid)
    return Done(note=call.say("transfer-done", account=target.jid, room=room.jid))


COMMAND = Command(name="transfer", step=step, audience=Audience.MANAGERS, is_for_rooms=True)

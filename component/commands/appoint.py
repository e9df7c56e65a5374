"""`appoint`: a room's owners make somebody an admin of it, or take that back."""

from component.acts import RoomRefusedError
from component.commands.group_lines import choice
from component.commands.managed import ask_room, find_owned
from component.commands.room_members import find_there, member_field
from component.commands.targets import is_own
from component.dialogue import Call, Command
from component.forms import Done, Form, Mistaken, Outcome, Refused
from component.staff import Audience
from policy.facts import Room
from storage.audit import AuditEntry

_ADMIN, _MEMBER = "admin", "member"


async def step(call: Call) -> Outcome:
    """Which room; whom and to what."""
    if not call.answers:
        return await ask_room(call, "command-appoint")
    room = await find_owned(call)
    if isinstance(room, Refused):
        return room
    if len(call.answers) == 1:
        roles = [(each, call.say("appoint-role", role=each)) for each in (_ADMIN, _MEMBER)]
        return Form(
            title=call.say("command-appoint"),
            instructions=call.say("appoint-instructions", room=room.jid),
            fields=(member_field(call), choice(call, "role", roles)),
            is_last=True,
        )
    answers = call.answers[1]
    target = await find_there(call, room, answers["who"])
    if isinstance(target, Mistaken):
        return target
    if is_own(call, target):
        return Refused(text="appoint-self")
    try:
        return await _do(call, room, target.jid, answers["role"])
    except RoomRefusedError:
        return Refused(text="appoint-later")


async def _do(call: Call, room: Room, who: str, role: str) -> Outcome:
    now = call.world.memory.affiliations.affiliation(who, room.jid)
    if now in {"owner", _ADMIN if role == _ADMIN else ""}:
        return Refused(text="appoint-already", params={"account": who, "role": now or _MEMBER})
    handing = call.world.performer.handing
    if role == _ADMIN:
        done = await handing.appoint(room, call.account, who)
        if done is False:
            return Refused(text="appoint-later")
        if done is not True:
            return Mistaken(text=done.text, params=dict(done.params), var="who")
    else:
        await handing.dismiss(room, who)
    entry = AuditEntry(actor=call.account, deed="appointed", subject=room.jid, detail={"account": who, "role": role})
    await call.world.store.audit.append([entry], call.world.now())
    await call.world.performer.reach.tell(who, "notice-appointed", room=room.jid, role=role)
    return Done(note=call.say("appoint-done", account=who, room=room.jid, role=role))


COMMAND = Command(name="appoint", step=step, audience=Audience.MANAGERS, is_for_rooms=True)

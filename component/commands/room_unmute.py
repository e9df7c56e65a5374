"""`room-unmute`: a room's managers end a mute that they, or rules of their own, imposed there."""

from component.commands.common import reason_field, reason_of, sanction_line
from component.commands.managed import ask_room, find_managed
from component.commands.room_members import RULE
from component.commands.targets import read_number
from component.dialogue import Call, Command
from component.forms import Done, Form, Option, Outcome, Refused, choice_field
from component.staff import Audience
from policy.facts import Room
from storage.discipline import SanctionRecord

_MOST_LISTED = 50


async def step(call: Call) -> Outcome:
    """Which room; which mute and why; then it is over."""
    if not call.answers:
        return await ask_room(call, "command-room-unmute")
    room = await find_managed(call)
    if isinstance(room, Refused):
        return room
    mutes = await _mutes(call, room)
    if len(call.answers) == 1:
        return _form(call, mutes) if mutes else Refused(text="room-rules-no-mutes")
    number = read_number(call.answers[1]["which"])
    if number is None or all(record.sanction.number != number for record in mutes):
        return Refused(text="room-rules-no-mutes")
    await call.world.performer.sanctions.lift(number, by=call.account, reason=reason_of(call.answers[1]))
    return Done(note=call.say("room-rules-lifted", number=number))


def _form(call: Call, mutes: list[SanctionRecord]) -> Form:
    options = tuple(
        Option(value=str(record.sanction.number), label=f"{record.account} · {sanction_line(call, record.sanction)}")
        for record in mutes
    )
    return Form(
        title=call.say("command-room-unmute"),
        instructions=call.say("room-unmute-instructions"),
        fields=(
            choice_field("which", call.say("field-sanction"), options),
            reason_field(call),
        ),
        is_last=True,
    )


async def _mutes(call: Call, room: Room) -> list[SanctionRecord]:
    """Those in force that are the managers' to lift, except on the caller themselves."""
    known = await call.world.memory.known(call.account)
    number = None if known.person is None else known.person.number
    records = await call.world.store.discipline.managers_sanctions(
        room.jid, call.world.now(), rule=RULE, limit=_MOST_LISTED
    )
    return [
        record for record in records if record.account != call.account and (number is None or record.person != number)
    ]


COMMAND = Command(name="room-unmute", step=step, audience=Audience.MANAGERS, is_for_rooms=True)

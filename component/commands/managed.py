"""Which of the rooms that somebody manages a command is for, and whether the platform lets them say something there.

The room is found anew at every step, by its code: it may close meanwhile, and whoever began may manage it no longer.
"""

from component.dialogue import Call
from component.forms import Done, Form, Option, Refused, choice_field
from component.managing import manages
from policy.engine import decide
from policy.facts import Facts, Kind, Room, RoomStatus, Text
from policy.verdict import Verdict

_MOST_LISTED = 50


async def ask_room(call: Call, title: str) -> Form | Done:
    """The form that asks for it, titled by this text; the end where there is none to choose."""
    rooms = [await call.world.memory.room(jid) for jid in (await managed_by(call))[:_MOST_LISTED]]
    options = tuple(
        Option(value=room.code, label=call.say("room-option", room=room.jid, code=room.code))
        for room in rooms
        if room is not None and room.status is not RoomStatus.CLOSED
    )
    if not options:
        return Done(note=call.say("room-rules-none"))
    asked = choice_field("room", call.say("field-room"), options)
    return Form(title=call.say(title), instructions=call.say("room-rules-instructions"), fields=(asked,))


async def managed_by(call: Call) -> tuple[str, ...]:
    """Addresses of the rooms that the caller may manage now."""
    await call.world.memory.known(call.account)  # so that what was withdrawn from them is known
    managed = call.world.memory.affiliations.managed_by(call.account)
    return tuple(room for room in managed if manages(call.world, call.account, room))


async def find_managed(call: Call) -> Room | Refused:
    """The room chosen in the first form, if it is still open and theirs to manage."""
    room = await call.world.store.rooms.by_code(call.answers[0]["room"])
    if room is None or room.status is RoomStatus.CLOSED:
        return Refused(text="room-rules-closed")
    if room.jid not in await managed_by(call):
        return Refused(text="room-rules-not-yours")
    return room


async def find_owned(call: Call) -> Room | Refused:
    """The same, if they own it."""
    room = await find_managed(call)
    if isinstance(room, Refused):
        return room
    is_owner = call.world.memory.affiliations.affiliation(call.account, room.jid) == "owner"
    return room if is_owner else Refused(text="room-not-owned")


async def judge_words(call: Call, room: Room, text: Text, *, role: str = "none") -> Verdict:
    """What the platform's rules say of words that a manager puts before others by configuring the room."""
    known = await call.world.memory.known(call.account)
    facts = Facts(
        at=call.world.now(),
        kind=Kind.CONFIG,
        account=known.account,
        person=known.person,
        room_jid=room.jid,
        room=room,
        role=role,
        affiliation="owner",
        texts=(text,),
    )
    return decide(facts, call.world.policy)

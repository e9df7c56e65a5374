"""`classify`: give a room a category and a scale class."""

from component.commands.common import fact, grade_fields, reason_field, reason_of
from component.commands.targets import find_room
from component.dialogue import Call, Command
from component.forms import Done, Field, FieldKind, Form, Mistaken, Outcome, Refused
from component.grading import grade_of
from component.staff import Audience
from policy.facts import Room, RoomStatus
from policy.grading import category_of, scale_of


async def step(call: Call) -> Outcome:
    """Which room, then what it is to be and why."""
    if not call.answers:
        return Form(
            title=call.say("command-classify"),
            instructions=call.say("classify-instructions"),
            fields=(Field(var="room", label=call.say("field-room"), is_required=True, longest=3071),),
        )
    if len(call.answers) == 1:
        room = await find_room(call, call.answers[0]["room"])
        if isinstance(room, Mistaken):
            return room
        return Refused(text="classify-closed") if room.status is RoomStatus.CLOSED else await _form(call, room)
    return await _classify(call)


async def _form(call: Call, room: Room) -> Form:
    settings = call.world.settings
    category, scale = grade_of(call.world, call.language, room)
    entry = await call.world.store.directory.by_code(room.code)
    members = 0 if entry is None else entry.members
    return Form(
        title=call.say("command-classify"),
        instructions=call.say("classify-now", room=room.jid, category=category, scale=scale, members=members),
        fields=(
            Field(var="code", kind=FieldKind.HIDDEN, value=room.code),
            *grade_fields(
                call, category=category_of(room, settings), scales=settings.scales, scale=scale_of(room, settings)
            ),
            reason_field(call),
        ),
        is_last=True,
    )


async def _classify(call: Call) -> Outcome:
    answers = call.answers[1]
    settings = call.world.settings
    if answers["category"] not in settings.categories or answers["scale"] not in settings.scales:
        return Refused(text="classify-meanwhile")  # reloaded since they were offered
    rooms = call.world.store.rooms
    is_done = await rooms.classify(
        answers["code"],
        call.world.now(),
        category=answers["category"],
        scale=answers["scale"],
        reason=reason_of(answers),
        by=call.account,
    )
    room = await rooms.by_code(answers["code"])
    if not is_done or room is None:
        return Refused(text="classify-closed")
    call.world.memory.forget_room(room.jid)
    call.world.performer.outdate_descriptions(room.jid)
    category, scale = grade_of(call.world, call.language, room)
    return Done(
        title=call.say("command-classify"),
        note=call.say("classify-done", room=room.jid),
        facts=(fact(call, "category", [category]), fact(call, "scale", [scale])),
    )


COMMAND = Command(name="classify", step=step, audience=Audience.MODERATORS)

"""`room`: what moderators may know about a room, by its address or its code."""

from component.commands.common import case_line, fact, override_line, shown_name, status_text
from component.commands.group_lines import measure_line
from component.commands.review_lines import review_fact
from component.commands.targets import find_room
from component.dialogue import Call, Command
from component.forms import Done, Fact, Field, Form, Mistaken, Outcome
from component.grading import activity_lines, grade_of
from component.occupancy import Occupant
from component.own_rules import lines
from component.staff import Audience
from policy.facts import Room
from storage.overrides import of_code

_MOST_LINES = 50


async def step(call: Call) -> Outcome:
    """Which, then everything."""
    if not call.answers:
        return Form(
            title=call.say("command-room"),
            instructions=call.say("room-instructions"),
            fields=(Field(var="room", label=call.say("field-room"), is_required=True, longest=3071),),
            is_last=True,
        )
    room = await find_room(call, call.answers[0]["room"])
    if isinstance(room, Mistaken):
        return room
    occupants = call.world.memory.occupants(room.jid)
    return Done(
        title=call.say("command-room"),
        note=call.say("room-note", room=room.jid),
        facts=(*await facts_about(call, room), fact(call, "occupants", _occupants(call, occupants))),
    )


async def facts_about(call: Call, room: Room) -> tuple[Fact, ...]:
    """What moderators may know of it, those who are inside now left out."""
    entry = await call.world.store.directory.by_code(room.code)
    overrides = await call.world.store.overrides.of(of_code(room.code)) if room.code else ()
    cases = await call.world.store.discipline.cases(limit=_MOST_LINES, room=room.jid)
    measures = await call.world.store.measures.history(room.code)
    category, scale = grade_of(call.world, call.language, room)
    return (
        fact(call, "code", [room.code] if room.code else []),
        fact(call, "name", [] if entry is None or not entry.name else [shown_name(entry)]),
        fact(call, "status", [status_text(call, room)]),
        fact(call, "category", [category]),
        fact(call, "scale", [scale]),
        fact(call, "activity", await activity_lines(call.world, call.language, room.code)),
        *await review_fact(call, room, is_for_moderators=True),
        fact(call, "creator", await _creator(call, room)),
        fact(call, "members", [str(0 if entry is None else entry.members)]),
        fact(call, "overrides", [override_line(call, each) for each in overrides]),
        fact(call, "measures", [measure_line(call, measure) for measure in measures[:_MOST_LINES]]),
        fact(call, "own-rules", lines(call, room, is_whole=True)),
        fact(call, "cases", [case_line(call, case, None) for case in cases]),
    )


async def _creator(call: Call, room: Room) -> list[str]:
    """The creator's number, or account where nobody verified made the room."""
    holder = await call.world.store.rooms.creator_of(room.code)
    return [] if holder is None else [holder.partition(":")[2]]


def _occupants(call: Call, occupants: tuple[Occupant, ...]) -> list[str]:
    lines = [
        call.say(
            "occupant-line",
            nick=occupant.nick,
            account=occupant.jid.partition("/")[0],
            role=occupant.role,
            affiliation=occupant.affiliation,
        )
        for occupant in occupants[:_MOST_LINES]
    ]
    if len(occupants) > _MOST_LINES:
        lines.append(call.say("and-more", count=len(occupants) - _MOST_LINES))
    return lines


COMMAND = Command(name="room", step=step, audience=Audience.MODERATORS)

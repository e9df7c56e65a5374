"""How a group stands, for its managers: what is held against it and what to do, and what waits for them."""

from component.commands.common import fact, status_text
from component.commands.group_lines import measure_line
from component.commands.managed import find_managed
from component.commands.review_lines import review_fact
from component.dialogue import Call
from component.forms import Done, Refused
from component.group_ladder import checklist_in

_MOST_COUNTED = 100


async def show_standing(call: Call) -> Done | Refused:
    """Of the room that was chosen."""
    room = await find_managed(call)
    if isinstance(room, Refused):
        return room
    store, now = call.world.store, call.world.now()
    known = await call.world.memory.known(call.account)
    measure = await store.measures.standing(room.code)
    reports = await store.reports.waiting_for(room.code, now, but=known.holder, limit=_MOST_COUNTED)
    applicants = await store.entrances.waiting_for(room.jid, now, limit=_MOST_COUNTED)
    note, lines = call.say("standing-good", room=room.jid), []
    if measure is not None:
        claimed = "" if measure.claim is None else "1"
        note = call.say("standing-held", room=room.jid, until=measure.due_at, claimed=claimed)
        lines = [measure_line(call, measure), checklist_in(measure.checklist, call.language)]
    return Done(
        title=call.say("command-status"),
        note=note,
        facts=(
            fact(call, "status", [status_text(call, room)]),
            *([fact(call, "measures", filter(None, lines))] if lines else []),
            *await review_fact(call, room),
            fact(call, "waiting-reports", [str(len(reports))]),
            fact(call, "waiting-applicants", [str(len(applicants))]),
        ),
    )

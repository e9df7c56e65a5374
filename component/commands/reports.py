"""`reports`: what people complained of in a room, for its managers to handle or to leave to the moderators."""

from component.commands.complaint_lines import complaint_lines
from component.commands.managed import ask_room, find_managed
from component.dialogue import Call, Command
from component.forms import Done, Field, FieldKind, Form, Option, Outcome, Refused, choice_field
from component.staff import Audience
from policy.complaint import Handling
from policy.facts import Room
from storage.audit import AuditEntry
from storage.reports import Waiting

_PAGE = 5
_PASS_ON = "pass-on"  # noqa: S105 - no password
_ROOM = 1


async def step(call: Call) -> Outcome:
    """Which room; which report and what was done; then it is closed, or somebody else's."""
    if not call.answers:
        return await ask_room(call, "command-reports")
    room = await find_managed(call)
    if isinstance(room, Refused):
        return room
    if len(call.answers) == _ROOM:
        return await _show(call, room)
    number, deed = int(call.answers[1]["number"]), call.answers[1]["deed"]
    if all(each.number != number for each in await _waiting(call, room, limit=None)):
        return Refused(text="reports-over")
    complaints = call.world.performer.complaints
    if deed == _PASS_ON:
        is_done = await complaints.pass_on(number, by=call.account)
        return Done(note=call.say("reports-passed-on", number=number)) if is_done else Refused(text="reports-over")
    points = await complaints.handle(number, Handling(deed), by=call.account)
    if points is None:
        return Refused(text="reports-over")
    return Done(note=call.say("reports-done", number=number, credit=points))


async def _waiting(call: Call, room: Room, *, limit: int | None) -> tuple[Waiting, ...]:
    """None about the caller: nobody judges themselves."""
    known = await call.world.memory.known(call.account)
    return await call.world.store.reports.waiting_for(room.code, call.world.now(), but=known.holder, limit=limit)


async def _show(call: Call, room: Room) -> Form | Done:
    waiting = await _waiting(call, room, limit=_PAGE)
    if not waiting:
        return Done(note=call.say("reports-none", room=room.jid))
    seen = [
        AuditEntry(actor=call.account, deed="report-viewed", subject=room.jid, detail={"number": each.number})
        for each in waiting
    ]
    await call.world.store.audit.append(seen, call.world.now())
    deeds = (*(each.value for each in Handling), _PASS_ON)
    return Form(
        title=call.say("command-reports"),
        instructions=call.say("reports-instructions", room=room.jid),
        fields=(
            *(Field(var=f"report-{each.number}", kind=FieldKind.FIXED, value=_text(call, each)) for each in waiting),
            choice_field(
                "number",
                call.say("field-entry"),
                [Option(value=str(each.number), label=_line(call, each)) for each in waiting],
            ),
            choice_field(
                "deed",
                call.say("field-report-handling"),
                [Option(value=deed, label=call.say("reports-deed", deed=deed)) for deed in deeds],
            ),
        ),
        is_last=True,
    )


def _line(call: Call, report: Waiting) -> str:
    return call.say("reports-line", number=report.number, subject=report.heard.subject.value, until=report.due_at)


def _text(call: Call, report: Waiting) -> str:
    return "\n".join((_line(call, report), report.evidence, *complaint_lines(call, report.heard)))


COMMAND = Command(name="reports", step=step, audience=Audience.MANAGERS, is_for_rooms=True)

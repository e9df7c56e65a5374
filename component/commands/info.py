"""`info`: a group's page. Hidden groups are shown to their members, and to whoever knows the code."""

from component.commands.common import fact, shown_name, status_text
from component.commands.review_lines import review_fact
from component.commands.targets import bare_address
from component.dialogue import Call, Command
from component.forms import Done, Field, Form, Mistaken, Outcome
from component.grading import activity_lines, grade_of
from config.addresses import prepare_bare_jid
from policy.facts import RoomStatus
from policy.grading import join_mode_of
from storage import codes
from storage.directory import Entry
from storage.former_managers import MANAGERS


async def step(call: Call) -> Outcome:
    """Which, then its page."""
    if not call.answers:
        return Form(
            title=call.say("command-info"),
            instructions=call.say("info-instructions"),
            fields=(Field(var="room", label=call.say("field-room"), is_required=True, longest=3071),),
            is_last=True,
        )
    text = call.answers[0]["room"]
    entry = await _find(call, text)
    if isinstance(entry, Mistaken):
        return entry
    if entry.room.status is RoomStatus.CLOSED:
        return Done(note=call.say("find-closed", code=entry.room.code, at=entry.closed_at))
    category, scale = grade_of(call.world, call.language, entry.room)
    return Done(
        title=call.say("command-info"),
        note=shown_name(entry),
        facts=(
            fact(call, "address", [f"xmpp:{entry.room.jid}?join"]),
            fact(call, "code", [entry.room.code]),
            fact(call, "category", [category]),
            fact(call, "scale", [scale]),
            fact(call, "activity", await activity_lines(call.world, call.language, entry.room.code)),
            *await review_fact(call, entry.room),
            fact(call, "status", [status_text(call, entry.room)]),
            fact(call, "members", [str(entry.members)]),
            fact(call, "founded", [call.world.texts.moment(call.language, entry.founded)]),
            fact(call, "join", [call.say("join-mode-option", mode=_mode(call, entry))]),
            fact(call, "managers", await _managers(call, entry)),
        ),
    )


def _mode(call: Call, entry: Entry) -> str:
    return join_mode_of(entry.room, call.world.settings, call.world.now()).value


async def _find(call: Call, text: str) -> Entry | Mistaken:
    directory = call.world.store.directory
    unknown = Mistaken(text="no-such-room", params={"room": text}, var="room")
    if codes.parse(text) is not None:
        return await directory.by_code(text) or unknown
    try:
        jid = prepare_bare_jid(bare_address(text))
    except ValueError:
        return Mistaken(text="not-a-room", var="room")
    entry = await directory.by_jid(jid)
    if entry is None or not (entry.is_public or await _is_member(call, jid)):
        return unknown  # the same words for what is hidden and what is not there
    return entry


async def _is_member(call: Call, room: str) -> bool:
    known = await call.world.memory.known(call.account)
    return await call.world.memory.holds_place(known.holder, room)


async def _managers(call: Call, entry: Entry) -> list[str]:
    """Their nicknames in the room, never their accounts; those that nobody has seen yet are counted only."""
    store, room = call.world.store, entry.room.jid
    occupants = call.world.memory.occupants(room)
    nicks = {
        occupant.jid.partition("/")[0]: (occupant.nick, occupant.affiliation)
        for occupant in occupants
        if occupant.affiliation in MANAGERS
    }
    for listed in await store.attendance.managers(room):
        nicks.setdefault(listed.account, (listed.nick or "", listed.affiliation))
    founder = await store.rooms.creator_of(entry.room.code)
    holders = await store.people.holders_of(tuple(nicks))
    lines, unseen = [], 0
    for (nick, affiliation), holder in zip(nicks.values(), holders, strict=True):
        if nick:
            role = "founder" if holder == founder else affiliation
            lines.append(call.say("manager-line", nick=nick, role=role))
        else:
            unseen += 1
    return [*sorted(lines), *([call.say("managers-unseen", count=unseen)] if unseen else [])]


COMMAND = Command(name="info", step=step, is_for_rooms=True)

"""`group`: what is held against a room, and the ladder's steps by hand: warn, suspend, close, blacklist, and back."""

from dataclasses import dataclass

from component.commands.common import confirmation_form, is_confirmed, reason_field, reason_of, unconfirmed
from component.commands.group_lines import choice, fixed, measure_line, order_by, read_within, terms_fields
from component.commands.targets import find_room
from component.commands.waiting import Waits
from component.dialogue import Call, Command
from component.forms import Answers, Done, Field, FieldKind, Form, Mistaken, Outcome, Refused
from component.staff import Audience
from policy.facts import Room, RoomStatus
from policy.group_ladder import FINAL, MeasureKind
from storage import holders
from storage.measures import Measure
from storage.queues import Queue

_RELEASE, _UNDO, _REFUSE = "release", "undo", "refuse"
_IMPOSED = {kind.value: kind for kind in MeasureKind}
_MOST_LINES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What a moderator wants, and on what."""

    name: str
    room: Room
    standing: Measure | None


async def step(call: Call) -> Outcome:
    """Which room, what, with what words; then what will happen; then it happens."""
    if not call.answers:
        return Form(
            title=call.say("command-group"),
            instructions=call.say("group-instructions"),
            fields=(Field(var="room", label=call.say("field-room"), is_required=True, longest=3071),),
        )
    room = await find_room(call, call.answers[0]["room"])
    if isinstance(room, Mistaken):
        return room
    if not room.code:
        return Refused(text="group-never-was")
    standing = await call.world.store.measures.standing(room.code)
    if len(call.answers) == 1:
        return await _overview(call, room, standing)
    chosen = call.answers[1]
    if room.jid in call.world.memory.affiliations.managed_by(call.account) and not _is_admin(call):
        return Refused(text="group-own")
    if chosen["seen"] != _seen(standing):
        return Refused(text="group-meanwhile")
    deed = Deed(name=chosen["deed"], room=room, standing=standing)
    if len(call.answers) == 2:  # noqa: PLR2004 - what it takes is asked next
        return _details(call, deed)
    return await _carry_on(call, deed)


def _is_admin(call: Call) -> bool:
    return call.account in call.world.settings.staff.admins


def _seen(standing: Measure | None) -> str:
    """What the moderator looked at: whatever changed since is not decided on."""
    if standing is None:
        return "none"
    claimed_at = "" if standing.claim is None else standing.claim.at
    return f"{standing.number} {claimed_at}"


async def _overview(call: Call, room: Room, standing: Measure | None) -> Form | Refused:
    held = standing.kind.gravity if standing is not None else -1
    is_closed = room.status is RoomStatus.CLOSED
    deeds = [kind.value for kind in MeasureKind if kind.gravity > held and not is_closed]
    if standing is not None:
        if standing.claim is not None:
            deeds.insert(0, _REFUSE)
        if standing.kind not in FINAL:
            deeds.insert(0, _RELEASE)
        deeds.append(_UNDO)
    if not deeds:
        return Refused(text="group-closed-otherwise")
    history = await call.world.store.measures.history(room.code)
    lines = [call.say("group-status", room=room.jid, code=room.code, status=room.status.value)]
    lines += [measure_line(call, measure) for measure in history[:_MOST_LINES]]
    if standing is not None and standing.claim is not None:
        claim = standing.claim
        line = call.say("group-claimed-line", account=claim.by, at=claim.at, words=claim.words)
        lines.append((await Waits.of(call, Queue.GROUP)).mark(standing.number, line))
    return Form(
        title=call.say("command-group"),
        instructions=call.say("group-choose"),
        fields=(
            fixed("ladder", lines),
            Field(var="seen", kind=FieldKind.HIDDEN, value=_seen(standing)),
            choice(call, "deed", [(name, call.say("group-deed", deed=name)) for name in deeds]),
        ),
    )


def _details(call: Call, deed: Deed) -> Form:
    kind = _IMPOSED.get(deed.name)
    fields = [] if kind is None else terms_fields(call, kind)
    if kind is MeasureKind.BLACKLIST:
        fields.append(Field(var="people", label=call.say("group-people"), kind=FieldKind.BOOLEAN, value="0"))
    return Form(
        title=call.say("command-group"),
        instructions=call.say("group-details", deed=deed.name, room=deed.room.jid),
        fields=(reason_field(call), *fields),
    )


async def _carry_on(call: Call, deed: Deed) -> Outcome:
    details = call.answers[2]
    within_s = read_within(details)
    if isinstance(within_s, Mistaken):
        return within_s
    if len(call.answers) == 3:  # noqa: PLR2004 - a yes is due
        until = None if within_s is None else call.world.now() + within_s
        summary = call.say("group-summary", deed=deed.name, room=deed.room.jid, reason=reason_of(details), until=until)
        return confirmation_form(call, "group", summary)
    if not is_confirmed(call.answers[3]):
        return unconfirmed()
    is_done = await _do(call, deed, details, within_s)
    return Done(note=call.say("group-done", deed=deed.name, room=deed.room.jid)) if is_done else _lost()


def _lost() -> Refused:
    return Refused(text="group-meanwhile")


async def _do(call: Call, deed: Deed, details: Answers, within_s: float | None) -> bool:
    ladder, reason = call.world.performer.group_ladder, reason_of(details)
    kind = _IMPOSED.get(deed.name)
    if kind is None:
        if deed.standing is None:
            return False
        act = {_RELEASE: ladder.release, _UNDO: ladder.undo, _REFUSE: ladder.refuse}[deed.name]
        return await act(deed.standing.number, by=call.account, reason=reason) is not None
    people = await _people(call, deed.room) if details.get("people") == "1" else ()
    after = None if deed.standing is None else deed.standing.number
    order = order_by(call, deed.room.code, kind, details, after=after, within_s=within_s)
    if await ladder.impose(order) is None:
        return False
    for account, person in people:
        if person is not None:
            await call.world.performer.blacklisting.bar_person(person, by=call.account, reason=reason)
        else:
            await call.world.performer.blacklisting.bar_account(account, by=call.account, reason=reason)
    return True


async def _people(call: Call, room: Room) -> tuple[tuple[str, int | None], ...]:
    """Whoever made the room and whoever manages it, staff excepted, while that is known."""
    found = set(await call.world.store.people.holders_of(call.world.memory.affiliations.managers_of(room.jid)))
    creator = await call.world.store.rooms.creator_of(room.code)
    if creator is not None:
        found.add(creator)
    staff = call.world.settings.staff
    roles = (*staff.moderators, *staff.identity_officers, *staff.auditors, *staff.admins)
    found -= set(await call.world.store.people.holders_of(tuple(dict.fromkeys(roles))))
    return tuple(holders.parse(holder) for holder in sorted(found))


COMMAND = Command(name="group", step=step, audience=Audience.MODERATORS)

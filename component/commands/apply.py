"""`apply`: ask to found a group of some category and class, or for another category or a larger class of one's own."""

from dataclasses import dataclass

from component.commands.common import fact, grade_fields
from component.commands.targets import bare_address, read_number
from component.dialogue import Call, Command
from component.forms import Answers, Done, Field, FieldKind, Form, Mistaken, Option, Outcome, Refused
from component.founding import titles
from component.managing import manages
from component.memory import Known
from config.addresses import prepare_bare_jid
from policy.facts import Deed, Room, RoomStatus
from policy.founding import largest_scale, needs_approval, unmet
from policy.grading import category_of, default_category, scale_of
from policy.verdict import Reason
from storage import codes
from storage.proposals import Draft, Proposal, Status, Turned

_NONE = ""
_PURPOSE, _DESCRIPTION = 500, 2000
_TURNED = {
    Turned.TOO_MANY: "apply-too-many",
    Turned.TAKEN: "apply-taken",
    Turned.TWICE: "apply-twice",
    Turned.OVER: "apply-taken",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Subject:
    """The group it is about."""

    jid: str
    room: Room | None  # None: it is yet to be founded


async def step(call: Call) -> Outcome:
    """Which group; what it is to be and what for; then it is on its way."""
    known = await call.world.memory.known(call.account)
    refusal = _bar(call, known)
    if refusal is not None:
        return refusal
    if not call.answers:
        return _which(call, await call.world.store.proposals.open_of(known.holder))
    if call.answers[0].get("withdraw", _NONE) != _NONE:
        return await _withdraw(call, known, call.answers[0]["withdraw"])
    subject = await _find(call, call.answers[0]["room"])
    if isinstance(subject, Mistaken):
        return subject
    return _what(call, known, subject) if len(call.answers) == 1 else await _apply(call, known, subject)


def _bar(call: Call, known: Known) -> Refused | None:
    if known.person is None and Deed.CREATE.value in call.world.settings.identity.required_for:
        return Refused(text="deny-unverified", params={"deed": Deed.CREATE.value})
    return None


# which group


def _which(call: Call, mine: tuple[Proposal, ...]) -> Form:
    asked = Field(var="room", label=call.say("field-apply-room"), is_required=not mine, longest=3071)
    fields: tuple[Field, ...] = (asked,)
    if mine:
        lines = [_line(call, proposal) for proposal in mine]
        options = [
            Option(value=str(each.number), label=call.say("apply-option", number=each.number, room=each.draft.room))
            for each in mine
        ]
        fields = (
            Field(var="mine", kind=FieldKind.FIXED, value="\n".join(lines)),
            asked,
            Field(
                var="withdraw",
                label=call.say("field-application-withdraw"),
                kind=FieldKind.LIST,
                options=(Option(value=_NONE, label=call.say("apply-keep")), *options),
            ),
        )
    return Form(title=call.say("command-apply"), instructions=call.say("apply-instructions"), fields=fields)


def _line(call: Call, proposal: Proposal) -> str:
    category, scale = titles(call.world, call.language, proposal.draft)
    return call.say(
        "apply-line",
        number=proposal.number,
        room=proposal.draft.room,
        category=category,
        scale=scale,
        status=proposal.status.value,
        until=proposal.until,
    )


async def _withdraw(call: Call, known: Known, chosen: str) -> Done | Refused:
    number = read_number(chosen)
    proposals = call.world.store.proposals
    if number is None or not await proposals.withdraw(number, known.holder, call.world.now(), by=call.account):
        return Refused(text="apply-over")
    return Done(note=call.say("apply-withdrawn", number=number))


async def _find(call: Call, text: str) -> _Subject | Mistaken:
    muc = call.world.settings.xmpp.muc
    code = codes.parse(text)
    if code is not None:
        coded = await call.world.store.rooms.by_code(code)
        if coded is None:
            return Mistaken(text="no-such-room", params={"room": text}, var="room")
        return _own(call, coded)
    address = bare_address(text)
    try:
        jid = prepare_bare_jid(address if "@" in address else f"{address}@{muc}")
    except ValueError:
        return Mistaken(text="apply-no-address", params={"muc": muc}, var="room")
    if jid.partition("@")[2] != muc:
        return Mistaken(text="apply-no-address", params={"muc": muc}, var="room")
    room = await call.world.memory.room(jid)
    if room is not None:
        return _own(call, room)
    twin = await call.world.store.directory.twin(jid)
    is_barred = twin is not None and (twin.is_blacklisted or twin.status is not RoomStatus.OPEN)
    if twin is not None and (is_barred or call.world.settings.rooms.lookalikes == "refuse"):
        return Mistaken(text="deny-lookalike", var="room")
    return _Subject(jid=jid, room=None)


def _own(call: Call, room: Room) -> _Subject | Mistaken:
    if room.is_blacklisted or room.status is RoomStatus.CLOSED:
        return Mistaken(text="apply-barred", params={"room": room.jid}, var="room")
    if not manages(call.world, call.account, room.jid):
        return Mistaken(text="apply-taken", params={"room": room.jid}, var="room")
    return _Subject(jid=room.jid, room=room)


# what it is to be


def _what(call: Call, known: Known, subject: _Subject) -> Form | Refused:
    settings, room = call.world.settings, subject.room
    sizes = list(settings.scales)
    least = 0 if room is None else sizes.index(scale_of(room, settings))
    most = sizes.index(largest_scale(known.person, settings))
    scales = sizes[least : max(least, most) + 1]
    now = default_category(settings) if room is None else category_of(room, settings)
    return Form(
        title=call.say("command-apply"),
        instructions=call.say("apply-new" if room is None else "apply-existing", room=subject.jid),
        fields=(
            *grade_fields(call, category=now, scales=scales, scale=scales[0]),
            Field(var="purpose", label=call.say("field-purpose"), is_required=True, longest=_PURPOSE),
            Field(var="description", label=call.say("field-description"), longest=_DESCRIPTION),
        ),
        is_last=True,
    )


async def _apply(call: Call, known: Known, subject: _Subject) -> Outcome:
    settings, answers, at = call.world.settings, call.answers[1], call.world.now()
    category, scale = answers["category"], answers["scale"]
    if category not in settings.categories or scale not in settings.scales:
        return Refused(text="classify-meanwhile")  # reloaded since they were offered
    if subject.room is not None and _is_so(subject.room, category, scale, call):
        return Mistaken(text="apply-same", params={"room": subject.jid}, var="scale")
    reason = unmet(known.person, category, scale, at, settings)
    if reason is not None:
        return _mistake(reason)
    is_granted = not needs_approval(category, scale, settings)
    draft = _draft(known, subject, answers)
    span = settings.applications.valid if is_granted else settings.applications.expires
    filed = await call.world.store.proposals.file(
        draft, at, until=at + span, most=settings.applications.most, is_granted=is_granted
    )
    if isinstance(filed, Turned):
        return Refused(text=_TURNED[filed], params={"room": subject.jid, "most": settings.applications.most})
    if is_granted and subject.room is not None:
        call.world.performer.founding.regraded(draft)
    if not is_granted:
        await call.world.performer.founding.announce(filed)
    return _done(call, filed)


def _is_so(room: Room, category: str, scale: str, call: Call) -> bool:
    settings = call.world.settings
    return (category_of(room, settings), scale_of(room, settings)) == (category, scale)


def _mistake(reason: Reason) -> Mistaken:
    return Mistaken(text=reason.text, params=dict(reason.params), var="scale")


def _draft(known: Known, subject: _Subject, answers: Answers) -> Draft:
    return Draft(
        holder=known.holder,
        account=known.account.jid,
        room=subject.jid,
        code="" if subject.room is None else subject.room.code,
        category=answers["category"],
        scale=answers["scale"],
        purpose=answers["purpose"],
        description=answers["description"],
    )


def _done(call: Call, proposal: Proposal) -> Done:
    text = {Status.WAITING: "apply-waits", Status.APPROVED: "apply-approved"}.get(proposal.status, "apply-granted")
    category, scale = titles(call.world, call.language, proposal.draft)
    return Done(
        title=call.say("command-apply"),
        note=call.say(text, number=proposal.number, room=proposal.draft.room, until=proposal.until),
        facts=(fact(call, "category", [category]), fact(call, "scale", [scale])),
    )


COMMAND = Command(name="apply", step=step, is_for_rooms=True)

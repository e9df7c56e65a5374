"""`override`: an exception from a quota for one person, account or group, with a reason and perhaps an end."""

from dataclasses import dataclass

from component.commands.common import (
    confirmation_form,
    is_confirmed,
    override_line,
    quota_name,
    quota_text,
    reason_field,
    reason_of,
    unconfirmed,
)
from component.commands.targets import find_room, find_target, is_own, is_protected, is_room, name_of, read_number
from component.dialogue import Call, Command
from component.forms import Answers, Done, Field, FieldKind, Form, Mistaken, Option, Outcome, Refused, choice_field
from component.staff import Audience
from component.texts import Param
from config.durations import parse_duration
from policy.facts import Override, Quota, RoomStatus
from storage import holders
from storage.overrides import Granted, of_code

MOST_PLACES = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whom an exception is for: as storage names them, and as moderators know them."""

    key: str  # a holder, or a room by its code
    called: str
    quotas: tuple[Quota, ...]
    room: str = ""  # the room's address, if it is one


async def step(call: Call) -> Outcome:
    """Whom; which quota, how many, how long and why; then what will happen; then it happens."""
    if not call.answers:
        return Form(
            title=call.say("command-override"),
            instructions=call.say("override-instructions"),
            fields=(Field(var="subject", label=call.say("field-barred"), is_required=True, longest=3071),),
        )
    subject = await _find(call, call.answers[0]["subject"])
    if isinstance(subject, (Mistaken, Refused)):
        return subject
    if len(call.answers) == 1:
        return _form(call, subject, await call.world.store.overrides.of(subject.key))
    override = _read(call, call.answers[1])
    if isinstance(override, Mistaken):
        return override
    quota, reason = Quota(call.answers[1]["quota"]), reason_of(call.answers[1])
    if len(call.answers) == 2:  # noqa: PLR2004 - the third form
        return confirmation_form(call, "override", _summary(call, subject, quota, override, reason))
    if not is_confirmed(call.answers[2]):
        return unconfirmed()
    await _change(call, subject, quota, override, reason)
    return Done(note=call.say("override-done", name=subject.called))


async def _find(call: Call, text: str) -> Subject | Mistaken | Refused:
    if is_room(call, text):
        room = await find_room(call, text, "subject")
        if isinstance(room, Mistaken):
            return room
        if room.status is RoomStatus.CLOSED:
            return Mistaken(text="override-closed", params={"room": room.jid}, var="subject")
        return Subject(key=of_code(room.code), called=room.jid, quotas=(Quota.MEMBERS,), room=room.jid)
    target = await find_target(call, text, "subject")
    if isinstance(target, Mistaken):
        return target
    if is_own(call, target):
        return Refused(text="override-self")
    if is_protected(call, target):
        return Refused(text="override-staff")
    return Subject(key=target.holder, called=name_of(call, target), quotas=(Quota.JOINED, Quota.CREATED))


def _form(call: Call, subject: Subject, granted: tuple[Granted, ...]) -> Form:
    lines = [override_line(call, each) for each in granted] or [call.say("override-none")]
    return Form(
        title=call.say("command-override"),
        instructions=call.say("override-choose", name=subject.called),
        fields=(
            Field(var="now", kind=FieldKind.FIXED, value="\n".join(lines)),
            choice_field(
                "quota",
                call.say("field-quota"),
                [Option(value=each.value, label=quota_text(call, each)) for each in subject.quotas],
            ),
            Field(var="places", label=call.say("field-places")),
            Field(var="length", label=call.say("field-override-length")),
            reason_field(call),
        ),
    )


def _read(call: Call, answers: Answers) -> Override | Mistaken | None:
    """The exception; None to end the one there is."""
    if not answers["places"]:
        return None
    places = read_number(answers["places"])
    if places is None or places > MOST_PLACES:
        return Mistaken(text="not-a-number-of-places", params={"most": MOST_PLACES}, var="places")
    until = None
    if answers["length"]:
        try:
            lasts_s = parse_duration(answers["length"])
        except ValueError:
            lasts_s = None
        if not lasts_s:
            return Mistaken(text="not-a-length", var="length")
        until = call.world.now() + lasts_s
    return Override(quota=Quota(answers["quota"]), places=places, until=until)


async def _change(call: Call, subject: Subject, quota: Quota, override: Override | None, reason: str) -> None:
    """Storage first, then memory; then whoever it is about is told."""
    overrides, memory, at = call.world.store.overrides, call.world.memory, call.world.now()
    if override is None:
        await overrides.end(subject.key, quota, at, reason=reason, by=call.account)
    else:
        await overrides.set(subject.key, override, at, reason=reason, by=call.account)
    if subject.room:
        memory.forget_room(subject.room)
        whom = call.world.performer.reach.managers_of(subject.room)
    else:
        account, person = holders.parse(subject.key)
        memory.forget(account)
        if person is not None:
            memory.forget_person(person)
        whom = await call.world.performer.reach.accounts(account, person)
    texts, reach = call.world.texts, call.world.performer.reach
    for jid in whom:
        named = texts.get(texts.pick((await memory.known(jid)).language), quota_name(quota))
        terms: dict[str, Param] = {"quota": named, "room": subject.room, "reason": reason}
        if override is None:
            await reach.tell(jid, "notice-override-ended", **terms)
        else:
            await reach.tell(jid, "notice-override", places=override.places, until=override.until, **terms)


def _summary(call: Call, subject: Subject, quota: Quota, override: Override | None, reason: str) -> str:
    named = {"name": subject.called, "quota": quota_text(call, quota), "reason": reason}
    if override is None:
        return call.say("override-ends", **named)
    return call.say("override-summary", **named, places=override.places, until=override.until)


COMMAND = Command(name="override", step=step, audience=Audience.MODERATORS)

"""`blacklist`: bar an account, a person or a room from everything, see who is barred, and lift it again."""

from dataclasses import dataclass

from component.commands.common import confirmation_form, is_confirmed, reason_field, reason_of, unconfirmed
from component.commands.targets import (
    Target,
    bare_address,
    find_room,
    find_target,
    is_own,
    is_protected,
    is_room,
    name_of,
)
from component.dialogue import Call, Command
from component.forms import Answers, Done, Field, FieldKind, Form, Mistaken, Option, Outcome, Refused, choice_field
from component.staff import Audience
from config.addresses import prepare_bare_jid
from policy.facts import Room, RoomStatus
from storage import codes

_LONGEST = 3071
_LONGEST_DEED = 3100


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Somebody or something that can be on the blacklist, and whether it is."""

    subject: str | int | Room  # an account, a person's number, or a room
    called: str  # as moderators know it
    is_barred: bool

    @property
    def kind(self) -> str:
        """What texts tell apart."""
        return {str: "account", int: "person"}.get(type(self.subject), "room")

    @property
    def deed(self) -> str:
        """What can be done about it; another one as soon as somebody has done it."""
        return f"{'lift' if self.is_barred else 'bar'}-{self.kind}"

    @property
    def value(self) -> str:
        """The deed as an answer."""
        return f"{self.deed}:{self.subject.jid if isinstance(self.subject, Room) else self.subject}"


async def step(call: Call) -> Outcome:
    """Whom or what; then what holds, and what to do about it; then what will happen; then it happens."""
    if not call.answers:
        return Form(
            title=call.say("command-blacklist"),
            instructions=call.say("blacklist-instructions"),
            fields=(Field(var="subject", label=call.say("field-barred"), is_required=True, longest=_LONGEST),),
        )
    entries = await _find(call, call.answers[0]["subject"])
    if isinstance(entries, (Mistaken, Refused)):
        return entries
    if len(call.answers) == 1:
        return _choice(call, entries)
    entry = next((entry for entry in entries if entry.value == call.answers[1]["deed"]), None)
    if entry is None:
        return Refused(text="blacklist-meanwhile")
    reason = reason_of(call.answers[1])
    if len(call.answers) == 2:  # noqa: PLR2004 - forms are counted
        summary = call.say("blacklist-summary", deed=entry.deed, name=entry.called, reason=reason)
        return confirmation_form(call, "blacklist", summary)
    return await _confirmed(call, entry, reason, call.answers[2])


async def _confirmed(call: Call, entry: Entry, reason: str, answers: Answers) -> Outcome:
    if not is_confirmed(answers):
        return unconfirmed()
    blacklisting, by = call.world.performer.blacklisting, call.account
    match entry.subject, entry.is_barred:
        case str() as account, False:
            await blacklisting.bar_account(account, by=by, reason=reason)
        case str() as account, True:
            await blacklisting.lift_account(account, by=by, reason=reason)
        case int() as number, False:
            await blacklisting.bar_person(number, by=by, reason=reason)
        case int() as number, True:
            await blacklisting.lift_person(number, by=by, reason=reason)
        case Room() as room, False:
            await blacklisting.bar_room(room, by=by, reason=reason)
        case Room() as room, True:
            await blacklisting.lift_room(room, by=by, reason=reason)
    return Done(note=call.say("blacklist-done", deed=entry.deed, name=entry.called))


def _choice(call: Call, entries: tuple[Entry, ...]) -> Form:
    states = [
        call.say("blacklist-state", kind=entry.kind, name=entry.called, state="on" if entry.is_barred else "off")
        for entry in entries
    ]
    return Form(
        title=call.say("command-blacklist"),
        instructions=call.say("blacklist-choose"),
        fields=(
            Field(var="state", kind=FieldKind.FIXED, value="\n".join(states)),
            choice_field(
                "deed",
                call.say("field-deed"),
                [
                    Option(value=entry.value, label=call.say("blacklist-deed", deed=entry.deed, name=entry.called))
                    for entry in entries
                ],
                longest=_LONGEST_DEED,
            ),
            reason_field(call),
        ),
    )


async def _find(call: Call, text: str) -> tuple[Entry, ...] | Mistaken | Refused:
    """All that can be barred of what is meant, the widest first."""
    if is_room(call, text):
        room = await _find_room(call, text)
        return (
            room
            if isinstance(room, Mistaken)
            else (Entry(subject=room, called=room.jid, is_barred=room.is_blacklisted),)
        )
    target = await find_target(call, text, "subject")
    if isinstance(target, Mistaken):
        return target
    if is_own(call, target):
        return Refused(text="blacklist-self")
    if is_protected(call, target):
        return Refused(text="blacklist-staff")
    return await _entries(call, target)


async def _entries(call: Call, target: Target) -> tuple[Entry, ...]:
    """The person, the account that was named, and whichever others are barred by themselves."""
    entries: list[Entry] = []
    if target.person is not None:
        person = target.person
        entries.append(Entry(subject=person.number, called=name_of(call, target), is_barred=person.is_blacklisted))
    named = None if target.account is None else target.account.jid
    for jid in target.accounts:
        account = (await call.world.memory.known(jid)).account
        if account.is_blacklisted or jid == named:
            entries.append(Entry(subject=jid, called=jid, is_barred=account.is_blacklisted))
    return tuple(entries)


async def _find_room(call: Call, text: str) -> Room | Mistaken:
    """The room meant; an address can be barred before there is a room."""
    found = await find_room(call, text, "subject")
    if codes.parse(text) is not None or isinstance(found, Room):
        return found
    return Room(jid=prepare_bare_jid(bare_address(text)), code="", status=RoomStatus.CLOSED)


COMMAND = Command(name="blacklist", step=step, audience=Audience.MODERATORS)

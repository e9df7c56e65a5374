"""`report`: anybody complains of a message, of somebody in a room, or of a room, and is told how it ends."""

from dataclasses import dataclass

from component.commands.targets import find_room
from component.dialogue import Call, Command
from component.forms import Answers, Done, Field, Form, Mistaken, Option, Outcome, Refused, choice_field
from component.managing import able_managers
from component.memory import Known
from component.staff import is_staff
from config.addresses import prepare_bare_jid
from policy.complaint import Grounds, Subject
from policy.facts import Room, RoomStatus
from policy.normalise import normalise, show
from storage import holders
from storage.reports import Draft

_LONGEST_WORDS = 1000
_LONGEST_QUOTE = 2000
_ROOM, _SUBJECT = 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Target:
    """Whom it is about, as far as that is known."""

    nick: str
    account: str = ""
    person: int | None = None
    accounts: tuple[str, ...] = ()

    @property
    def holder(self) -> str:
        """Theirs; "" when nobody is known by this name."""
        return holders.of(self.account, self.person) if self.account else ""


async def step(call: Call) -> Outcome:
    """Which room; what and on what grounds; the particulars."""
    known = await call.world.memory.known(call.account)
    if not call.answers:
        return Form(
            title=call.say("command-report"),
            instructions=call.say("report-instructions"),
            fields=(Field(var="room", label=call.say("field-room"), is_required=True, longest=3071),),
        )
    room = await find_room(call, call.answers[0]["room"])
    if isinstance(room, Mistaken):
        return room
    if room.status is RoomStatus.CLOSED:
        return Refused(text="deny-closed")
    if len(call.answers) == _ROOM:
        return _ask_subject(call, room)
    subject = Subject(call.answers[1]["subject"])
    if len(call.answers) == _SUBJECT:
        return _ask_particulars(call, subject)
    return await _file(call, known, room, subject)


def _ask_subject(call: Call, room: Room) -> Form:
    return Form(
        title=call.say("command-report"),
        instructions=call.say("report-subject", room=room.jid),
        fields=(
            _choice(call, "subject", [each.value for each in Subject]),
            _choice(call, "grounds", [each.value for each in Grounds]),
        ),
    )


def _choice(call: Call, var: str, values: list[str]) -> Field:
    return choice_field(
        var,
        call.say(f"field-report-{var}"),
        [Option(value=value, label=call.say(f"report-{var}-name", name=value)) for value in values],
    )


def _ask_particulars(call: Call, subject: Subject) -> Form:
    fields: list[Field] = []
    if subject is Subject.MESSAGE:
        fields += [
            Field(var="quote", label=call.say("field-report-quote"), longest=_LONGEST_QUOTE),
            Field(var="id", label=call.say("field-report-id")),
        ]
    if subject is not Subject.ROOM:
        label = call.say("field-report-who", subject=subject.value)
        fields.append(Field(var="who", label=label, is_required=subject is Subject.OCCUPANT, longest=3071))
    fields.append(Field(var="words", label=call.say("field-report-words"), longest=_LONGEST_WORDS))
    return Form(
        title=call.say("command-report"),
        instructions=call.say("report-particulars"),
        fields=tuple(fields),
        is_last=True,
    )


async def _file(call: Call, known: Known, room: Room, subject: Subject) -> Outcome:
    answers = call.answers[2]
    if subject is Subject.MESSAGE and not (answers["quote"] or answers["id"]):
        return Mistaken(text="report-which", var="quote")
    target = await _find(call, room, answers.get("who", ""))
    if call.account in target.accounts:
        return Refused(text="report-self")
    draft = Draft(
        holder=known.holder,
        account=call.account,
        room=room.jid,
        code=room.code,
        subject=subject,
        matter=_matter(subject, target, answers),
        about=(target.account, target.person) if target.account else None,
        evidence=_evidence(target, answers),
        grounds=Grounds(call.answers[1]["grounds"]),
        words=show(answers["words"]),
        managers=await _managers(call, room, subject, target),
    )
    filed = await call.world.performer.complaints.file(draft)
    if filed is None:
        return Refused(text="report-too-many", params={"most": call.world.settings.reports.per_person})
    if not filed.is_new:
        return Done(note=call.say("report-known", number=filed.number))
    return Done(
        title=call.say("command-report"),
        note=call.say("report-done", number=filed.number, by="moderators" if filed.due_at is None else "managers"),
    )


async def _find(call: Call, room: Room, who: str) -> _Target:
    """By the nickname in the room, also one that a manager wore when last seen, or by an address of somebody there."""
    memory, store = call.world.memory, call.world.store
    accounts = [each.jid.partition("/")[0] for each in memory.occupants(room.jid) if each.nick == who]
    accounts += [each.account for each in await store.attendance.managers(room.jid) if who and each.nick == who]
    if not accounts and "@" in who:
        try:
            accounts = [prepare_bare_jid(who)]
        except ValueError:
            return _Target(nick=who)
        (holder,) = await store.people.holders_of((accounts[0],))
        if not memory.occupancy.is_in(room.jid, accounts[0]) and not await memory.holds_place(holder, room.jid):
            return _Target(nick=who)
    if not accounts:
        return _Target(nick=who)
    person = (await memory.known(accounts[0])).person
    others = () if person is None else await store.people.accounts_of(person.number)
    return _Target(
        nick=who,
        account=accounts[0],
        person=None if person is None else person.number,
        accounts=(accounts[0], *others),
    )


def _matter(subject: Subject, target: _Target, answers: Answers) -> str:
    """What complaints about the same have in common."""
    if subject is Subject.MESSAGE and answers["id"]:
        return f"id {answers['id']}"
    whom = target.holder or f"nick {target.nick}"
    return f"{normalise(answers['quote']).text} {whom}" if subject is Subject.MESSAGE else whom


def _evidence(target: _Target, answers: Answers) -> str:
    """What others saw of it, as whoever complains says; the room has no memory that we could ask."""
    lines = [show(answers.get("quote", "")), f"stanza-id {show(answers['id'])}" if answers.get("id") else ""]
    if target.nick:
        lines.insert(0, f"<{show(target.nick)}>")
    return "\n".join(line for line in lines if line)


async def _managers(call: Call, room: Room, subject: Subject, target: _Target) -> tuple[str, ...]:
    """Whose it is to handle first: nobody's but moderators' where it is about managers, or comes from one."""
    manages = call.world.memory.affiliations.manages
    if subject is Subject.ROOM or manages(call.account, room.jid):
        return ()
    if any(manages(each, room.jid) or is_staff(each, call.world.settings.staff) for each in target.accounts):
        return ()
    return await able_managers(call.world, room.jid)


COMMAND = Command(name="report", step=step, is_for_rooms=True, is_for_visitors=True)

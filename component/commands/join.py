"""`join`: ask to be let into a room: answer its question, or apply to its managers. The join itself is the client's."""

from uuid import uuid4

from component.commands.targets import find_room
from component.dialogue import Call, Command
from component.entrance import come_to_door, is_shut
from component.forms import Done, Field, Form, Mistaken, Outcome, Refused
from policy.engine import decide
from policy.facts import Facts, Kind, Room, RoomStatus, Surface, Text
from policy.grading import join_mode_of, lets_in
from policy.joining import Filing, JoinMode
from policy.rules.join_mode import NAME
from policy.verdict import Decision, Reason

_LONGEST = 500
_TRIED_AGAIN = "deny-join-wrong"


async def step(call: Call) -> Outcome:
    """Which room, then what it asks of strangers."""
    if not call.answers:
        return Form(
            title=call.say("command-join"),
            instructions=call.say("join-instructions"),
            fields=(Field(var="room", label=call.say("field-room"), is_required=True, longest=3071),),
        )
    room = await find_room(call, call.answers[0]["room"])
    if isinstance(room, Mistaken):
        return room
    if room.status is RoomStatus.CLOSED and not room.is_blacklisted:
        return Refused(text="deny-closed")
    return await _look(call, room) if len(call.answers) == 1 else await _ask(call, room, call.answers[1]["words"])


async def _facts(call: Call, room: Room, words: str | None) -> tuple[Facts, bool]:
    """Facts of somebody who asks, and whether there is anything to ask for."""
    known = await call.world.memory.known(call.account)
    facts = Facts(
        at=call.world.now(),
        kind=Kind.APPLY,
        account=known.account,
        person=known.person,
        room_jid=room.jid,
        room=room,
        texts=(Text(surface=Surface.REASON, value=words),) if words else (),
    )
    facts = await come_to_door(call.world, facts, known.holder, words)
    is_free = facts.is_member or not is_shut(call.world, room)
    admitted_by = None if facts.entrance is None else facts.entrance.admitted_by
    return facts, not is_free and not lets_in(admitted_by, room, facts.at)


async def _look(call: Call, room: Room) -> Outcome:
    facts, must_ask = await _facts(call, room, None)
    verdict = decide(facts, call.world.policy)
    mode = join_mode_of(room, call.world.settings, facts.at)
    others = [reason for reason in verdict.reasons if reason.rule != NAME or mode is JoinMode.INVITE]
    if others:
        return _refused(others[0])
    if not must_ask:
        return _free(call, room)
    if facts.entrance and facts.entrance.waiting_since is not None:
        return Done(note=call.say("join-waiting", room=room.jid, since=facts.entrance.waiting_since))
    if mode is JoinMode.QUESTION and room.joining is not None:
        asked = Field(var="words", label=room.joining.question, is_required=True, longest=_LONGEST)
        about = "join-question"
    else:
        asked = Field(var="words", label=call.say("field-why"), longest=_LONGEST)
        about = "join-approval"
    return Form(
        title=call.say("command-join"), instructions=call.say(about, room=room.jid), fields=(asked,), is_last=True
    )


async def _ask(call: Call, room: Room, words: str) -> Outcome:
    """Take it to policy as a join would be; what it promises is committed before the answer."""
    performer = call.world.performer
    facts, must_ask = await _facts(call, room, words or None)
    verdict = decide(facts, call.world.policy)
    call.world.meter.rules.met(verdict, facts.at)
    performer.note_hits(facts, verdict)
    recorded = await performer.record(str(uuid4()), facts, verdict)
    if recorded.verdict.decision is Decision.ALLOW:
        await performer.act(recorded)
        return _admitted(call, room) if must_ask else _free(call, room)
    reason = recorded.verdict.reasons[0]
    if recorded.filing is Filing.FILED:
        return Done(title=call.say("command-join"), note=call.say("join-filed", room=room.jid))
    performer.note_denial(facts, recorded.verdict)
    await performer.act(recorded)
    if reason.text == _TRIED_AGAIN:
        return Mistaken(text=reason.text, params=dict(reason.params), var="words")
    return _refused(reason)


def _refused(reason: Reason) -> Refused:
    return Refused(text=reason.text, params=dict(reason.params))


def _free(call: Call, room: Room) -> Done:
    return Done(title=call.say("command-join"), note=call.say("join-free", room=room.jid))


def _admitted(call: Call, room: Room) -> Done:
    until = call.world.now() + call.world.settings.joining.admission
    return Done(title=call.say("command-join"), note=call.say("join-admitted", room=room.jid, until=until))


COMMAND = Command(name="join", step=step)

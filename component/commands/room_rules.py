"""`room-rules`: rules that a room's owners and admins set for their own room; moderators see them and take them away.

The room is found anew at every step, by its code: it may close meanwhile, and whoever began may manage it no longer.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from component import own_rules
from component.commands.common import fact, reason_field, reason_of, sanction_line
from component.commands.room_rule_checks import find_fault, judge_name, said
from component.commands.room_rule_form import make_form, read_rule
from component.commands.targets import find_room
from component.dialogue import Call, Command
from component.forms import Done, Field, FieldKind, Form, Mistaken, Option, Outcome, Refused, choice_field
from component.managing import manages
from component.staff import Audience
from policy.facts import Room, RoomStatus
from policy.grading import managers_of
from policy.room_rule import OWN, RoomMatcher, RoomRule
from storage.discipline import SanctionRecord
from storage.rooms import RulesDeed

_MOST_LISTED = 50
_LONGEST_TRIED = 2000
_LOOK, _ADD, _CHANGE, _REMOVE, _TRY, _LIFT = "look", "add", "change", "remove", "try", "lift"
_RIGHTS, _DEED, _CHOICE, _RULE = 1, 2, 3, 4
"""How many forms were answered when it is to be said: which room, what to do, with which rule, and how it reads."""


async def step(call: Call) -> Outcome:
    """Which room, what to do, and the steps of that."""
    if not call.answers:
        return await _ask_room(call)
    room = await _room(call)
    if not isinstance(room, Room):
        return room
    if len(call.answers) == _RIGHTS:
        return await _overview(call, room)
    deed = call.answers[1]["deed"]
    if deed == _LOOK:
        return _done(call, room, "room-rules-looked")
    if deed in {_ADD, _CHANGE, _LIFT} and not _manages(call, room):
        return Refused(text="room-rules-not-yours")
    return await _STEPS[deed](call, room)


def _manages(call: Call, room: Room) -> bool:
    return manages(call.world, call.account, room.jid)


# which room


async def _ask_room(call: Call) -> Form | Done:
    rooms = [await call.world.memory.room(jid) for jid in _managed(call)[:_MOST_LISTED]]
    options = tuple(
        Option(value=room.jid, label=call.say("room-option", room=room.jid, code=room.code))
        for room in rooms
        if room is not None and room.status is not RoomStatus.CLOSED
    )
    is_moderator = call.world.may(call.account, Audience.MODERATORS)
    if not options and not is_moderator:
        return Done(note=call.say("room-rules-none"))
    asked = Field(var="room", label=call.say("field-room"), is_required=True, longest=3071)
    if not is_moderator and len(_managed(call)) <= _MOST_LISTED:
        asked = replace(asked, kind=FieldKind.LIST, value=options[0].value, options=options)
    return Form(title=call.say("command-room-rules"), instructions=call.say("room-rules-instructions"), fields=(asked,))


def _managed(call: Call) -> tuple[str, ...]:
    return call.world.memory.affiliations.managed_by(call.account)


async def _room(call: Call) -> Room | Mistaken | Refused:
    """The room of this dialogue, if it is still open and the caller's to work on."""
    if len(call.answers) == _RIGHTS:
        found = await find_room(call, call.answers[0]["room"])
    else:
        by_code = await call.world.store.rooms.by_code(call.answers[1]["code"])
        found = by_code or Mistaken(text="no-such-room", params={"room": call.answers[0]["room"]})
    if isinstance(found, Mistaken):
        return found
    if found.status is RoomStatus.CLOSED:
        return Refused(text="room-rules-closed")
    if not _manages(call, found) and not call.world.may(call.account, Audience.MODERATORS):
        return Refused(text="room-rules-not-yours")
    return found


# what to do


async def _overview(call: Call, room: Room) -> Form:
    deeds = [_LOOK]
    allowed = managers_of(room, call.world.settings)
    if _manages(call, room):
        deeds += [_ADD] if allowed.matchers and len(room.rules) < allowed.rules else []
        deeds += [_CHANGE] if room.rules else []
    deeds += [_REMOVE, _TRY] if room.rules else []
    if _manages(call, room) and await _mutes(call, room):
        deeds.append(_LIFT)
    lines = own_rules.lines(call, room, is_whole=True)
    return Form(
        title=call.say("command-room-rules"),
        instructions=call.say("room-rules-overview", room=room.jid, count=len(room.rules), most=allowed.rules),
        fields=(
            Field(var="code", kind=FieldKind.HIDDEN, value=room.code),
            Field(var="version", kind=FieldKind.HIDDEN, value=str(room.rules_version)),
            Field(var="rules", kind=FieldKind.FIXED, value="\n".join(lines)),
            choice_field(
                "deed",
                call.say("field-deed"),
                [Option(value=deed, label=call.say("room-rules-deed", deed=deed)) for deed in deeds],
                value=_LOOK,
            ),
        ),
    )


def _done(call: Call, room: Room, note: str, **params: str) -> Done:
    return Done(
        title=call.say("command-room-rules"),
        note=call.say(note, room=room.jid, **params),
        facts=(fact(call, "own-rules", own_rules.lines(call, room, is_whole=True)),),
    )


# one rule


def _ask_which(call: Call, options: Sequence[Option], label: str, *more: Field, is_last: bool = False) -> Form:
    chosen = choice_field("which", call.say(label), options, longest=3071)
    return Form(
        title=call.say("command-room-rules"),
        instructions=call.say("room-rules-choose"),
        fields=(chosen, *more),
        is_last=is_last,
    )


def _names(room: Room) -> list[Option]:
    return [Option(value=rule.name, label=rule.name) for rule in room.rules]


async def _add(call: Call, room: Room) -> Outcome:
    allowed = managers_of(room, call.world.settings)
    if len(call.answers) == _DEED:
        matchers = [
            Option(value=matcher, label=call.say("own-rule-matcher", matcher=matcher)) for matcher in allowed.matchers
        ]
        return _ask_which(call, matchers, "field-matcher") if matchers else Refused(text="room-rules-not-allowed")
    matcher = RoomMatcher(call.answers[2]["which"])
    if len(call.answers) == _CHOICE:
        return make_form(call, matcher, allowed, None)
    rule = read_rule(call, matcher, allowed, call.answers[3], None)
    if isinstance(rule, Mistaken):
        return rule
    if any(other.name == rule.name for other in room.rules):
        return Mistaken(text="rule-name-taken", params={"rule": rule.name}, var="name")
    return await _set(call, room, (*room.rules, rule), rule, "room-rule-added")


async def _change(call: Call, room: Room) -> Outcome:
    if len(call.answers) == _DEED:
        return _ask_which(call, _names(room), "field-own-rule") if room.rules else Refused(text="room-rules-meanwhile")
    old = _named(room, call.answers[2]["which"])
    if old is None:
        return Refused(text="room-rules-meanwhile")
    allowed = managers_of(room, call.world.settings)
    if len(call.answers) == _CHOICE:
        return make_form(call, old.matcher, allowed, old)
    rule = read_rule(call, old.matcher, allowed, call.answers[3], old)
    if isinstance(rule, Mistaken):
        return rule
    rules = tuple(rule if other is old else other for other in room.rules)
    return await _set(call, room, rules, rule, "room-rule-changed")


async def _remove(call: Call, room: Room) -> Outcome:
    if len(call.answers) == _DEED:
        more = () if _manages(call, room) else (reason_field(call),)
        if not room.rules:
            return Refused(text="room-rules-meanwhile")
        return _ask_which(call, _names(room), "field-own-rule", *more, is_last=True)
    answers = call.answers[2]
    old = _named(room, answers["which"])
    if old is None or _is_stale(call, room):
        return Refused(text="room-rules-meanwhile")
    rules = tuple(other for other in room.rules if other is not old)
    reason = reason_of(answers) if "reason" in answers else ""
    return await _commit(call, room, rules, RulesDeed(deed="room-rule-removed", rule=old.name, reason=reason))


def _named(room: Room, name: str) -> RoomRule | None:
    return next((rule for rule in room.rules if rule.name == name), None)


def _is_stale(call: Call, room: Room) -> bool:
    """Whether somebody changed the rules since they were shown."""
    return call.answers[1]["version"] != str(room.rules_version)


async def _set(call: Call, room: Room, rules: tuple[RoomRule, ...], rule: RoomRule, deed: str) -> Outcome:
    """Have a rule that was written down hold, unless it cannot."""
    if _is_stale(call, room):
        return Refused(text="room-rules-meanwhile")
    refusal = await judge_name(call, room, rule)
    refusal = refusal or await asyncio.to_thread(find_fault, call, room, rules, rule)
    if refusal is not None:
        return refusal
    return await _commit(call, room, rules, RulesDeed(deed=deed, rule=rule.name))


async def _commit(call: Call, room: Room, rules: Sequence[RoomRule], deed: RulesDeed) -> Outcome:
    if not await own_rules.change(call, room, rules, deed):
        return Refused(text="room-rules-meanwhile")
    changed = replace(room, rules=tuple(rules), rules_version=room.rules_version + 1)
    return _done(call, changed, deed.deed, rule=deed.rule)


# trying, lifting


async def _try(call: Call, room: Room) -> Outcome:
    if len(call.answers) == _DEED:
        field = Field(var="text", label=call.say("field-try"), is_required=True, longest=_LONGEST_TRIED)
        return Form(
            title=call.say("command-room-rules"),
            instructions=call.say("room-rules-try"),
            fields=(field,),
            is_last=True,
        )
    hits = own_rules.compiled(call, room).examine(said(call, room, call.answers[2]["text"])).hits
    found: list[str] = []
    for hit in hits:
        shown = next((match.text.value[match.start : match.end] for match in hit.matches if match.text), None)
        name = hit.rule.name.removeprefix(OWN)
        found.append(call.say("room-rules-hit", rule=name, action=hit.rule.action, item=shown))
    return Done(
        title=call.say("command-room-rules"),
        note=call.say("room-rules-tried", count=len(hits)),
        facts=(fact(call, "hits", found),),
    )


async def _lift(call: Call, room: Room) -> Outcome:
    mutes = await _mutes(call, room)
    if len(call.answers) == _DEED:
        if not mutes:
            return Refused(text="room-rules-no-mutes")
        options = [
            Option(
                value=str(record.sanction.number), label=f"{record.account} · {sanction_line(call, record.sanction)}"
            )
            for record in mutes
        ]
        return _ask_which(call, options, "field-sanction", reason_field(call), is_last=True)
    number = int(call.answers[2]["which"])
    if all(record.sanction.number != number for record in mutes):
        return Refused(text="room-rules-no-mutes")
    await call.world.performer.sanctions.lift(number, by=call.account, reason=reason_of(call.answers[2]))
    return Done(note=call.say("room-rules-lifted", number=number))


async def _mutes(call: Call, room: Room) -> list[SanctionRecord]:
    """Mutes in force that the room's own rules imposed, except on the caller."""
    person = (await call.world.memory.known(call.account)).person
    number = None if person is None else person.number
    records = await call.world.store.discipline.own_sanctions(room.jid, call.world.now(), limit=_MOST_LISTED)
    return [
        record for record in records if record.account != call.account and (number is None or record.person != number)
    ]


_STEPS: dict[str, Callable[[Call, Room], Awaitable[Outcome]]] = {
    _ADD: _add,
    _CHANGE: _change,
    _REMOVE: _remove,
    _TRY: _try,
    _LIFT: _lift,
}

COMMAND = Command(name="room-rules", step=step, audience=Audience.MANAGERS, is_for_rooms=True)

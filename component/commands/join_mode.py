"""`join-mode`: how strangers come into a room, as its owners and admins choose within what its category allows."""

from component.commands.managed import ask_room, find_managed, judge_words
from component.dialogue import Call, Command
from component.entrance import digest, new_salt
from component.forms import Done, Field, Form, Mistaken, Option, Outcome, Refused, choice_field
from component.staff import Audience
from policy.facts import Room, Surface, Text
from policy.grading import category_of, join_mode_of
from policy.joining import Joining, JoinMode, normal_answer
from policy.verdict import Decision

_LONGEST = 300
_MOST_ANSWERS = 20
_ROOM, _MODE = 1, 2


async def step(call: Call) -> Outcome:
    """Which room, which mode, and for a question: it, and the answers to it."""
    if not call.answers:
        return await ask_room(call, "command-join-mode")
    room = await find_managed(call)
    if isinstance(room, Refused):
        return room
    if len(call.answers) == _ROOM:
        return _ask_mode(call, room)
    mode = JoinMode(call.answers[1]["mode"])
    if mode.value not in _allowed(call, room):
        return Refused(text="join-mode-not-allowed")
    if mode is not JoinMode.QUESTION:
        return await _set(call, room, Joining(mode=mode))
    return _ask_question(call, room) if len(call.answers) == _MODE else await _question(call, room)


def _allowed(call: Call, room: Room) -> tuple[str, ...]:
    settings = call.world.settings
    return settings.categories[category_of(room, settings)].join_modes


def _ask_mode(call: Call, room: Room) -> Form:
    now = join_mode_of(room, call.world.settings, call.world.now())
    allowed = _allowed(call, room)
    return Form(
        title=call.say("command-join-mode"),
        instructions=call.say(
            "join-mode-now",
            room=room.jid,
            mode=now.value,
            question=room.joining.question if room.joining and now is JoinMode.QUESTION else None,
            until=room.approval_until if room.approval_until and room.approval_until > call.world.now() else None,
        ),
        fields=(
            choice_field(
                "mode",
                call.say("field-join-mode"),
                [Option(value=mode, label=call.say("join-mode-option", mode=mode)) for mode in allowed],
                value=now.value if now.value in allowed else allowed[0],
            ),
        ),
    )


def _ask_question(call: Call, room: Room) -> Form:
    return Form(
        title=call.say("command-join-mode"),
        instructions=call.say("join-mode-question", most=_MOST_ANSWERS),
        fields=(
            Field(
                var="question",
                label=call.say("field-question"),
                is_required=True,
                value=room.joining.question if room.joining else "",
                longest=_LONGEST,
            ),
            Field(var="answers", label=call.say("field-answers"), is_required=True, longest=_LONGEST * 3),
        ),
        is_last=True,
    )


async def _question(call: Call, room: Room) -> Outcome:
    given = call.answers[2]
    separators = str.maketrans("；;|/\n", ";;;;;")
    answers = tuple(filter(normal_answer, given["answers"].translate(separators).split(";")))
    if not answers or len(answers) > _MOST_ANSWERS:
        return Mistaken(text="join-mode-answers", params={"most": _MOST_ANSWERS}, var="answers")
    if await _is_refused(call, room, given["question"]):
        return Mistaken(text="join-mode-refused", var="question")
    salt = new_salt()
    digests = tuple(sorted(set(await digest(answers, salt))))
    return await _set(
        call, room, Joining(mode=JoinMode.QUESTION, question=given["question"], salt=salt, answers=digests)
    )


async def _is_refused(call: Call, room: Room, question: str) -> bool:
    """Whether rules of moderation would not let its managers put the question before others."""
    text = Text(surface=Surface.ROOM_DESCRIPTION, value=question)
    return (await judge_words(call, room, text)).decision is Decision.DENY


async def _set(call: Call, room: Room, joining: Joining) -> Outcome:
    world = call.world
    if not await world.store.entrances.set_joining(room, joining, world.now(), by=call.account):
        return Refused(text="room-rules-meanwhile")
    world.memory.forget_room(room.jid)
    world.performer.outdate_descriptions(room.jid)
    return Done(
        title=call.say("command-join-mode"), note=call.say("join-mode-done", room=room.jid, mode=joining.mode.value)
    )


COMMAND = Command(name="join-mode", step=step, audience=Audience.MANAGERS, is_for_rooms=True)

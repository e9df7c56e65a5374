"""`applicants`: owners and admins of a room see who wants to come in, and approve or refuse, several at once."""

import re

from component.commands.common import fact
from component.commands.managed import ask_room, find_managed
from component.dialogue import Call, Command
from component.forms import Done, Field, FieldKind, Form, Mistaken, Option, Outcome, Refused, choice_field
from component.staff import Audience
from policy.facts import Room
from storage.entrances import Application, Verdict

_MOST_SHOWN = 20
_LONGEST_REASON = 300
_ALL = frozenset(("all", "*", "全部", "所有", "都"))
_ROOM = 1


async def step(call: Call) -> Outcome:
    """Which room, then whom to let in."""
    if not call.answers:
        return await ask_room(call, "command-applicants")
    room = await find_managed(call)
    if isinstance(room, Refused):
        return room
    return await _list(call, room) if len(call.answers) == _ROOM else await _decide(call, room)


async def _list(call: Call, room: Room) -> Form | Done:
    waiting = await call.world.store.entrances.waiting_for(room.jid, call.world.now(), limit=_MOST_SHOWN)
    if not waiting:
        return Done(note=call.say("applicants-none", room=room.jid))
    return Form(
        title=call.say("command-applicants"),
        instructions=call.say("applicants-instructions", room=room.jid),
        fields=(
            Field(var="shown", kind=FieldKind.HIDDEN, value=" ".join(str(each.number) for each in waiting)),
            Field(var="list", kind=FieldKind.FIXED, value="\n".join(_line(call, each) for each in waiting)),
            Field(var="which", label=call.say("field-applicants"), is_required=True, value=str(waiting[0].number)),
            choice_field(
                "decision",
                call.say("field-deed"),
                [
                    Option(value=decision, label=call.say("applicants-deed", deed=decision))
                    for decision in ("approve", "refuse")
                ],
                value="approve",
            ),
            Field(var="reason", label=call.say("field-applicants-reason"), longest=_LONGEST_REASON),
        ),
        is_last=True,
    )


def _line(call: Call, application: Application) -> str:
    return call.say(
        "applicant-line",
        number=application.number,
        account=application.account,
        since=application.at,
        words=" ".join(application.words.split()) or None,
    )


async def _decide(call: Call, room: Room) -> Outcome:
    answers = call.answers[1]
    shown = [int(number) for number in answers["shown"].split()]
    numbers = _read(answers["which"], shown)
    if numbers is None:
        return Mistaken(text="applicants-which", var="which")
    is_approval = answers["decision"] == "approve"
    if not is_approval and not answers["reason"]:
        return Mistaken(text="applicants-why", var="reason")
    verdict = Verdict(
        is_approval=is_approval,
        by=call.account,
        reason=answers["reason"].rstrip(".。 "),
        admission_s=call.world.settings.joining.admission,
    )
    decided = await call.world.store.entrances.decide(room.jid, numbers, verdict, call.world.now())
    call.world.doorbell.set()
    missed = [number for number in numbers if number not in decided]
    return Done(
        title=call.say("command-applicants"),
        note=call.say("applicants-done", deed=answers["decision"], count=len(decided)),
        facts=(fact(call, "missed", [", ".join(map(str, missed))]),) if missed else (),
    )


def _read(which: str, shown: list[int]) -> list[int] | None:
    """The applications meant, each once; None when one is named that was not shown."""
    if which.strip().casefold() in _ALL:
        return shown
    named = [part for part in re.split(r"[\s,，、;；#]+", which) if part]
    by_name = {str(number): number for number in shown}
    if not named or any(name not in by_name for name in named):
        return None
    return list(dict.fromkeys(by_name[name] for name in named))


COMMAND = Command(name="applicants", step=step, audience=Audience.MANAGERS, is_for_rooms=True)

"""`adjust-credit`: add an entry to somebody's credit ledger."""

import re
from dataclasses import dataclass

from component.commands.common import confirmation_form, is_confirmed, reason_field, reason_of, unconfirmed
from component.commands.targets import Target, find_target, is_own, name_of
from component.dialogue import Call, Command
from component.forms import Answers, Done, Field, Form, Mistaken, Outcome, Refused
from component.staff import Audience
from config.durations import format_duration, parse_duration

_MOST = 100
_DELTA = re.compile(r"[+-]?[0-9]{1,3}")
_SIGNS = str.maketrans("−－＋", "--+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A change of credit, understood."""

    target: Target
    person: int
    score: int  # before
    delta: int
    expires_s: float | None
    cause: str


async def step(call: Call) -> Outcome:
    """Whose, by how much, why and for how long; then what will happen; then it happens."""
    if not call.answers:
        return _form(call)
    entry = await _read(call, call.answers[0])
    if isinstance(entry, (Mistaken, Refused)):
        return entry
    if len(call.answers) == 1:
        return confirmation_form(call, "adjust-credit", _summary(call, entry))
    if not is_confirmed(call.answers[1]):
        return unconfirmed()
    score = await call.world.performer.adjust_credit(
        entry.person, entry.delta, entry.cause, by=call.account, expires_s=entry.expires_s
    )
    return Done(note=call.say("credit-done", name=name_of(call, entry.target), score=score))


def _form(call: Call) -> Form:
    recovery = format_duration(call.world.settings.credit.recovery)
    return Form(
        title=call.say("command-adjust-credit"),
        instructions=call.say("credit-instructions"),
        fields=(
            Field(var="target", label=call.say("field-target"), is_required=True),
            Field(var="delta", label=call.say("field-delta"), is_required=True, longest=5),
            Field(var="expiry", label=call.say("field-expiry"), value=recovery),
            reason_field(call),
        ),
    )


async def _read(call: Call, answers: Answers) -> Entry | Mistaken | Refused:
    target = await find_target(call, answers["target"])
    if isinstance(target, Mistaken):
        return target
    if is_own(call, target):
        return Refused(text="credit-self")
    if target.person is None:
        return Mistaken(text="credit-no-person", params={"name": name_of(call, target)}, var="target")
    delta = _delta(answers["delta"])
    if delta is None:
        return Mistaken(text="not-a-delta", params={"most": _MOST}, var="delta")
    expires_s = None
    if answers["expiry"]:
        try:
            expires_s = parse_duration(answers["expiry"])
        except ValueError:
            return Mistaken(text="not-a-length", var="expiry")
    return Entry(
        target=target,
        person=target.person.number,
        score=target.person.score,
        delta=delta,
        expires_s=expires_s or None,
        cause=reason_of(answers),
    )


def _delta(text: str) -> int | None:
    """A change by at most 100 either way and not by 0; a typographic minus counts."""
    plain = text.translate(_SIGNS)
    if not _DELTA.fullmatch(plain):
        return None
    delta = int(plain)
    return delta if 0 < abs(delta) <= _MOST else None


def _summary(call: Call, entry: Entry) -> str:
    length = None if entry.expires_s is None else call.world.texts.duration(call.language, entry.expires_s)
    return call.say(
        "credit-summary",
        name=name_of(call, entry.target),
        delta=f"{entry.delta:+d}",
        score=entry.score,
        after=min(100, max(0, entry.score + entry.delta)),
        length=length,
        reason=entry.cause,
    )


COMMAND = Command(name="adjust-credit", step=step, audience=Audience.MODERATORS)

"""Sanctions in force: a mute or a suspension silences, a ban shuts out, in one room or everywhere."""

import math
from collections.abc import Iterable

from policy.facts import SILENCING, Account, Facts, Kind, Person, Sanction, SanctionKind
from policy.rule import EVERY, Opinion, Rule, Source, denial
from policy.speech import is_speech
from policy.verdict import Condition

NAME = "sanctions"
_SHUTTING_OUT = frozenset((SanctionKind.BAN,))


def make(_source: Source) -> Rule:
    """Needs no setting: a sanction is a fact."""

    def judge(facts: Facts) -> Opinion | None:
        person = facts.person
        if not facts.account.sanctions and (person is None or not person.sanctions):
            return None
        ban = ban_of(facts.account, person, facts.room_jid, facts.at)
        if ban is not None:
            return _denial("deny-banned", ban)
        silence = _longest(in_force(facts.account, person, facts.room_jid, facts.at), SILENCING)
        if silence is not None and is_speech(facts):
            return _denial("deny-muted" if silence.kind is SanctionKind.MUTE else "deny-posting-suspended", silence)
        return None

    return Rule(name=NAME, kinds=EVERY - {Kind.QUERY}, judge=judge)


def ban_of(account: Account, person: Person | None, room: str, at: float) -> Sanction | None:
    """The longest ban that keeps them out of this room now."""
    return _longest(in_force(account, person, room, at), _SHUTTING_OUT)


def in_force(account: Account, person: Person | None, room: str, at: float) -> tuple[Sanction, ...]:
    """Sanctions of the account and of the person behind it that hold in this room now."""
    return tuple(
        sanction
        for sanction in account.sanctions + (() if person is None else person.sanctions)
        if (sanction.room is None or sanction.room == room) and (sanction.until is None or sanction.until > at)
    )


def _longest(sanctions: Iterable[Sanction], kinds: frozenset[SanctionKind]) -> Sanction | None:
    return max((sanction for sanction in sanctions if sanction.kind in kinds), key=_length, default=None)


def _length(sanction: Sanction) -> tuple[float, int]:
    return math.inf if sanction.until is None else sanction.until, sanction.number


def refusal(rule: str, text: str, held: Iterable[Sanction], kind: SanctionKind) -> Opinion | None:
    """The opinion of another rule that rests on one kind of sanction."""
    longest = _longest(held, frozenset((kind,)))
    return None if longest is None else _denial(text, longest, rule)


def _denial(text: str, sanction: Sanction, rule: str = NAME) -> Opinion:
    """`until` is in Unix seconds, 0 for without end."""
    return denial(rule, Condition.FORBIDDEN, text, until=sanction.until or 0, reason=sanction.reason)

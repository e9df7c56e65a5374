"""Many rules' actions made one list, the same whatever order they came in."""

import math
from collections.abc import Callable, Iterable
from typing import TypeVar

from policy.actions import Action, AdjustCredit, Note, OpenCase, Punish, Strike, TakePlace
from policy.facts import SanctionKind
from policy.room_rule import is_own
from policy.verdict import Decision

_ORDER = {kind: rank for rank, kind in enumerate((TakePlace, Punish, Strike, AdjustCredit, OpenCase, Note))}
_GRAVITY = {SanctionKind.MUTE: 0, SanctionKind.KICK: 1, SanctionKind.BAN: 2}

A = TypeVar("A")


def merge(actions: Iterable[Action], decision: Decision) -> tuple[Action, ...]:
    """Sorted, without duplicates; a place only for what is allowed; one strike and one sanction a scope.

    Of several sanctions on the same account in the same scope the gravest stays, of several strikes the one whose
    rule's name comes first: one stanza is one deed, however many rules it breaks. What a room's own rule imposes stands
    beside what the platform does: its managers can lift the one, and must not lift the other by it.
    """
    places: list[Action] = []
    strikes: list[Strike] = []
    sanctions: list[Punish] = []
    others: list[Action] = []
    for action in set(actions):
        match action:
            case TakePlace():
                places.append(action)
            case Strike():
                strikes.append(action)
            case Punish():
                sanctions.append(action)
            case _:
                others.append(action)
    if decision is Decision.ALLOW:
        others += places
    strikes = _best(strikes, by=lambda s: (s.account, s.person, s.room), key=lambda s: (s.rule, repr(s)))
    sanctions = _best(sanctions, by=lambda p: (p.account, p.person, p.room, is_own(p.rule)), key=_mildness)
    return tuple(sorted([*others, *strikes, *sanctions], key=lambda action: (_ORDER[type(action)], repr(action))))


def _mildness(punish: Punish) -> tuple[int, float, str, str]:
    lasts_s = math.inf if punish.lasts_s is None else punish.lasts_s
    return -_GRAVITY[punish.kind], -lasts_s, punish.rule, repr(punish)


def _best(actions: Iterable[A], *, by: Callable[[A], object], key: Callable[[A], tuple[object, ...]]) -> list[A]:
    """The first by `key` of each group."""
    groups: dict[object, list[A]] = {}
    for action in actions:
        groups.setdefault(by(action), []).append(action)
    return [min(group, key=key) for group in groups.values()]

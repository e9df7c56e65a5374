"""Many rules' actions made one list, the same whatever order they came in."""

import math
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from policy.actions import (
    Action,
    AdjustCredit,
    Admit,
    Apply,
    Correct,
    Hold,
    Note,
    OfferForm,
    OpenCase,
    Punish,
    Retract,
    Strike,
    TakePlace,
)
from policy.facts import SanctionKind
from policy.room_rule import is_own
from policy.verdict import Decision

_ORDER = {
    kind: rank
    for rank, kind in enumerate(
        (TakePlace, Admit, Apply, Punish, Strike, AdjustCredit, OpenCase, Hold, Retract, Note, Correct, OfferForm)
    )
}
_GRAVITY = {kind: rank for rank, kind in enumerate(SanctionKind)}  # listed from the mildest to the gravest

A = TypeVar("A")


def merge(actions: Iterable[Action], decision: Decision) -> tuple[Action, ...]:
    """Sorted, without duplicates; what lets in only for what is allowed, a hold for what is denied for nothing else.

    Of several sanctions on the same account in the same scope the gravest stays, of several strikes the one whose
    rule's name comes first: one stanza is one deed, however many rules it breaks. What a room's own rule imposes stands
    beside what the platform does: its managers can lift the one, and must not lift the other by it. One yes of a
    moderator ends the holds of all rules, and of what is taken back the longer stretch is.
    """
    places: list[Action] = []
    strikes: list[Strike] = []
    sanctions: list[Punish] = []
    holds: list[Hold] = []
    retractions: list[Retract] = []
    others: list[Action] = []
    for action in set(actions):
        match action:
            case TakePlace() | Admit() | Correct() | OfferForm():
                places.append(action)
            case Strike():
                strikes.append(action)
            case Punish():
                sanctions.append(action)
            case Hold():
                holds.append(action)
            case Retract():
                retractions.append(action)
            case _:
                others.append(action)
    if decision is Decision.ALLOW:
        others += places
    elif decision is Decision.HOLD and holds:
        others.append(_join(holds))
    retractions = _best(retractions, by=lambda r: (r.account, r.room), key=lambda r: (-r.back_s, r.rule, repr(r)))
    strikes = _best(strikes, by=lambda s: (s.account, s.person, s.room), key=lambda s: (s.rule, repr(s)))
    sanctions = _best(sanctions, by=lambda p: (p.account, p.person, p.room, is_own(p.rule)), key=_mildness)
    return tuple(
        sorted([*others, *strikes, *sanctions, *retractions], key=lambda action: (_ORDER[type(action)], repr(action)))
    )


def _join(holds: Iterable[Hold]) -> Hold:
    """All of them as one: what one rule calls for, a refusal leads to."""
    first, *others = sorted(holds, key=repr)
    for hold in others:
        expiries = [each.strike_expires_s for each in (first, hold) if each.strike_expires_s is not None]
        first = replace(
            first,
            rules=tuple(sorted({*first.rules, *hold.rules})),
            strike_expires_s=max(expiries, default=None),
            deduct=max(first.deduct, hold.deduct),
        )
    return first


def _mildness(punish: Punish) -> tuple[int, float, str, str]:
    lasts_s = math.inf if punish.lasts_s is None else punish.lasts_s
    return -_GRAVITY[punish.kind], -lasts_s, punish.rule, repr(punish)


def _best(actions: Iterable[A], *, by: Callable[[A], object], key: Callable[[A], tuple[object, ...]]) -> list[A]:
    """The first by `key` of each group."""
    groups: dict[object, list[A]] = {}
    for action in actions:
        groups.setdefault(by(action), []).append(action)
    return [min(group, key=key) for group in groups.values()]

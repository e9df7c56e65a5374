"""Many rules' actions made one list."""

import pytest

from policy.actions import Action, AdjustCredit, Hold, Note, OpenCase, Punish, Retract, Strike, TakePlace
from policy.facts import SanctionKind
from policy.merge import merge
from policy.verdict import Decision

A = "alice@example.org"
R = "chess@rooms.example.org"
PLACE = TakePlace(account=A, person=7, room=R, is_creation=False, created_limit=None, joined_limit=9, members_limit=9)


def strike(rule: str, account: str = A) -> Strike:
    return Strike(account=account, person=7, room=R, rule=rule, evidence="e", expires_s=60)


def punish(kind: SanctionKind, lasts_s: float | None, room: str | None = R, rule: str = "spam") -> Punish:
    return Punish(kind=kind, account=A, person=7, room=room, rule=rule, lasts_s=lasts_s)


def retract(back_s: float, room: str | None = R) -> Retract:
    return Retract(account=A, person=7, room=room, rule="spam", back_s=back_s)


MUTE, KICK, BAN = SanctionKind.MUTE, SanctionKind.KICK, SanctionKind.BAN
NOTICE, SUSPEND, REMOVE = SanctionKind.NOTICE, SanctionKind.SUSPEND, SanctionKind.REMOVE
HOLD = Hold(account=A, person=7, room=R, rules=("spam",), content="c", evidence="e", lasts_s=60)
NOTE = Note(account=A, person=7, room=R, rule="spam", evidence="e")
CASE = OpenCase(account=A, person=7, room=R, rule="spam", evidence="e")
DEDUCT = AdjustCredit(person=7, delta=-5, cause="spam", expires_s=60)


@pytest.mark.parametrize(
    ("actions", "left"),
    [
        ([], []),
        ([DEDUCT, DEDUCT], [DEDUCT]),
        ([strike("spam"), strike("abuse")], [strike("abuse")]),
        ([strike("a"), strike("a", "bob@example.org")], [strike("a"), strike("a", "bob@example.org")]),
        ([punish(MUTE, None), punish(BAN, 60)], [punish(BAN, 60)]),
        ([punish(MUTE, 60), punish(MUTE, None)], [punish(MUTE, None)]),
        ([punish(MUTE, 60), punish(MUTE, 90)], [punish(MUTE, 90)]),
        ([punish(KICK, None), punish(MUTE, None)], [punish(KICK, None)]),
        ([punish(NOTICE, None), punish(MUTE, 1)], [punish(MUTE, 1)]),
        ([punish(SUSPEND, 1), punish(MUTE, None)], [punish(SUSPEND, 1)]),
        ([punish(REMOVE, None), punish(KICK, None), punish(SUSPEND, None)], [punish(REMOVE, None)]),
        ([punish(REMOVE, None), punish(BAN, 1)], [punish(BAN, 1)]),
        ([retract(60), retract(600), retract(5, None)], [retract(600), retract(5, None)]),
        ([HOLD], []),
        ([punish(BAN, 60, None), punish(BAN, 90)], [punish(BAN, 90), punish(BAN, 60, None)]),
        ([punish(BAN, 60, rule="b"), punish(BAN, 60, rule="a")], [punish(BAN, 60, rule="a")]),
        ([NOTE, CASE, DEDUCT, strike("a"), punish(BAN, 1)], [punish(BAN, 1), strike("a"), DEDUCT, CASE, NOTE]),
    ],
)
def test_actions_are_merged_whatever_their_order(actions: list[Action], left: list[Action]) -> None:
    assert merge(actions, Decision.DENY) == tuple(left)
    assert merge(reversed(actions), Decision.DENY) == tuple(left)


@pytest.mark.parametrize(("decision", "left"), [(Decision.ALLOW, (PLACE,)), (Decision.DENY, ())])
def test_place_is_taken_by_the_allowed_only(decision: Decision, left: tuple[Action, ...]) -> None:
    assert merge([PLACE], decision) == left

"""Those let in by another's hand."""

from typing import Any

import pytest

from config.settings import Identity
from policy.facts import Account, Kind, SanctionKind, Target
from policy.verdict import Condition
from tests.unit.policy.making import BOB, LENIENT, facts, judged, person, sanction, settings

BARRED = Account(jid=BOB.jid, is_blacklisted=True)
BANNED = person(number=8, sanctions=(sanction(SanctionKind.BAN),))
BANNED_ELSEWHERE = person(number=8, sanctions=(sanction(SanctionKind.BAN, room="go@rooms.example.org"),))
MUTED = person(number=8, sanctions=(sanction(),))


def target(affiliation: str = "member", **fields: Any) -> Target:  # noqa: ANN401 - any field of a target
    return Target(**{"account": BOB, "person": person(number=8), "affiliation": affiliation, **fields})


@pytest.mark.parametrize(
    ("kind", "who", "text"),
    [
        (Kind.AFFILIATION, target(), None),
        (Kind.AFFILIATION, target(person=None), "deny-target-unverified"),
        (Kind.AFFILIATION, target("owner", person=None, is_member=True), "deny-target-unverified"),
        (Kind.AFFILIATION, target(person=person(number=8, is_blacklisted=True)), "deny-target-barred"),
        (Kind.AFFILIATION, target(account=BARRED), "deny-target-barred"),
        (Kind.AFFILIATION, target(account=BARRED, person=None), "deny-target-barred"),
        (Kind.AFFILIATION, target(person=BANNED), "deny-target-barred"),
        (Kind.AFFILIATION, target(person=BANNED_ELSEWHERE), None),
        (Kind.AFFILIATION, target(person=MUTED), None),
        (Kind.AFFILIATION, target("admin", person=person(number=8)), None),
        (Kind.AFFILIATION, target("admin", person=MUTED), "deny-target-standing"),
        (Kind.AFFILIATION, target("owner", person=MUTED, is_member=True), "deny-target-standing"),
        (Kind.AFFILIATION, target("owner", person=BANNED_ELSEWHERE), None),
        (Kind.INVITE, target("", person=None), None),
        (Kind.INVITE, target("", person=BANNED), "deny-target-barred"),
    ],
)
def test_nobody_is_let_in_who_could_not_come_by_themselves(kind: Kind, who: Target, text: str | None) -> None:
    reasons = judged(facts(kind, targets=(target(), who))).reasons
    assert [(each.text, each.params, each.condition) for each in reasons] == (
        [] if text is None else [(text, (("account", BOB.jid),), Condition.NOT_ALLOWED)]
    )


def test_unverified_target_is_welcome_where_nobody_needs_verifying() -> None:
    assert judged(facts(Kind.AFFILIATION, targets=(target(person=None),)), settings(identity=LENIENT)).reasons == ()


def test_whoever_is_to_manage_is_verified_where_anything_needs_that() -> None:
    by = settings(identity=Identity(required_for=("post",)))
    unverified = ["deny-target-unverified"]
    for affiliation, told in (("member", []), ("admin", unverified), ("owner", unverified)):
        reasons = judged(facts(Kind.AFFILIATION, targets=(target(affiliation, person=None),)), by).reasons
        assert [reason.text for reason in reasons] == told


def test_who_is_named_by_a_nickname_is_nobody_that_could_be_looked_at() -> None:
    unnamed = Target(account=Account(jid=""), person=None, affiliation="owner")
    verdict = judged(facts(Kind.AFFILIATION, affiliation="owner", targets=(unnamed,)))
    assert [reason.text for reason in verdict.reasons] == ["deny-target-unnamed"]
    assert verdict.actions == ()

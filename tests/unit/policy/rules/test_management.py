"""Withdrawn rights: who may not manage or make rooms, where, and until when."""

import pytest

from policy.facts import Account, Kind, SanctionKind
from tests.unit.policy.making import ALICE, AT, ROOM, facts, judged, person, sanction, texts

MANAGING = [Kind.AFFILIATION, Kind.ROLE, Kind.CONFIG, Kind.DESTROY]


@pytest.mark.parametrize("kind", MANAGING)
@pytest.mark.parametrize(
    ("room", "until", "expected"),
    [
        (ROOM, AT + 60, ["deny-managing"]),
        (None, None, ["deny-managing"]),
        (f"other-{ROOM}", AT + 60, []),
        (ROOM, AT, []),
    ],
)
def test_who_may_not_manage_changes_nothing_there(
    kind: Kind, room: str | None, until: float | None, expected: list[str]
) -> None:
    barred = person(sanctions=(sanction(SanctionKind.MANAGE, room=room, until=until),))
    assert texts(judged(facts(kind, person=barred, affiliation="owner"))) == expected


@pytest.mark.parametrize("kind", [Kind.POST, Kind.JOIN, Kind.CREATE, Kind.QUERY])
def test_who_may_not_manage_may_do_all_else(kind: Kind) -> None:
    barred = person(sanctions=(sanction(SanctionKind.MANAGE, room=None),))
    assert texts(judged(facts(kind, person=barred))) == []


def test_who_may_not_create_may_do_all_else() -> None:
    barred = person(sanctions=(sanction(SanctionKind.CREATE, room=None),))
    assert texts(judged(facts(Kind.CREATE, person=barred))) == ["deny-creating"]
    for kind in (Kind.POST, Kind.JOIN, *MANAGING):
        assert texts(judged(facts(kind, person=barred))) == []


def test_other_sanctions_withdraw_no_rights() -> None:
    muted = person(sanctions=(sanction(SanctionKind.MUTE, room=None),))
    assert texts(judged(facts(Kind.ROLE, person=muted))) == []


def test_the_reason_and_the_end_are_told() -> None:
    barred = Account(jid=ALICE.jid, sanctions=(sanction(SanctionKind.MANAGE, reason="neglect", until=None),))
    reason = judged(facts(Kind.CONFIG, account=barred)).reasons[0]
    assert dict(reason.params) == {"until": 0, "reason": "neglect"}
    assert reason.condition.element == "forbidden"

"""Rooms that look like others."""

from typing import Any, Literal

import pytest

from config.settings import Rooms
from policy.actions import OpenCase
from policy.facts import Counts, Kind, Room, RoomStatus
from policy.verdict import ALLOW, Verdict
from tests.unit.policy.making import ALICE, LENIENT, ROOM, facts, judged, settings, texts

TWIN = "сhess@rooms.example.org"


def creating(setting: Literal["refuse", "report", "allow"], *, person: Any = ..., **twin: Any) -> Verdict:  # noqa: ANN401 - any field
    given = {} if person is ... else {"person": person}
    what = facts(
        Kind.CREATE,
        room=None,
        counts=Counts(created=0, joined=0, members=0),
        twin=Room(jid=TWIN, code="K7QX-2M9D-4", **twin),
        **given,
    )
    return judged(what, settings(rooms=Rooms(lookalikes=setting), identity=LENIENT))


def cases(verdict: Verdict) -> list[OpenCase]:
    return [action for action in verdict.actions if isinstance(action, OpenCase)]


def test_a_lookalike_is_refused_reported_or_allowed_as_the_operator_likes() -> None:
    assert texts(creating("refuse")) == ["deny-lookalike"]
    case = OpenCase(account=ALICE.jid, person=7, room=ROOM, rule="lookalikes", evidence=f"looks like {TWIN}")
    assert texts(creating("report")) == []
    assert cases(creating("report")) == [case]
    assert texts(creating("allow")) == []
    assert cases(creating("allow")) == []


def test_a_report_names_the_account_of_somebody_whom_nobody_verified() -> None:
    assert [case.person for case in cases(creating("report", person=None))] == [None]


@pytest.mark.parametrize("setting", ["refuse", "report", "allow"])
@pytest.mark.parametrize("twin", [{"is_blacklisted": True}, {"status": RoomStatus.SUSPENDED}])
def test_what_is_barred_or_suspended_has_no_twins(
    setting: Literal["refuse", "report", "allow"], twin: dict[str, Any]
) -> None:
    assert texts(creating(setting, **twin)) == ["deny-lookalike"]


def test_whoever_looks_like_nobody_is_not_judged() -> None:
    assert judged(facts(Kind.QUERY, room=None)) is ALLOW
    assert texts(judged(facts(Kind.CREATE, room=None, counts=Counts(created=0, joined=0, members=0)))) == []

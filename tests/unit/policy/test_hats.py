"""Who wears which hat."""

import pytest

from config.settings import Hats, Identity, Seconds
from policy.facts import Account, Kind, Room
from policy.hats import hats_of
from tests.unit.policy.making import ALICE, ROOM, facts, person, settings

ALL = settings(hats=Hats(wear=("founder", "manager", "verified")))


def names(*args: object, by: object = ALL, **fields: object) -> list[str]:
    return [hat.name for hat in hats_of(facts(*args, **fields), by)]  # type: ignore[arg-type]


def room(founder: tuple[str, int | None] | None) -> Room:
    return Room(jid=ROOM, code="X", founder=founder)


def test_without_settings_nobody_wears_any() -> None:
    assert names(Kind.JOIN, by=settings()) == []


@pytest.mark.parametrize(
    ("founder", "expected"), [(("", 7), True), (("", 8), False), (None, False), ((ALICE.jid, None), False)]
)
def test_whoever_made_the_room_is_its_founder(*, founder: tuple[str, int | None] | None, expected: bool) -> None:
    assert ("founder" in names(Kind.JOIN, room=room(founder), person=person(number=7))) is expected


def test_an_account_that_nobody_verified_founds_rooms_too() -> None:
    for account, expected in ((ALICE, ["founder", "manager"]), (Account(jid="x@example.org"), ["manager"])):
        assert names(Kind.JOIN, room=room((ALICE.jid, None)), account=account, person=None) == expected


def test_whoever_makes_a_room_wears_the_founders_at_once() -> None:
    assert "founder" in names(Kind.CREATE, room=None)
    assert "founder" not in names(Kind.JOIN, room=None)


def test_a_verification_that_is_over_is_none() -> None:
    by = settings(hats=Hats(wear=("verified",)), identity=Identity(valid_for=Seconds(60)))
    now = facts(Kind.JOIN).at
    for verified_at, expected in ((now - 59, ["verified"]), (now - 61, [])):
        assert names(Kind.JOIN, by=by, person=person(verified_at=verified_at)) == expected


def test_the_managers_hat_goes_by_the_rooms_own_list() -> None:
    (hat,) = hats_of(facts(Kind.JOIN), settings(hats=Hats(wear=("manager",))))
    assert hat.affiliations == ("admin", "owner")

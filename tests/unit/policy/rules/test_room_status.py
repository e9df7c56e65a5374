"""A room's status: closed rooms tell why, and one that is opened again waits for its founder."""

import pytest

from policy.facts import Kind, Room, RoomStatus
from tests.unit.policy.making import ALICE, LENIENT, ROOM, facts, judged, settings, texts


def room(**fields: object) -> Room:
    return Room(**{"jid": ROOM, "code": "K7QX-2M9D-4", **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", [Kind.CREATE, Kind.JOIN, Kind.POST, Kind.SUBSCRIBE, Kind.AFFILIATION])
def test_a_room_whose_address_is_kept_tells_why_it_was_closed(kind: Kind) -> None:
    verdict = judged(facts(kind, room=room(status=RoomStatus.CLOSED, closed_for="a nest of scams")))
    assert (verdict.reasons[0].text, dict(verdict.reasons[0].params)) == (
        "deny-closed-for",
        {"reason": "a nest of scams"},
    )
    assert verdict.reasons[0].condition.element == "gone"


@pytest.mark.parametrize(
    ("reserved_for", "is_allowed"),
    [(("", 7), True), (("", 8), False), ((ALICE.jid, None), False), (None, True)],
)
def test_only_its_founder_makes_a_room_again(reserved_for: tuple[str, int | None] | None, *, is_allowed: bool) -> None:
    making = facts(Kind.CREATE, room=room(reserved_for=reserved_for))
    assert texts(judged(making)) == ([] if is_allowed else ["deny-reserved"])
    assert texts(judged(facts(Kind.JOIN, room=room(reserved_for=reserved_for)))) == []


def test_a_founder_may_be_an_account() -> None:
    making = facts(Kind.CREATE, person=None, room=room(reserved_for=(ALICE.jid, None)))
    assert texts(judged(making, settings(identity=LENIENT))) == []

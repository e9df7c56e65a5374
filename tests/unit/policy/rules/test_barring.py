"""Blacklists, sanctions and room status: who and what is shut out."""

import pytest

from policy.facts import Account, Facts, Kind, Room, RoomStatus, Sanction, SanctionKind, Surface
from policy.verdict import ALLOW, Condition
from tests.unit.policy.making import ALICE, AT, LENIENT, ROOM, facts, judged, person, said, sanction, settings, texts

BAN, KICK, MUTE = SanctionKind.BAN, SanctionKind.KICK, SanctionKind.MUTE
LISTED = Room(jid=ROOM, code="", is_blacklisted=True)


def room(status: RoomStatus) -> Room:
    return Room(jid=ROOM, code="", status=status)


def sanctioned(kind: Kind, *sanctions: Sanction, said_on: Surface | None = None) -> Facts:
    told = () if said_on is None else said("x", surface=said_on)
    return facts(kind, person=person(sanctions=sanctions), is_member=True, texts=told)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize(
    ("what", "text"),
    [
        ({"account": Account(jid="alice@example.org", is_blacklisted=True)}, "deny-blacklisted"),
        ({"person": person(is_blacklisted=True)}, "deny-blacklisted"),
        ({"room": LISTED}, "deny-room-blacklisted"),
        ({"room": LISTED, "person": person(is_blacklisted=True)}, "deny-blacklisted"),
    ],
)
def test_blacklist_stops_everything(kind: Kind, what: dict[str, object], text: str) -> None:
    assert texts(judged(facts(kind, **what))) == [text]


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.QUERY])
@pytest.mark.parametrize("where", [ROOM, None])
def test_ban_shuts_out_of_everything(kind: Kind, where: str | None) -> None:
    reason = judged(sanctioned(kind, sanction(BAN, room=where))).reasons[0]
    assert reason.condition is Condition.FORBIDDEN
    assert (reason.text, dict(reason.params)) == ("deny-banned", {"until": AT + 60, "reason": "adverts"})


@pytest.mark.parametrize(
    ("kind", "surface", "is_denied"),
    [
        (Kind.POST, Surface.BODY, True),
        (Kind.PRIVATE, Surface.BODY, True),
        (Kind.SUBJECT, Surface.SUBJECT, True),
        (Kind.NICK, Surface.NICK, True),
        (Kind.INVITE, None, True),
        (Kind.VOICE, None, True),
        (Kind.CONFIG, Surface.ROOM_NAME, True),
        (Kind.STATUS, Surface.STATUS, True),
        (Kind.STATUS, Surface.OTHER, False),
        (Kind.STATUS, None, False),
        (Kind.JOIN, Surface.NICK, False),
        (Kind.JOIN, Surface.STATUS, True),
        (Kind.REGISTER, Surface.OTHER, False),
        (Kind.ANSWER, Surface.OTHER, False),
        (Kind.ROLE, None, False),
        (Kind.ROLE, Surface.REASON, True),
        (Kind.AFFILIATION, Surface.REASON, True),
        (Kind.AFFILIATION, Surface.NICK, False),
        (Kind.DESTROY, Surface.REASON, True),
        (Kind.DESTROY, None, False),
        (Kind.ARCHIVE, None, False),
        (Kind.QUERY, None, False),
    ],
)
def test_mute_silences_and_lets_stay(kind: Kind, surface: Surface | None, *, is_denied: bool) -> None:
    verdict = judged(sanctioned(kind, sanction(MUTE), said_on=surface))
    assert texts(verdict) == (["deny-muted"] if is_denied else [])


@pytest.mark.parametrize("payload", ["has_file", "is_encrypted"])
def test_mute_silences_a_payload_without_words(payload: str) -> None:
    muted = person(sanctions=(sanction(MUTE),))
    assert texts(judged(facts(Kind.STATUS, person=muted, **{payload: True}))) == ["deny-muted"]


@pytest.mark.parametrize(
    "over",
    [
        sanction(BAN, until=AT),
        sanction(BAN, until=AT - 1),
        sanction(BAN, room="go@rooms.example.org"),
        sanction(KICK, until=None),
    ],
)
def test_sanction_ended_elsewhere_or_a_kick_bars_nobody(over: Sanction) -> None:
    assert judged(sanctioned(Kind.POST, over, said_on=Surface.BODY)) is ALLOW


def test_account_without_a_person_has_sanctions_of_its_own() -> None:
    muted = Account(jid=ALICE.jid, sanctions=(sanction(MUTE),))
    assert texts(judged(facts(account=muted, person=None), settings(identity=LENIENT))) == ["deny-muted"]


def test_longest_sanction_is_told_and_a_ban_before_a_mute() -> None:
    bans = (sanction(BAN), sanction(BAN, until=None, number=2, reason="scams"), sanction(MUTE, until=None))
    reasons = judged(sanctioned(Kind.POST, *bans)).reasons
    assert [dict(reason.params) for reason in reasons] == [{"until": 0, "reason": "scams"}]


@pytest.mark.parametrize(
    ("status", "kind", "surface", "expected"),
    [
        (RoomStatus.CLOSED, Kind.JOIN, None, ["deny-closed"]),
        (RoomStatus.CLOSED, Kind.POST, Surface.BODY, ["deny-closed"]),
        (RoomStatus.CLOSED, Kind.QUERY, None, []),
        (RoomStatus.SUSPENDED, Kind.POST, Surface.BODY, ["deny-suspended"]),
        (RoomStatus.SUSPENDED, Kind.SUBJECT, Surface.SUBJECT, ["deny-suspended"]),
        (RoomStatus.SUSPENDED, Kind.CONFIG, Surface.ROOM_NAME, ["deny-suspended"]),
        (RoomStatus.SUSPENDED, Kind.ROLE, None, []),
        (RoomStatus.SUSPENDED, Kind.ROLE, Surface.REASON, ["deny-suspended"]),
        (RoomStatus.SUSPENDED, Kind.STATUS, None, []),
        (RoomStatus.SUSPENDED, Kind.JOIN, Surface.STATUS, []),
        (RoomStatus.SUSPENDED, Kind.ARCHIVE, None, []),
        (RoomStatus.OPEN, Kind.POST, Surface.BODY, []),
    ],
)
def test_room_status_decides(status: RoomStatus, kind: Kind, surface: Surface | None, expected: list[str]) -> None:
    told = () if surface is None else said("x", surface=surface)
    assert texts(judged(facts(kind, room=room(status), is_member=True, texts=told))) == expected


def test_closed_room_is_gone() -> None:
    assert judged(facts(Kind.JOIN, room=room(RoomStatus.CLOSED))).reasons[0].condition is Condition.GONE


def test_a_closed_room_that_is_blacklisted_is_told_by_the_blacklist_alone() -> None:
    gone = Room(jid=ROOM, code="", status=RoomStatus.CLOSED, is_blacklisted=True)
    assert texts(judged(facts(Kind.JOIN, room=gone))) == ["deny-room-blacklisted"]


def test_query_is_judged_for_nothing_but_the_blacklist() -> None:
    banned = person(sanctions=(sanction(BAN),))
    assert judged(facts(Kind.QUERY, person=banned, room=room(RoomStatus.SUSPENDED))) is ALLOW
    assert judged(facts(Kind.QUERY, person=None)) is ALLOW

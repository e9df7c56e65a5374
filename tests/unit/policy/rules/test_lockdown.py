"""Lockdowns: what they freeze, where, for whom not, and until when."""

import pytest

from config.settings import Category, Emergency, Staff
from policy.facts import Account, Deed, Facts, Kind, Lockdown, Room, Surface, Target
from tests.unit.policy.making import ALICE, AT, BOB, LENIENT, ROOM, facts, judged, person, said, settings, texts

BOTH = settings(categories={"general": Category(), "school": Category()})
SCHOOL = Room(jid=ROOM, code="K7QX-2M9D-4", category="school")


def lockdown(*deeds: Deed, **fields: object) -> Lockdown:
    known: dict[str, object] = {"number": 1, "reason": "raid", "by": "mod@example", "at": AT - 60, "until": AT + 60}
    return Lockdown(deeds=frozenset(deeds), **{**known, **fields})  # type: ignore[arg-type]


def under(*lockdowns: Lockdown, kind: Kind = Kind.POST, **fields: object) -> Facts:
    return facts(kind, lockdowns=lockdowns, **fields)


@pytest.mark.parametrize(
    ("deed", "kind", "expected"),
    [
        (Deed.CREATE, Kind.CREATE, ["deny-lockdown"]),
        (Deed.CREATE, Kind.JOIN, []),
        (Deed.JOIN, Kind.JOIN, ["deny-lockdown"]),
        (Deed.JOIN, Kind.SUBSCRIBE, ["deny-lockdown"]),
        (Deed.JOIN, Kind.REGISTER, ["deny-lockdown"]),
        (Deed.JOIN, Kind.ARCHIVE, ["deny-lockdown"]),
        (Deed.JOIN, Kind.CREATE, []),
        (Deed.JOIN, Kind.POST, []),
        (Deed.POST, Kind.POST, ["deny-lockdown"]),
        (Deed.POST, Kind.PRIVATE, ["deny-lockdown"]),
        (Deed.POST, Kind.NICK, ["deny-lockdown"]),
        (Deed.POST, Kind.STATUS, []),
        (Deed.POST, Kind.ROLE, []),
        (Deed.POST, Kind.QUERY, []),
        (Deed.POST, Kind.DESTROY, []),
    ],
)
def test_a_lockdown_freezes_what_it_names(deed: Deed, kind: Kind, expected: list[str]) -> None:
    assert texts(judged(under(lockdown(deed), kind=kind))) == expected


def test_words_by_a_side_door_are_frozen_with_posting() -> None:
    status = under(lockdown(Deed.POST), kind=Kind.STATUS, texts=said("buy", surface=Surface.STATUS))
    assert texts(judged(status)) == ["deny-lockdown"]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({}, True),
        ({"room": ROOM}, True),
        ({"room": f"other-{ROOM}"}, False),
        ({"category": "school"}, True),
        ({"category": "general"}, False),
        ({"category": "gone"}, False),
    ],
)
def test_it_holds_where_it_says(where: dict[str, str], *, expected: bool) -> None:
    assert bool(judged(under(lockdown(Deed.POST, **where), room=SCHOOL), BOTH).reasons) is expected


def test_a_room_that_is_yet_to_be_made_is_of_the_default_category() -> None:
    frozen = lockdown(Deed.CREATE, category="general")
    assert texts(judged(under(frozen, kind=Kind.CREATE, room=None), BOTH)) == ["deny-lockdown"]


def test_members_who_are_spared_come_back_in_and_read() -> None:
    sparing = lockdown(Deed.JOIN, spares_members=True)
    assert not judged(under(sparing, kind=Kind.JOIN, is_member=True)).reasons
    assert not judged(under(sparing, kind=Kind.ARCHIVE)).reasons
    assert judged(under(sparing, kind=Kind.JOIN)).reasons
    assert judged(under(lockdown(Deed.JOIN), kind=Kind.JOIN, is_member=True)).reasons


def test_a_room_is_not_left_and_made_anew_to_shed_its_lockdown() -> None:
    assert judged(under(lockdown(Deed.JOIN, room=ROOM, spares_members=True), kind=Kind.CREATE, room=None)).reasons


@pytest.mark.parametrize(
    ("affiliation", "is_member", "is_raid", "expected"),
    [
        ("member", False, False, True),
        ("member", True, False, False),
        ("outcast", False, False, False),
        ("member", False, True, False),
    ],
)
def test_nobody_is_let_in_by_a_grant_unless_it_is_a_raid(
    affiliation: str, *, is_member: bool, is_raid: bool, expected: bool
) -> None:
    target = Target(account=BOB, person=person(number=8), affiliation=affiliation, is_member=is_member)
    frozen = lockdown(Deed.JOIN, is_raid=is_raid)
    assert bool(judged(under(frozen, kind=Kind.AFFILIATION, targets=(target,))).reasons) is expected


def test_it_ends_by_itself() -> None:
    assert not judged(under(lockdown(Deed.POST, until=AT))).reasons


def test_of_several_the_longest_is_told_and_a_raid_by_its_own_words() -> None:
    short, long = lockdown(Deed.JOIN, reason="spam"), lockdown(Deed.JOIN, number=2, until=AT + 600, is_raid=True)
    reason = judged(under(long, short, kind=Kind.JOIN)).reasons[0]
    assert (reason.text, dict(reason.params)) == ("deny-raid", {"until": AT + 600})


@pytest.mark.parametrize("role", ["moderators", "identity_officers", "auditors", "admins"])
def test_staff_are_exempt_if_the_settings_say_so(role: str) -> None:
    staff = Staff(**{role: (ALICE.jid,)})
    frozen = under(lockdown(Deed.POST))
    assert not judged(frozen, settings(staff=staff)).reasons
    assert judged(frozen, settings(staff=staff, emergency=Emergency(exempt_staff=False))).reasons


def test_no_account_without_a_person_is_exempt() -> None:
    frozen = under(lockdown(Deed.POST), person=None, account=Account(jid="eve@example.org"))
    assert texts(judged(frozen, settings(identity=LENIENT))) == ["deny-lockdown"]

"""Who manages which room, as events and snapshots tell it."""

from component.affiliations import Affiliations

ROOM, OTHER = "hall@rooms.example", "attic@rooms.example"
JULIET, ROMEO = "juliet@example", "romeo@example"


def test_owners_and_admins_manage_and_nobody_else() -> None:
    known = Affiliations()
    for affiliation, is_manager in (("owner", True), ("admin", True), ("member", False), ("outcast", False)):
        known.note(ROOM, JULIET, affiliation)
        assert known.manages(JULIET, ROOM) is is_manager
        assert (known.managed_by(JULIET) == (ROOM,)) is is_manager
    assert known.managers_of(ROOM) == ()


def test_a_room_that_is_gone_has_no_managers() -> None:
    known = Affiliations()
    for room in (ROOM, OTHER):
        known.note(room, JULIET, "owner")
    known.note(ROOM, ROMEO, "admin")
    assert known.managers_of(ROOM) == (JULIET, ROMEO)
    known.forget(ROOM)
    assert known.managed_by(JULIET) == (OTHER,)
    assert known.managed_by(ROMEO) == ()


def test_what_events_tell_while_a_snapshot_is_read_stays() -> None:
    known = Affiliations()
    known.note(ROOM, JULIET, "owner")
    known.begin()
    assert known.managed_by(JULIET) == ()
    known.note(ROOM, JULIET, "none")
    known.note(OTHER, ROMEO, "owner")
    known.fill(ROOM, JULIET, "owner")
    known.fill(OTHER, ROMEO, "none")
    known.fill(OTHER, JULIET, "admin")
    assert known.managed_by(JULIET) == (OTHER,)
    assert known.managed_by(ROMEO) == (OTHER,)
    known.end()
    known.fill(ROOM, JULIET, "owner")
    assert known.manages(JULIET, ROOM)


def test_whom_a_room_has_banned_is_known_until_it_is_gone_or_thinks_again() -> None:
    known = Affiliations()
    for room in (ROOM, OTHER):
        known.note(room, JULIET, "outcast")
    known.note(ROOM, ROMEO, "outcast")
    assert known.barred_from(JULIET) == (OTHER, ROOM)
    known.note(OTHER, JULIET, "none")
    assert known.barred_from(JULIET) == (ROOM,)
    known.forget(ROOM)
    assert known.barred_from(JULIET) == known.barred_from(ROMEO) == ()
    known.begin()
    known.note(ROOM, ROMEO, "none")
    known.fill(ROOM, ROMEO, "outcast")
    known.fill(ROOM, JULIET, "outcast")
    assert (known.barred_from(JULIET), known.barred_from(ROMEO)) == ((ROOM,), ())

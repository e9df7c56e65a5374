"""What a database had before a migration, it has after it."""

from policy.facts import Counts
from storage.attendance import Due
from storage.store import Store
from tests.unit.storage.databases import KEYS, T0, migrate_to, opened


async def test_places_taken_before_they_were_counted_are_counted(blank: str) -> None:
    with opened(blank) as connection:
        migrate_to(
            connection,
            "0001",
            "INSERT INTO rooms (number, jid, code, status, is_pending, taken_at) VALUES"
            " (1, 'tomb@muc', 'A', 'open', FALSE, 1.7e9), (2, 'garden@muc', 'B', 'open', FALSE, 1.7e9)",
            "INSERT INTO memberships (room, holder, is_creator, is_pending, since) VALUES"
            " (1, 'a:x', TRUE, FALSE, 1.7e9), (2, 'a:x', FALSE, FALSE, 1.7e9), (1, 'a:y', FALSE, FALSE, 1.7e9)",
        )
    store = await Store.open(blank, KEYS)
    try:
        assert await store.rooms.counts("a:x", None) == Counts(created=1, joined=2, members=0)
        assert await store.rooms.counts("a:z", "tomb@muc") == Counts(created=0, joined=0, members=2)
        await store.rooms.leave("a:x", "tomb@muc", T0, "x")
        assert await store.rooms.counts("a:x", None) == Counts(created=0, joined=1, members=0)
        assert set(await store.attendance.due(T0 + 1, 9)) == {Due("a:x", "garden@muc"), Due("a:y", "tomb@muc")}
        twin = await store.directory.twin("t0mb@muc")
        assert twin is not None
        assert twin.jid == "tomb@muc"
    finally:
        await store.close()


async def test_whoever_was_on_the_blacklist_before_acts_were_kept_can_appeal_too(blank: str) -> None:
    with opened(blank) as connection:
        migrate_to(
            connection,
            "0022",
            "INSERT INTO identities (number, blind_index, name_tag, record, added_at) VALUES"
            " (7, 'x1', '', '', 1700000000.0), (8, 'x2', '', '', 1700000000.0)",
            "INSERT INTO persons (number, tier, tier_since, is_tier_locked, verified_at, rules_accepted)"
            " VALUES (8, 'standard', 1700000000.0, FALSE, 1700000000.0, 0)",
            "INSERT INTO former_persons (number, merged_into, at) VALUES (7, 8, 1700000000.0)",
            "INSERT INTO blacklist (subject, reason, by, at) VALUES"
            " ('a:juliet@x', 'one', 'm', 1700000000.0), ('r:tomb@muc', 'two', 'm', 1700000001.0),"
            " ('d:x1', 'three', 'm', 1700000002.0), ('d:x2', 'three', 'm', 1700000002.0)",
        )
    store = await Store.open(blank, KEYS)
    try:
        (juliet,) = await store.blacklistings.open_to("juliet@x", None, (), 0)
        assert (juliet.holder, juliet.reason) == ("a:juliet@x", "one")
        (tomb,) = await store.blacklistings.open_to("romeo@x", None, ("tomb@muc",), 0)
        assert (tomb.room, tomb.holder) == ("tomb@muc", "")
        (person,) = await store.blacklistings.open_to("", 8, (), 0)
        assert person.holder == "p:8"
        await store.blacklistings.overrule(person.number, T0, by="x", reason="x")
        assert await store.blacklistings.open_to("", 8, (), 0) == ()
        assert [each.number for each in await store.blacklistings.open_to("juliet@x", None, (), 0)] == [juliet.number]
    finally:
        await store.close()

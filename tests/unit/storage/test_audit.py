"""The audit: whatever is written is in it, and no change to it stays unnoticed."""

import pytest
from sqlalchemy.exc import IntegrityError

from storage.audit import AuditEntry
from storage.store import Store
from tests.unit.storage.databases import KEYS, T0, disarm, opened, place, verified

JULIET, ROOM = "juliet@example.org", "tomb@muc.example.org"


def tamper(url: str, *statements: str) -> None:
    with opened(url) as connection:
        disarm(connection)
        for statement in statements:
            connection.exec_driver_sql(statement)


async def filled(store: Store, entries: int = 20) -> None:
    """The first entry and so many more."""
    notes = [
        AuditEntry(actor=JULIET, deed="denied", subject=f"a:{index}", detail={"n": index}) for index in range(entries)
    ]
    await store.audit.append(notes, T0)


async def test_the_chain_starts_before_anything_is_recorded(store: Store, url: str) -> None:
    begun = await store.audit.verify()
    assert (begun.count, begun.broken_at) == (1, None)
    [first] = await store.audit.read(10)
    assert (first.number, first.entry.deed, first.hash) == (1, "audit-begun", begun.head)
    again = await Store.open(url, KEYS)
    assert await again.audit.verify() == begun
    await again.close()


async def test_entries_are_read_newest_first_by_page_and_subject(store: Store) -> None:
    await filled(store, 5)
    assert [record.number for record in await store.audit.read(2)] == [6, 5]
    assert [record.number for record in await store.audit.read(10, before=3)] == [2, 1]
    [record] = await store.audit.read(10, subject="a:3")
    assert record.entry == AuditEntry(actor=JULIET, deed="denied", subject="a:3", detail={"n": 3})
    assert record.at == T0
    assert await store.audit.read(10, subject="a:99") == ()


async def test_nothing_to_append_appends_nothing(store: Store) -> None:
    await store.audit.append([], T0)
    assert (await store.audit.verify()).count == 1


async def test_every_write_is_audited_with_it(store: Store) -> None:
    number = await verified(store, JULIET)
    await store.people.adjust_credit(number, -5, "no-spam", by="x", at=T0)
    await store.people.set_tier(number, "trusted", T0)
    await store.people.accept_rules(number, 1, T0)
    await store.rooms.take(place(JULIET, ROOM, person=number, creates=True), T0)
    await store.rooms.confirm(f"p:{number}", ROOM, T0)
    await store.rooms.leave(f"p:{number}", ROOM, T0, JULIET)
    await store.rooms.suspend(ROOM, T0, reason="x", by="x")
    await store.rooms.close(ROOM, T0, reason="x", by="x")
    told = [record.entry.deed for record in reversed(await store.audit.read(100))]
    assert told == [
        "audit-begun",
        "registry-filled",
        "person-verified",
        "credit-adjusted",
        "account-bound",
        "credit-adjusted",
        "tier-set",
        "rules-accepted",
        "place-taken",
        "place-confirmed",
        "room-left",
        "room-suspended",
        "room-closed",
        "blacklisted",
    ]
    assert (await store.audit.verify()).broken_at is None


async def test_a_write_that_fails_leaves_no_entry(store: Store) -> None:
    before = await store.audit.verify()
    with pytest.raises(TypeError):
        await store.audit.append([AuditEntry(actor=object(), deed="x", subject="x", detail={})], T0)  # type: ignore[arg-type]
    assert await store.audit.verify() == before


@pytest.mark.parametrize(
    ("statement", "broken_at"),
    [
        ("UPDATE audit SET detail = '{\"n\":77}' WHERE number = 5", 5),
        ("UPDATE audit SET actor = 'x' WHERE number = 1", 1),
        ("UPDATE audit SET at = at + 0.001 WHERE number = 21", 21),
        ("UPDATE audit SET hash = 'f' WHERE number = 5", 5),
        ("UPDATE audit SET hash = x'00', detail = x'ff' WHERE number = 5", 5),
        ("UPDATE audit SET subject = CAST(x'ff61' AS TEXT) WHERE number = 6", 6),
        ("DELETE FROM audit WHERE number = 7", 7),
        ("DELETE FROM audit WHERE number < 4", 1),
        ("DELETE FROM audit WHERE number = 21", 21),
        ("DELETE FROM audit", 1),
        ("UPDATE audit SET number = 99 WHERE number = 7", 7),
        ("UPDATE audit SET number = -1 WHERE number = 7", 1),
        ("UPDATE audit SET number = 20 - number WHERE number IN (9, 11)", None),
        ("UPDATE audit_head SET hash = 'f'", 22),
        ("DELETE FROM audit_head", 22),
    ],
)
async def test_the_first_broken_entry_is_found(store: Store, url: str, statement: str, broken_at: int | None) -> None:
    await filled(store)
    if broken_at is None:  # two entries that changed places
        tamper(
            url,
            "UPDATE audit SET number = -9 WHERE number = 9",
            "UPDATE audit SET number = 9 WHERE number = 11",
            "UPDATE audit SET number = 11 WHERE number = -9",
        )
        broken_at = 9
    else:
        tamper(url, statement)
    found = await store.audit.verify()
    assert found.broken_at == broken_at
    assert found.count == broken_at - 1


async def test_a_rewritten_entry_with_a_hash_of_its_own_breaks_the_next(store: Store, url: str) -> None:
    await filled(store)
    tamper(
        url,
        "DELETE FROM audit WHERE number = 6",
        "UPDATE audit SET number = number - 1 WHERE number > 6",
        "UPDATE audit_head SET number = 20",
    )
    assert (await store.audit.verify()).broken_at == 6


async def test_the_database_itself_refuses_to_change_or_remove_entries(store: Store, url: str) -> None:
    await filled(store)
    for statement in ("UPDATE audit SET actor = 'x'", "DELETE FROM audit WHERE number = 3"):
        with pytest.raises(IntegrityError, match="append-only"), opened(url) as connection:
            connection.exec_driver_sql(statement)
    assert (await store.audit.verify()).broken_at is None


async def test_a_store_with_a_broken_audit_still_opens_to_tell_of_it(store: Store, url: str) -> None:
    await filled(store)
    tamper(url, "DELETE FROM audit_head")
    again = await Store.open(url, KEYS)
    assert (await again.audit.verify()).broken_at == 22
    await again.close()


async def test_more_than_a_page_is_followed(store: Store, url: str) -> None:
    await filled(store, 2500)
    assert await store.audit.verify() == await store.audit.verify()
    assert (await store.audit.verify()).count == 2501
    tamper(url, "UPDATE audit SET deed = 'x' WHERE number = 2400")
    assert (await store.audit.verify()).broken_at == 2400

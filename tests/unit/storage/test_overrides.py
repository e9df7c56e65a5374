"""Exceptions from quotas."""

from policy.facts import Override, Quota
from storage.overrides import of_code
from storage.store import Store
from tests.unit.storage.databases import T0, claim, entry, verified

JULIET, ROOM = "juliet@example.org", "tomb@muc.example.org"
TEN = Override(quota=Quota.JOINED, places=10, until=T0 + 60)


async def test_the_latest_word_counts_until_it_is_taken_back(store: Store) -> None:
    number = await verified(store, JULIET)
    for places in (3, 10):
        override = Override(quota=Quota.JOINED, places=places, until=T0 + 60)
        await store.overrides.set(f"p:{number}", override, T0, reason="teacher", by="mod@x")
    person = (await store.people.find(JULIET, T0)).person
    assert person is not None
    assert person.overrides == (TEN,)
    granted = (await store.overrides.of(f"p:{number}"))[0]
    assert (granted.override, granted.reason, granted.by, granted.at) == (TEN, "teacher", "mod@x", T0)
    assert await store.overrides.end(f"p:{number}", Quota.JOINED, T0, reason="x", by="x")
    assert not await store.overrides.end(f"p:{number}", Quota.JOINED, T0, reason="x", by="x")
    assert await store.overrides.of(f"p:{number}") == ()
    deeds = [record.entry.deed for record in await store.audit.read(3)]
    assert deeds == ["quota-restored", "quota-overridden", "quota-overridden"]


async def test_what_an_account_has_passes_to_the_person_who_has_none(store: Store) -> None:
    await store.overrides.set(f"a:{JULIET}", TEN, T0, reason="x", by="x")
    assert (await store.people.find(JULIET, T0)).account.overrides == (TEN,)
    number = await verified(store, JULIET)
    found = await store.people.find(JULIET, T0)
    assert found.account.overrides == ()
    assert found.person is not None
    assert found.person.overrides == (TEN,)
    more = Override(quota=Quota.JOINED, places=99, until=None)
    await store.overrides.set("a:romeo@example.org", more, T0, reason="x", by="x")
    await claim(store, "romeo@example.org", entry())
    assert [each.override for each in await store.overrides.of(f"p:{number}")] == [TEN]


async def test_a_rooms_exception_goes_by_its_code_not_its_address(store: Store) -> None:
    room = await store.rooms.adopt(ROOM, T0, [])
    wide = Override(quota=Quota.MEMBERS, places=900, until=None)
    await store.overrides.set(of_code(room.code), wide, T0, reason="x", by="x")
    found = await store.rooms.find(ROOM)
    assert found is not None
    assert found.overrides == (wide,)
    await store.rooms.close(ROOM, T0, reason="x", by="x")
    again = await store.rooms.adopt(ROOM, T0, [])
    assert again.overrides == ()

"""The blacklist: accounts and rooms by address, persons by their document."""

import pytest

from policy.facts import RoomStatus
from storage.errors import Refused
from storage.store import Store
from tests.unit.storage.databases import T0, claim, entry, place, verified

JULIET, NURSE, ROOM = "juliet@example.org", "nurse@example.org", "tomb@muc.example.org"


async def is_person_barred(store: Store, jid: str) -> bool:
    person = (await store.people.find(jid, T0)).person
    return person is not None and person.is_blacklisted


async def test_a_barred_account_is_barred_by_its_address_alone(store: Store) -> None:
    await store.people.blacklist(account=JULIET, reason="fraud", by="x", at=T0)
    assert (await store.people.find(JULIET, T0)).account.is_blacklisted
    assert not (await store.people.find(NURSE, T0)).account.is_blacklisted
    await store.people.unblacklist(account=JULIET, reason="error", by="x", at=T0)
    assert not (await store.people.find(JULIET, T0)).account.is_blacklisted


async def test_a_barred_person_is_barred_on_every_account_also_later_ones(store: Store) -> None:
    number = await verified(store, JULIET)
    await store.people.blacklist(number=number, reason="fraud", by="x", at=T0)
    assert await is_person_barred(store, JULIET)
    await claim(store, NURSE, entry(), T0 + 1)
    assert await is_person_barred(store, NURSE)
    await store.people.unblacklist(number=number, reason="error", by="x", at=T0)
    assert not await is_person_barred(store, NURSE)


async def test_somebody_in_the_registry_can_be_barred_before_any_claim(store: Store) -> None:
    await store.registry.put([entry()], T0)
    await store.people.blacklist(number=1, reason="fraud", by="x", at=T0)
    await claim(store, JULIET, entry())
    assert await is_person_barred(store, JULIET)


async def test_barring_twice_keeps_the_later_reason_and_both_records(store: Store) -> None:
    for reason in ("fraud", "threats"):
        await store.people.blacklist(account=JULIET, reason=reason, by="x", at=T0)
    told = [record.entry.detail["reason"] for record in await store.audit.read(10, subject=f"a:{JULIET}")]
    assert told == ["threats", "fraud"]
    await store.people.unblacklist(account=JULIET, reason="error", by="x", at=T0)
    await store.people.unblacklist(account=JULIET, reason="error", by="x", at=T0)
    assert len(await store.audit.read(10, subject=f"a:{JULIET}")) == 3


async def test_account_or_person_must_be_named_and_not_both(store: Store) -> None:
    for named in ({}, {"account": JULIET, "number": 1}):
        with pytest.raises(Refused):
            await store.people.blacklist(**named, reason="x", by="x", at=T0)  # type: ignore[arg-type]


async def test_a_barred_room_is_found_barred_open_closed_and_before_there_is_one(store: Store) -> None:
    await store.rooms.blacklist(ROOM, T0, reason="fraud", by="x")
    found = await store.rooms.find(ROOM)
    assert found is not None
    assert (found.status, found.is_blacklisted, found.code) == (RoomStatus.CLOSED, True, "")
    await store.rooms.take(place(JULIET, ROOM, creates=True), T0)
    found = await store.rooms.find(ROOM)
    assert found is not None
    assert (found.status, found.is_blacklisted) == (RoomStatus.OPEN, True)
    await store.rooms.close(ROOM, T0, reason="fraud", by="x")
    closed = await store.rooms.find(ROOM)
    assert closed is not None
    assert (closed.status, closed.is_blacklisted, closed.code) == (RoomStatus.CLOSED, True, found.code)
    await store.rooms.unblacklist(ROOM, T0, reason="error", by="x")
    assert await store.rooms.find(ROOM) is None

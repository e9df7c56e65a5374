"""Erasure: nothing readable stays in any file, and who comes back meets what is in force, and nothing else."""

import asyncio
import secrets
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from policy.actions import OpenCase, Punish, Strike
from policy.facts import SanctionKind
from storage.errors import NotFound, Refused
from storage.registry import ClaimResult, Entry
from storage.schema import metadata, vault_keys
from storage.store import Store
from tests.unit.storage.databases import KEYS, KEYS_TEXT, T0, claim, enter, entry, place, url_of

JULIET, NURSE, ROOM = "juliet@example.org", "nurse@example.org", "tomb@muc.example.org"
DAY = 86400.0
KNOWN = Entry(document_type="passport", document_number="C0000001", name="Juliet Capulet")


async def past(store: Store) -> int:
    """Somebody with two accounts, places, strikes, a case, credit, an ended and a lasting sanction."""
    await store.registry.put([KNOWN, entry(2)], T0)
    where = {"account": JULIET, "room": ROOM, "rule": "x"}
    await enter(store, Strike(**where, person=None, evidence="before", expires_s=1e6), at=T0)
    await claim(store, JULIET, KNOWN)
    person = (await claim(store, NURSE, KNOWN)).person
    assert person is not None
    number = person.number
    await store.rooms.take(place(JULIET, ROOM, person=number, creates=True), T0)
    await store.rooms.confirm(f"p:{number}", ROOM, T0)
    await enter(store, Strike(**where, person=number, evidence="after", expires_s=1e6), at=T0)
    await enter(store, OpenCase(**where, person=number, evidence="case"), at=T0)
    for kind, lasts_s in ((SanctionKind.MUTE, 1.0), (SanctionKind.BAN, 1e9)):
        punish = Punish(**where, person=number, kind=kind, lasts_s=lasts_s)
        await store.discipline.punish(punish, by="x", reason="Fraud by Juliet", at=T0)
    await store.people.adjust_credit(number, -10, "late", by="x", at=T0)
    return number


async def erase(store: Store, number: int, at: float = T0 + 10) -> None:
    await store.erasures.ask(number, at, at, by=JULIET)
    erased = await store.erasures.erase(number, at)
    assert erased is not None
    assert await store.erasures.scrub()


def files(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


async def wrapped_keys(store: Store) -> list[bytes]:
    async with store._database.read() as reading:
        return [row.wrapped for row in await reading.all(select(vault_keys))]


async def test_the_keys_bytes_are_gone_from_every_file(tmp_path: Path) -> None:
    store = await Store.open(url_of(tmp_path), KEYS)
    number = await past(store)
    destroyed = await wrapped_keys(store)
    await store.registry.put([entry(number) for number in range(100, 900)], T0)  # pages fill up and split
    assert all(key in files(tmp_path) for key in destroyed)
    await erase(store, number)
    kept = await wrapped_keys(store)
    gone = [key for key in destroyed if key not in kept]
    assert len(gone) == 2  # the person's, and the one that their account had before
    assert not any(key in files(tmp_path) for key in gone)
    await store.close()
    assert not any(key in files(tmp_path) for key in gone)


async def test_a_copy_in_an_unused_part_of_a_page_is_found_and_overwritten(tmp_path: Path) -> None:
    store = await Store.open(url_of(tmp_path), KEYS)
    number = await past(store)
    stale = (await wrapped_keys(store))[0]
    with closing(sqlite3.connect(tmp_path / "roomkeeper.db")) as careless:
        careless.execute("PRAGMA secure_delete = OFF")
        careless.execute("CREATE TABLE x AS SELECT * FROM vault_keys")
        careless.execute("DROP TABLE x")
        careless.commit()
    await erase(store, number)
    assert stale not in await wrapped_keys(store)
    assert stale not in files(tmp_path)
    await store.close()


_MEASURE = """
import asyncio, resource, sys
from pathlib import Path
from storage.store import Store
from storage.vault import Keyring

def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024

async def main():
    store = await Store.open(sys.argv[1], Keyring.parse(sys.argv[2]))
    before = peak()
    assert await store._database.scrub([])
    print(peak() - before)
    await store.close()

asyncio.run(main())
"""


async def test_writing_the_file_anew_takes_little_memory_and_leaves_no_file_behind(tmp_path: Path) -> None:
    store = await Store.open(url_of(tmp_path), KEYS)
    await store.close()
    with closing(sqlite3.connect(tmp_path / "roomkeeper.db")) as connection:
        connection.execute("CREATE TABLE bulk (content BLOB)")
        connection.executemany("INSERT INTO bulk VALUES (?)", ((secrets.token_bytes(4000),) for _ in range(20_000)))
        connection.commit()
    before = {path.name for path in tmp_path.iterdir()}
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, url_of(tmp_path), KEYS_TEXT], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < 40  # of 80 MB
    assert {path.name for path in tmp_path.iterdir()} <= before | {"roomkeeper.db-wal", "roomkeeper.db-shm"}


async def test_a_scrub_that_a_reader_kept_from_finishing_is_done_later_and_after_a_restart(tmp_path: Path) -> None:
    store = await Store.open(url_of(tmp_path), KEYS, busy_timeout_s=0.1)
    number = await past(store)
    keys = await wrapped_keys(store)
    await store.erasures.ask(number, T0, T0, by=JULIET)
    reader = sqlite3.connect(tmp_path / "roomkeeper.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM accounts").fetchone()
    assert await store.erasures.erase(number, T0) is not None
    assert not await store.erasures.scrub()
    await store.close()
    reader.close()
    again = await Store.open(url_of(tmp_path), KEYS)
    assert await again.erasures.scrub()
    left = await wrapped_keys(again)
    assert not any(key in files(tmp_path) for key in keys if key not in left)
    assert await again.erasures.due_at(number) is None
    await again.close()


async def test_nothing_of_the_person_stays_but_what_is_in_force(store: Store) -> None:
    number = await past(store)
    await erase(store, number)
    await store.errands.finish([errand.number for errand in await store.errands.waiting(0, 9)])
    for account in (JULIET, NURSE):
        found = await store.people.find(account, T0 + 10)
        assert (found.person, found.account.sanctions) == (None, ())
    assert await store.people.by_number(number, T0 + 10) is None
    assert await store.rooms.memberships_of(f"p:{number}") == ()
    assert await store.people.ledger(number) == ()
    assert await store.discipline.strikes_of(f"p:{number}") == ()
    [case] = await store.discipline.cases()
    assert (case.holder, case.account, case.evidence) == ("n:", "", "")
    async with store._database.read() as reading:
        for table in metadata.sorted_tables:
            if table.name.startswith("audit"):
                continue  # a record for law's sake: numbers and accounts, never an identity
            for row in await reading.all(select(table)):
                assert JULIET not in str(row), table.name
                assert NURSE not in str(row), table.name
    [ban] = await store.discipline.sanctions_of(f"p:{number}", T0 + 10)
    assert ban.kind is SanctionKind.BAN


async def test_who_comes_back_meets_what_is_in_force_and_nothing_else(store: Store) -> None:
    number = await past(store)
    await store.people.blacklist(number=number, reason="x", by="x", at=T0)
    await erase(store, number)
    wrong = Entry(document_type="passport", document_number="C0000001", name="Rosaline")
    assert (await claim(store, JULIET, wrong, T0 + 20)).result is ClaimResult.REFUSED
    back = await claim(store, "new@example.org", KNOWN, T0 + 20)
    assert back.person is not None
    assert back.person.number != number
    assert back.person.is_blacklisted
    assert [each.kind for each in back.person.sanctions] == [SanctionKind.BAN]
    assert (back.person.score, back.person.verified_at) == (60, T0 + 20)
    holder = f"p:{back.person.number}"
    assert await store.discipline.strikes_of(holder) == ()
    assert await store.rooms.memberships_of(holder) == ()
    again = await claim(store, JULIET, KNOWN, T0 + 21)
    assert again.person is not None
    assert again.person.number == back.person.number
    exported = await store.own_data.of_person(back.person.number, 1000)
    assert exported["identity"] == [{"document_type": "passport", "document_number": "C0000001", "name": KNOWN.name}]
    await erase(store, back.person.number, T0 + 40)  # and once more
    third = await claim(store, JULIET, KNOWN, T0 + 50)
    assert third.person is not None
    assert len(third.person.sanctions) == 1


async def test_an_import_leaves_the_erased_erased(store: Store) -> None:
    number = await past(store)
    await erase(store, number)
    put = await store.registry.put([KNOWN, entry(2, "Somebody Else")], T0 + 20)
    assert (put.added, put.changed) == (0, 1)
    assert await owners_of_keys(store) == ["p:2"]


async def owners_of_keys(store: Store) -> list[str]:
    async with store._database.read() as reading:
        return [row.owner for row in await reading.all(select(vault_keys))]


async def test_a_merged_person_is_erased_with_every_document_and_comes_back_by_any(store: Store) -> None:
    number = await past(store)
    other = (await claim(store, "other@example.org", entry(2), T0 + 5)).person
    assert other is not None
    await store.persons.merge(number, other.number, T0 + 6, by="x", reason="x")
    await erase(store, number)
    assert await owners_of_keys(store) == []
    back = (await claim(store, "new@example.org", entry(2), T0 + 20)).person
    assert back is not None
    assert back.number not in {number, other.number}
    assert [each.kind for each in back.sanctions] == [SanctionKind.BAN]
    same = (await claim(store, JULIET, KNOWN, T0 + 21)).person
    assert same is not None
    assert same.number == back.number


async def test_it_is_done_when_due_and_not_before_and_once(store: Store) -> None:
    number = await past(store)
    due = T0 + 7 * DAY
    assert await store.erasures.ask(number, due, T0, by=JULIET) == due
    assert await store.erasures.ask(number, due + DAY, T0 + DAY, by=NURSE) == due  # asking again puts nothing off
    assert await store.erasures.next() == (number, due)
    assert await store.erasures.erase(number, due - 1) is None
    erased = await store.erasures.erase(number, due)
    assert erased is not None
    assert erased.accounts == (JULIET, NURSE)
    errands = await store.errands.waiting(0, 9)
    assert [(errand.account, errand.detail["rooms"]) for errand in errands] == [(JULIET, [ROOM]), (NURSE, [ROOM])]
    assert await store.erasures.erase(number, due) is None
    assert await store.erasures.next() is None


async def test_it_can_be_cancelled_until_it_is_done(store: Store) -> None:
    number = await past(store)
    assert not await store.erasures.cancel(number, T0, by=JULIET)
    await store.erasures.ask(number, T0 + DAY, T0, by=JULIET)
    assert await store.erasures.cancel(number, T0, by=NURSE)
    assert await store.erasures.erase(number, T0 + DAY) is None
    with pytest.raises(NotFound):
        await store.erasures.ask(99, T0, T0, by=JULIET)


async def test_what_was_decided_a_moment_before_is_not_written_for_the_erased(store: Store) -> None:
    number = await past(store)
    await erase(store, number)
    with pytest.raises(Refused):
        await store.rooms.take(place(JULIET, ROOM, person=number), T0 + 11)
    strike = Strike(account=JULIET, person=number, room=ROOM, rule="x", evidence="late", expires_s=9.0)
    with pytest.raises(Refused):
        await enter(store, strike, at=T0 + 11)
    assert await owners_of_keys(store) == ["p:2"]


async def test_two_that_erase_at_once_do_it_once(store: Store) -> None:
    number = await past(store)
    await store.erasures.ask(number, T0, T0, by=JULIET)
    done = await asyncio.gather(*(store.erasures.erase(number, T0) for _ in range(3)))
    assert sum(each is not None for each in done) == 1

"""What a stanza waits for: thousands look at once, none is sent away, none spoils another look; closing ends it."""

import asyncio

import pytest

from storage.database import Database, Reading
from storage.errors import Refused, StorageError, Unavailable
from storage.store import Store
from tests.unit.storage.databases import KEYS, T0, verified

JULIET = "juliet@example.org"
CROWD = 2_000


async def test_two_thousand_strangers_at_once_are_all_found_however_short_the_patience(url: str) -> None:
    store = await Store.open(url, KEYS, busy_timeout_s=0.1)
    number = await verified(store, JULIET)
    strangers = [f"x{index}@example.org" for index in range(CROWD)]
    found = await asyncio.gather(*(store.people.find(jid, T0) for jid in (*strangers, JULIET)))
    assert [each.account.jid for each in found] == [*strangers, JULIET]
    assert [each.person.number for each in found if each.person] == [number]
    await store.close()


async def test_a_look_sees_all_that_was_written_before_it(store: Store) -> None:
    for index in range(50):
        await store.rooms.adopt(f"r{index}@muc", T0, ())
        crowd = [asyncio.create_task(store.rooms.find("elsewhere@muc")) for _ in range(10)]
        assert await store.rooms.find(f"r{index}@muc") is not None
        await asyncio.gather(*crowd)


async def test_a_look_that_is_refused_takes_nobody_with_it(store: Store) -> None:
    names = [f"x{index}" if index % 10 else f"x{index}\ud800" for index in range(100)]
    answers = await asyncio.gather(*(store.people.find(name, T0) for name in names), return_exceptions=True)
    assert [isinstance(answer, Refused) for answer in answers] == [index % 10 == 0 for index in range(100)]
    assert not [answer for answer in answers[1::10] if isinstance(answer, BaseException)]


async def test_a_look_that_waits_for_something_else_fails_alone(store: Store) -> None:
    async def dawdle(_reading: Reading) -> None:
        await asyncio.sleep(0)

    database: Database = store._database
    dawdling, found = await asyncio.gather(database.look(dawdle), store.people.find(JULIET, T0), return_exceptions=True)
    assert isinstance(dawdling, RuntimeError)
    assert not isinstance(found, BaseException)


async def test_whoever_stops_waiting_for_a_look_holds_nobody_up(store: Store) -> None:
    looked: list[Reading] = []

    async def look(reading: Reading) -> None:
        looked.append(reading)

    tasks = [asyncio.create_task(store._database.look(look)) for _ in range(200)]
    await asyncio.sleep(0)
    for task in tasks[::2]:
        task.cancel()
    done = await asyncio.gather(*tasks, return_exceptions=True)
    assert [isinstance(one, asyncio.CancelledError) for one in done] == [True, False] * 100
    assert len(looked) == 100  # nobody looks for those who have gone
    assert await store.rooms.find("r0@muc") is None


async def test_closing_answers_or_refuses_every_look_and_takes_no_more(url: str) -> None:
    store = await Store.open(url, KEYS)
    waiting = [asyncio.create_task(store.people.find(f"x{index}@example.org", T0)) for index in range(CROWD)]
    await asyncio.sleep(0)
    async with asyncio.timeout(10):
        await store.close()
        answers = await asyncio.gather(*waiting, return_exceptions=True)
    assert {type(answer) for answer in answers if isinstance(answer, BaseException)} <= {Unavailable}
    with pytest.raises(Unavailable, match="closed"):
        await store.people.find(JULIET, T0)


async def test_closing_waits_no_longer_than_it_says(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.database._LAST_READS_S", 0.0)
    store = await Store.open(url, KEYS)
    waiting = [asyncio.create_task(store.people.find(f"x{index}@example.org", T0)) for index in range(CROWD)]
    await asyncio.sleep(0)
    async with asyncio.timeout(10):
        await store.close()
        answers = await asyncio.gather(*waiting, return_exceptions=True)
    assert any(isinstance(answer, Unavailable) for answer in answers)
    assert all(isinstance(answer, StorageError) for answer in answers if isinstance(answer, BaseException))

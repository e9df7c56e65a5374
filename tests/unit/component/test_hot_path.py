"""A message of somebody known is judged without a look into the database, and so is who stands behind them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import event

from config.settings import Identity, Rule, Seconds
from tests.support.doorway import Doorway, open_doorway

PEOPLE = tuple(f"person{number}@example" for number in range(50))
STRANGER = "stranger@example"


class Ear:
    """Hears every statement that reaches the database, by whichever connection."""

    def __init__(self, doorway: Doorway) -> None:
        self.statements: list[str] = []
        database = doorway.world.store._database
        for engine in (database._reader.sync_engine, database._writer._engine, database._looks._engine):
            event.listen(engine, "before_cursor_execute", self._hear)

    def _hear(self, _connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        self.statements.append(statement)


@pytest.fixture
async def doorway(tmp_path: Path) -> AsyncIterator[Doorway]:
    identity = Identity(required_for=("post",), valid_for=Seconds(365 * 86400))
    async with open_doorway(tmp_path, Rule(name="scam", words=("free money",)), identity=identity) as it:
        for number, account in enumerate(PEOPLE):
            await it.world.verified(account, f"P{number}", f"Person {number}")
        yield it


async def test_messages_of_those_who_were_heard_before_read_nothing_and_are_answered_at_once(doorway: Doorway) -> None:
    for account in PEOPLE:
        assert await doorway.say("hello", speaker=account)
    ear, answered = Ear(doorway), len(doorway.answers)
    for _ in range(20):
        for account in PEOPLE:
            doorway.ask("hello again", speaker=account)
    assert len(doorway.answers) == answered + 20 * len(PEOPLE)  # none is put off to a task
    assert len(doorway.tasks) == 0
    assert all("action='allow'" in answer for answer in doorway.answers)
    assert ear.statements == []


async def test_whoever_is_known_to_be_nobody_verified_is_refused_without_a_read(doorway: Doorway) -> None:
    assert not await doorway.say("hello", speaker=STRANGER)
    ear = Ear(doorway)
    assert not await doorway.say("hello again", speaker=STRANGER)
    assert [each for each in ear.statements if each.startswith("SELECT")] == []


async def test_who_stands_behind_an_account_is_recalled(doorway: Doorway) -> None:
    memory = doorway.world.memory
    for account in PEOPLE:
        await memory.known(account)
    ear = Ear(doorway)
    numbers = set()
    for account in PEOPLE:
        known = memory.recall(account)
        assert known is not None
        assert known.person is not None
        assert await memory.known(account) is known
        numbers.add(known.person.number)
    assert len(numbers) == len(PEOPLE)
    assert ear.statements == []


async def test_a_person_who_changed_is_read_once_and_from_memory_again_after_that(doorway: Doorway) -> None:
    account = PEOPLE[0]
    assert await doorway.say("hello", speaker=account)
    number = (await doorway.world.memory.known(account)).person
    assert number is not None
    doorway.world.memory.forget_person(number.number)
    ear = Ear(doorway)
    assert await doorway.say("hello", speaker=account)
    assert ear.statements != []
    ear.statements.clear()
    doorway.ask("hello", speaker=account)
    assert ear.statements == []

"""Classes by activity: found when messages are written down and when weeks turn, where something rests on them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from component.activity import ActivityKeeper
from component.activity_classes import ActivityClasses
from config.settings import Activity, Rule
from policy.activity import WEEK_S, begin_of, week_of
from storage.errors import Unavailable
from tests.support.doorway import ROOM, SPEAKER, Doorway, open_doorway

CLASSES = {"quiet": Activity(), "busy": Activity(messages=3, members=1)}
TEA = Rule(name="no-tea", words=("tea",), strike=False, activity=("busy",))


@pytest.fixture
async def doorway(tmp_path: Path) -> AsyncIterator[Doorway]:
    async with open_doorway(tmp_path, TEA, activity=CLASSES) as it:
        await it.world.member(SPEAKER, ROOM)
        yield it


def keeper_of(doorway: Doorway) -> ActivityClasses:
    return doorway.world.performer.activity_classes


async def write(doorway: Doorway, messages: int) -> None:
    """So many messages, written down."""
    for _ in range(messages):
        assert await doorway.say("hello")
    await ActivityKeeper(doorway.world).write()


async def test_a_rule_for_busy_rooms_acts_once_the_room_is_busy(doorway: Doorway) -> None:
    keeper = keeper_of(doorway)
    await keeper.keep()
    await write(doorway, 2)
    await keeper.keep()
    assert await doorway.say("tea")
    await ActivityKeeper(doorway.world).write()
    await keeper.keep()
    assert not await doorway.say("tea")
    assert await doorway.say("hello")


async def test_the_room_is_quiet_again_after_a_week_without_messages(doorway: Doorway) -> None:
    keeper, clock = keeper_of(doorway), doorway.world.clock
    await write(doorway, 3)
    next_at = await keeper.keep()
    assert next_at == begin_of(week_of(clock.at) + 1)
    clock.at = next_at
    await keeper.keep()
    assert not await doorway.say("tea")
    clock.at = next_at + WEEK_S
    await keeper.keep()
    assert await doorway.say("tea")


async def test_other_classes_hold_from_the_reload_on(doorway: Doorway) -> None:
    keeper = keeper_of(doorway)
    await write(doorway, 3)
    await keeper.keep()
    doorway.world.settle(activity={**CLASSES, "busy": Activity(messages=4, members=1)})
    rung: list[bool] = []
    keeper.on_change = lambda: rung.append(True)
    keeper.look_anew()
    assert rung
    await keeper.keep()
    room = await doorway.world.memory.room(ROOM)
    assert room is not None
    assert room.activity is None


async def test_what_another_instance_found_is_read(doorway: Doorway) -> None:
    await write(doorway, 3)
    room = await doorway.world.memory.room(ROOM)
    assert room is not None
    await doorway.world.store.activity.grade({room.code: "busy"}, doorway.world.now())
    await keeper_of(doorway).keep()
    assert not await doorway.say("tea")


async def test_what_could_not_be_read_is_found_the_next_time(doorway: Doorway, monkeypatch: pytest.MonkeyPatch) -> None:
    keeper = keeper_of(doorway)
    await keeper.keep()
    await write(doorway, 3)
    with monkeypatch.context() as patch:

        async def fail(*_: object, **__: object) -> None:
            raise Unavailable("locked")

        patch.setattr(doorway.world.store.activity, "busy", fail)
        with pytest.raises(Unavailable):
            await keeper.keep()
    await keeper.keep()
    assert not await doorway.say("tea")


async def test_where_nothing_rests_on_classes_none_is_found(tmp_path: Path) -> None:
    async with open_doorway(tmp_path, activity=CLASSES) as doorway:
        await doorway.world.member(SPEAKER, ROOM)
        await write(doorway, 3)
        assert await keeper_of(doorway).keep() is None
        room = await doorway.world.store.rooms.find(ROOM)
        assert room is not None
        assert room.activity is None

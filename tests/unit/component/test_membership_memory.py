"""What memory keeps of memberships is never older than the last it was told to forget."""

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import cast

from component.memory import STRANGER, Memory
from config.settings import Settings, Xmpp
from storage.rooms import Stay
from storage.store import Store

HOLDER, ROOM = "p:1", "room@muc.example"


class SlowRooms:
    """Answers a look-up when it is told to."""

    def __init__(self) -> None:
        self.answer: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    async def is_member(self, _holder: str, _room: str) -> bool:
        return await self.answer


def make() -> tuple[Memory, SlowRooms]:
    rooms = SlowRooms()
    store = cast("Store", SimpleNamespace(rooms=rooms))
    settings = Settings(xmpp=Xmpp(domain="roomkeeper.example", muc="muc.example", secret="secret"))
    return Memory(store, settings, lambda: 0.0), rooms


async def test_a_member_found_in_storage_is_remembered() -> None:
    memory, rooms = make()
    rooms.answer.set_result(True)
    assert await memory.holds_place(HOLDER, ROOM)
    assert memory.is_member(HOLDER, ROOM)


async def test_somebody_who_left_while_storage_was_asked_is_not_remembered_as_a_member() -> None:
    memory, rooms = make()
    asking = asyncio.create_task(memory.holds_place(HOLDER, ROOM))
    await asyncio.wait((asking,), timeout=0)
    memory.forget_member(HOLDER, ROOM)
    rooms.answer.set_result(True)
    await asking
    assert not memory.is_member(HOLDER, ROOM)


class Stays:
    """Storage with one member or none, that counts how often it is asked."""

    def __init__(self, stay: Stay | None = None) -> None:
        self.kept = stay
        self.asked = 0
        self.meanwhile: Callable[[], None] = lambda: None

    async def stay(self, _holder: str, _room: str) -> Stay | None:
        self.asked += 1
        self.meanwhile()
        return self.kept


def remember(stays: Stays) -> tuple[Memory, list[float]]:
    settings = Settings(xmpp=Xmpp(domain="roomkeeper.example", muc="muc.example", secret="secret"))
    now = [0.0]
    return Memory(cast("Store", SimpleNamespace(rooms=stays)), settings, lambda: now[0]), now


async def test_a_membership_is_read_once_and_then_known() -> None:
    stays = Stays(Stay(since=5.0, has_posted=False))
    memory, _ = remember(stays)
    memory.note_member(HOLDER, ROOM)
    assert memory.recall_stay(HOLDER, ROOM) is None
    assert [await memory.stay(HOLDER, ROOM) for _ in range(3)] == [stays.kept] * 3
    memory.note_member(HOLDER, ROOM)
    assert memory.recall_stay(HOLDER, ROOM) == stays.kept
    memory.note_posted(HOLDER, ROOM)
    assert memory.recall_stay(HOLDER, ROOM) == Stay(since=5.0, has_posted=True)
    assert stays.asked == 1
    memory.forget_members(ROOM)
    memory.note_posted(HOLDER, ROOM)
    assert memory.recall_stay(HOLDER, ROOM) is None


async def test_that_somebody_is_no_member_is_believed_for_a_minute_and_until_they_take_a_place() -> None:
    stays = Stays()
    memory, now = remember(stays)
    assert await memory.stay(HOLDER, ROOM) is STRANGER
    assert memory.recall_stay(HOLDER, ROOM) is STRANGER
    now[0] = 61.0
    assert memory.recall_stay(HOLDER, ROOM) is None
    changes: tuple[Callable[[], None], ...] = (
        lambda: memory.note_place(HOLDER, ROOM),
        lambda: memory.note_member(HOLDER, ROOM),
        lambda: memory.forget("a@example"),
    )
    for change in changes:
        assert await memory.stay(HOLDER, ROOM) is STRANGER
        change()
        assert memory.recall_stay(HOLDER, ROOM) is None
        memory.forget_member(HOLDER, ROOM)


async def test_a_place_taken_while_storage_is_asked_makes_nobody_a_stranger() -> None:
    stays = Stays()
    memory, _ = remember(stays)
    stays.meanwhile = lambda: memory.note_place(HOLDER, ROOM)
    assert await memory.stay(HOLDER, ROOM) is STRANGER
    assert memory.recall_stay(HOLDER, ROOM) is None


async def test_a_pending_place_is_told_and_not_remembered() -> None:
    stays = Stays(Stay(since=5.0, has_posted=False, is_pending=True))
    memory, _ = remember(stays)
    assert await memory.stay(HOLDER, ROOM) == stays.kept
    assert memory.recall_stay(HOLDER, ROOM) is None
    assert not memory.is_member(HOLDER, ROOM)


async def test_somebody_who_left_meanwhile_is_not_remembered_with_the_membership_they_had() -> None:
    stays = Stays(Stay(since=5.0, has_posted=False))
    memory, _ = remember(stays)
    stays.meanwhile = lambda: memory.forget_member(HOLDER, ROOM)
    await memory.stay(HOLDER, ROOM)
    assert memory.recall_stay(HOLDER, ROOM) is None

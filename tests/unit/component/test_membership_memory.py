"""What memory keeps of memberships is never older than the last it was told to forget."""

import asyncio
from types import SimpleNamespace
from typing import cast

from component.memory import Memory
from config.settings import Settings, Xmpp
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

"""What has the same key goes one after the other, and nothing is kept of those who are through."""

import asyncio

import pytest

from component.turns import Turns


async def test_turns_of_one_key_come_one_after_the_other_and_those_of_others_do_not_wait() -> None:
    turns, order = Turns(), []
    may_end = asyncio.Event()

    async def take(key: str, name: str) -> None:
        async with turns.take(key):
            order.append(f"{name} begins")
            await may_end.wait()
            order.append(f"{name} ends")

    tasks = [asyncio.create_task(take(key, name)) for key, name in (("a", "1"), ("a", "2"), ("b", "3"))]
    for _ in range(5):
        await asyncio.sleep(0)
    assert order == ["1 begins", "3 begins"]
    may_end.set()
    await asyncio.gather(*tasks)
    assert order.index("1 ends") < order.index("2 begins")
    assert len(turns) == 0


async def test_whoever_fails_or_gives_up_lets_the_next_one_go() -> None:
    turns = Turns()
    with pytest.raises(ValueError, match="x"):
        async with turns.take("a"):
            raise ValueError("x")
    async with turns.take("a"):
        waiting = asyncio.create_task(turns.take("a").__aenter__())
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.wait((waiting,))
    async with turns.take("a"):
        pass
    assert len(turns) == 0

"""The running component keeps nothing of what people answered for longer than they take part."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from component import adhoc, chat, service
from component.journal import Journal
from component.service import Service
from component.tasks import Tasks
from config.settings import Limits, Seconds
from tests.support.desk import Desk, Session
from tests.support.office import Office, open_office

TIMEOUT_S = 60


class Line(Desk):
    """A desk that a service can listen to and hang up."""

    on_check: Any = None
    on_event: Any = None

    async def close(self) -> None:
        """Nothing is connected."""


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    limits = Limits(dialogue_timeout=Seconds(TIMEOUT_S))
    async with open_office(tmp_path, limits=limits) as world:
        yield world


@pytest.fixture
async def line() -> Line:
    return Line()


@pytest.fixture
async def running(office: Office, line: Line) -> Service:
    """A service in which one dialogue by commands and one by chat have a document's number."""
    dialogues = adhoc.setup(line, office), chat.setup(line, office)
    running = Service(office, line, Tasks(), Journal(office.store), dialogues)  # type: ignore[arg-type] # a stand-in
    session = Session(line, "verify")
    await session.act()
    await session.act("", type="passport", number="SECRET-1", name="Nobody")
    for body in ("verify", "passport", "SECRET-2"):
        office.effects.spoken.clear()
        line.hand_in(f"<message type='chat' from='romeo@example/x' to='keeper.example'><body>{body}</body></message>")
        await asyncio.wait_for(office.effects.spoken.wait(), 5)
    assert sizes(running) == [1, 1, 0]
    return running


def sizes(running: Service) -> list[int]:
    return [len(dialogues) for dialogues in running._dialogues]


async def test_dialogues_nobody_goes_on_with_are_forgotten_without_another_word(
    office: Office, running: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    swept = asyncio.Event()

    async def sweep() -> None:
        swept.set()
        await asyncio.Event().wait()

    monkeypatch.setattr(service, "_SWEEP_S", 0)
    monkeypatch.setattr(running._resync, "sweep", sweep)
    office.clock.at += TIMEOUT_S + 1
    sweeping = asyncio.create_task(running._sweep())
    await asyncio.wait_for(swept.wait(), 5)
    sweeping.cancel()
    assert sizes(running) == [0, 0, 0]


async def test_a_drain_forgets_every_dialogue(
    office: Office, running: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def close() -> None:
        """The office closes its store itself."""

    with monkeypatch.context() as patch:
        patch.setattr(office.store, "close", close)
        await running.drain()
    assert sizes(running) == [0, 0, 0]

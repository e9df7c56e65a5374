"""What the server tells as it happens, when storage has other news of its own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree.ElementTree import XML

import pytest

from component.events import Events
from component.parse import HOOK
from policy.actions import Punish
from policy.facts import SanctionKind
from tests.support.office import MUC, Office, open_office

JULIET, HALL = "juliet@example", f"hall@{MUC}"


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path) as world:
        await world.member("romeo@example", HALL, creates=True)
        yield world


async def tell_joined(office: Office) -> None:
    """The server says that Juliet is in the hall, and storage has learnt it."""

    def ignore(*_: object) -> None: ...

    others: Any = SimpleNamespace(note=ignore, on_event=None)
    events = Events(office, others, others, others)
    keeping = asyncio.create_task(events.keep())
    attributes = f"type='joined' room='{HALL}' jid='{JULIET}/phone' nick='J' role='participant' affiliation='none'"
    events.take(XML(f"<message><event xmlns='{HOOK}' {attributes}/></message>"))
    await events.drain()
    keeping.cancel()
    with suppress(asyncio.CancelledError):
        await keeping


async def test_whoever_the_server_let_in_unasked_is_a_member(office: Office) -> None:
    await tell_joined(office)
    assert await office.store.rooms.is_member(f"a:{JULIET}", HALL)


@pytest.mark.parametrize("is_person", [False, True])
async def test_a_ban_that_memory_has_not_heard_of_is_not_undone_by_an_arrival(
    office: Office, *, is_person: bool
) -> None:
    number = await office.verified(JULIET) if is_person else None
    holder = f"p:{number}" if is_person else f"a:{JULIET}"
    await office.memory.known(JULIET)
    order = Punish(kind=SanctionKind.BAN, account=JULIET, person=number, room=None, rule="x", lasts_s=None)
    await office.store.discipline.punish(order, by="x", reason="adverts", at=office.now())
    await tell_joined(office)
    assert not await office.store.rooms.is_member(holder, HALL)
    assert [(room, nick) for room, nick, _ in office.effects.removed] == [(HALL, "J")]

"""A gate without a server: messages are handed in as the hook would ask about them, and its answers are read."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import XML
from xml.sax.saxutils import escape

from component.gate import Gate
from component.tasks import Tasks
from config.settings import Credit, Identity, Rule, Tier
from policy.engine import compile_policy
from tests.support.office import KEEPER, MUC, Office, open_office

ROOM = f"hall@{MUC}"
SPEAKER = "juliet@example"

_UNHURRIED = (Tier(name="standard", threshold=0, message_rate=1e6, message_burst=1_000_000),)


class Doorway:
    """One room, and one speaker whom nothing but rules can refuse."""

    def __init__(self, world: Office) -> None:
        self.world = world
        self.tasks = Tasks()
        self.answers: list[str] = []
        self.on_check: Any = None
        self.gate = Gate(world, self, self.tasks, _at_once)  # type: ignore[arg-type] # the part of a stream it needs

    def write(self, xml: str) -> None:
        """What the gate answers."""
        self.answers.append(xml)

    def ask(self, body: str, *, speaker: str = SPEAKER) -> None:
        """Somebody writes this."""
        self.gate.take(
            XML(
                f"<iq xmlns='jabber:component:accept' type='set' id='q' from='{MUC}' to='hall@{KEEPER}'>"
                "<check xmlns='urn:roomkeeper:hook:1' exists='true' role='participant' nick='juliet'>"
                "<forwarded xmlns='urn:xmpp:forward:0'>"
                f"<message xmlns='jabber:client' type='groupchat' from='{speaker}/balcony' to='{ROOM}'>"
                f"<body>{escape(body)}</body></message></forwarded></check></iq>"
            )
        )

    async def say(self, body: str, *, speaker: str = SPEAKER) -> bool:
        """Somebody writes this; whether it is let through."""
        answered = len(self.answers)
        self.ask(body, speaker=speaker)
        await self.tasks.drain(5)
        await asyncio.sleep(0)  # what was put off until the answer had left
        assert len(self.answers) == answered + 1
        return "action='allow'" in self.answers[-1]


@asynccontextmanager
async def open_doorway(folder: Path, *rules: Rule, **sections: object) -> AsyncIterator[Doorway]:
    """A gate over a new database in `folder`."""
    lenient = {"identity": Identity(required_for=()), "credit": Credit(tiers=_UNHURRIED)}
    async with open_office(folder, **{**lenient, "rules": rules, **sections}) as world:
        world.policy = compile_policy(world.settings, {})
        await world.store.rooms.adopt(ROOM, world.now(), ())
        await world.verified(SPEAKER)
        yield Doorway(world)


async def _at_once() -> None:
    """There is nothing to catch up with."""

"""People talking without a pause, and what became of each thing they said."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from tests.integration.scenarios.site import AWAY, expect
from tests.support.client import Client

_UNANSWERED = 10
_MOST = 100_000


@dataclass(slots=True, kw_only=True)
class Talk:
    """What one person said in a room, by how it ended, in the order it ended."""

    client: Client
    room: str
    said: list[str] = field(default_factory=list)
    delivered: list[str] = field(default_factory=list)
    bounced: list[str] = field(default_factory=list)
    _open: dict[str, str] = field(default_factory=dict)  # id → body
    _answered: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def go_on(self, is_over: Callable[["Talk"], bool]) -> None:
        """Talk until it is over, never with more than a few things unanswered; returns when all are answered."""
        while not is_over(self) and len(self.said) < _MOST:
            body = f"{self.client.user}: {len(self.said)}"
            self.said.append(body)
            self._open[await self.client.say(self.room, body)] = body
            if len(self._open) >= _UNANSWERED:
                await self._hear_one()
        while self._open:
            await self._hear_one()

    async def _hear_one(self) -> None:
        answer = await self.client.receive_any(
            f"<message type='groupchat' from='{self.room}/{self.client.user}'/>",
            f"<message type='error' from='{self.room}'/>",
            timeout_s=20,
        )
        body = self._open.pop(answer.get("id", ""))
        if answer.get("type") == "error":
            expect(answer, AWAY)
            self.bounced.append(body)
        else:
            self.delivered.append(body)
        async with self._answered:
            self._answered.notify_all()

    async def wait_for(self, count: int, *, is_bounced: bool = False) -> None:
        """Wait, while they talk, until so many of their messages were delivered, or bounced."""
        ended = self.bounced if is_bounced else self.delivered
        async with asyncio.timeout(20), self._answered:
            await self._answered.wait_for(lambda: len(ended) >= count)


def check(talks: list[Talk], heard: list[str]) -> None:
    """Each thing said was heard once or bounced once, never both, never neither, and heard in order."""
    for talk in talks:
        assert sorted(talk.delivered + talk.bounced) == sorted(talk.said)
        by_them = [body for body in heard if body.startswith(f"{talk.client.user}: ")]
        assert by_them == talk.delivered == sorted(talk.delivered, key=talk.said.index)


async def drain(listener: Client, room: str) -> list[str]:
    """Bodies of all messages a listener heard so far, in order; said to be the end by the listener's own last one."""
    await listener.say(room, "the end")
    end = await listener.hear(room, "the end", timeout_s=20)
    assert end.get("type") == "groupchat"
    return [body for each in listener.unread if (body := _body(each))]


def _body(message: Element) -> str | None:
    is_heard = message.tag.endswith("}message") and message.get("type") == "groupchat"
    return message.findtext("{*}body") if is_heard else None

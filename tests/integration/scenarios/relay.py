"""Stands between the component and the server and keeps every element of the hook protocol that passes."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from lxml import etree

from tests.integration.scenarios.site import HOOK, Site, open_store
from tests.support.prosody import Prosody
from tests.support.roomkeeper import Roomkeeper


@dataclass(slots=True)
class Relay:
    """What passed: by whom it was sent, the payloads in the protocol's namespace.

    While the component is not heard, what it says is lost on the way.
    """

    port: int = 0
    is_heard: bool = True
    from_component: list[etree._Element] = field(default_factory=list)
    from_server: list[etree._Element] = field(default_factory=list)
    _tasks: set["asyncio.Task[None]"] = field(default_factory=set)

    def names(self) -> set[str]:
        """Names of all elements that passed, verdicts with their action and events with their type."""
        found = set()
        for element in self.from_component + self.from_server:
            kind = element.get("action") or element.get("type")
            found.add(etree.QName(element).localname + (f" {kind}" if kind else ""))
        return found

    async def serve(self, port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Carry one connection's bytes both ways."""
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", port)
        for source, target, kept, passes in (
            (reader, there_writer, self.from_component, lambda: self.is_heard),
            (there_reader, writer, self.from_server, lambda: True),
        ):
            task = asyncio.create_task(_carry(source, target, kept, passes))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def end(self) -> None:
        """Stop carrying."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


@asynccontextmanager
async def open_relay(port: int) -> AsyncIterator[Relay]:
    """A relay to the server's port for components."""
    relay = Relay()
    server = await asyncio.start_server(lambda *ends: relay.serve(port, *ends), "127.0.0.1", 0)
    relay.port = server.sockets[0].getsockname()[1]
    try:
        yield relay
    finally:
        server.close()
        await relay.end()


@asynccontextmanager
async def open_relayed_site(folder: Path, config: str, **prosody: Any) -> AsyncIterator[tuple[Site, Relay]]:  # noqa: ANN401 - Prosody's own fields
    """A site whose component is heard through a relay."""
    async with AsyncExitStack() as stack:
        hook_options = {"grace": "20s", "timeout": "20s"}
        server = await stack.enter_async_context(Prosody(hook_options=hook_options, **prosody))
        relay = await stack.enter_async_context(open_relay(server.component_port))
        roomkeeper = Roomkeeper(prosody=server, config=config, folder=folder)
        roomkeeper.prepare()
        text = roomkeeper.path.read_text().replace(f"port = {server.component_port}", f"port = {relay.port}")
        roomkeeper.path.write_text(text)
        await roomkeeper.start()
        stack.push_async_callback(roomkeeper.stop)
        store = await open_store(roomkeeper.path.parent)
        stack.push_async_callback(store.close)
        site = Site(prosody=server, roomkeeper=roomkeeper, store=store)
        stack.push_async_callback(site.dismiss)
        yield site, relay


async def _carry(
    source: asyncio.StreamReader,
    target: asyncio.StreamWriter,
    kept: list[etree._Element],
    passes: Callable[[], bool],
) -> None:
    parser = etree.XMLPullParser(("start", "end"), huge_tree=True)
    depth = 0
    try:
        while data := await source.read(65536):
            if passes():
                target.write(data)
            parser.feed(data)
            for event, element in cast("Iterator[tuple[str, etree._Element]]", parser.read_events()):
                depth += 1 if event == "start" else -1
                if event == "end" and depth == 1:
                    kept.extend(child for child in element if etree.QName(child).namespace == HOOK)
    except ConnectionError:
        pass
    finally:
        target.close()

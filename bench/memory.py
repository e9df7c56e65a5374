"""The component's memory when everybody is there: many persons, many rooms, each person seen and heard.

The users are those of one further component, whose single connection speaks for all of them: the server, the hook and
Roomkeeper cannot tell, and no ten thousand sockets are needed.
"""

import asyncio
import contextlib
import os
import socket
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.load import BODY, MARK, BrokenRunError
from bench.people import register
from bench.processes import memory_mb
from bench.stage import CONFIG, TIER
from bench.wire import connect_component, read_more
from tests.support.prosody import Prosody
from tests.support.roomkeeper import Roomkeeper

_PEOPLE = "people.localhost"
_WINDOW = 200
_PATIENCE_S = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """In MB (10^6 bytes): resident at start, resident, proportional and at its highest when everybody is there."""

    persons: int
    rooms: int
    empty: float
    resident: float
    proportional: float
    peak: float


async def measure(persons: int = 10_000, rooms: int = 1_000) -> Memory:
    """Register the persons, have them join and speak, and look at the process."""
    accounts = [f"person{number}@{_PEOPLE}" for number in range(persons)]
    async with contextlib.AsyncExitStack() as stack:
        # As if Roomkeeper came to a server that is in full use already: nobody was asked about those who are there.
        lenient = {"on_failure": "allow", "grace": 0}
        cache = {"muc_room_cache_size": 2 * rooms}  # Prosody keeps 100 by default and swaps all others out and in
        more = f'Component "{_PEOPLE}"\ncomponent_secret = "secret"\n'
        prosody = Prosody(hook_options=lenient, muc_options=cache, more=more)
        await stack.enter_async_context(prosody)
        # How fast the disk is has no bearing on memory.
        shared = Path("/dev/shm")
        where = shared if os.access(shared, os.W_OK) else None
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="roomkeeper-bench-", dir=where)))
        roomkeeper = Roomkeeper(prosody=prosody, config=CONFIG, folder=folder, patience_s=_PATIENCE_S)
        roomkeeper.prepare()
        _say(f"registering {persons} persons")
        places = {account: f"room{number % rooms}@{prosody.muc}" for number, account in enumerate(accounts)}
        await register(roomkeeper, accounts, TIER, places)
        crowd = stack.enter_context(connect_component(prosody.component_port, _PEOPLE, "secret"))
        _say(f"{persons} persons join {rooms} rooms")
        await asyncio.to_thread(_join, crowd, places, rooms)
        _say("Roomkeeper starts")
        await stack.enter_async_context(roomkeeper)
        empty, _, _ = memory_mb(roomkeeper.pid)
        _say("everybody says something")
        await asyncio.to_thread(_speak, crowd, places, rooms)
        resident, proportional, peak = memory_mb(roomkeeper.pid)
        return Memory(
            persons=persons, rooms=rooms, empty=empty, resident=resident, proportional=proportional, peak=peak
        )


def _join(crowd: socket.socket, places: Mapping[str, str], rooms: int) -> None:
    joins = [
        f"<presence from='{account}/phone' to='{place}/{account.partition('@')[0]}'>"
        f"<x xmlns='http://jabber.org/protocol/muc'><history maxstanzas='0'/></x></presence>".encode()
        for account, place in places.items()
    ]
    _send(crowd, joins[:rooms], b"code='110'", 1)
    _send(crowd, joins[rooms:], b"code='110'", 1)


def _speak(crowd: socket.socket, places: Mapping[str, str], rooms: int) -> None:
    messages = [
        f"<message type='groupchat' from='{account}/phone' to='{place}'>"
        f"<body>{BODY} {MARK.decode()}</body></message>".encode()
        for account, place in places.items()
    ]
    _send(crowd, messages, MARK, len(places) // rooms)


def _send(connection: socket.socket, stanzas: list[bytes], mark: bytes, marks: int) -> None:
    """Send all, a window at a time; each is done when `marks` marks have come back."""
    sent = seen = 0
    rest = b""
    while seen < len(stanzas) * marks:
        batch = stanzas[sent : seen // marks + _WINDOW]
        connection.sendall(b"".join(batch))
        sent += len(batch)
        data = read_more(connection)
        if b"type='error'" in data:
            raise BrokenRunError(f"the server refused: {data[:2000]!r}")
        data = rest + data
        seen += data.count(mark)
        rest = data[1 - len(mark) :]


def _say(what: str) -> None:
    print(f"  memory: {what}", file=sys.stderr, flush=True)

"""What a join decision costs with a thousand memberships in the database, and with a million.

`python -m bench joins`: the gate itself, from the check to the answer, place committed; no server. Every join is of
somebody and to a room that the caches do not know. Decisions by both databases take turns.
"""

import asyncio
import contextlib
import json
import os
import platform
import random
import secrets
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from xml.etree.ElementTree import Element, fromstring

from sqlalchemy import create_engine, insert

from bench.figures import Spread, ratios
from component.gate import Gate
from component.journal import Journal
from component.memory import Memory
from component.performer import Performer
from component.tasks import Tasks
from component.texts import Texts
from component.world import World
from config.loader import Loaded
from config.settings import Emergency, Identity, Quotas, Scale, Settings, Xmpp
from policy.engine import compile_policy
from policy.shapes import shape_of
from storage import codes
from storage.schema import memberships, rooms
from storage.store import Store
from storage.vault import Keyring
from tests.support.postgres import running

RESULTS = Path(__file__).parent / "results"
TARGET = 1.3
SIZES = ((1_000, 100), (1_000_000, 100_000))
ROUNDS, JOINS = 9, 100
MUC, DOMAIN = "rooms.example", "keeper.example"
_CROWDED = 0.1  # of all memberships are in one room
_BUSY = 99  # rooms that one account is in: one less than it may be
_CHUNK = 50_000
_ORDINARY = "to an ordinary room"
_OF_BUSY = f"of who has {_BUSY} rooms, to the largest"
_SETTLE = (
    "UPDATE rooms SET members = (SELECT count(*) FROM memberships WHERE room = rooms.number)",
    "INSERT INTO tallies (holder, joined, created) SELECT holder, count(*), 0 FROM memberships GROUP BY holder",
    "SELECT setval('rooms_number_seq', (SELECT max(number) FROM rooms))",
    "ANALYZE",  # as a server does by itself, sooner or later
)


@dataclass(frozen=True, slots=True)
class Stage:
    """A gate over a database of some size."""

    gate: Gate
    wire: "_Wire"
    rooms: int

    async def decide(self, account: str, room: str) -> None:
        """One join, decided and committed.

        Raises:
            AssertionError: it was refused.
        """
        self.wire.answered.clear()
        self.gate.take(_check(account, room))
        await self.wire.answered.wait()
        assert "action='allow'" in self.wire.answer, self.wire.answer


def main(backend: Sequence[str] = ()) -> bool:
    """Measure, print, write; whether the target was reached. `backend`: nothing for SQLite, or "postgresql"."""
    with contextlib.ExitStack() as stack:
        if backend:
            server = stack.enter_context(running())
            urls = [server.create() for _ in SIZES]
            clock, of = time.perf_counter_ns, "time"
        else:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="roomkeeper-bench-", dir=_memory_disk()))
            urls = [f"sqlite:///{folder}/{places}.db" for places, _ in SIZES]
            clock, of = time.process_time_ns, "processor time"
        cases = asyncio.run(_measure(urls, clock))
    lines = [
        "| join | ms with 1,000 memberships in 100 rooms | ms with 1,000,000 in 100,000 | ratio | wanted, at most |",
        "|---|---|---|---|---|",
        *(
            f"| {case} | {Spread.of(few).show()} | {Spread.of(many).show()} | {ratios(many, few).show()} | {TARGET} |"
            for case, (few, many) in cases.items()
        ),
    ]
    table = "\n".join(lines)
    print(table)
    RESULTS.mkdir(exist_ok=True)
    machine = f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
    note = f"Medians of {ROUNDS} rounds of {JOINS} joins, in {of}; smallest and largest in brackets."
    name, title = ("joins-postgresql", "Joins, PostgreSQL") if backend else ("joins", "Joins")
    (RESULTS / f"{name}.md").write_text(f"# {title}\n\n{machine}\n\n{note}\n\n{table}\n", "utf-8")
    data = {case: {"few_ms": few, "many_ms": many} for case, (few, many) in cases.items()}
    (RESULTS / f"{name}.json").write_text(json.dumps(data, indent=2) + "\n", "utf-8")
    return all(ratios(many, few).median <= TARGET for few, many in cases.values())


async def _measure(urls: Sequence[str], clock: Callable[[], int]) -> dict[str, tuple[list[float], list[float]]]:
    costs: dict[str, tuple[list[float], list[float]]] = {
        name: ([], []) for name in (_ORDINARY, "to the largest room", _OF_BUSY)
    }
    async with contextlib.AsyncExitStack() as stack:
        stages = [await stack.enter_async_context(_stage(url, *size)) for url, size in zip(urls, SIZES, strict=True)]
        for turn in range(-1, ROUNDS):  # the first is for warming up
            for name, both in costs.items():
                for stage, spent in zip(stages, both, strict=True):
                    cost = await _round(stage, name, clock)
                    if turn >= 0:
                        spent.append(cost)
    return costs


async def _round(stage: Stage, name: str, clock: Callable[[], int]) -> float:
    """The median cost of a join in ms by this clock: processor time is that of all threads."""
    chance = random.Random(secrets.token_hex(8))
    spent = []
    for number in range(JOINS):
        account = f"new-{secrets.token_hex(8)}@example.org"
        room = f"room{chance.randrange(1, stage.rooms) if name == _ORDINARY else 0}@{MUC}"
        if name == _OF_BUSY:  # who are in every room of the smaller database but this one
            account = f"busy{number}@example.org"
        begin = clock()
        await stage.decide(account, room)
        spent.append(clock() - begin)
        if name == _OF_BUSY:  # for the next round
            await stage.gate._world.store.rooms.release(f"a:{account}", room)
            stage.gate._world.memory.settle_place(f"a:{account}", room)
    return sorted(spent)[len(spent) // 2] / 1e6


@contextlib.asynccontextmanager
async def _stage(url: str, places: int, room_count: int) -> AsyncIterator[Stage]:
    keyring = Keyring.parse(Keyring.generate())
    await (await Store.open(url, keyring)).close()
    fill(url, places, room_count)
    store = await Store.open(url, keyring)
    settings = Settings(
        xmpp=Xmpp(domain=DOMAIN, muc=MUC),
        identity=Identity(required_for=()),
        quotas=Quotas(members_per_room=10 * places, rooms_joined=_BUSY + 1),
        scales={"only": Scale(members=10 * places)},
        emergency=Emergency(raid="off"),  # a hundred at once into one room would be one
    )
    loaded = Loaded(
        path=Path("roomkeeper.toml"),
        settings=settings,
        words={},
        packs=(),
        secret="",
        keyring=keyring,
        storage_url=url,
        rules_text={},
    )
    world = World(
        loaded=loaded,
        policy=compile_policy(settings, {}),
        store=store,
        memory=Memory(store, settings, World.now),
        texts=Texts("en", DOMAIN),
    )
    world.performer = Performer(world, cast("Any", None), Journal(store))  # nothing is done in rooms
    wire = _Wire()
    yield Stage(Gate(world, cast("Any", wire), Tasks(), _nothing_waits), wire, room_count)
    await store.close()


class _Wire:
    """The stream's end that the gate sees."""

    def __init__(self) -> None:
        self.answer = ""
        self.answered = asyncio.Event()

    def write(self, xml: str) -> None:
        self.answer = xml
        self.answered.set()


def fill(url: str, places: int, room_count: int) -> None:
    """Write rooms and memberships as years of use would have left them."""
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    made = {"status": "open", "is_pending": False, "taken_at": 0.0, "is_public": False}
    jids = [f"room{number}@{MUC}" for number in range(room_count)]
    crowd = int(places * _CROWDED)
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET session_replication_role = replica")  # count once, below
        _insert(
            connection,
            rooms,
            [
                {"number": number, "jid": jid, "code": codes.make(), "shape": shape_of(jid), **made}
                for number, jid in enumerate(jids, 1)
            ],
        )
        rows = [_place(1, f"member{number}") for number in range(crowd)]
        rows += [_place(2 + number % (room_count - 1), f"member{number}") for number in range(crowd, places)]
        # On top of those, so that both databases have as many who are in as many rooms.
        rows += [
            _place(2 + room, f"busy{number}") for number in range(JOINS) for room in range(min(_BUSY, room_count - 1))
        ]
        _insert(connection, memberships, rows)
        if connection.dialect.name == "postgresql":
            for statement in _SETTLE:
                connection.exec_driver_sql(statement)
    engine.dispose()


def _place(room: int, user: str) -> dict[str, object]:
    standing = {"is_creator": False, "is_pending": False, "since": 0.0, "seen_at": 0.0}
    return {"room": room, "holder": f"a:{user}@example.org", **standing}


def _insert(connection: Any, table: Any, rows: Sequence[dict[str, object]]) -> None:  # noqa: ANN401 - SQLAlchemy's
    for start in range(0, len(rows), _CHUNK):
        connection.execute(insert(table), rows[start : start + _CHUNK])


def _check(account: str, room: str) -> Element:
    local = room.partition("@")[0]
    return fromstring(  # noqa: S314 - our own
        f"<iq xmlns='jabber:component:accept' type='set' id='{account}' from='{MUC}' to='{local}@{DOMAIN}'>"
        "<check xmlns='urn:roomkeeper:hook:1' exists='true' role='none' affiliation='none'>"
        "<forwarded xmlns='urn:xmpp:forward:0'>"
        f"<presence xmlns='jabber:client' from='{account}/phone' to='{room}/Nick'>"
        "<x xmlns='http://jabber.org/protocol/muc'/></presence></forwarded></check></iq>"
    )


async def _nothing_waits() -> None:
    """No event is under way."""


def _memory_disk() -> Path | None:
    """How fast the disk is has no bearing on what a decision costs."""
    shared = Path("/dev/shm")
    return shared if os.access(shared, os.W_OK) else None

"""Two components beside one server, over one database: whose a room is, and how the second is started."""

import hashlib
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.integration.scenarios.site import Site, in_database
from tests.support.roomkeeper import Roomkeeper

DOMAINS = ("one.localhost", "two.localhost")


@asynccontextmanager
async def second(site: Site, config: str, database: str | None) -> AsyncIterator[Roomkeeper]:
    """Start another instance, of `DOMAINS[1]`, with the keys and over the database of the first."""
    first = site.roomkeeper.path.parent
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copy(first / "vault.keys", folder)
        config = in_database(config, database or f"sqlite:///{first / 'roomkeeper.db'}")
        async with Roomkeeper(prosody=site.prosody, domain=DOMAINS[1], folder=folder, config=config) as other:
            yield other


def whose(room: str) -> str:
    """Of which instance a room is, as docs/protocol.md has it."""
    return max(DOMAINS, key=lambda domain: hashlib.sha256(f"{domain}\n{room}".encode()).hexdigest())


def rooms_of_both(site: Site, count: int) -> list[str]:
    """So many new addresses of each instance, by turns."""
    found: dict[str, list[str]] = {domain: [] for domain in DOMAINS}
    for _ in range(100 * count):
        room = site.room()
        found[whose(room)].append(room)
        if all(len(rooms) >= count for rooms in found.values()):
            return [room for pair in zip(*(rooms[:count] for rooms in found.values()), strict=True) for room in pair]
    raise AssertionError("no rooms of both")

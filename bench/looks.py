"""First looks: what finding ten thousand persons costs whom nobody has looked up yet, and how long the last one waits.

`python -m bench looks`: storage alone, no server. All of them are asked for at once, which is more than a component
ever lets wait (`limits.waiting_checks`); after that, so many at once as it lets wait.
"""

import asyncio
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.people import fill
from storage.errors import Unavailable
from storage.store import Store
from storage.vault import Keyring

PERSONS, AT_ONCE = 10_000, 2_000


@dataclass(frozen=True, slots=True)
class Looks:
    """Of so many looks: seconds until all were answered and the longest that one waited, ms of processor time each."""

    wall_s: float
    worst_s: float
    cost_ms: float
    failed: int


def main() -> bool:
    """Measure and print; whether every look was answered."""
    shared = Path("/dev/shm")  # how fast the disk is has no bearing on what a look costs
    where = shared if os.access(shared, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="roomkeeper-bench-", dir=where) as folder:
        measured = asyncio.run(_measure(Path(folder) / "roomkeeper.db"))
    print(
        f"| {PERSONS} looks | seconds | longest wait, s | ms of processor time each | failed |\n|---|---|---|---|---|"
    )
    for name, looks in measured.items():
        print(f"| {name} | {looks.wall_s:.2f} | {looks.worst_s:.2f} | {looks.cost_ms:.3f} | {looks.failed} |")
    return not any(looks.failed for looks in measured.values())


async def _measure(path: Path) -> dict[str, Looks]:
    keys = Keyring.parse(Keyring.generate())
    jids = [f"person{number}@example.org" for number in range(PERSONS)]
    await fill(path, keys, jids, "standard")
    store = await Store.open(f"sqlite:///{path}", keys)
    await asyncio.gather(*(store.people.find(f"nobody{number}@example.org", 0.0) for number in range(8)))  # warm
    try:
        return {
            "all at once": await _look(store, jids, PERSONS),
            f"{AT_ONCE} at once": await _look(store, jids, AT_ONCE),
        }
    finally:
        await store.close()


async def _look(store: Store, jids: list[str], at_once: int) -> Looks:
    free = asyncio.Semaphore(at_once)
    waits: list[float] = []
    failed = 0

    async def look(jid: str) -> None:
        nonlocal failed
        async with free:
            asked_at = time.perf_counter()
            try:
                found = await store.people.find(jid, time.time())
                assert found.person is not None
            except Unavailable:
                failed += 1
            waits.append(time.perf_counter() - asked_at)

    began, spent = time.perf_counter(), time.process_time()
    await asyncio.gather(*map(look, jids))
    wall_s, cpu_s = time.perf_counter() - began, time.process_time() - spent
    return Looks(wall_s, max(waits), cpu_s / len(jids) * 1e3, failed)

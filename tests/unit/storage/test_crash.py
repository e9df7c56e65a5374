"""SIGKILL at any moment: whatever was promised is there, whatever was not is there whole or not at all."""

import subprocess
import sys
from pathlib import Path

from policy.facts import RoomStatus
from storage.store import Store
from tests.unit.storage.databases import KEYS, KEYS_TEXT, T0, url_of

ROOT = Path(__file__).parents[3]
PROMISER = """
import asyncio, sys
from storage.store import Store
from storage.vault import Keyring
from tests.unit.storage.databases import T0, place

async def main(url, keys):
    store = await Store.open(url, Keyring.parse(keys))
    async def promise(worker):
        for index in range(10_000):
            room = f"r{worker}-{index}@muc"
            taken = await store.rooms.take(place("juliet@example.org", room, creates=True), T0)
            print(room, taken.room.code, flush=True)
    await asyncio.gather(*(promise(worker) for worker in range(8)))

asyncio.run(main(sys.argv[1], sys.stdin.read()))
"""


async def test_what_was_promised_before_a_kill_is_there_after_it(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PROMISER, url_of(tmp_path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(KEYS_TEXT)
        process.stdin.close()
        promised = [process.stdout.readline().split() for _ in range(100)]
        process.kill()
        promised += [line.split() for line in process.stdout.read().splitlines()]
    promised = [line for line in promised if len(line) == 2]  # the last may be cut off
    assert len(promised) >= 100
    store = await Store.open(url_of(tmp_path), KEYS)
    try:
        for room, code in promised:
            found = await store.rooms.find(room)
            assert found is not None
            assert (found.code, found.status) == (code, RoomStatus.OPEN)
        assert len(promised) <= (await store.rooms.counts("a:juliet@example.org", None)).created <= len(promised) + 8
        taken = [record for record in await store.audit.read(10_000) if record.entry.deed == "place-taken"]
        assert len(taken) == (await store.rooms.counts("a:juliet@example.org", None)).created
        assert {record.at for record in taken} == {T0}
        assert (await store.audit.verify()).broken_at is None
    finally:
        await store.close()

"""How long it takes to take over a server that was in use before: 10,000 rooms with 200,000 affiliations.

`python -m bench adoption`: a private Prosody whose rooms were written as files, and `roomkeeper adopt` beside it.
"""

import asyncio
import json
import os
import platform
import tempfile
import time
from pathlib import Path

from tests.support.prosody import Prosody, lua
from tests.support.roomkeeper import Roomkeeper

RESULTS = Path(__file__).parent / "results"
TARGET_S = 120.0
ROOMS, LISTED = 10_000, 20
PERSONS = 20_000


def main() -> bool:
    """Measure, print, write; whether the target was reached."""
    took_s, lines = asyncio.run(_measure())
    table = "\n".join(
        (
            "| rooms | affiliations | progress told | seconds | wanted, at most |",
            "|---|---|---|---|---|",
            f"| {ROOMS:,} | {ROOMS * LISTED:,} | {lines} times | {took_s:.1f} | {TARGET_S:.0f} |",
        )
    )
    print(table)
    RESULTS.mkdir(exist_ok=True)
    machine = f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores"
    note = "From the start of `roomkeeper adopt` to its end, rooms read from Prosody's files included."
    (RESULTS / "adoption.md").write_text(f"# Adoption\n\n{machine}\n\n{note}\n\n{table}\n", "utf-8")
    data = {"rooms": ROOMS, "affiliations": ROOMS * LISTED, "seconds": took_s}
    (RESULTS / "adoption.json").write_text(json.dumps(data, indent=2) + "\n", "utf-8")
    return took_s <= TARGET_S


async def _measure() -> tuple[float, int]:
    with tempfile.TemporaryDirectory(prefix="roomkeeper-bench-") as folder:
        prosody = Prosody(folder=Path(folder), storage="internal")
        write_rooms(Path(folder), prosody.muc)
        async with prosody:
            roomkeeper = Roomkeeper(prosody=prosody)
            roomkeeper.prepare()
            begin = time.perf_counter()
            status, told = await roomkeeper.run("adopt")
            took_s = time.perf_counter() - begin
    done = f"{ROOMS} of {ROOMS} rooms: {ROOMS} new ones, {ROOMS * LISTED} members, 0 ghosts removed"
    if status or done not in told:
        raise RuntimeError(told)
    return took_s, told.count(" rooms: ")


def write_rooms(folder: Path, muc: str) -> None:
    """Write rooms as mod_storage_internal keeps them: one file each, and one that lists them all."""
    host = folder / "data" / muc.replace(".", "%2e")
    (host / "config").mkdir(parents=True)
    jids = [f"room{number}@{muc}" for number in range(ROOMS)]
    (host / "persistent.dat").write_text(f"return {lua(dict.fromkeys(jids, True))};\n")
    for number, jid in enumerate(jids):
        listed = [f"person{(number * 7 + each * 997) % PERSONS}@localhost" for each in range(LISTED)]
        affiliations = dict.fromkeys(listed, "member") | {listed[0]: "owner"}
        room = {"_jid": jid, "_data": {"persistent": True, "name": f"Room {number}"}, "_affiliations": affiliations}
        (host / "config" / f"room{number}.dat").write_text(f"return {lua(room)};\n")

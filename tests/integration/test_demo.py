"""What scripts/demo tells is true, and it leaves nothing behind however it ends."""

import asyncio
import os
import signal
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.prosody import CHECKOUT, find

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_PATIENCE_S = 100
pytestmark = pytest.mark.timeout(120)


@asynccontextmanager
async def _demo(folder: Path, **environment: str) -> "AsyncIterator[asyncio.subprocess.Process]":
    if find() is None:
        reason = "Prosody is not installed"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    kept = {name: value for name, value in os.environ.items() if name != "DEMO_ONCE"}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "scripts.story",
        cwd=CHECKOUT,
        env={**kept, "TMPDIR": str(folder), **environment},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()


async def _read_until(process: asyncio.subprocess.Process, words: str) -> str:
    assert process.stdout is not None
    told = ""
    async with asyncio.timeout(_PATIENCE_S):
        while words not in told:
            line = await process.stdout.readline()
            assert line, f"ended before “{words}”:\n{told}"
            told += line.decode()
    return told


async def _end(process: asyncio.subprocess.Process) -> tuple[int, str]:
    output, _ = await asyncio.wait_for(process.communicate(), _PATIENCE_S)
    return process.returncode or 0, output.decode()


def _leftovers(folder: Path) -> list[str]:
    """Files in the folder, and processes that were started with something in it."""
    found = [str(path) for path in folder.iterdir()]
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            arguments = path.read_bytes()
        except OSError:
            continue  # it ended meanwhile
        if str(folder).encode() in arguments:
            found.append(arguments.replace(b"\0", b" ").decode(errors="replace"))
    return found


async def test_every_step_is_as_told_and_nothing_stays_behind(tmp_path: Path) -> None:
    async with _demo(tmp_path, DEMO_ONCE="1") as process:
        status, told = await _end(process)
    assert status == 0, told
    assert "The story went as told." in told
    assert "\033" not in told, "plain where there is no terminal"
    assert _leftovers(tmp_path) == []


async def test_it_stays_up_for_the_audience_until_ctrl_c(tmp_path: Path) -> None:
    async with _demo(tmp_path) as process:
        await _read_until(process, "until you press Ctrl-C")
        process.send_signal(signal.SIGINT)
        status, told = await _end(process)
    assert status == 0, told
    assert _leftovers(tmp_path) == []


async def test_ctrl_c_amid_the_story_ends_everything_it_started(tmp_path: Path) -> None:
    async with _demo(tmp_path) as process:
        await _read_until(process, "Nobody unverified gets in")
        process.send_signal(signal.SIGINT)
        status, told = await _end(process)
    assert status == 130, told
    assert _leftovers(tmp_path) == []


async def test_a_step_that_is_not_as_told_ends_it_with_a_failure(tmp_path: Path) -> None:
    async with _demo(tmp_path, DEMO_ONCE="1", ROOMKEEPER_PROSODY="false") as process:
        status, told = await _end(process)
    assert status == 1, told
    assert "did not start" in told
    assert _leftovers(tmp_path) == []

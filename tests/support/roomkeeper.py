"""The real component as a process of its own, beside a private Prosody.

Knows how it is configured, started and stopped from outside, as an operator would; imports nothing of it.
"""

import asyncio
import base64
import contextlib
import os
import re
import secrets
import signal
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from tests.support.prosody import CHECKOUT, Prosody

_TIMEOUT_S = 20


@dataclass(slots=True, kw_only=True)
class Roomkeeper:
    """`async with Roomkeeper(prosody=prosody) as roomkeeper:` starts one and waits until it is ready.

    `config` is TOML put after the [xmpp] table. A `folder` of the caller's outlives it, database and keys with it.
    """

    prosody: Prosody
    config: str = ""
    domain: str = ""  # default: Prosody's first component
    folder: Path | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    patience_s: float = 40  # until it is ready
    lines: list[str] = field(default_factory=list)  # what it wrote, stderr and stdout together
    _owned: "tempfile.TemporaryDirectory[str] | None" = None
    _process: asyncio.subprocess.Process | None = None
    _reader: "asyncio.Task[None] | None" = None
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)

    async def __aenter__(self) -> Self:
        self.prepare()
        try:
            await self.start()
        except BaseException:
            await self.__aexit__()  # nobody else would: a process that never got ready must not stay behind
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()
        if self._owned is not None:
            self._owned.cleanup()

    @property
    def pid(self) -> int:
        """Of the running process."""
        assert self._process is not None, "not running"
        return self._process.pid

    @property
    def path(self) -> Path:
        """The config file."""
        assert self.folder is not None, "not prepared"
        return self.folder / "roomkeeper.toml"

    def prepare(self) -> None:
        """Write config and keys, so that the command line can be used before the component runs."""
        if self.folder is None:
            self._owned = tempfile.TemporaryDirectory(prefix="roomkeeper-")
            self.folder = Path(self._owned.name)
        keys = self.folder / "vault.keys"
        if not keys.exists():
            index, master, signing = (base64.b64encode(secrets.token_bytes(32)).decode() for _ in range(3))
            keys.write_text(f"index {index}\nmaster 1 {master}\nsigning {signing}\n")
            keys.chmod(0o600)
        self.configure(self.config)

    def configure(self, config: str) -> None:
        """Write the config file anew; `hang_up` makes a running component read it."""
        self.config = config
        self.path.write_text(
            f'[xmpp]\ndomain = "{self.domain or self.prosody.component}"\nmuc = "{self.prosody.muc}"\n'
            f'secret = "{self.prosody.secret}"\nport = {self.prosody.component_port}\n\n{config}\n'
        )
        self.path.chmod(0o600)

    async def start(self, *, is_ready: bool = True) -> None:
        """Start, or start again over the same data; by default wait for the line that says ready."""
        self._process = await asyncio.create_subprocess_exec(
            *self._command("run"),
            cwd=CHECKOUT,
            env=self._environment(),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        first = len(self.lines)
        self._reader = asyncio.create_task(self._read(self._process))
        if is_ready:
            await self.wait_for_line(r"\bready\b", after=first, timeout_s=self.patience_s)

    async def run(self, *arguments: str, text: str = "") -> tuple[int, str]:
        """Run another command (`people import FILE`) to its end; return exit status and all it wrote."""
        process = await asyncio.create_subprocess_exec(
            *self._command(*arguments),
            cwd=CHECKOUT,
            env=self._environment(),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        output, _ = await process.communicate(text.encode())
        return process.returncode or 0, output.decode(errors="replace")

    async def wait_for_line(self, pattern: str, *, after: int = 0, timeout_s: float = _TIMEOUT_S) -> str:
        """Return the first line, from number `after` on, in which the regular expression is found."""
        found: list[str] = []

        def is_there() -> bool:
            found[:] = [line for line in self.lines[after:] if re.search(pattern, line)]
            return bool(found)

        await self._wait(is_there, pattern, timeout_s)
        return found[0]

    def hang_up(self) -> None:
        """SIGHUP: read the config again."""
        os.kill(self.pid, signal.SIGHUP)

    async def stop(self, patience_s: float = 10) -> int:
        """SIGTERM, then by force; return the exit status (0 when it was not running)."""
        process, self._process = self._process, None
        if process is None:
            return 0
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(process.wait(), patience_s)
        except TimeoutError:
            process.kill()
        return await self._ended(process)

    async def kill(self) -> None:
        """SIGKILL."""
        process, self._process = self._process, None
        assert process is not None, "not running"
        process.kill()
        await self._ended(process)

    async def _ended(self, process: asyncio.subprocess.Process) -> int:
        status = await process.wait()
        if self._reader is not None:
            await self._reader
            self._reader = None
        return status

    async def _read(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        while line := await process.stdout.readline():
            self.lines.append(line.decode(errors="replace").rstrip())
            self._arrived.set()
        self._arrived.set()

    async def _wait(self, is_so: Callable[[], bool], what: str, timeout_s: float) -> None:
        try:
            async with asyncio.timeout(timeout_s):
                while not is_so():
                    is_running = self._reader is not None and not self._reader.done()
                    assert is_running, self._story(f"ended before {what}")
                    self._arrived.clear()
                    await self._arrived.wait()
        except TimeoutError:
            raise AssertionError(self._story(f"said nothing like {what} in {timeout_s} s")) from None

    def _story(self, what: str) -> str:
        return f"the component {what}; it wrote:\n" + "\n".join(self.lines[-60:])

    def _command(self, *arguments: str) -> tuple[str, ...]:
        return (sys.executable, "-m", "component", *arguments, "--config", str(self.path))

    def _environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name != "ROOMKEEPER_VAULT_KEYS"}
        return {**kept, "PYTHONUNBUFFERED": "1", **self.environment}

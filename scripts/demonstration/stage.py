"""The stage of the story: a private Prosody, Roomkeeper as an operator sets it up, and the command line to it.

Knows how things are started and ended from outside; imports nothing of Roomkeeper.
"""

import asyncio
import os
import re
import shlex
import sys
import tempfile
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from scripts.demonstration.actor import Actor
from scripts.demonstration.teller import NotAsToldError, Teller
from tests.support.prosody import CHECKOUT, MODULES, Prosody
from tests.support.roomkeeper import Roomkeeper

DOMAIN = "localhost"
ROOMS = f"conference.{DOMAIN}"
SERVICE = f"roomkeeper.{DOMAIN}"
PASSWORD = "demo"

_COMFORTS = ("blocklist", "bookmarks", "carbons", "pep", "private", "smacks", "vcard4", "vcard_legacy")
"""What people's clients like to find."""

_NOT_OURS = ("ROOMKEEPER_VAULT_KEYS", "ROOMKEEPER_CONFIG")
_PATIENCE_S = 30.0


@dataclass(slots=True, kw_only=True)
class Stage:
    """`async with Stage(teller=…, names=…) as stage:` has a folder; `init`, `configure` and `open` do the rest."""

    teller: Teller
    names: tuple[str, ...]  # of the accounts on the server
    folder: Path = field(init=False)
    prosody: Prosody = field(init=False)
    keeper: Roomkeeper = field(init=False)
    _exit: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def __aenter__(self) -> Self:
        temporary = tempfile.TemporaryDirectory(prefix="roomkeeper-demo-", ignore_cleanup_errors=True)
        self.folder = Path(self._exit.enter_context(temporary))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._exit.aclose()

    @property
    def config(self) -> Path:
        """The config file."""
        return self.folder / "roomkeeper.toml"

    async def roomkeeper(self, *arguments: str) -> str:
        """Run a command as an operator would, show it, and return what it printed; it must end with 0."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "component",
            *arguments,
            cwd=CHECKOUT,
            env={name: value for name, value in os.environ.items() if name not in _NOT_OURS},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        try:
            output, _ = await asyncio.wait_for(process.communicate(), _PATIENCE_S)
        except TimeoutError:
            process.kill()
            raise NotAsToldError(f"roomkeeper {shlex.join(arguments)} did not end") from None
        printed = output.decode(errors="replace").strip()
        shown = shlex.join(arguments).replace(str(self.folder), "DIR")
        self.teller.runs(f"roomkeeper {shown}", printed.replace(str(self.folder), "DIR"))
        if process.returncode:
            raise NotAsToldError(f"it ended with {process.returncode}")
        return printed

    def configure(self, values: Mapping[str, str], more: str) -> None:
        """Edit the config file as an operator would: `values` by TABLE.KEY in their places, `more` at the end."""
        lines = self.config.read_text().splitlines()
        for path, value in values.items():
            table, _, key = path.rpartition(".")
            start = lines.index(f"[{table}]")
            number = next(n for n in range(start, len(lines)) if re.match(rf"#?\s*{key} = ", lines[n]))
            lines[number] = f"{key} = {value}"
        self.config.write_text("\n".join([*lines, "", more, ""]))

    async def open(self) -> None:
        """Start Prosody with the hook, then Roomkeeper; both end with the stage."""
        self.prosody = Prosody(
            domain=DOMAIN,
            muc=ROOMS,
            components=(SERVICE,),
            secret=self._secret(),
            accounts=dict.fromkeys(self.names, PASSWORD),
            hook_options={"grace": "30s"},  # a busy machine takes its time to start a program
            options={"modules_enabled": (*MODULES, *_COMFORTS)},
        )
        await self._exit.enter_async_context(self.prosody)
        self.configure({"xmpp.port": str(self.prosody.component_port)}, "")
        self.keeper = Roomkeeper(prosody=self.prosody, folder=self.folder)
        self._exit.push_async_callback(self.keeper.stop)
        await self.start()

    async def start(self) -> None:
        """Start Roomkeeper, and wait until it says it is ready."""
        already = len(self.keeper.lines)
        await self.keeper.start()
        ready = await self.keeper.wait_for_line(r"\bready\b", after=already)
        self.teller.runs("roomkeeper run --config DIR/roomkeeper.toml", ready)

    async def actor(self, name: str, *, language: str = "en") -> Actor:
        """Somebody logs in."""
        actor = Actor(name, f"{name}@{DOMAIN}", PASSWORD, service=SERVICE, language=language)
        self._exit.push_async_callback(actor.go)
        await actor.arrive(self.prosody.c2s_port)
        return actor

    def logs(self) -> str:
        """The ends of both logs, for whoever has to find out what went wrong."""
        keeper = "\n".join(self.keeper.lines[-40:]) if hasattr(self, "keeper") else "never started"
        prosody = self.prosody.log[-2000:] if hasattr(self, "prosody") else "never started"
        return f"Roomkeeper wrote:\n{keeper}\n\nProsody wrote:\n{prosody}"

    def _secret(self) -> str:
        named = re.search(r'^secret_file = "(.*)"$', self.config.read_text(), re.MULTILINE)
        assert named is not None, "init named no secret_file"
        return (self.folder / named[1]).read_text().strip()

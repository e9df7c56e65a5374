"""A private Prosody on loopback: own ports, own folder, own process, gone when the test is.

Knows how 0.12 and 13 are configured, started and stopped; knows nothing of what is said to them.
"""

import asyncio
import contextlib
import os
import shutil
import signal
import socket
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn, Self

CHECKOUT = Path(__file__).resolve().parents[2]
HOOK_FOLDER = CHECKOUT / "server" / "prosody"
SECRET = "component-secret"
MODULES = ("saslauth", "disco", "ping", "roster")
MUC_OPTIONS: Mapping[str, object] = {
    "muc_room_locking": False,  # rooms open at once, without an owner's form
    "restrict_room_creation": False,
    "muc_room_default_public": True,
    "muc_room_default_persistent": False,
}

_ATTEMPTS = 3  # a port found free may be taken a moment later
_POLLS = 500
_POLL_S = 0.02


class CannotStartError(Exception):
    """Prosody ended, or did not open its ports; the message holds its log."""


def find() -> str | None:
    """Return Prosody's program: the one named by ROOMKEEPER_PROSODY, or the one on the path."""
    return shutil.which(os.environ.get("ROOMKEEPER_PROSODY") or "prosody")


def lua(value: object) -> str:
    """Write a Python value as Lua's: None, booleans, numbers, texts, mappings and sequences of them."""
    if value is None:
        return "nil"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, (str, Path)):
        text = str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        return f'"{text}"'
    if isinstance(value, Mapping):
        return "{ " + " ".join(f"[{lua(name)}] = {lua(each)};" for name, each in value.items()) + " }"
    if isinstance(value, Sequence):
        return "{ " + " ".join(f"{lua(each)};" for each in value) + " }"
    raise TypeError(f"no Lua for {value!r}")


@dataclass(slots=True, kw_only=True)
class Prosody:
    """`async with Prosody() as prosody:` starts one. Any user name may log in, unless `accounts` names who may.

    `components` are the domains external components may connect as, all with `secret`; with `hook` the MUC service
    asks them. `hook_options` are given less their prefix: {"timeout": "1s"}. A `folder` of the caller's outlives it.
    """

    domain: str = "localhost"
    muc: str = "conference.localhost"
    components: tuple[str, ...] = ("roomkeeper.localhost",)
    secret: str = SECRET
    hook: bool = True
    hook_options: Mapping[str, object] = field(default_factory=dict)
    muc_options: Mapping[str, object] = field(default_factory=dict)
    muc_modules: tuple[str, ...] = ()
    options: Mapping[str, object] = field(default_factory=dict)
    extra: str = ""  # Lua put before the first host
    more: str = ""  # Lua put at the end: further hosts and components
    accounts: Mapping[str, str] | None = None  # user name: password
    storage: str = "memory"  # "internal" keeps rooms over a restart
    log_level: str = "info"  # or "debug"; less would hide that the ports are open
    c2s_port: int = 0
    component_port: int = 0
    folder: Path | None = None
    _owned: "tempfile.TemporaryDirectory[str] | None" = None
    _process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Self:
        try:
            await self.start()
        except BaseException:
            await self.__aexit__()  # nobody else would
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()
        if self._owned is not None:
            self._owned.cleanup()

    @property
    def component(self) -> str:
        """The first component's domain."""
        return self.components[0]

    @property
    def pid(self) -> int:
        """Of the running process."""
        assert self._process is not None, "not running"
        return self._process.pid

    @property
    def log(self) -> str:
        """All that Prosody wrote."""
        path = self._folder / "prosody.log"
        return path.read_text(errors="replace") if path.exists() else ""

    async def start(self) -> None:
        """Start, or start again with the same ports and data; returns when clients and components may connect."""
        program = find()
        if program is None:
            _give_up()
        if self.folder is None:
            self._owned = tempfile.TemporaryDirectory(prefix="roomkeeper-prosody-")
            self.folder = Path(self._owned.name)
        is_fixed = bool(self.c2s_port)
        for attempt in range(_ATTEMPTS):
            if not is_fixed:
                self.c2s_port, self.component_port = free_ports(2)
            self._prepare()
            try:
                await self._launch(program)
            except CannotStartError:
                await self.stop()
                if attempt == _ATTEMPTS - 1 or "Failed to open server port" not in self.log:
                    raise
            else:
                return

    async def stop(self, patience_s: float = 5) -> None:
        """End it politely, then by force."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.send_signal(signal.SIGTERM)
            try:
                await asyncio.wait_for(process.wait(), patience_s)
            except TimeoutError:
                process.kill()
        await process.wait()

    async def kill(self) -> None:
        """End it as a crash would."""
        assert self._process is not None, "not running"
        self._process.kill()
        await self.stop()

    @property
    def _folder(self) -> Path:
        assert self.folder is not None, "never started"
        return self.folder

    def _prepare(self) -> None:
        data = self._folder / "data"
        data.mkdir(parents=True, exist_ok=True)
        (self._folder / "prosody.log").write_text("")
        (self._folder / "prosody.cfg.lua").write_text(self.config())
        for user, password in (self.accounts or {}).items():
            # The form of mod_storage_internal: data/HOST/accounts/USER.dat, names percent-encoded.
            path = data / _encode(self.domain) / "accounts" / f"{_encode(user)}.dat"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"return {lua({'password': password})};\n")

    def config(self) -> str:
        """Return the configuration file's text."""
        options: dict[str, object] = {
            "run_as_root": True,  # as in a container; elsewhere it changes nothing
            "interfaces": ["127.0.0.1"],
            "c2s_ports": [self.c2s_port],
            "c2s_direct_tls_ports": [],
            "component_ports": [self.component_port],
            "component_interfaces": ["127.0.0.1"],
            "data_path": self._folder / "data",
            "pidfile": self._folder / "prosody.pid",
            "certificates": self._folder,
            "log": [{"levels": {"min": self.log_level}, "to": "file", "filename": self._folder / "prosody.log"}],
            "plugin_paths": [HOOK_FOLDER],
            "modules_enabled": MODULES,
            "modules_disabled": ("s2s", "s2s_auth_certs", "offline", "http", "tls"),
            "c2s_require_encryption": False,
            "allow_unencrypted_plain_auth": True,
            "storage": {"default": self.storage, "accounts": "internal"},
            "authentication": "insecure" if self.accounts is None else "internal_plain",
            "insecure_open_authentication": "Yes please, I know what I'm doing!",
            **self.options,
        }
        muc = {"admins": self.components, **MUC_OPTIONS, **self.muc_options}
        modules = list(self.muc_modules)
        if self.hook:
            modules.append("roomkeeper")
            named = self.components if len(self.components) > 1 else self.component
            muc |= {"roomkeeper_component": named}
            muc |= {f"roomkeeper_{name}": value for name, value in self.hook_options.items()}
        muc["modules_enabled"] = modules
        parts = [
            _options(options, ""),
            self.extra,
            f"VirtualHost {lua(self.domain)}",
            f'Component {lua(self.muc)} "muc"',
            _options(muc, "\t"),
        ]
        for domain in self.components:
            parts += [f"Component {lua(domain)}", _options({"component_secret": self.secret}, "\t")]
        return "\n".join([*parts, self.more]) + "\n"

    async def _launch(self, program: str) -> None:
        arguments = ("-F", "--config", str(self._folder / "prosody.cfg.lua"))
        with (self._folder / "output.txt").open("wb") as output:
            self._process = process = await asyncio.create_subprocess_exec(
                program, *arguments, stdin=asyncio.subprocess.DEVNULL, stdout=output, stderr=output
            )
        faults = ("Failed to open server port", "Error initializing module")
        for _ in range(_POLLS):
            if process.returncode is not None or any(fault in self.log for fault in faults):
                break
            # Announced before the first connection is taken, so whoever connects from now on is served.
            if all(f"]:{port}" in self.log for port in (self.c2s_port, self.component_port)):
                return
            await asyncio.sleep(_POLL_S)
        written = (self._folder / "output.txt").read_text(errors="replace")
        raise CannotStartError(f"Prosody did not start:\n{written}\n{self.log[-4000:]}")


def free_ports(count: int) -> list[int]:
    """Return ports of loopback that nobody listens on now."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def _give_up() -> NoReturn:
    import pytest  # only here: the demonstration and the benchmark run without it

    reason = "Prosody is not installed (apt install prosody, or name its program in ROOMKEEPER_PROSODY)"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


def _options(options: Mapping[str, object], indent: str) -> str:
    return "\n".join(f"{indent}{name} = {lua(value)};" for name, value in options.items())


def _encode(text: str) -> str:
    return "".join(each if each.isascii() and each.isalnum() else f"%{ord(each):02x}" for each in text)

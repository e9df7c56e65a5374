"""A private PostgreSQL: own folder, own socket in it, no port, gone when the tests are.

Knows how it is started and stopped, and how a test gets a database of its own; knows nothing of what is in it.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import pytest

_PLACES = "/usr/lib/postgresql/*/bin"  # where Debian puts it, which is on nobody's path
_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",  # what survives a power cut is PostgreSQL's to test
    "full_page_writes": "off",
    "max_connections": "200",
    "shared_buffers": "32MB",
    "autovacuum": "off",
}
USER = "roomkeeper"
_START_S = 30.0
_POLL_S = 0.05


@dataclass(slots=True, kw_only=True)
class Postgres:
    """A server that may be stopped and started again."""

    folder: Path
    programs: Path
    owner: pwd.struct_passwd | None  # whose processes it is made of; None: the caller's
    _process: "subprocess.Popen[bytes] | None" = None

    def prepare(self) -> None:
        """Make its data folder."""
        initdb = ("initdb", "-D", self.folder / "data", "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        self._run(*initdb)

    def start(self) -> None:
        """Returns when it may be connected to."""
        options = [each for name, value in _SETTINGS.items() for each in ("-c", f"{name}={value}")]
        command = [str(self.programs / "postgres"), "-D", str(self.folder / "data"), "-k", str(self.folder), *options]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder, **self._who())
        end = time.monotonic() + _START_S
        ready = (self.programs / "pg_isready", "-q", "-h", self.folder)
        while subprocess.run(ready, check=False).returncode:
            if self._process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"PostgreSQL does not start:\n{(self.folder / 'log').read_text(errors='replace')}")
            time.sleep(_POLL_S)

    def stop(self) -> None:
        """At once, as when its machine goes down."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait()
            self._process = None

    def create(self, how: str = "") -> str:
        """Make an empty database; its URL."""
        name = f"t{uuid.uuid4().hex}"
        client = ("psql", "-qXw", "-v", "ON_ERROR_STOP=1", "-h", self.folder, "-U", USER, "-d", "postgres")
        self._run(*client, "-c", f"CREATE DATABASE {name} {how}")
        return f"postgresql://{USER}@/{name}?host={self.folder}"

    def _run(self, program: str, *arguments: str | Path) -> None:
        command = (self.programs / program, *arguments)
        subprocess.run(command, check=True, capture_output=True, cwd=self.folder, timeout=120, **self._who())

    def _who(self) -> dict[str, Any]:
        if self.owner is None:
            return {}
        return {"user": self.owner.pw_uid, "group": self.owner.pw_gid, "extra_groups": ()}


def find() -> Path | None:
    """Return the folder of PostgreSQL's programs: ROOMKEEPER_POSTGRES names it, or the path, or Debian."""
    named = os.environ.get("ROOMKEEPER_POSTGRES")
    if named:
        return Path(named)
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    return max(Path("/").glob(_PLACES.lstrip("/")), default=None, key=lambda path: path.parent.name.zfill(4))


@contextmanager
def running() -> Iterator[Postgres]:
    """Start one, and stop it."""
    programs = find()
    if programs is None:
        _give_up()
    owner = _owner()
    folder = Path(tempfile.mkdtemp(prefix="roomkeeper-postgres-"))
    server = Postgres(folder=folder, programs=programs, owner=owner)
    try:
        if owner is not None:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        server.prepare()
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _owner() -> pwd.struct_passwd | None:
    """Whose it is to be: it refuses to be root's."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise RuntimeError("PostgreSQL does not run as root, and there is neither a user postgres nor nobody")


def _give_up() -> NoReturn:
    text = "no PostgreSQL: install it (Debian: postgresql), or name the folder of its programs in ROOMKEEPER_POSTGRES"
    if os.environ.get("CI") == "true":
        pytest.fail(text)
    pytest.skip(text)

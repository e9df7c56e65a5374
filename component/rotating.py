"""`roomkeeper keys rotate`: a new master key into the key file, every key wrapped by it, the old one out of the file.

Cut off anywhere, it goes on when called again. The file is replaced as a whole, so that whoever reads it meanwhile
finds all of it: a running component looks there for a master key that it does not know.
"""

import fcntl
import os
import sys
import tempfile
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from storage.rotation import Master, Rotation
from storage.vault import Keyring, read_key_file


@contextmanager
def sole_rotation(path: Path) -> Iterator[None]:
    """Keep a second rotation of the same file from running beside this one.

    Raises:
        BlockingIOError: one is under way.
        OSError: the file's folder cannot be opened.
    """
    folder = os.open(path.resolve().parent, os.O_RDONLY)  # the file itself is about to be replaced
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(folder)


def add_master(path: Path) -> Keyring:
    """Put a new master key into the file, unless an unfinished rotation has left two there; the keys then.

    Raises:
        BadKeys: the file is not as it must be.
        OSError: it cannot be written.
    """
    text = read_key_file(path)
    if len(Keyring.parse(text).masters) == 1:
        _replace(path, f"{text.rstrip()}\n{Keyring.generate_master()}")
    return Keyring.load(path)


def remove_masters(path: Path, names: Collection[str]) -> None:
    """Take master keys out of the file; comments and all else stay.

    Raises:
        BadKeys, OSError: as `add_master`.
    """
    lines = read_key_file(path).splitlines(keepends=True)
    kept = [line for line in lines if not (line.split()[:1] == ["master"] and line.split()[1] in names)]
    if kept != lines:
        _replace(path, "".join(kept))


async def rotate(rotation: Rotation, path: Path) -> None:
    """Wrap everything by the newest master key of the file, then forget the others.

    Raises:
        StorageError, OSError: it can be called again and goes on from there.
    """
    total = await rotation.retire(time.time())
    with click.progressbar(length=total, label="wrapping keys anew", file=sys.stderr) as bar:
        while done := await rotation.rewrap_some():
            bar.update(done)
    remove_masters(path, await rotation.forget_others(time.time()))


def describe(master: Master, newest: str) -> str:
    """A master key in a line: id, what it wraps, state; nothing secret."""
    if master.is_retired:
        state = "retired: `roomkeeper keys rotate` finishes and removes it"
    else:
        state = "wraps new keys" if master.name == newest else "kept for what it wraps"
    return f"master {master.name}: wraps {master.wraps} keys; {state}"


def _replace(path: Path, text: str) -> None:
    """Write the whole file beside the old one, on disk, and put it in its place; a link stays one."""
    target = path.resolve()
    old = target.stat()
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)  # mode 0600
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            if os.geteuid() == 0:  # the service's user must still be able to read it
                os.fchown(file.fileno(), old.st_uid, old.st_gid)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, target)  # noqa: PTH105 - both are names of one folder
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)

"""`roomkeeper audit`: verify the record of every decision, and hand out a part of it."""

import os
import time
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from component.command_line import MISUSED, config_option, fail, load_config, with_store

if TYPE_CHECKING:
    from config.loader import Loaded
    from storage.audit import Verified
    from storage.signing import Public
    from storage.store import Store

_MOMENT = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])


@click.group()
def audit() -> None:
    """Handle the audit, the record of every decision."""


@audit.command()
@config_option
@click.option("--file", type=click.Path(path_type=Path), help="Verify this export instead of the database.")
@click.option("--key", help="With --file: the public key it must be signed by; no config file is read then.")
def verify(config: Path, file: Path | None, key: str | None) -> None:
    """Find out whether any entry of the audit was changed, removed or slipped in.

    Exit code 1 and the number of the first wrong entry if so. Signatures, by the `signing` keys of the key file, find
    out whoever wrote the whole audit anew. With --file an export is verified, for which no database is needed.
    """
    if file is not None:
        _verify_file(file, _keys(config, key))
        return
    if key is not None:
        fail("--key goes with --file", MISUSED)
    loaded = load_config(config)

    async def work(store: "Store") -> "Verified":
        return await store.audit.verify()

    found = with_store(loaded, work, may_migrate=False)
    if found.broken_at is not None:
        fail(f"the audit is broken at entry {found.broken_at}: it, or one before it, is not as it was written")
    if found.signed.wrong_at is not None:
        fail(
            f"the audit was written anew: the signature of entry {found.signed.wrong_at} is not of it, "
            "or of a key that is not in the key file"
        )
    if found.signed.bare_from is not None:
        fail(
            f"no signature covers the entries from {found.signed.bare_from} on: somebody took them away. "
            "Only if the key file had no `signing` line until now: run Roomkeeper once, which signs"
        )
    click.echo(f"the audit is whole: {found.count} entries, head {found.head}")
    if not loaded.keyring.signers:
        click.echo("it is not signed: the key file has no `signing` line")
    else:
        click.echo(f"signed up to entry {found.signed.last}, {found.signed.count} signatures")


@audit.command()
@config_option
@click.option("--reason", required=True, help="Why it is taken: whose request, which case. Goes into the audit.")
@click.option("--output", required=True, type=click.Path(path_type=Path), help="The file to write; must not exist.")
@click.option("--since", type=_MOMENT, help="Entries from this time on, such as 2026-11-01 (UTC).")
@click.option("--until", type=_MOMENT, help="Entries before this time (UTC).")
@click.option("--subject", help="Entries about p:NUMBER of a person, a:ACCOUNT, or a room's address.")
def export(config: Path, reason: str, output: Path, **scope: datetime | str | None) -> None:
    """Write a part of the audit into a file, signed, for whoever may have it.

    JSON, a line an entry. `audit verify --file` checks it without the database, anywhere, by the public key that is
    printed at the end. That it was taken, and why, is audited itself. May be used while Roomkeeper runs.
    """
    loaded = load_config(config)
    try:
        file = os.fdopen(os.open(output, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8")
    except OSError as error:
        fail(f"{output} cannot be written: {error.strerror}", MISUSED)
    is_done = False
    try:
        with file:
            count = _write(loaded, scope, reason, file)
        is_done = True
    except OSError as error:
        fail(f"{output} cannot be written: {error.strerror}")
    finally:
        if not is_done:
            output.unlink(missing_ok=True)
    click.echo(f"{count} entries written to {output}")
    if loaded.keyring.signers:
        click.echo(f"signed; public key {loaded.keyring.signers[-1].public}")
    else:
        click.echo("not signed: the key file has no `signing` line")


def _write(loaded: "Loaded", options: Mapping[str, datetime | str | None], reason: str, file: TextIO) -> int:
    from storage.exports import Scope

    subject = options["subject"]
    scope = Scope(
        since=_seconds(options["since"]),
        until=_seconds(options["until"]),
        subject=subject if isinstance(subject, str) else None,
    )

    async def work(store: "Store") -> int:
        lines = 0
        async for line in store.audit.export(scope, reason=reason, at=time.time()):
            file.write(f"{line}\n")
            lines += 1
        return lines - 2  # the head and the signature are no entries

    return with_store(loaded, work, may_migrate=False)


def _verify_file(file: Path, keys: "Iterable[Public]") -> None:
    from storage.exports import NotGenuineError, check_lines

    try:
        with file.open(encoding="utf-8", errors="surrogateescape") as lines:
            checked = check_lines(lines, tuple(keys))
    except OSError as error:
        fail(f"{file} cannot be read: {error.strerror}", MISUSED)
    except NotGenuineError as error:
        fail(f"{file}: {error}")
    if checked.key is None:
        fail(f"{file} is in order, but not signed: anybody may have written it")
    click.echo(f"{file} is genuine: {checked.count} entries, signed by {checked.key}")


def _keys(config: Path, key: str | None) -> "tuple[Public, ...]":
    from storage.signing import Public

    if key is None:
        return tuple(signer.public for signer in load_config(config).keyring.signers)
    try:
        return (Public.parse(key),)
    except ValueError:
        fail("--key: not a public key, which is 64 hexadecimal digits", MISUSED)


def _seconds(moment: datetime | str | None) -> float | None:
    return moment.replace(tzinfo=UTC).timestamp() if isinstance(moment, datetime) else None

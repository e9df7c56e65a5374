"""The command line: reads the config, hands over, and turns what comes back into words and an exit code."""

import asyncio
import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from component.cli_adopt import adopt
from component.cli_audit import audit
from component.cli_keys import keys
from component.cli_rules import rules
from component.cli_scheme import scheme
from component.command_line import FAILED, MISUSED, compile_rules, config_option, fail, load_config, with_store

if TYPE_CHECKING:
    from storage.overview import Overview
    from storage.store import Store

__all__ = ["FAILED", "MISUSED", "cli", "main"]


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="roomkeeper", prog_name="roomkeeper")
def cli() -> None:
    """Keep group chat to the rules: decide on every room creation, join and message of an XMPP server.

    `roomkeeper init DIR` begins; docs/operators/install.md goes on from there.

    Exit codes: 0 done; 1 it did not succeed, or was found not to be as it should; 2 the config file, another input
    file or the command line is wrong, and nothing was done.
    """


@cli.command()
@config_option
def run(config: Path) -> None:
    """Connect to the server and keep its rooms to the rules.

    Stays in the foreground and logs to stderr; a line with `ready` says that it is connected and knows the rooms.
    SIGTERM finishes what is under way and ends within 10 seconds. SIGHUP reads the config file anew; a wrong one is
    refused and the settings stay as they are.
    """
    loaded = load_config(config)
    compile_rules(loaded)
    from component.listening import CannotListenError
    from component.logs import set_up
    from component.service import run as run_service
    from storage.errors import StorageError

    set_up(loaded.settings.log)
    try:
        sys.exit(run_service(loaded))
    except (StorageError, CannotListenError) as error:
        fail(str(error))


@cli.command()
@config_option
def check(config: Path) -> None:
    """Say whether the config file is right, and change nothing.

    What is allowed but not wise (a lone moderator) is a line on stderr as well, and the exit code 0.

    Reads it and all files it names: word lists, rules, secret and keys. Every fault is a line on stderr: file, key and
    reason; the exit code is then 2.
    """
    from component.staff import lone_decider

    loaded = load_config(config)
    compile_rules(loaded)
    click.echo(f"{loaded.path} is right")
    advice = lone_decider(loaded.settings.staff)
    if advice is not None:
        click.echo(advice, err=True)


@cli.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--muc", metavar="DOMAIN", default="conference.example.org", show_default=True, help="Where the rooms are."
)
@click.option("--domain", metavar="DOMAIN", help="Roomkeeper's own.  [default: roomkeeper. beside that of the rooms]")
def init(folder: Path, muc: str, domain: str | None) -> None:
    """Write what a new installation needs into DIR.

    A commented roomkeeper.toml, the secret shared with the server, the vault's keys, the platform's rules to edit, the
    server's hook and the lines for the server's own config. Nothing that is there already is overwritten.
    """
    from component.initdir import CannotInitError, write_folder

    try:
        click.echo(write_folder(folder, muc=muc, domain=domain))
    except CannotInitError as error:
        fail(str(error))
    except ValueError as error:
        fail(str(error), MISUSED)


@cli.group()
def people() -> None:
    """Handle who may be verified."""


@people.command("import")
@click.argument("file", metavar="FILE.csv", type=click.Path(path_type=Path))
@config_option
def import_people(file: Path, config: Path) -> None:
    """Load the people whom the provider `registry` knows.

    FILE.csv is UTF-8 with the header document_type,document_number,name. It may be imported again: who is known
    already stays as they are, and nobody is removed. Rows that cannot be read are reported by line and skipped; the
    exit code is then 1, after all others were loaded. Rows whose document_type is not in identity.document_types are
    loaded and warned of, since `verify` does not offer that type. Rows whose number does not pass the check of its type
    (identity.documents) are skipped as bad. May be used while Roomkeeper runs.
    """
    loaded = load_config(config)
    compile_rules(loaded)
    from component.importing import HeaderError, import_file
    from policy.documents import compile_checks

    identity = loaded.settings.identity
    checks = compile_checks(identity.documents)

    async def work(store: "Store") -> bool:
        return await import_file(file, store.registry, identity.document_types, checks)

    try:
        is_clean = with_store(loaded, work)
    except HeaderError as error:
        fail(f"{file} {error}", MISUSED)
    sys.exit(0 if is_clean else FAILED)


@cli.command()
@config_option
def migrate(config: Path) -> None:
    """Bring the database up to this version. With SQLite `run` does so by itself.

    With PostgreSQL this makes the tables, too: run it once before the first `run`, and after each upgrade, while no
    instance of another version runs.
    """
    loaded = load_config(config)

    async def work(_store: "Store") -> None:
        """Opening it was all."""

    with_store(loaded, work, may_migrate=True)
    click.echo("the database is up to date")


cli.add_command(adopt)
cli.add_command(audit)
cli.add_command(keys)
cli.add_command(rules)
cli.add_command(scheme)


@cli.command()
@config_option
@click.option("--json", "is_json", is_flag=True, help="For machines.")
def stats(config: Path, *, is_json: bool) -> None:
    """Say in a page what there is: rooms, people, sanctions, cases, what was refused today, the database's size.

    Reads the database and changes nothing; may be used while Roomkeeper runs.
    """
    loaded = load_config(config)
    from component.overview import as_json, show

    async def work(store: "Store") -> "tuple[Overview, int]":
        return await store.overview(time.time(), loaded.settings), await store.size()

    overview, size = with_store(loaded, work, may_migrate=False)
    click.echo(json.dumps(as_json(overview, size), indent=2) if is_json else "\n".join(show(overview, size)))


@cli.command()
@config_option
def doctor(config: Path) -> None:
    """Look at the installation from outside and say what to do about what is wrong.

    Is the server reachable, the component accepted, the hook loaded, the component an admin of the rooms' service,
    the clock right, and no other service of rooms beside it? Do providers of identity answer? Is a lockdown in force?
    While Roomkeeper runs it
    holds the component's only stream; then what needs that stream is named as not checked. Exit code 1 if anything
    failed.
    """
    loaded = load_config(config)
    compile_rules(loaded)
    from component import standing
    from component.doctor import Finding, State, examine
    from component.identity import diagnosis

    def tell(finding: Finding) -> None:
        color = {State.OK: "green", State.FAILED: "red"}.get(finding.state)
        click.echo(f"{click.style(f'{finding.state.value:<11}', fg=color)} {finding.text}")

    async def look() -> bool:
        is_well = await examine(loaded.settings.xmpp, loaded.secret, tell)
        await standing.examine(loaded, tell)
        return await diagnosis.examine(loaded, tell) and is_well

    is_well = asyncio.run(look())
    sys.exit(0 if is_well else FAILED)


def main() -> None:
    """Run the command line; the entry point `roomkeeper`."""
    from component.shield import shield

    shield()
    cli(prog_name="roomkeeper")

"""What the commands of the command line share: the option for the config file, reading it, and ending with a reason."""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

if TYPE_CHECKING:
    from config.loader import Loaded
    from policy.engine import Policy
    from storage.store import Store

T = TypeVar("T")

FAILED = 1
MISUSED = 2

config_option = click.option(
    "--config",
    "config",
    metavar="FILE",
    default="roomkeeper.toml",
    envvar="ROOMKEEPER_CONFIG",
    show_default=True,
    show_envvar=True,
    type=click.Path(path_type=Path),
    help="The config file.",
)


def load_config(path: Path) -> "Loaded":
    """The config file; ends the program where it is wrong."""
    from config.loader import ConfigError, load

    try:
        return load(path)
    except ConfigError as error:
        fail(str(error), MISUSED)


def compile_rules(loaded: "Loaded") -> "Policy":
    """The rules, ready to judge; ends the program where one does not work."""
    from policy.engine import compile_policy
    from policy.errors import BadCheck, BadRule

    try:
        return compile_policy(loaded.settings, loaded.words)
    except BadCheck as error:
        fail(f"{loaded.path}: identity.documents.{error.name}.check: {error.reason}", MISUSED)
    except BadRule as error:
        fail(f"{loaded.source_of(error.rule)}: rules[{error.rule}]: {error.reason}", MISUSED)


def fail(reason: str, code: int = FAILED) -> NoReturn:
    """End the program with a line on stderr."""
    click.echo(reason, err=True)
    sys.exit(code)


def with_store(
    loaded: "Loaded", work: "Callable[[Store], Coroutine[Any, Any, T]]", *, may_migrate: bool | None = None
) -> T:
    """Do something with the database of a config; ends the program with a line on stderr where that fails.

    Tables are brought up to date if `may_migrate`; None: if nobody else can be using them.
    """
    from storage.errors import StorageError
    from storage.store import Store

    async def open_and_work() -> T:
        store = await Store.open(
            loaded.storage_url,
            loaded.keyring,
            busy_timeout_s=loaded.settings.storage.busy_timeout,
            migrate=not loaded.is_storage_shared if may_migrate is None else may_migrate,
        )
        try:
            return await work(store)
        finally:
            await store.close()

    try:
        return asyncio.run(open_and_work())
    except StorageError as error:
        fail(str(error))

"""What the commands of the command line share: the option for the config file, reading it, and ending with a reason."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from config.loader import Loaded

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


def compile_rules(loaded: "Loaded") -> None:
    """Find out whether the rules work; ends the program where one does not."""
    from policy.engine import compile_policy
    from policy.errors import BadRule

    try:
        compile_policy(loaded.settings, loaded.words)
    except BadRule as error:
        fail(f"{loaded.source_of(error.rule)}: rules[{error.rule}]: {error.reason}", MISUSED)


def fail(reason: str, code: int = FAILED) -> NoReturn:
    """End the program with a line on stderr."""
    click.echo(reason, err=True)
    sys.exit(code)

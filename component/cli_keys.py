"""`roomkeeper keys`: the vault's keys, seen and rotated. Shows ids and counts, never a key."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from component.command_line import MISUSED, config_option, fail, load_config, with_store

if TYPE_CHECKING:
    from config.loader import Loaded
    from storage.rotation import Master
    from storage.store import Store


@click.group()
def keys() -> None:
    """Handle the keys of the vault, where identities are kept."""


@keys.command()
@config_option
def show(config: Path) -> None:
    """Show which master keys there are and how many keys each of them wraps; never a key itself."""
    loaded = load_config(config)
    from component.rotating import describe

    async def work(store: "Store") -> "tuple[Master, ...]":
        return await store.rotation.masters()

    masters = with_store(loaded, work, may_migrate=False)
    click.echo("index: there; it never changes, since every blind index rests on it")
    for master in masters:
        click.echo(describe(master, loaded.keyring.newest))


@keys.command()
@config_option
def rotate(config: Path) -> None:
    """Change the master key: make a new one, wrap all keys by it, and take the old one out of the key file.

    Roomkeeper may run meanwhile and need not be told. If this is cut off, call it again: it goes on. Afterwards keep a
    copy of the new key file; the old copy is still needed for backups of the database made before.
    """
    loaded = load_config(config)
    from component.rotating import add_master, rotate, sole_rotation
    from config.loader import KEYS_VARIABLE
    from storage.errors import BadKeys

    if KEYS_VARIABLE in os.environ:
        fail(f"the keys come from the variable {KEYS_VARIABLE}; move them into identity.key_file to rotate", MISUSED)
    path = _key_file(loaded)

    async def prove(_store: "Store") -> None:
        """That they are this database's keys is found out before the file is changed."""

    async def work(store: "Store") -> None:
        await rotate(store.rotation, path)

    try:
        with sole_rotation(path):
            with_store(loaded, prove, may_migrate=False)
            loaded.keyring.adopt(add_master(path))
            with_store(loaded, work, may_migrate=False)
    except BadKeys as error:
        fail(str(error))
    except BlockingIOError:
        fail("another rotation is under way")
    except OSError as error:
        fail(f"{error.filename or path} cannot be written: {error.strerror}; call this again to go on")
    click.echo(f"all keys are wrapped by master {loaded.keyring.newest}; keep a copy of {path}")


def _key_file(loaded: "Loaded") -> Path:
    return loaded.folder / loaded.settings.identity.key_file

"""`roomkeeper adopt`: what the first start does in the background, done before it, with everybody named who is over."""

import asyncio
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, tostring

import click

from component.command_line import config_option, fail, load_config

if TYPE_CHECKING:
    from component.adopting import Overrun, Progress
    from component.snapshot import Seen
    from config.loader import Loaded

_PAGE_TIMEOUT_S = 30.0
_MOST_LINES = 50


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say what would be taken over, and who is over which quota.")
@config_option
def adopt(config: Path, *, dry_run: bool) -> None:
    """Take over the rooms that are on the server already: codes, members, lists, names.

    The first `run` does the same by itself, in the background. Nobody loses anything: whoever holds more than there
    may be keeps it and gets no more; who that is stands in the end. Roomkeeper must not run: it holds the component's
    only stream. Nobody answers the hook while the rooms are read, as during a restart.
    """
    loaded = load_config(config)
    from component.wire import StreamError
    from storage.errors import StorageError

    try:
        asyncio.run(_adopt(loaded, is_dry=dry_run))
    except StreamError as error:
        if error.condition == "conflict":
            fail("Roomkeeper is running: it takes rooms over by itself, and its log says how far it is")
        fail(f"the server ended the stream ({error.condition}); `roomkeeper doctor` says what to do")
    except OSError as error:  # a timeout is one, too
        fail(f"no answer from the server ({error!r}); `roomkeeper doctor` says what to do")
    except StorageError as error:
        fail(str(error))


async def _adopt(loaded: "Loaded", *, is_dry: bool) -> None:
    from component.adopting import overruns, take_over
    from storage.store import Store

    settings, now = loaded.settings, time.time()
    rooms = await _read(loaded)
    store = await Store.open(
        loaded.storage_url,
        loaded.keyring,
        busy_timeout_s=settings.storage.busy_timeout,
        migrate=not loaded.is_storage_shared,
    )
    try:
        if is_dry:
            known = await store.rooms.open_rooms()
            new = {room.jid for room in rooms}.difference(known)
            members = sum(len(room.members) for room in rooms)
            click.echo(f"{len(rooms)} rooms with {members} members, {len(new)} rooms of them not known yet")
        else:
            async for _, progress in take_over(store, rooms, now):
                _show(progress)
            await store.adoption.finish(now)
        _name(await overruns(store, rooms, settings, now))
    finally:
        await store.close()


async def _read(loaded: "Loaded") -> "list[Seen]":
    from component.snapshot import SNAPSHOT, read_snapshot
    from component.wire import Wire, error_condition

    xmpp = loaded.settings.xmpp
    async with Wire(xmpp.host, xmpp.port, xmpp.domain, loaded.secret, timeout_s=_PAGE_TIMEOUT_S) as wire:

        async def ask(query: Element) -> Element:
            answer = await wire.ask(xmpp.muc, tostring(query, encoding="unicode"))
            page = answer.find(SNAPSHOT)
            if page is None:
                why = error_condition(answer) or "no snapshot"
                fail(f"{xmpp.muc} gives no snapshot ({why}): is mod_roomkeeper loaded there? See `roomkeeper doctor`")
            return page

        return [room async for room in read_snapshot(ask)]


def _show(progress: "Progress") -> None:
    click.echo(
        f"{progress.done} of {progress.of} rooms: {progress.rooms} new ones, {progress.places} members, "
        f"{progress.ghosts} ghosts removed"
    )
    sys.stdout.flush()


def _name(found: "Sequence[Overrun]") -> None:
    if not found:
        click.echo("nobody is over a quota")
        return
    click.echo("over a quota; they keep what they have and get no more:")
    for each in found[:_MOST_LINES]:
        click.echo(f"  {each.subject}: {each.quota.value} {each.used}, {each.limit} allowed")
    if len(found) > _MOST_LINES:
        click.echo(f"  and {len(found) - _MOST_LINES} more")

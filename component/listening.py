"""What listens for HTTP: small sites, each on an address of its own that a setting names. Knows not what they show.

A port is in the clear and asks nobody who they are: it belongs on loopback, or behind a proxy that does both.
"""

import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from config.addresses import parse_socket
from config.settings import Settings

if TYPE_CHECKING:
    from aiohttp import web

log = logging.getLogger(__name__)

_LAST_REQUESTS_S = 1.0


class CannotListenError(Exception):
    """An address is not to be had. The text begins with the setting that names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A site that settings ask for. It stays open over a reload that leaves its address, so it asks the world anew."""

    key: str  # the setting that names the address: `metrics.listen`
    address: str  # as `config.addresses.parse_socket` reads it
    make: "Callable[[], web.Application]"


Maker = Callable[[Settings], Site | None]
"""None: these settings ask for no such site."""


class Listening:
    """Every site that is open."""

    def __init__(self, *makers: Maker) -> None:
        """Nothing is open before `adopt`."""
        self._makers = makers
        self._open: dict[str, tuple[Site, web.AppRunner]] = {}

    async def adopt(self, settings: Settings) -> None:
        """Open what these settings ask for, and close what they do not; or leave everything as it was.

        Raises:
            CannotListenError: an address is taken, or not ours.
        """
        before = {key: site for key, (site, _) in self._open.items()}
        sites = (make(settings) for make in self._makers)
        try:
            await self._become({site.key: site for site in sites if site is not None})
        except CannotListenError:
            try:
                await self._become(before)
            except CannotListenError as error:
                log.error("closed, and not to be opened again: %s", error)
            raise

    async def close(self) -> None:
        """Answer what was asked, and close every site."""
        await self._become({})

    async def _become(self, wanted: Mapping[str, Site]) -> None:
        # Closed first: an address may be the old one written otherwise, or have changed hands between two settings.
        for key, (site, runner) in tuple(self._open.items()):
            if key not in wanted or wanted[key].address != site.address:
                del self._open[key]
                await runner.cleanup()
                log.info("%s: %s is closed", key, site.address)
        for key, site in wanted.items():
            if key not in self._open:
                self._open[key] = site, await _open(site)
                log.info("%s: listening on %s", key, site.address)


async def _open(site: Site) -> "web.AppRunner":
    from aiohttp import web  # noqa: PLC0415 - costs time and memory, which nobody pays who does not listen

    host, port = parse_socket(site.address)
    runner = web.AppRunner(site.make(), handle_signals=False, access_log=None, shutdown_timeout=_LAST_REQUESTS_S)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        await runner.cleanup()
        number = error.errno or 0  # negative: a resolver's, not the system's
        reason = os.strerror(number) if number > 0 else error.strerror
        raise CannotListenError(f"{site.key}: cannot listen on {site.address}: {reason}") from None
    return runner

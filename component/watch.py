"""What can be watched of a running component, and the site for that. How it is shown knows `component/metrics.py`."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from component.journal import Journal
from component.listening import Site
from component.stream import Stream
from component.tasks import Tasks
from component.world import World
from config.settings import Settings

if TYPE_CHECKING:
    from aiohttp import web


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """Whose numbers are shown."""

    world: World
    stream: Stream
    tasks: Tasks
    journal: Journal

    def site(self, settings: Settings) -> Site | None:
        """The site, where the settings ask for one."""
        address = settings.metrics.listen
        return None if address is None else Site(key="metrics.listen", address=address, make=self._make)

    def _make(self) -> "web.Application":
        from component.metrics import make_app  # noqa: PLC0415 - costs memory, which nobody pays who does not measure

        return make_app(self)

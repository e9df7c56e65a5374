"""What `web.listen` offers to browsers and services, as far as providers of identity need it."""

from typing import TYPE_CHECKING

from component.identity import signin, webhook
from component.identity.callbacks import Callbacks
from component.identity.pages import Pages
from component.identity.refusals import Refusals
from component.listening import Maker, Site
from component.world import World
from config.settings import Settings

if TYPE_CHECKING:
    from aiohttp import web

_MOST_BYTES = 64 * 1024


def maker(world: World) -> Maker:
    """Makes the site, for settings that give it an address."""

    def make(settings: Settings) -> Site | None:
        if not settings.web.listen:
            return None
        return Site(key="web.listen", address=settings.web.listen, make=lambda: application(world))

    return make


def application(world: World) -> "web.Application":
    """The site itself; which providers are in use it asks with every request."""
    from aiohttp import web  # noqa: PLC0415 - costs time and memory, which nobody pays who does not listen

    app = web.Application(client_max_size=_MOST_BYTES)
    refusals = Refusals(world)
    pages, callbacks = Pages(world, refusals), Callbacks(world, refusals)
    app.router.add_get(signin.START, pages.start, allow_head=False)
    app.router.add_get(signin.CALLBACK, pages.callback, allow_head=False)
    app.router.add_post(webhook.CALLBACK, callbacks.take)
    return app

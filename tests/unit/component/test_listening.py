"""Sites open as the settings ask, one reload after another, and an address that is not to be had changes nothing."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Iterator

import aiohttp
import pytest
from aiohttp import web

from component.listening import CannotListenError, Listening, Site
from config.settings import Settings, Xmpp

SETTINGS = Settings(xmpp=Xmpp(domain="keeper.example", muc="rooms.example"))

STRANGE = "192.0.2.1:9280"  # of a documentation network (RFC 5737): no machine has it


class Wanted:
    """Addresses by key, as settings would have them."""

    def __init__(self, *keys: str) -> None:
        self.addresses: dict[str, str] = {}
        self.made = 0
        self.listening = Listening(*(self._maker(key) for key in keys))

    def _maker(self, key: str):  # type: ignore[no-untyped-def] # noqa: ANN202
        def make(_settings: Settings) -> Site | None:
            address = self.addresses.get(key)
            return None if address is None else Site(key=key, address=address, make=lambda: self._site(key))

        return make

    def _site(self, key: str) -> web.Application:
        async def answer(_request: web.Request) -> web.Response:
            return web.Response(text=key)

        self.made += 1
        app = web.Application()
        app.router.add_get("/", answer)
        return app

    async def adopt(self, **addresses: str) -> None:
        self.addresses = {key.replace("_", "."): address for key, address in addresses.items()}
        await self.listening.adopt(SETTINGS)


@pytest.fixture
async def wanted() -> AsyncIterator[Wanted]:
    wanted = Wanted("a.listen", "b.listen")
    yield wanted
    await wanted.listening.close()


@pytest.fixture
def taken() -> Iterator[str]:
    """An address somebody else listens on."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield f"127.0.0.1:{other.getsockname()[1]}"


def free(host: str = "127.0.0.1") -> str:
    with socket.create_server((host, 0)) as probe:
        return f"{host}:{probe.getsockname()[1]}"


async def get(address: str) -> str | None:
    """What the site there says, None when nobody listens."""
    async with aiohttp.ClientSession() as session:
        try:
            async with session.get(f"http://{address}/") as answer:
                return await answer.text()
        except aiohttp.ClientConnectorError:
            return None


async def test_nothing_is_open_unless_settings_ask_for_it(wanted: Wanted) -> None:
    await wanted.adopt()
    assert wanted.made == 0


async def test_sites_open_move_and_close_with_the_settings(wanted: Wanted) -> None:
    first, second = free(), free()
    await wanted.adopt(a_listen=first)
    assert await get(first) == "a.listen"
    await wanted.adopt(a_listen=second, b_listen=first)
    assert (await get(first), await get(second)) == ("b.listen", "a.listen")
    await wanted.adopt(a_listen=first, b_listen=second)
    assert (await get(first), await get(second)) == ("a.listen", "b.listen")
    await wanted.adopt(b_listen=second)
    assert (await get(first), await get(second)) == (None, "b.listen")


async def test_a_site_whose_address_stays_is_left_alone(wanted: Wanted) -> None:
    address = free()
    await wanted.adopt(a_listen=address)
    await wanted.adopt(a_listen=address)
    assert wanted.made == 1


async def test_the_same_port_written_otherwise_is_no_port_taken(wanted: Wanted) -> None:
    address = free()
    await wanted.adopt(a_listen=address)
    await wanted.adopt(a_listen=address.replace("127.0.0.1", "localhost"))
    assert await get(address) == "a.listen"


async def test_an_address_taken_is_refused_by_name_and_what_was_open_stays_open(wanted: Wanted, taken: str) -> None:
    address = free()
    await wanted.adopt(a_listen=address)
    with pytest.raises(CannotListenError, match=rf"b.listen: cannot listen on {taken}: Address already in use"):
        await wanted.adopt(a_listen=free(), b_listen=taken)
    assert await get(address) == "a.listen"


async def test_an_address_that_is_not_ours_is_refused(wanted: Wanted) -> None:
    with pytest.raises(CannotListenError, match=f"cannot listen on {STRANGE}: Cannot assign"):
        await wanted.adopt(a_listen=STRANGE)


async def test_an_old_address_that_somebody_took_meanwhile_is_told(
    wanted: Wanted, taken: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    await wanted.adopt(a_listen=free())
    site, runner = wanted.listening._open["a.listen"]
    monkeypatch.setitem(wanted.listening._open, "a.listen", (Site(key=site.key, address=taken, make=site.make), runner))
    with caplog.at_level(logging.ERROR), pytest.raises(CannotListenError, match=STRANGE):
        await wanted.adopt(a_listen=STRANGE)
    assert "closed, and not to be opened again" in caplog.text


async def test_closing_does_not_wait_for_a_client_that_only_keeps_its_connection(wanted: Wanted) -> None:
    address = free()
    await wanted.adopt(a_listen=address)
    host, port = address.split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    async with asyncio.timeout(5):
        await wanted.listening.close()
        assert await reader.read() == b""
    writer.close()

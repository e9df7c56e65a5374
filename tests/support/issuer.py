"""A certified OpenID Provider (npm's oidc-provider) on loopback, and somebody with a browser who signs in there.

Installed by npm with a lock file, once, into `.cache/` of the checkout. Knows nothing of Roomkeeper.
"""

import asyncio
import contextlib
import html
import json
import os
import re
import shutil
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Self
from urllib.parse import urljoin, urlsplit

import aiohttp
import pytest

from tests.support.prosody import CHECKOUT

_SOURCE = CHECKOUT / "tests" / "support" / "oidc"
_FILES = ("package.json", "package-lock.json", "provider.mjs")
_INSTALL_S = 300
_START_S = 20
_MOST_PAGES = 12


def find() -> str | None:
    """Node's program, where npm is there too."""
    return shutil.which("node") if shutil.which("npm") else None


def require() -> str:
    """Node's program; without it the test is skipped, or fails where CI=true."""
    node = find()
    if node is not None:
        return node
    reason = "node and npm are not installed"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


async def install() -> str:
    """The folder with the provider, installed if need be."""
    stamp = sha256(b"".join((_SOURCE / name).read_bytes() for name in _FILES)).hexdigest()[:16]
    folder = CHECKOUT / ".cache" / f"oidc-{stamp}"
    if (folder / "installed").exists():
        return str(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name in _FILES:
        shutil.copy(_SOURCE / name, folder / name)
    process = await asyncio.create_subprocess_exec(
        "npm",
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        cwd=folder,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await asyncio.wait_for(process.communicate(), _INSTALL_S)
    assert process.returncode == 0, output.decode(errors="replace")
    (folder / "installed").touch()
    return str(folder)


@dataclass(slots=True, kw_only=True)
class Issuer:
    """`async with Issuer(redirect_uri=…, people=…) as issuer:` starts one. `restart` changes its keys."""

    redirect_uri: str
    people: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    client_id: str = "roomkeeper"
    client_secret: str = "a-secret-of-the-client-&-more"
    alg: str = "RS256"
    port: int = 0
    _process: asyncio.subprocess.Process | None = None

    @property
    def url(self) -> str:
        """What the issuer calls itself."""
        return f"http://127.0.0.1:{self.port}"

    async def __aenter__(self) -> Self:
        self.port = self.port or free_port()
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Start, with new keys."""
        node = require()
        names = ("port", "client_id", "client_secret", "redirect_uri", "alg")
        settings = {
            **{name: getattr(self, name) for name in names},
            "people": {k: dict(v) for k, v in self.people.items()},
        }
        self._process = await asyncio.create_subprocess_exec(
            node,
            "provider.mjs",
            json.dumps(settings),
            cwd=await install(),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"], "NODE_ENV": "production"},
        )
        assert self._process.stdout is not None
        async with asyncio.timeout(_START_S):
            while (line := await self._process.stdout.readline()).strip() != b"ready":
                assert line, "the provider ended"

    async def stop(self) -> None:
        """Away, as a provider that is down."""
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.communicate()


def free_port() -> int:
    """A port nobody has at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Browser:
    """Somebody's browser: follows links and redirects, keeps cookies, fills in forms; `page` is what it shows."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None
        self.url = ""
        self.status = 0
        self.page = ""
        self.headers: Mapping[str, str] = {}

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._session is not None
        await self._session.close()

    async def open(self, url: str, form: Mapping[str, str] | None = None, *, until: str = "") -> str:
        """Go to an address, and on by redirects; with `until`, not to addresses that begin so: the address reached."""
        assert self._session is not None
        method = "POST" if form is not None else "GET"
        for _ in range(_MOST_PAGES):
            if until and url.startswith(until):
                self.url = url
                return url
            async with self._session.request(method, url, data=form, allow_redirects=False) as response:
                self.page, self.status, self.headers = await response.text(), response.status, response.headers
            self.url = url
            if not 300 <= self.status < 400:
                return url
            url, method, form = urljoin(url, self.headers["Location"]), "GET", None
        raise AssertionError(f"redirected without end: {url}")

    def link(self) -> str:
        """The one link of the page."""
        (found,) = re.findall(r'<a href="([^"]*)"', self.page)
        return html.unescape(found)

    async def sign_in(self, login: str, *, until: str = "") -> str:
        """From the issuer's first page to wherever it sends the browser back to."""
        for _ in range(_MOST_PAGES):
            action = re.search(r'<form[^>]*action="([^"]*)"', self.page)
            if action is None or (until and self.url.startswith(until)):
                return self.url
            hidden = dict(re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', self.page))
            form = {**hidden, "login": login, "password": "any"}
            await self.open(urljoin(self.url, html.unescape(action[1])), form, until=until)
            if until and self.url.startswith(until):
                return self.url
        raise AssertionError(self.page)

    def is_at(self, url: str) -> bool:
        """Whether the page is on the same host and port."""
        return urlsplit(self.url).netloc == urlsplit(url).netloc

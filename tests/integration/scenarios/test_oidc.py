"""Somebody signs in at a certified OpenID Provider, in a browser, and is verified on the server."""

import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
import pytest_asyncio

from tests.integration.scenarios.site import UNVERIFIED, Site, expect, is_in, open_site
from tests.support.client import Client
from tests.support.issuer import Browser, Issuer, free_port
from tests.support.patterns import show

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = """
[identity]
providers = ["registry", "oidc"]
attempts = 50
[identity.oidc]
issuer = "{issuer}"
client_id = "roomkeeper"
client_secret_file = "{secret}"
scopes = ["openid", "profile", "document"]
document_claim = "document"
document_type = "passport"
timeout = "2s"
[web]
listen = "127.0.0.1:{port}"
public_url = "http://127.0.0.1:{port}"
"""
PEOPLE = {
    "juliet": {"name": "Juliet Capulet", "document": "OIDC-1"},
    "romeo": {"name": "Romeo Montague"},
    "rosaline": {"name": "Rosaline", "document": "OIDC-2"},
    "mercutio": {"name": "Mercutio", "document": "OIDC-3"},
}
CHOSEN = {"provider": "oidc"}

_running: list[Issuer] = []


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared_site() -> AsyncIterator[Site]:
    """The server, the component, and an issuer that knows it."""
    port = free_port()
    redirect_uri = f"http://127.0.0.1:{port}/identity/oidc/callback"
    async with Issuer(redirect_uri=redirect_uri, people=PEOPLE) as issuer:
        with tempfile.TemporaryDirectory() as folder:
            secret = Path(folder) / "oidc.secret"
            secret.touch(0o600)
            secret.write_text(issuer.client_secret)
            _running[:] = [issuer]
            async with open_site(CONFIG.format(issuer=issuer.url, secret=secret, port=port)) as site:
                yield site


async def link_for(site: Site, client: Client) -> str:
    """The link that `verify` gives: in the form's result, and as XEP-0066."""
    done = await site.command(client, "verify", CHOSEN)
    link = done.findtext("{jabber:x:oob}x/{jabber:x:oob}url")
    assert link, show(done)
    assert link in (done.findtext(".//{*}field[@var='link']/{*}value") or "")
    return link


async def sign_in(browser: Browser, link: str, login: str, *, until: str = "") -> None:
    """Open the link, go on to the issuer, and sign in there."""
    await browser.open(link)
    assert browser.status == 200, browser.page
    await browser.open(browser.link())
    await browser.sign_in(login, until=until)


def own_site(link: str) -> str:
    """Where our pages are."""
    parts = urlsplit(link)
    return f"{parts.scheme}://{parts.netloc}/"


async def test_a_sign_in_verifies_and_is_told_in_both_places(site: Site) -> None:
    zoe = await site.stranger("zoe", language="zh")
    await zoe.presence()
    room = site.room()
    expect(await zoe.join(room), UNVERIFIED)
    async with Browser() as browser:
        link = await link_for(site, zoe)
        await browser.open(link)
        assert zoe.bare in browser.page
        assert 'lang="zh-Hans"' in browser.page
        policy = browser.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script" not in browser.page + policy
        await browser.open(browser.link())
        await browser.sign_in("juliet")
        assert browser.is_at(link)
        assert browser.status == 200
        assert "已通过实名验证" in browser.page
    await zoe.receive(f"<message from='{site.service}'><body>{{has 已通过实名验证}}</body></message>")
    assert is_in(await zoe.join(room))


async def test_the_same_sign_in_and_the_same_document_are_one_person(site: Site, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("document_type,document_number,name\npassport,OIDC-2,Rosaline\n")
    assert (await site.roomkeeper.run("people", "import", str(people)))[0] == 0
    first, second, third = [await site.stranger(name) for name in ("one", "two", "three")]
    document = {"type": "passport", "number": "oidc 2", "name": "rosaline"}
    await site.command(first, "verify", {"provider": "registry"}, document)
    for client in (second, third):
        async with Browser() as browser:
            await sign_in(browser, await link_for(site, client), "rosaline")
            assert browser.status == 200, browser.page
    assert len({await site.holder(client.bare) for client in (first, second, third)}) == 1


async def test_a_link_holds_for_one_browser_and_one_use(site: Site) -> None:
    zoe = await site.stranger("zoe", language="en")
    link = await link_for(site, zoe)
    async with Browser() as browser, Browser() as other:
        await sign_in(browser, link, "romeo", until=own_site(link))
        answer = browser.url  # where the issuer sent the browser, not gone to yet
        await other.open(answer)
        assert (other.status, "same browser" in other.page) == (403, True)
        await browser.open(answer)
        assert browser.status == 200, browser.page
        await browser.open(answer)
        assert (browser.status, "has been used" in browser.page) == (409, True)
        await browser.open(link)
        assert browser.status == 409
    assert is_in(await zoe.join(site.room()))


async def test_a_new_link_makes_the_old_one_void(site: Site) -> None:
    zoe = await site.stranger("zoe", language="en")
    old, new = await link_for(site, zoe), await link_for(site, zoe)
    async with Browser() as browser:
        await browser.open(old)
        assert browser.status == 409
        await browser.open(new)
        assert browser.status == 200


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"state": "nobody-knows-this"}, 404),
        ({"state": ""}, 400),
        ({"iss": "https://other.example"}, 400),
        ({"iss": ""}, 400),
        ({"code": "forged"}, 400),
        ({"code": "x" * 5000}, 400),
    ],
)
async def test_an_answer_that_was_changed_binds_nobody(site: Site, change: dict[str, str], status: int) -> None:
    zoe = await site.stranger("zoe", language="en")
    link = await link_for(site, zoe)
    async with Browser() as browser:
        await sign_in(browser, link, "mercutio", until=own_site(link))
        parts = urlsplit(browser.url)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()} | change
        url = f"{own_site(link)}identity/oidc/callback"
        async with aiohttp.ClientSession() as session, session.get(url) as bare:
            assert bare.status == 400
        assert browser._session is not None
        async with browser._session.get(
            url, params={k: v for k, v in query.items() if v}, allow_redirects=False
        ) as got:
            assert (got.status, "Location" in got.headers) == (status, False)
    expect(await zoe.join(site.room()), UNVERIFIED)
    told = [record.entry.deed for record in await site.store.audit.read(20)]
    assert "identity-refused" in told


async def test_whoever_declines_is_not_bound_and_may_try_again(site: Site) -> None:
    zoe = await site.stranger("zoe", language="en")
    link = await link_for(site, zoe)
    async with Browser() as browser:
        await browser.open(link)
        state = parse_qs(urlsplit(link).query)["state"][0]
        error = f"error=access_denied&state={state}&iss={_running[0].url}"
        await browser.open(f"{own_site(link)}identity/oidc/callback?{error}")
        assert (browser.status, "have not signed in" in browser.page) == (400, True)
        await sign_in(browser, await link_for(site, zoe), "mercutio")
        assert browser.status == 200, browser.page


async def test_whoever_signs_in_while_the_component_is_killed_is_verified_all_the_same(site: Site) -> None:
    zoe = await site.stranger("zoe", language="en")
    link = await link_for(site, zoe)
    async with Browser() as browser:
        await sign_in(browser, link, "romeo", until=own_site(link))
        await site.roomkeeper.kill()
        await site.roomkeeper.start()
        await browser.open(browser.url)
        assert browser.status == 200, browser.page
    assert is_in(await zoe.join(site.room()))


async def test_an_issuer_may_change_its_keys(site: Site) -> None:
    (issuer,) = _running
    await issuer.stop()
    await issuer.start()
    zoe = await site.stranger("zoe", language="en")
    async with Browser() as browser:
        await sign_in(browser, await link_for(site, zoe), "mercutio")
        assert browser.status == 200, browser.page


async def test_an_issuer_that_is_down_is_told_in_clear_words(site: Site) -> None:
    (issuer,) = _running
    zoe = await site.stranger("zoe", language="en")
    link = await link_for(site, zoe)
    async with Browser() as browser:
        await sign_in(browser, link, "mercutio", until=own_site(link))
        await issuer.stop()
        try:
            await browser.open(browser.url)
            assert (browser.status, "does not answer" in browser.page) == (502, True)
        finally:
            await issuer.start()
    expect(await zoe.join(site.room()), UNVERIFIED)

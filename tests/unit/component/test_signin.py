"""A sign-in from command to callback: what the issuer, a thief and a proxy learn of it, and may do with it."""

import logging
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import DummyCookieJar
from aiohttp.test_utils import TestClient, TestServer

from component.forms import Done
from component.identity import signin
from component.identity.issuer import Issuers
from component.identity.site import application
from config.settings import Identity, Oidc, Seconds, Web
from tests.support.issuer import Browser
from tests.support.office import Office, open_office
from tests.unit.component.test_issuer import ISSUER, Fake

JULIET, ROMEO = "juliet@example", "romeo@example"
PUBLIC_URL = "https://chat.example"
IDENTITY = Identity(
    providers=("oidc",),
    attempts=9,
    oidc=Oidc(issuer=ISSUER, client_id="me", link_lasts=Seconds(600), document_claim="document"),
)


class Stage:
    """The site over a world, and an issuer that believes whoever comes."""

    def __init__(self, office: Office, client: "TestClient[Any, Any]", issuer: Fake) -> None:
        self.office = office
        self.client = client
        self.issuer = issuer

    async def link(self, account: str = JULIET) -> str:
        """The path and query of the link that `verify` gives."""
        done = await self.office.run("verify", account)
        assert isinstance(done, Done)
        assert done.link.startswith(PUBLIC_URL)
        return done.link.removeprefix(PUBLIC_URL)

    async def open(self, link: str, **headers: str) -> tuple[int, str, Mapping[str, str]]:
        """A page: status, text, headers."""
        async with self.client.get(link, headers=headers, allow_redirects=False) as response:
            return response.status, await response.text(), response.headers

    async def onward(self, link: str) -> tuple[str, str]:
        """Where the page leads to, and its cookie."""
        browser = Browser()
        _, browser.page, headers = await self.open(link)
        return browser.link(), headers["Set-Cookie"].partition(";")[0]

    async def come_back(self, link: str) -> tuple[int, str, Mapping[str, str]]:
        """What the page says to whom the issuer sends back, once they have signed in there."""
        onward, cookie = await self.onward(link)
        query = parse_qs(urlsplit(onward).query)
        self.issuer.claims["nonce"] = query["nonce"][0]
        return await self.open(f"{signin.CALLBACK}?state={query['state'][0]}&code=the-code", Cookie=cookie)

    async def is_verified(self, account: str = JULIET) -> bool:
        self.office.memory.forget(account)
        return (await self.office.memory.known(account)).person is not None


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    web = Web(listen="127.0.0.1:1", public_url=PUBLIC_URL)
    async with open_office(tmp_path, identity=IDENTITY, web=web) as office:
        issuer = Fake(document="C01")
        office.issuers = Issuers(issuer, office.now)  # type: ignore[arg-type] # the face of a WebClient
        # The cookie is for https alone, which the test's server does not speak: it is carried by hand.
        server = TestServer(application(office))
        await server.start_server(access_log=None)  # as component/listening.py has it
        async with TestClient(server, cookie_jar=DummyCookieJar()) as client:
            yield Stage(office, client, issuer)


async def test_the_issuer_learns_nothing_of_accounts_rooms_and_the_server(stage: Stage) -> None:
    link = await stage.link()
    onward, _ = await stage.onward(link)
    _, _, headers = await stage.open(link)
    assert headers["Referrer-Policy"] == "no-referrer"
    status, page, _ = await stage.come_back(link)
    assert (status, await stage.is_verified()) == (200, True), page
    seen = [onward, *map(repr, stage.issuer.asked)]
    assert len(stage.issuer.asked) >= 3
    xmpp = stage.office.settings.xmpp
    for name in ("juliet", xmpp.domain, xmpp.muc):
        assert not [each for each in seen if name in each]


async def test_a_link_is_for_the_account_it_names_whoever_opens_it(stage: Stage) -> None:
    link = await stage.link()
    _, page, _ = await stage.open(link)
    assert JULIET in page
    await stage.come_back(link)
    assert (await stage.is_verified(), await stage.is_verified(ROMEO)) == (True, False)
    assert (await stage.open(link))[0] == 409


async def test_a_link_found_later_leads_nowhere(stage: Stage) -> None:
    link = await stage.link()
    stage.office.clock.at += 601
    status, page, _ = await stage.open(link)
    assert (status, ISSUER in page) == (410, False)


async def test_whoever_binds_by_a_stolen_link_is_told_to_the_account_and_answers_for_it(stage: Stage) -> None:
    await stage.come_back(await stage.link())
    assert any(to == JULIET and "you are verified" in text for to, text, _ in stage.office.effects.said)
    thief = (await stage.office.memory.known(JULIET)).person
    await stage.come_back(await stage.link(ROMEO))  # the same sign-in
    other = (await stage.office.memory.known(ROMEO)).person
    assert thief is not None
    assert other is not None
    assert thief.number == other.number


async def test_a_copy_of_the_database_continues_no_sign_in(stage: Stage) -> None:
    link = await stage.link()
    state = parse_qs(urlsplit(link).query)["state"][0]
    await stage.open(link)
    asking = signin.asking_of(stage.office, state)
    secrets = (state, asking.verifier, asking.nonce, signin.browser_of(stage.office, state))
    data = b"".join(path.read_bytes() for path in stage.office.loaded.folder.glob("roomkeeper.db*"))
    assert signin.ref_of(stage.office, state).encode() in data
    assert not [secret for secret in secrets if secret.encode() in data]
    assert (await stage.open(f"{signin.START}?state={signin.ref_of(stage.office, state)}"))[0] == 404


async def test_what_a_proxy_adds_changes_nothing(stage: Stage) -> None:
    link = await stage.link()
    forged = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http", "Forwarded": "host=evil.example"}
    status, page, headers = await stage.open(link, **forged)
    assert (status, "evil" in page + repr(headers)) == (200, False)
    query = parse_qs(urlsplit((await stage.onward(link))[0]).query)
    assert query["redirect_uri"] == [PUBLIC_URL + signin.CALLBACK]
    assert "Secure" in headers["Set-Cookie"]


async def test_what_a_proxy_reads_redeems_no_code(stage: Stage) -> None:
    link = await stage.link()
    read = [link, *await stage.onward(link)]
    state = parse_qs(urlsplit(link).query)["state"][0]
    verifier = signin.asking_of(stage.office, state).verifier
    assert (await stage.come_back(link))[0] == 200
    assert not [each for each in read if verifier in each]
    assert [verifier in str(body) for url, body, _ in stage.issuer.asked if url.endswith("/token")] == [True]


async def test_a_sign_in_leaves_no_token_and_no_plain_text(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    stage.issuer.claims |= {"sub": "PLANTED-SUBJECT", "name": "Planted Capulet", "document": "PLANTED77"}
    stage.issuer.access_token = "planted-access-token"
    assert (await stage.come_back(await stage.link()))[0] == 200
    assert await stage.is_verified()
    data = b"".join(path.read_bytes() for path in stage.office.loaded.folder.glob("roomkeeper.db*"))
    for planted in (b"planted", b"PLANTED", b"Planted", b"the-code"):
        assert planted not in data
        assert planted not in caplog.text.encode()


async def test_a_flood_of_refusals_does_not_fill_the_audit(stage: Stage) -> None:
    for _ in range(200):
        assert (await stage.open(f"{signin.CALLBACK}?state=forged"))[0] == 404
    assert (await stage.office.deeds()).count("identity-refused") <= 60

"""Bad input on the way to being verified: huge fields, addresses that deceive, services that hang, storage away."""

import asyncio
import hmac
import json
import tempfile
import time
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path
from secrets import token_hex

import aiohttp
import pytest
import pytest_asyncio

from storage.verifications import Verification
from tests.integration.scenarios.site import COMMANDS, UNHURRIED, UNVERIFIED, Site, expect, is_in, open_site
from tests.integration.scenarios.test_storage_trouble import locked
from tests.support.patterns import show
from tests.support.prosody import free_ports

pytestmark = pytest.mark.asyncio(loop_scope="module")

SECRET = "a secret that both of them know, and nobody else does"
CONFIG = (
    """
[identity]
providers = ["registry", "review", "http", "oidc"]
attempts = 50
[identity.http]
url = "http://127.0.0.1:{hung}/verify"
secret_file = "{folder}/secret"
timeout = "1s"
[identity.oidc]
issuer = "http://127.0.0.1:{hung}"
client_id = "roomkeeper"
timeout = "1s"
[web]
listen = "127.0.0.1:{web}"
public_url = "http://127.0.0.1:{web}"
[storage]
busy_timeout = "0.2s"
[staff]
identity_officers = ["lorenzo@localhost"]
"""
    + UNHURRIED
)
HUGE = "9" * 65_536
_web: list[int] = []


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared_site() -> AsyncIterator[Site]:
    """The server and the component, whose service and issuer take connections and never say a word."""
    held = set()

    async def hang(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        held.add(writer)
        await asyncio.Event().wait()

    server = await asyncio.start_server(hang, "127.0.0.1", 0)
    (web,) = free_ports(1)
    _web[:] = [web]
    with tempfile.TemporaryDirectory() as folder:
        secret = Path(folder) / "secret"
        secret.touch(0o600)
        secret.write_text(SECRET)
        hung = server.sockets[0].getsockname()[1]
        async with open_site(CONFIG.format(hung=hung, folder=folder, web=web)) as site:
            yield site
    for writer in held:
        writer.close()
    server.close()


async def is_bound(site: Site, account: str) -> bool:
    return (await site.store.people.find(account, time.time())).person is not None


@pytest.mark.parametrize("provider", ["registry", "review", "http"])
@pytest.mark.parametrize("var", ["type", "number", "name"])
async def test_a_field_of_64_kilobytes_is_asked_for_again_and_begins_nothing(
    site: Site, provider: str, var: str
) -> None:
    zoe = await site.stranger("zoe", language="en")
    given = {"type": "passport", "number": "1", "name": "Zoe", var: HUGE}
    asked = await site.command(zoe, "verify", {"provider": provider}, given)
    assert asked.get("status") == "executing", show(asked)
    assert HUGE[:600] not in show(asked)
    assert await site.store.verifications.waiting_of(zoe.bare, provider, time.time()) is None
    assert not await is_bound(site, zoe.bare)


@pytest.mark.parametrize(
    "payload",
    [
        f"<field var='{HUGE}'><value>1</value></field>",
        "<field var='number'>" + "<value>1</value>" * 10_000 + "</field>",
        "".join(f"<field var='f{number}'><value>1</value></field>" for number in range(3000)),
        "<field><value>1</value></field>",
    ],
    ids=["huge name", "many values", "many fields", "no name"],
)
async def test_a_form_nobody_gave_out_gets_an_answer_and_binds_nobody(site: Site, payload: str) -> None:
    zoe = await site.stranger("zoe", language="en")
    begun = await site.command(zoe, "verify", {"provider": "registry"})
    form = f"<x xmlns='jabber:x:data' type='submit'>{payload}</x>"
    command = f"<command xmlns='{COMMANDS}' node='urn:roomkeeper:cmd:verify' sessionid='{begun.get('sessionid')}'>"
    answer = await zoe.iq("set", f"{command}{form}</command>", site.service)
    assert answer.get("type") in {"result", "error"}
    expect(await zoe.join(site.room()), UNVERIFIED)


@pytest.mark.parametrize("twin", ["\u0458uliet", "jul\u0456et", "juli\u0435t"])
async def test_an_address_that_reads_like_a_verified_one_is_refused_and_audited(site: Site, twin: str) -> None:
    mark = token_hex(3)
    latin = twin.translate({0x458: "j", 0x456: "i", 0x435: "e"})
    await site.verify(f"{latin}-{mark}@localhost")
    impostor = await site.log_in(f"{twin}-{mark}", language="en")
    refused = await site.command(impostor, "verify")
    assert "somebody else" in show(refused), show(refused)
    (newest,) = await site.store.audit.read(1, subject=f"a:{impostor.bare}")
    assert newest.entry.deed == "identity-refused"
    expect(await impostor.join(site.room()), UNVERIFIED)


async def test_a_service_and_an_issuer_that_hang_keep_nobody_else_waiting(site: Site) -> None:
    anna, zoe, yve = await site.person("anna"), await site.stranger("zoe", language="en"), await site.stranger("yve")
    room = site.room()
    assert is_in(await anna.join(room))
    given = {"type": "passport", "number": "Z1", "name": "Zoe"}
    asking = asyncio.gather(
        site.command(zoe, "verify", {"provider": "http"}, given), site.command(yve, "verify", {"provider": "oidc"})
    )
    for number in range(50):
        await anna.say(room, f"going on {number}")
        await anna.hear(room, f"going on {number}")
    by_service, by_issuer = await asking
    assert "keep trying" in show(by_service)
    assert by_issuer.findtext("{*}note") is not None
    assert "http://127.0.0.1" not in show(by_issuer)  # no link that leads nowhere
    for client in (zoe, yve):
        assert not await is_bound(site, client.bare)


async def test_a_callback_while_storage_is_away_is_to_be_sent_again_and_binds_then(site: Site) -> None:
    zoe = await site.stranger("zoe")
    fields = {"type": "passport", "number": token_hex(4), "name": "Zoe"}
    begun = await site.store.verifications.begin(
        "http", zoe.bare, "en", fields, at=time.time(), lasts_s=600, attempts=9, window_s=9
    )
    assert isinstance(begun, Verification)
    body = json.dumps({"request": begun.ref, "verdict": "approved"}).encode()
    with locked(site):
        assert await call_back(body) == 503
        assert not await is_bound(site, zoe.bare)
    assert await call_back(body) == 204
    assert is_in(await zoe.join(site.room()))


async def call_back(body: bytes) -> int:
    now = str(int(time.time()))
    mac = hmac.new(SECRET.encode(), f"v1:callback:{now}:".encode() + body, sha256).hexdigest()
    headers = {"Roomkeeper-Timestamp": now, "Roomkeeper-Signature": f"v1={mac}"}
    url = f"http://127.0.0.1:{_web[0]}/identity/http/callback"
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as answer:
        return answer.status

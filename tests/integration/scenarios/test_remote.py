"""People of another server, over real server-to-server streams, are let in, refused and put out as those of ours."""

from collections.abc import AsyncIterator
from secrets import token_hex
from typing import Any

import pytest
import pytest_asyncio

from storage.documents import Entry
from tests.integration.scenarios.site import BARRED, MODERATED, UNVERIFIED, Site, bounce, expect, is_in, open_site
from tests.integration.scenarios.test_enforcement import SPEECH, STATES, WAYS_IN, State, lapsed
from tests.integration.scenarios.test_lapsing import nudge
from tests.support.client import Client
from tests.support.patterns import show
from tests.support.prosody import CHECKOUT, HOOK_FOLDER, MODULES, Prosody, free_ports

pytestmark = pytest.mark.asyncio(loop_scope="module")

FAR = "far.localhost"
VALID_S = 3600
CONFIG = (
    f'[identity]\nvalid_for = "{VALID_S}s"\nremind_before = []\nmax_accounts = 9\non_loss = "remove"\n'
    f'domains = ["localhost", "{FAR}"]\n{MODERATED}'
)
_MODULE_FOLDER = CHECKOUT / "tests" / "integration" / "remote"


def linked(own_port: int, others: dict[str, int]) -> dict[str, Any]:
    """Options of a server that speaks to others, which prove who they are by dialback (XEP-0220)."""
    return {
        "modules_enabled": (*MODULES, "dialback", "static_s2s"),
        "modules_disabled": ("s2s_auth_certs", "offline", "http", "tls"),
        "plugin_paths": [HOOK_FOLDER, _MODULE_FOLDER],
        "s2s_ports": [own_port],
        "s2s_direct_tls_ports": [],
        "s2s_require_encryption": False,
        "s2s_secure_auth": False,
        "static_s2s": others,
    }


_far: list[Prosody] = []


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared_site() -> AsyncIterator[Site]:
    """The server with the component, and a bare one elsewhere."""
    near_port, far_port = free_ports(2)
    near_hosts = dict.fromkeys(("localhost", "conference.localhost", "roomkeeper.localhost"), near_port)
    far = Prosody(
        domain=FAR,
        muc=f"conference.{FAR}",
        components=(f"unused.{FAR}",),
        hook=False,
        options=linked(far_port, near_hosts),
    )
    near: dict[str, Any] = {
        "options": linked(near_port, {FAR: far_port}),
        "muc_modules": ("muc_mam",),
        "muc_options": {"muc_room_default_persistent": True, "muc_log_by_default": True},
    }
    async with far, open_site(CONFIG, **near) as site:
        _far[:] = [far]
        yield site


async def visitor(site: Site, name: str, *, state: State | None = None) -> Client:
    """Log in somebody new at the other server, whom the component has not seen yet."""
    user = f"{name}-{token_hex(3)}"
    if state is not None:
        await state(site, f"{user}@{FAR}")
    client = await Client.connect(_far[0].c2s_port, user, domain=FAR, language="en")
    site.clients.append(client)
    await client.presence()
    return client


async def verified(site: Site, account: str) -> None:
    await site.verify(account)


async def test_from_the_first_refusal_over_verify_to_words_heard_both_ways(site: Site) -> None:
    anna, zoe = await site.person("anna"), await visitor(site, "zoe")
    room = site.room()
    assert is_in(await anna.join(room))
    expect(await zoe.join(room), UNVERIFIED, "verif", "en")
    entry = Entry(document_type="passport", document_number=token_hex(8), name="Zoe")
    await site.store.registry.put((entry,), 0)
    given = {"type": "passport", "number": entry.document_number, "name": "Zoe"}
    done = await site.command(zoe, "verify", given)
    assert done.get("status") == "completed", show(done)
    assert is_in(await zoe.join(room))
    await zoe.say(room, "hello from afar")
    await anna.hear(room, "hello from afar")
    await anna.say(room, "hello, far one")
    await zoe.hear(room, "hello, far one")
    assert await site.places(zoe.bare) == {room}


@pytest.mark.parametrize(("state", "error"), STATES, ids=[state.__name__ for state, _ in STATES])
async def test_no_way_in_is_open_from_elsewhere(site: Site, state: State, error: tuple[str, str]) -> None:
    anna, room = await site.person("anna"), site.room()
    await anna.join(room)
    zoe = await visitor(site, "zoe", state=state)
    for way in WAYS_IN:
        expect(await way(zoe, room), error)
    assert await site.places(zoe.bare) == set()
    assert not any("psst" in "".join(each.itertext()) for each in anna.unread)


async def test_whoever_lapses_inside_is_put_out_and_told_there(site: Site) -> None:
    anna, room = await site.person("anna"), site.room()
    assert is_in(await anna.join(room))
    zoe = await visitor(site, "zoe", state=lambda site, account: lapsed(site, account, 4))
    assert is_in(await zoe.join(room))
    await nudge(site)
    await zoe.receive(f"<presence type='unavailable' from='{room}/{zoe.user}'/>", timeout_s=10)
    await zoe.receive(f"<message from='{site.service}'><body>{{has has ended}}</body></message>")
    for way in SPEECH:
        expect(await way(zoe, room), UNVERIFIED)
    assert await site.places(zoe.bare) == {room}


async def test_whoever_is_blacklisted_is_put_out_by_every_account_here_and_there(site: Site) -> None:
    entry = Entry(document_type="passport", document_number=token_hex(8), name="Zoe")
    await site.store.registry.put((entry,), 0)

    async def same(site: Site, account: str) -> None:
        await site.claim(account, entry)

    there, here = await visitor(site, "zoe", state=same), await site.stranger("zoe")
    await site.claim(here.bare, entry)
    room = site.room()
    for client in (there, here):
        assert is_in(await client.join(room))
    assert await site.holder(there.bare) == await site.holder(here.bare)
    number = (await site.holder(there.bare)).removeprefix("p:")
    moderator = await site.moderator()
    deed = {"deed": f"bar-person:{number}", "reason": "Fraud"}
    await site.command(moderator, "blacklist", {"subject": there.bare}, deed, {"confirm": "1"})
    for client in (there, here):
        await client.receive(f"<presence type='unavailable' from='{room}/{client.user}'/>")
        expect(await client.join(room), BARRED)


async def test_a_mute_silences_them_too(site: Site) -> None:
    anna, room = await site.person("anna"), site.room()
    assert is_in(await anna.join(room))
    there = await visitor(site, "zoe", state=verified)
    assert is_in(await there.join(room))
    await site.sanction(await site.moderator(), there.bare, "mute", room=room)
    await bounce(there, await there.say(room, "may I?"), BARRED)
    await anna.say(room, "going on")
    await anna.receive_none("<message><body>may I?</body></message>", until="<message><body>going on</body></message>")

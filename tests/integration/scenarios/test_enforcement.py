"""Whoever nobody vouches for (any more), from here or from elsewhere, gets in by no way and says nothing inside."""

import time
from collections.abc import Awaitable, Callable
from secrets import token_hex
from xml.etree.ElementTree import Element

import pytest

from storage.documents import Entry
from tests.integration.scenarios.site import (
    BARRED,
    MODERATED,
    NOT_ALLOWED,
    UNVERIFIED,
    Error,
    Site,
    expect,
    is_in,
)
from tests.integration.scenarios.test_lapsing import nudge
from tests.integration.scenarios.test_ways_in import ADMIN, FIELD, FORM, MAM, OWNER, USER
from tests.support.client import Client

pytestmark = pytest.mark.asyncio(loop_scope="module")

VALID_S = 3600
ELSEWHERE = "elsewhere.localhost"
CONFIG = f'[identity]\nvalid_for = "{VALID_S}s"\nremind_before = []\nmax_accounts = 9\n{MODERATED}'
PROSODY = {
    "muc_modules": ("muc_mam",),
    "muc_options": {"muc_room_default_persistent": True, "muc_log_by_default": True},
    "more": f'VirtualHost "{ELSEWHERE}"\n',
}

State = Callable[[Site, str], Awaitable[None]]


async def unverified(_site: Site, _account: str) -> None:
    """Nobody ever vouched for them."""


async def lapsed(site: Site, account: str, left_s: float = 0) -> None:
    """Verified so long ago that it counts no more, or for so many seconds only."""
    entry = Entry(document_type="passport", document_number=token_hex(8), name="Anybody")
    at = time.time() - VALID_S + left_s
    await site.store.registry.put((entry,), at)
    await site.store.registry.claim(
        account, entry, at, max_accounts=9, attempts=9, window_s=60, start_score=60, tier="standard"
    )


async def erased(site: Site, account: str) -> None:
    """Verified once, and erased as they wished."""
    number = await site.verify(account)
    await site.store.erasures.ask(number, time.time(), time.time(), by=account)
    assert await site.store.erasures.erase(number, time.time()) is not None


async def blacklisted_account(site: Site, account: str) -> None:
    await site.verify(account)
    await site.store.people.blacklist(account=account, reason="Fraud", by="test", at=time.time())


async def blacklisted_person(site: Site, account: str) -> None:
    number = await site.verify("other@localhost" + token_hex(3), account)
    await site.store.people.blacklist(number=number, reason="Fraud", by="test", at=time.time())


STATES: tuple[tuple[State, Error], ...] = (
    (unverified, UNVERIFIED),
    (lapsed, UNVERIFIED),
    (erased, UNVERIFIED),
    (blacklisted_account, BARRED),
    (blacklisted_person, BARRED),
)


async def somebody(site: Site, domain: str, state: State) -> Client:
    """Somebody new in this state, whom the component has not seen yet."""
    user = f"zoe-{token_hex(3)}"
    await state(site, f"{user}@{domain}")
    client = await Client.connect(site.prosody.c2s_port, user, domain=domain, language="en")
    site.clients.append(client)
    return client


async def join(zoe: Client, room: str) -> Element:
    return await zoe.join(room)


async def create(zoe: Client, room: str) -> Element:
    return await zoe.join(f"new-{room}")


async def own(zoe: Client, room: str) -> Element:
    return await zoe.iq("get", f"<query xmlns='{OWNER}'/>", f"new-{room}")


async def register(zoe: Client, room: str) -> Element:
    fields = FIELD.format("FORM_TYPE", "http://jabber.org/protocol/muc#register")
    fields += FIELD.format("muc#register_roomnick", "zoe")
    return await zoe.iq("set", f"<query xmlns='jabber:iq:register'>{FORM.format(fields)}</query>", room)


async def archive(zoe: Client, room: str) -> Element:
    return await zoe.iq("set", f"<query xmlns='{MAM}'/>", room)


async def post(zoe: Client, room: str) -> Element:
    await zoe.send(f"<message type='groupchat' id='w' to='{room}'><body>psst</body></message>")
    return await zoe.receive("<message id='w' type='error'/>")


async def private(zoe: Client, room: str) -> Element:
    await zoe.send(f"<message type='chat' id='w' to='{room}/anna'><body>psst</body></message>")
    return await zoe.receive("<message id='w' type='error'/>")


async def invite(zoe: Client, room: str) -> Element:
    payload = f"<x xmlns='{USER}'><invite to='ben@localhost'><reason>psst</reason></invite></x>"
    await zoe.send(f"<message id='w' to='{room}'>{payload}</message>")
    return await zoe.receive("<message id='w' type='error'/>")


async def subject(zoe: Client, room: str) -> Element:
    await zoe.send(f"<message type='groupchat' id='w' to='{room}'><subject>psst</subject></message>")
    return await zoe.receive("<message id='w' type='error'/>")


async def status(zoe: Client, room: str) -> Element:
    await zoe.send(f"<presence id='w' to='{room}/{zoe.user}'><status>psst</status></presence>")
    return await zoe.receive("<presence id='w' type='error'/>")


async def nick(zoe: Client, room: str) -> Element:
    await zoe.send(f"<presence id='w' to='{room}/psst'/>")
    return await zoe.receive("<presence id='w' type='error'/>")


WAYS_IN = (join, create, own, register, archive, post, private, invite)
SPEECH = (post, private, invite, subject, status, nick)


@pytest.mark.parametrize("domain", ["localhost", ELSEWHERE])
@pytest.mark.parametrize(("state", "error"), STATES, ids=[state.__name__ for state, _ in STATES])
async def test_no_way_in_is_open(site: Site, domain: str, state: State, error: Error) -> None:
    anna = await site.person("anna")
    room = site.room()
    await anna.join(room)
    zoe = await somebody(site, domain, state)
    for way in WAYS_IN:
        expect(await way(zoe, room), error)
    for affiliation in ("member", "admin", "owner"):
        item = f"<item affiliation='{affiliation}' jid='{zoe.bare}'/>"
        expect(await anna.iq("set", f"<query xmlns='{ADMIN}'>{item}</query>", room), NOT_ALLOWED, zoe.bare)
    assert await site.places(zoe.bare) == set()
    assert not any("psst" in "".join(each.itertext()) for each in anna.unread)


@pytest.mark.parametrize("domain", ["localhost", ELSEWHERE])
async def test_whoever_lapses_inside_falls_silent_and_stays_a_member(site: Site, domain: str) -> None:
    anna = await site.person("anna")
    room = site.room()
    await anna.join(room)
    zoe = await somebody(site, domain, lambda site, account: lapsed(site, account, 3))
    assert is_in(await zoe.join(room))
    await zoe.presence()
    await zoe.say(room, "hello")
    await anna.hear(room, "hello")
    await nudge(site)
    await zoe.receive(f"<message from='{site.service}'><body>{{has has ended}}</body></message>")
    for way in SPEECH:
        expect(await way(zoe, room), UNVERIFIED, "has ended", "en")
    expect(await create(zoe, room), UNVERIFIED)
    assert await site.places(zoe.bare) == {room}
    await anna.say(room, "still there?")
    await zoe.hear(room, "still there?")
    await zoe.leave(room)
    expect(await zoe.join(room), UNVERIFIED, "has ended", "en")
    assert await site.places(zoe.bare) == {room}


async def test_verifying_again_gives_all_of_it_back(site: Site) -> None:
    zoe = await somebody(site, "localhost", lapsed)
    room = site.room()
    expect(await zoe.join(room), UNVERIFIED)
    entry = Entry(document_type="passport", document_number=token_hex(8), name="Zoe")
    await site.store.registry.put((entry,), time.time())
    other = await site.command(zoe, "verify", {"type": "passport", "number": entry.document_number, "name": "Zoe"})
    assert other.get("status") == "executing"  # somebody else's document renews nothing
    expect(await zoe.join(room), UNVERIFIED)


@pytest.mark.parametrize("domain", ["localhost", ELSEWHERE])
async def test_whoever_is_blacklisted_inside_is_put_out(site: Site, domain: str) -> None:
    room = site.room()

    async def verified(site: Site, account: str) -> None:
        await site.verify(account)

    zoe = await somebody(site, domain, verified)
    assert is_in(await zoe.join(room))
    number = (await site.holder(zoe.bare)).removeprefix("p:")
    moderator = await site.moderator()
    deed = {"deed": f"bar-person:{number}", "reason": "Fraud"}
    await site.command(moderator, "blacklist", {"subject": zoe.bare}, deed, {"confirm": "1"})
    await zoe.receive(f"<presence type='unavailable' from='{room}/{zoe.user}'/>")
    for way in WAYS_IN:
        expect(await way(zoe, room), BARRED)

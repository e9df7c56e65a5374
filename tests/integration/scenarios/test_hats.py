"""Founder, managers and verified people wear hats (XEP-0317) that everybody in the room sees."""

import secrets
import time
from xml.etree.ElementTree import Element

import pytest

from storage.documents import Entry
from tests.integration.scenarios.site import UNHURRIED, Site, is_in, open_site
from tests.support.client import Client
from tests.support.patterns import show

pytestmark = pytest.mark.asyncio(loop_scope="module")

WEAR = '["founder", "manager", "verified"]'
CONFIG = (
    """
[identity]
required_for = []

[hats]
wear = WEAR
""".replace("WEAR", WEAR)
    + UNHURRIED
)
PROSODY = {"muc_options": {"muc_room_default_persistent": True}}
ADMIN = "http://jabber.org/protocol/muc#admin"
HATS = "urn:xmpp:hats:0"


def titles(presence: Element) -> list[str]:
    assert is_in(presence), show(presence)
    return [each.get("title", "") for each in presence.iter(f"{{{HATS}}}hat")]


async def seen(client: Client, room: str, nick: str, affiliation: str) -> list[str]:
    item = f"<x xmlns='http://jabber.org/protocol/muc#user'><item affiliation='{affiliation}'/></x>"
    return titles(await client.receive(f"<presence from='{room}/{nick}'>{item}</presence>"))


async def test_everybody_wears_what_they_are(site: Site) -> None:
    anna, ben, cleo = await site.person("anna"), await site.person("ben"), await site.stranger("cleo")
    room = site.room()
    assert titles(await anna.join(room)) == ["Founder", "Manager", "Verified"]
    assert titles(await ben.join(room)) == ["Verified"]
    assert titles(await cleo.join(room)) == []
    assert await seen(cleo, room, anna.user, "owner") == ["Founder", "Manager", "Verified"]
    for affiliation, expected in (("admin", ["Manager", "Verified"]), ("none", ["Verified"])):
        item = f"<query xmlns='{ADMIN}'><item affiliation='{affiliation}' jid='{ben.bare}'/></query>"
        assert (await anna.iq("set", item, room)).get("type") == "result"
        assert await seen(cleo, room, ben.user, affiliation) == expected


async def test_whoever_is_verified_inside_wears_it_at_once_and_loses_it_when_unbound(site: Site) -> None:
    anna, cleo = await site.person("anna"), await site.stranger("cleo")
    room = site.room()
    await anna.join(room)
    assert titles(await cleo.join(room)) == []
    assert await seen(anna, room, cleo.user, "none") == []
    entry = Entry(document_type="passport", document_number=secrets.token_hex(8), name="Cleo")
    await site.store.registry.put((entry,), time.time())
    answers = {"type": entry.document_type, "number": entry.document_number, "name": entry.name}
    done = await site.command(cleo, "verify", answers)
    assert done.get("status") == "completed", show(done)
    assert await seen(anna, room, cleo.user, "none") == ["Verified"]
    assert await seen(cleo, room, cleo.user, "none") == ["Verified"]
    done = await site.command(cleo, "unbind", {"account": cleo.bare}, {"confirm": "1"})
    assert done.get("status") == "completed", show(done)
    assert await seen(anna, room, cleo.user, "none") == []


async def test_other_hats_after_a_reload_are_worn_at_once(site: Site) -> None:
    anna = await site.person("anna")
    room = site.room()
    assert titles(await anna.join(room)) == ["Founder", "Manager", "Verified"]
    for wear, expected in (('["founder"]', ["Founder"]), (WEAR, ["Founder", "Manager", "Verified"])):
        site.roomkeeper.configure(CONFIG.replace(WEAR, wear))
        site.roomkeeper.hang_up()
        assert await seen(anna, room, anna.user, "owner") == expected


async def test_whoever_comes_back_after_the_servers_restart_wears_what_they_are() -> None:
    async with open_site(CONFIG, **PROSODY, storage="internal") as site:
        anna, ben = await site.person("anna"), await site.person("ben")
        room = site.room()
        await anna.join(room)
        await ben.join(room)
        first = len(site.roomkeeper.lines)
        await site.prosody.stop()
        await site.prosody.start()
        await site.roomkeeper.wait_for_line("is ready", after=first, timeout_s=40)
        anna, ben = await site.log_in(anna.user), await site.log_in(ben.user)
        assert titles(await anna.join(room)) == ["Founder", "Manager", "Verified"]
        assert titles(await ben.join(room)) == ["Verified"]
        assert await seen(anna, room, ben.user, "none") == ["Verified"]


async def test_whoever_came_in_while_nobody_could_be_asked_wears_hats_once_we_are_back() -> None:
    async with open_site(
        CONFIG, **PROSODY, options={"roomkeeper_on_failure": "allow", "roomkeeper_grace": "1s"}
    ) as site:
        anna, ben = await site.person("anna"), await site.person("ben")
        room = site.room()
        await anna.join(room)
        await site.roomkeeper.kill()
        assert titles(await ben.join(room)) == []
        assert await seen(anna, room, ben.user, "none") == []
        await site.roomkeeper.start()
        assert await seen(anna, room, ben.user, "none") == ["Verified"]


async def test_a_founder_who_comes_back_is_one_also_after_a_restart(site: Site) -> None:
    anna = await site.person("anna")
    room = site.room()
    assert "Founder" in titles(await anna.join(room))
    await anna.leave(room)
    await site.roomkeeper.kill()
    await site.roomkeeper.start()
    assert titles(await anna.join(room)) == ["Founder", "Manager", "Verified"]

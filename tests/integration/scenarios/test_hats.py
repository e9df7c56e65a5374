"""Founder, managers and verified people wear hats (XEP-0317) that everybody in the room sees."""

from xml.etree.ElementTree import Element

import pytest

from tests.integration.scenarios.site import UNHURRIED, Site, is_in
from tests.support.client import Client
from tests.support.patterns import show

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = (
    """
[identity]
required_for = []

[hats]
wear = ["founder", "manager", "verified"]
"""
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


async def test_a_founder_who_comes_back_is_one_also_after_a_restart(site: Site) -> None:
    anna = await site.person("anna")
    room = site.room()
    assert "Founder" in titles(await anna.join(room))
    await anna.leave(room)
    await site.roomkeeper.kill()
    await site.roomkeeper.start()
    assert titles(await anna.join(room)) == ["Founder", "Manager", "Verified"]

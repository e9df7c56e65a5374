"""A client finds public groups by an extended channel search (XEP-0433) of the component."""

from xml.etree.ElementTree import Element

import pytest

from tests.integration.scenarios.site import UNHURRIED, Site, is_in
from tests.integration.scenarios.test_groups import configure
from tests.support.client import Client
from tests.support.patterns import show

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = UNHURRIED
PROSODY = {"muc_options": {"muc_room_default_persistent": True}}
SEARCH = "urn:xmpp:channel-search:0:search"
PARAMS = "urn:xmpp:channel-search:0:search-params"
INFO = "http://jabber.org/protocol/disco#info"


async def search(site: Site, client: Client, words: str) -> list[Element]:
    fields = "".join(
        f"<field var='{var}'><value>{value}</value></field>" for var, value in (("FORM_TYPE", PARAMS), ("q", words))
    )
    form = f"<x xmlns='jabber:x:data' type='submit'>{fields}</x>"
    answer = await client.iq("get", f"<search xmlns='{SEARCH}'>{form}</search>", site.service)
    assert answer.get("type") == "result", show(answer)
    return list(answer.iter(f"{{{SEARCH}}}item"))


async def search_in_the_end(site: Site, words: str, count: int) -> list[Element]:
    """As soon as so many are found: what the server told may still be on its way to the disk."""
    for _ in range(20):
        client = await site.stranger("asker")  # each may ask only so often a minute
        for _ in range(25):
            items = await search(site, client, words)
            if len(items) == count:
                return items
    raise AssertionError(f"never {count} for {words}")


async def test_public_groups_are_found_and_hidden_ones_are_not(site: Site) -> None:
    anna, ben = await site.person("anna"), await site.stranger("ben")
    info = await ben.iq("get", f"<query xmlns='{INFO}'/>", site.service)
    assert SEARCH in [feature.get("var") for feature in info.iter(f"{{{INFO}}}feature")]
    room = site.room()
    name = f"Gardeners {room[5:13]}"
    assert is_in(await anna.join(room))
    await configure(anna, room, roomname=name, publicroom="1")
    (item,) = await search_in_the_end(site, name.lower(), 1)
    known = await site.store.rooms.find(room)
    assert known is not None
    assert item.get("address") == room
    assert item.findtext("{*}name") == name
    assert item.findtext("{*}nusers") == "1"
    assert item.findtext("{*}code") == known.code
    assert [each.get("address") for each in await search(site, ben, known.code)] == [room]
    await configure(anna, room, publicroom="0")
    assert await search_in_the_end(site, name.lower(), 0) == []
    assert await search(site, ben, known.code) == []

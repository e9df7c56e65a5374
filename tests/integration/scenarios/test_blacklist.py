"""Whoever is on the blacklist takes part in nothing; a person stays on it by whatever account. Moderators keep it."""

import secrets

import pytest

from storage.documents import Entry
from tests.integration.scenarios.site import (
    BARRED,
    MODERATED,
    NOT_ALLOWED,
    UNHURRIED,
    Site,
    bounce,
    expect,
    is_in,
)
from tests.support.client import Client
from tests.support.patterns import show

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = MODERATED + UNHURRIED
TOLD = "<message type='chat'><body>{has Fraud}</body></message>"


async def keep(site: Site, subject: str, deed: str) -> None:
    """Have a moderator put on the blacklist, or take off it."""
    moderator = await site.moderator()
    order = {"deed": deed, "reason": "Fraud"}
    done = await site.command(moderator, "blacklist", {"subject": subject}, order, {"confirm": "1"})
    assert done.get("status") == "completed", show(done)
    note = done.find("{*}note")
    assert note is not None
    assert note.get("type") == "info", show(done)


def put_out(room: str, client: Client) -> str:
    return (
        f"<presence type='unavailable' from='{room}/{client.user}'>"
        "<x xmlns='http://jabber.org/protocol/muc#user'><status code='110'/><status code='307'/></x></presence>"
    )


async def test_a_blacklisted_account_can_do_nothing(site: Site) -> None:
    anna, ben = await site.person("anna"), await site.stranger("ben", language="zh")
    room = site.room()
    await anna.join(room)
    await keep(site, ben.bare, f"bar-account:{ben.bare}")
    await site.store.people.set_language(ben.bare, "zh-Hans")
    expect(await ben.join(room), BARRED, "您的帐号", "zh-Hans")
    expect(await ben.join(site.room()), BARRED)
    assert await site.places(ben.bare) == set()


async def test_a_blacklisted_person_is_out_and_told_and_barred_by_a_new_account_until_taken_off(site: Site) -> None:
    entry = Entry(document_type="passport", document_number=secrets.token_hex(8), name="Carl Ma")
    await site.store.registry.put((entry,), 0)
    anna = await site.person("anna")
    carl, second, again = await site.stranger("carl"), await site.stranger("second"), await site.stranger("again")
    number = await site.claim(carl.bare, entry)
    await site.claim(second.bare, entry)
    rooms = site.room(), site.room()
    for client, room in ((anna, rooms[0]), (carl, rooms[0]), (second, rooms[1])):
        await client.presence()
        assert is_in(await client.join(room))
    await keep(site, carl.bare, f"bar-person:{number}")
    for client, room in ((carl, rooms[0]), (second, rooms[1])):
        await client.receive(put_out(room, client))
        await client.receive(TOLD)
        expect(await client.join(rooms[0]), BARRED)
    await anna.receive(f"<presence type='unavailable' from='{rooms[0]}/{carl.user}'/>")
    await site.claim(again.bare, entry)
    expect(await again.join(site.room()), BARRED)
    await keep(site, str(number), f"lift-person:{number}")
    await carl.receive(TOLD)
    for client in (carl, second):
        assert is_in(await client.join(rooms[0]))


async def test_a_blacklisted_person_is_barred_from_invitations_and_grants(site: Site) -> None:
    anna, ben = await site.person("anna"), await site.stranger("ben")
    number = await site.verify(ben.bare)
    await keep(site, str(number), f"bar-person:{number}")
    room = site.room()
    await anna.join(room)
    granted = await anna.iq(
        "set",
        f"<query xmlns='http://jabber.org/protocol/muc#admin'><item affiliation='member' jid='{ben.bare}'/></query>",
        room,
    )
    expect(granted, NOT_ALLOWED, ben.bare)


async def test_a_blacklisted_address_can_not_become_a_room(site: Site) -> None:
    anna = await site.person("anna", language="en")
    room = site.room()
    await keep(site, room, f"bar-room:{room}")
    expect(await anna.join(room), NOT_ALLOWED, "no longer", "en")
    assert await site.places(anna.bare) == set()
    assert is_in(await anna.join(site.room()))
    await keep(site, room, f"lift-room:{room}")
    assert is_in(await anna.join(room))


async def test_a_blacklisted_room_is_emptied_its_owner_included_and_silent_until_taken_off(site: Site) -> None:
    anna, ben = await site.person("anna", language="en"), await site.person("ben", language="en")
    room = site.room()
    for client in (anna, ben):
        await client.presence()
        assert is_in(await client.join(room))
    form = "<field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#roomconfig</value></field>"
    form += "<field var='muc#roomconfig_persistentroom'><value>1</value></field>"
    query = (
        f"<query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='submit'>{form}</x></query>"
    )
    assert (await anna.iq("set", query, room)).get("type") == "result"
    await keep(site, room, f"bar-room:{room}")
    for client in (anna, ben):
        await client.receive(put_out(room, client))
        expect(await client.join(room), NOT_ALLOWED, "no longer", "en")
    await anna.receive(TOLD)
    await bounce(ben, await ben.say(room, "hello?"), NOT_ALLOWED)
    await keep(site, room, f"lift-room:{room}")
    for client in (anna, ben):
        assert is_in(await client.join(room))
    await ben.say(room, "hello again")
    await anna.hear(room, "hello again")

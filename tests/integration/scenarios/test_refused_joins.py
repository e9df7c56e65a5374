"""A join that policy allows and the server then refuses holds no place, nor does a room that vanishes."""

import os
import signal

import pytest

from tests.integration.scenarios.site import CROWDED, FULL, UNHURRIED, Site, expect, is_in, join_in_the_end
from tests.support.client import Client
from tests.support.patterns import matches

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = "[quotas]\nrooms_created = 1\nmembers_per_room = 2\n" + UNHURRIED

ADMIN = "http://jabber.org/protocol/muc#admin"
OWNER = "http://jabber.org/protocol/muc#owner"


async def configure(owner: Client, room: str, **fields: str) -> None:
    named = "".join(
        f"<field var='muc#roomconfig_{name}'><value>{value}</value></field>" for name, value in fields.items()
    )
    form = (
        "<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'>"
        f"<value>http://jabber.org/protocol/muc#roomconfig</value></field>{named}</x>"
    )
    answer = await owner.iq("set", f"<query xmlns='{OWNER}'>{form}</query>", room)
    assert answer.get("type") == "result"


async def meet(site: Site) -> tuple[str, Client, Client, Client]:
    """A room with one of its two places taken, and two who want the other."""
    anna, ben, carl = [await site.person(name) for name in ("anna", "ben", "carl")]
    room = site.room()
    await anna.join(room)
    return room, anna, ben, carl


async def test_for_a_wrong_password(site: Site) -> None:
    room, anna, ben, carl = await meet(site)
    await configure(anna, room, passwordprotectedroom="1", roomsecret="open sesame")
    refused = await ben.join(room, password="wrong")
    assert matches(
        "<presence><error><not-authorized xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></presence>", refused
    )
    assert is_in(await carl.join(room, password="open sesame"))
    expect(await ben.join(room, password="open sesame"), CROWDED)
    assert await site.places(ben.bare) == set()


async def test_for_a_room_open_to_members_only(site: Site) -> None:
    room, anna, ben, carl = await meet(site)
    await configure(anna, room, membersonly="1")
    assert not is_in(await ben.join(room))
    item = f"<item affiliation='member' jid='{carl.bare}'/>"
    assert (await anna.iq("set", f"<query xmlns='{ADMIN}'>{item}</query>", room)).get("type") == "result"
    assert is_in(await carl.join(room))
    assert await site.places(ben.bare) == set()


async def test_for_a_nickname_that_somebody_has(site: Site) -> None:
    room, anna, ben, carl = await meet(site)
    refused = await ben.join(room, anna.user)
    assert matches(
        "<presence><error><conflict xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error></presence>", refused
    )
    assert is_in(await carl.join(room))
    assert await site.places(ben.bare) == set()


async def test_for_somebody_whom_the_owner_shut_out(site: Site) -> None:
    room, anna, ben, carl = await meet(site)
    assert is_in(await ben.join(room))
    item = f"<item affiliation='outcast' jid='{ben.bare}'/>"
    assert (await anna.iq("set", f"<query xmlns='{ADMIN}'>{item}</query>", room)).get("type") == "result"
    await ben.receive(f"<presence type='unavailable' from='{room}/{ben.user}'/>")
    assert (await ben.join(room)).get("type") == "error"
    assert is_in(await carl.join(room))
    assert await site.places(ben.bare) == set()


async def test_for_a_connection_that_died_while_the_question_was_under_way(site: Site) -> None:
    room, anna, ben, carl = await meet(site)
    watcher = await site.log_in(ben.user, resource="watcher")
    await watcher.presence()
    await ben.presence()
    await watcher.receive(f"<presence from='{ben.jid}'/>")
    os.kill(site.roomkeeper.pid, signal.SIGSTOP)
    try:
        await ben.send(f"<presence to='{room}/{ben.user}'/>")
        await ben.iq("get", "<ping xmlns='urn:xmpp:ping'/>", site.prosody.muc)  # the join has been read by now
        ben.abort()
        await watcher.receive(f"<presence type='unavailable' from='{ben.jid}'/>")
    finally:
        os.kill(site.roomkeeper.pid, signal.SIGCONT)
    await join_in_the_end(carl, lambda: room, CROWDED)
    await anna.receive_none(f"<presence from='{room}/{ben.user}'/>", until=f"<presence from='{room}/{carl.user}'/>")


async def test_a_room_that_vanishes_with_its_last_occupant_frees_its_creators_place(site: Site) -> None:
    anna = await site.person("anna")
    room = site.room()
    assert is_in(await anna.join(room))
    expect(await anna.join(site.room()), FULL)
    await anna.leave(room)
    assert is_in(await anna.join(site.room()))


async def test_a_room_that_vanishes_with_a_dying_connection_does_too(site: Site) -> None:
    anna = await site.person("anna")
    again = await site.log_in(anna.user, resource="again")
    await again.presence()
    await anna.presence()
    await again.receive(f"<presence from='{anna.jid}'/>")
    assert is_in(await anna.join(site.room()))
    anna.abort()
    await again.receive(f"<presence type='unavailable' from='{anna.jid}'/>")
    await join_in_the_end(again, site.room, FULL)

"""A room that grows past its class: its managers are warned once, strangers and grants beyond the cap are refused."""

import pytest

from tests.integration.scenarios.site import CROWDED, MODERATED, UNHURRIED, Site, expect, is_in
from tests.support.client import Client
from tests.support.patterns import show

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = (
    """
[rooms]
scale = "small"

[scales.small]
members = 5

[scales.large]
members = 50
"""
    + UNHURRIED
    + MODERATED
)
PROSODY = {"muc_options": {"muc_room_default_persistent": True, "allow_unaffiliated_register": True}}
ADMIN = "http://jabber.org/protocol/muc#admin"
REGISTER = "http://jabber.org/protocol/muc#register"


async def owner_of(site: Site, room: str) -> Client:
    owner = await site.person("anna", language="en")
    await owner.presence()
    assert is_in(await owner.join(room))
    return owner


async def warned(site: Site, owner: Client, room: str, members: int) -> str:
    """What the owner reads of so many members of the room."""
    pattern = f"<message from='{site.service}'><body>{{has {room} has {members} members of 5}}</body></message>"
    return show(await owner.receive(pattern))


def register(nick: str) -> str:
    values = (("FORM_TYPE", REGISTER), ("muc#register_roomnick", nick))
    fields = "".join(f"<field var='{var}'><value>{value}</value></field>" for var, value in values)
    return f"<query xmlns='jabber:iq:register'><x xmlns='jabber:x:data' type='submit'>{fields}</x></query>"


def grant(account: str) -> str:
    return f"<query xmlns='{ADMIN}'><item affiliation='member' jid='{account}'/></query>"


async def test_managers_are_warned_and_whoever_comes_beyond_the_cap_is_refused(site: Site) -> None:
    room = site.room()
    owner = await owner_of(site, room)
    guests = [await site.person(f"guest{number}", language="en") for number in range(6)]
    for guest in guests[:2]:
        assert is_in(await guest.join(room))
    registered = await guests[2].iq("set", register(guests[2].user), room)
    assert registered.get("type") == "result", show(registered)
    assert "“apply”" in await warned(site, owner, room, 4)
    granted = await owner.iq("set", grant(guests[3].bare), room)
    assert granted.get("type") == "result", show(granted)
    assert "it is full" in await warned(site, owner, room, 5)
    expect(await guests[4].join(room), CROWDED, "This room is full")
    expect(await owner.iq("set", grant(guests[5].bare), room), CROWDED, "“apply”")


async def test_a_restart_warns_of_what_came_meanwhile_and_nothing_twice(site: Site) -> None:
    room, other = site.room(), site.room()
    owner = await owner_of(site, room)
    for number in range(3):
        assert is_in(await (await site.person(f"guest{number}")).join(room))
    await warned(site, owner, room, 4)
    assert is_in(await owner.join(other))
    await site.roomkeeper.kill()
    await site.store.rooms.adopt(other, 0.0, [f"a:guest{number}@elsewhere.example" for number in range(3)])
    await site.roomkeeper.start()
    await warned(site, owner, other, 4)  # all rooms were looked at by then
    assert is_in(await (await site.person("last")).join(room))
    await warned(site, owner, room, 5)
    assert not [text for text in map(show, owner.unread) if f"{room} has 4" in text]


async def test_a_moderators_larger_class_makes_room(site: Site) -> None:
    room = site.room()
    await owner_of(site, room)
    for number in range(4):
        assert is_in(await (await site.person(f"guest{number}")).join(room))
    late = await site.person("late")
    expect(await late.join(room), CROWDED)
    known = await site.store.rooms.find(room)
    assert known is not None
    moderator = await site.moderator()
    order = {"category": "general", "scale": "large", "reason": "It grew"}
    done = await site.command(moderator, "classify", {"room": room}, order)
    assert done.get("status") == "completed", show(done)
    assert is_in(await late.join(room))

"""Who was not in a room for long is no member of it any more, and the place is free."""

import asyncio

import pytest

from tests.integration.scenarios.site import CROWDED, UNHURRIED, Site, expect, is_in, join_in_the_end

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = "[quotas]\nmembers_per_room = 2\n[membership]\nlapse = '2s'\n" + UNHURRIED
PROSODY = {"muc_options": {"muc_room_default_persistent": True}}

ADMIN = "http://jabber.org/protocol/muc#admin"


async def test_an_absent_members_place_is_free_again_and_an_owners_or_present_members_is_not(site: Site) -> None:
    anna, ben, carl = [await site.person(name) for name in ("anna", "ben", "carl")]
    room = site.room()
    assert is_in(await anna.join(room))
    assert is_in(await ben.join(room))
    await anna.leave(room)
    expect(await carl.join(room), CROWDED)
    await ben.leave(room)
    await join_in_the_end(carl, lambda: room, CROWDED)
    assert await site.places(anna.bare) == {room}  # its owner
    expect(await ben.join(room), CROWDED)
    assert await site.places(ben.bare) == set()
    assert await site.places(carl.bare) == {room}  # who is inside


async def test_a_listed_member_keeps_the_place_until_struck_off(site: Site) -> None:
    anna, ben, carl = [await site.person(name) for name in ("anna", "ben", "carl")]
    room = site.room()
    await anna.join(room)
    item = f"<query xmlns='{ADMIN}'><item jid='{ben.bare}' affiliation='%s'/></query>"
    assert (await anna.iq("set", item % "member", room)).get("type") == "result"
    async with asyncio.timeout(30):
        while await lapses(site) == 0:  # others of this file lapse meanwhile
            other = site.room()
            guest = await site.person("guest")
            await (await site.person("host")).join(other)
            await guest.join(other)
            await guest.leave(other)
    assert await site.places(ben.bare) == {room}
    expect(await carl.join(room), CROWDED)
    assert (await anna.iq("set", item % "none", room)).get("type") == "result"
    assert is_in(await carl.join(room))


async def lapses(site: Site) -> int:
    return sum(record.entry.deed == "place-lapsed" for record in await site.store.audit.read(100))

"""Rooms passed on by plain grants (XEP-0045 §10) on a real server: held to identity, standing and quotas."""

from xml.etree.ElementTree import Element

import pytest

from tests.integration.scenarios.site import FULL, MODERATED, NOT_ALLOWED, UNHURRIED, Site, expect, is_in
from tests.support.client import Client
from tests.support.patterns import show
from tests.support.waiting import tries

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = "[quotas]\nrooms_created = 2\n" + UNHURRIED + MODERATED
PROSODY = {"muc_options": {"muc_room_default_persistent": True}}
ADMIN = "http://jabber.org/protocol/muc#admin"


async def grant(client: Client, room: str, affiliation: str, **who: str) -> Element:
    named = " ".join(f"{name}='{value}'" for name, value in who.items())
    return await client.iq("set", f"<query xmlns='{ADMIN}'><item {named} affiliation='{affiliation}'/></query>", room)


async def create(site: Site, client: Client, count: int) -> list[str]:
    rooms = [site.room() for _ in range(count)]
    for room in rooms:
        assert is_in(await client.join(room))
    return rooms


async def created(site: Site, client: Client, count: int) -> None:
    """Wait until that is how many rooms count for somebody: what the server tells is on its way to the disk."""
    holder = await site.holder(client.bare)
    for _ in tries():
        if (await site.store.rooms.counts(holder, None)).created == count:
            return
    raise AssertionError(await site.store.rooms.memberships_of(holder))


async def test_a_room_that_somebody_is_handed_counts_for_them_until_it_is_taken_back(site: Site) -> None:
    anna, ben = await site.person("anna", language="en"), await site.person("ben", language="en")
    first, second = await create(site, anna, 2)
    for room in (first, second):
        assert (await grant(anna, room, "owner", jid=ben.bare)).get("type") == "result"
    await created(site, ben, 2)
    expect(await ben.join(site.room()), FULL, "2 rooms", "en")
    assert (await grant(anna, first, "admin", jid=ben.bare)).get("type") == "result"
    await created(site, ben, 1)
    assert is_in(await ben.join(site.room()))


async def test_nobody_becomes_an_owner_beyond_their_quota_and_the_rooms_of_others_are_no_way_around_it(
    site: Site,
) -> None:
    anna, ben = await site.person("anna", language="en"), await site.person("ben", language="en")
    (room,) = await create(site, anna, 1)
    await create(site, ben, 2)
    expect(await grant(anna, room, "owner", jid=ben.bare), FULL, "as many rooms as they may", "en")
    assert (await grant(anna, room, "admin", jid=ben.bare)).get("type") == "result"


async def test_whoever_gives_their_room_up_while_nobody_else_owns_it_keeps_its_place(site: Site) -> None:
    anna, ben = await site.person("anna", language="en"), await site.person("ben", language="en")
    (room, _) = await create(site, anna, 2)
    assert (await grant(anna, room, "admin", jid=ben.bare)).get("type") == "result"
    await grant(anna, room, "admin", jid=anna.bare)  # whether the server lets the last owner go is its affair
    expect(await anna.join(site.room()), FULL)


async def test_nobody_unverified_or_sanctioned_is_raised(site: Site) -> None:
    anna, ben = await site.person("anna", language="en"), await site.person("ben", language="en")
    stranger = await site.stranger("cleo")
    (room,) = await create(site, anna, 1)
    assert is_in(await ben.join(room))
    for affiliation in ("admin", "owner"):
        expect(await grant(anna, room, affiliation, jid=stranger.bare), NOT_ALLOWED, "not verified", "en")
    await site.sanction(await site.moderator(), ben.bare, "mute", room=room, length="1h")
    for affiliation in ("admin", "owner"):
        expect(await grant(anna, room, affiliation, jid=ben.bare), NOT_ALLOWED, "A sanction holds", "en")


@pytest.mark.parametrize("affiliation", ["member", "admin", "owner"])
async def test_a_nickname_or_another_spelling_of_an_address_is_no_way_around(site: Site, affiliation: str) -> None:
    anna = await site.person("anna", language="en")
    ben = await site.person("ben", language="en")
    (room,) = await create(site, anna, 1)
    assert is_in(await ben.join(room))
    await site.sanction(await site.moderator(), ben.bare, "ban", room=room, length="1h")
    await ben.receive(f"<presence type='unavailable' from='{room}/{ben.user}'/>")
    wide = "".join(chr(ord(char) + 0xFEE0) if char.isalpha() else char for char in ben.user)
    for name in (wide, ben.user.upper()):
        answer = await grant(anna, room, affiliation, jid=f"{name}@localhost")
        expect(answer, NOT_ALLOWED, "may not take part", "en")
    answer = await grant(anna, room, affiliation, nick=anna.user)
    expect(answer, NOT_ALLOWED, "by their address", "en")
    listed = await anna.iq("get", f"<query xmlns='{ADMIN}'><item affiliation='{affiliation}'/></query>", room)
    assert ben.user not in show(listed)

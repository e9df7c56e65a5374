"""Admins appointed and rooms handed over by commands on the room's own address, on a real server."""

import time

import pytest

from tests.integration.scenarios.desk import note_of, run
from tests.integration.scenarios.site import FULL, UNHURRIED, Site, expect, is_in
from tests.support.client import Client
from tests.support.patterns import show
from tests.support.waiting import tries

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = "[quotas]\nrooms_created = 1\n" + UNHURRIED
PROSODY = {"muc_options": {"muc_room_default_persistent": True}}
ADMIN = "http://jabber.org/protocol/muc#admin"


async def listed(client: Client, room: str, affiliation: str) -> str:
    return show(await client.iq("get", f"<query xmlns='{ADMIN}'><item affiliation='{affiliation}'/></query>", room))


async def test_an_owner_appoints_an_admin_by_nickname(site: Site) -> None:
    room, (anna, ben) = await site.gather("anna", "ben")
    done = await run(anna, room, "appoint", {"who": ben.user, "role": "admin"})
    assert "is an admin" in note_of(done), show(done)
    await site.told(ben, "You are an admin of")
    assert ben.bare in await listed(anna, room, "admin")


async def test_a_room_that_is_handed_over_and_accepted_counts_for_its_new_owner(site: Site) -> None:
    room, (anna, ben) = await site.gather("anna", "ben")
    expect(await anna.join(site.room()), FULL)
    await run(anna, room, "transfer", {"who": ben.user}, {"confirm": "1"})
    await site.told(ben, "wants to hand")
    await site.roomkeeper.kill()
    await site.roomkeeper.start()
    (offer,) = await site.store.handovers.offered_to((ben.bare,), time.time())
    await site.command(ben, "take-over", {"offer": str(offer.number), "deed": "take"})
    await site.told(anna, "belongs to")
    await site.told(ben, "is yours now")
    assert ben.bare in await listed(ben, room, "owner")
    assert anna.bare in await listed(ben, room, "admin")
    assert anna.bare not in await listed(ben, room, "owner")
    expect(await ben.join(site.room()), FULL)
    holder = await site.holder(anna.bare)
    for _ in tries():  # what follows is on its way to the disk
        if not (await site.store.rooms.counts(holder, None)).created:
            break
    assert is_in(await anna.join(site.room()))

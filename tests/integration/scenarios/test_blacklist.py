"""Whoever is on the blacklist takes part in nothing; a person stays on it by whatever account."""

import secrets
import time

import pytest

from storage.documents import Entry
from tests.integration.scenarios.site import BARRED, NOT_ALLOWED, UNHURRIED, Site, expect, is_in

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = UNHURRIED


async def test_a_blacklisted_account_can_do_nothing(site: Site) -> None:
    anna, ben = await site.person("anna"), await site.person("ben", language="zh")
    room = site.room()
    await anna.join(room)
    await site.store.people.blacklist(account=ben.bare, reason="Fraud", by="somebody", at=time.time())
    expect(await ben.join(room), BARRED, "您的帐号", "zh-Hans")
    expect(await ben.join(site.room()), BARRED)
    assert await site.places(ben.bare) == set()


async def test_a_blacklisted_person_is_barred_by_a_new_account_too(site: Site) -> None:
    entry = Entry(document_type="passport", document_number=secrets.token_hex(8), name="Carl Ma")
    await site.store.registry.put((entry,), time.time())
    carl, again = await site.stranger("carl"), await site.stranger("again")
    number = await site.claim(carl.bare, entry)
    await site.store.people.blacklist(number=number, reason="Fraud", by="somebody", at=time.time())
    expect(await carl.join(site.room()), BARRED)
    await site.claim(again.bare, entry)
    expect(await again.join(site.room()), BARRED)


async def test_a_blacklisted_person_is_barred_from_invitations_and_grants(site: Site) -> None:
    anna, ben = await site.person("anna"), await site.stranger("ben")
    number = await site.verify(ben.bare)
    await site.store.people.blacklist(number=number, reason="Fraud", by="somebody", at=time.time())
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
    await site.store.rooms.blacklist(room, time.time(), reason="Fraud", by="somebody")
    refused = await anna.join(room)
    assert refused.get("type") == "error"
    assert await site.places(anna.bare) == set()
    assert is_in(await anna.join(site.room()))

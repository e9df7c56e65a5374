"""Founding groups that a moderator has to approve, from application to the group itself, on a real server."""

import time
from xml.etree.ElementTree import Element

import pytest

from storage.proposals import Status
from tests.integration.scenarios.site import CROWDED, MODERATED, NOT_ALLOWED, UNHURRIED, Site, expect, is_in
from tests.support.client import Client
from tests.support.patterns import show

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = (
    """
[categories.general]
title = { en = "General" }

[categories.school]
title = { en = "Schools" }
approval = true

[scales.small]
members = 2

[scales.large]
members = 3
approval = true

[rooms]
scale = "small"
"""
    + UNHURRIED
    + MODERATED
)
SCHOOL = {"category": "school", "scale": "small", "purpose": "Homework", "description": ""}


async def apply(site: Site, client: Client, room: str, **wanted: str) -> str:
    """Apply by the command; the application's number."""
    done = await site.command(client, "apply", {"room": room}, {**SCHOOL, **wanted})
    assert done.get("status") == "completed", show(done)
    return (done.findtext("{*}note") or "").partition("number ")[2].partition(" ")[0]


async def decide(site: Site, moderator: Client, number: str, decision: str, reason: str = "") -> Element:
    return await site.command(
        moderator, "applications", {"application": number}, {"decision": decision, "reason": reason}
    )


async def test_a_group_that_needs_approval_is_founded_by_whoever_was_approved_and_by_nobody_else(site: Site) -> None:
    anna, ben = await site.person("anna", language="en"), await site.person("ben", language="en")
    await anna.presence()
    moderator = await site.moderator()
    room = site.room()
    number = await apply(site, anna, room)
    assert (await decide(site, moderator, number, "approve")).get("status") == "completed"
    await anna.receive(f"<message><body>{{has Your application for {room}}}</body></message>")
    expect(await ben.join(room), NOT_ALLOWED, "kept for somebody", "en")
    assert is_in(await anna.join(room))
    known = await site.store.rooms.find(room)
    assert known is not None
    assert (known.category, known.scale) == ("school", "small")
    assert is_in(await ben.join(room))
    mine = await site.store.proposals.find(int(number))
    while mine is not None and mine.status is Status.APPROVED:  # what the server tells is on its way to the disk
        mine = await site.store.proposals.find(int(number))
    assert mine is not None
    assert mine.status is Status.GRANTED


async def test_a_plain_client_that_joins_a_new_address_founds_a_group_of_the_default_grade(site: Site) -> None:
    anna = await site.person("anna")
    room = site.room()
    assert is_in(await anna.join(room))
    known = await site.store.rooms.find(room)
    assert known is not None
    assert (known.category, known.scale) == (None, None)


async def test_a_full_group_grows_when_its_owner_asks_and_a_moderator_agrees(site: Site) -> None:
    anna, ben, cleo = await site.person("anna"), await site.person("ben"), await site.person("cleo", language="en")
    room = site.room()
    assert is_in(await anna.join(room))
    assert is_in(await ben.join(room))
    expect(await cleo.join(room), CROWDED, "full", "en")
    number = await apply(site, anna, room, category="general", scale="large", purpose="More friends")
    await decide(site, await site.moderator(), number, "approve")
    assert is_in(await cleo.join(room))


async def test_of_two_moderators_who_decide_at_once_one_is_told_that_it_is_over(site: Site) -> None:
    anna = await site.person("anna", language="en")
    await anna.presence()
    first, second = await site.moderator(), await site.moderator()
    room = site.room()
    number = await apply(site, anna, room)
    assert (await decide(site, first, number, "refuse", "No teacher")).get("status") == "completed"
    late = await site.command(second, "applications")
    options = [value.text for value in late.iterfind(".//{*}option/{*}value")]
    assert number not in options
    await anna.receive(f"<message><body>{{has Your application for {room}}}</body></message>")
    proposal = await site.store.proposals.find(int(number))
    assert proposal is not None
    assert proposal.reason == "No teacher"


async def test_a_decision_that_was_committed_before_a_kill_is_told_after_it(site: Site) -> None:
    anna = await site.person("anna", language="en")
    await anna.presence()
    room = site.room()
    number = await apply(site, anna, room)
    await site.store.proposals.refuse(int(number), time.time(), by="mod@example", reason="Killed right after")
    await site.roomkeeper.kill()
    await site.roomkeeper.start()
    await anna.receive("<message><body>{has Killed right after}</body></message>")
    proposal = await site.store.proposals.find(int(number))
    assert proposal is not None
    assert proposal.status is Status.REFUSED

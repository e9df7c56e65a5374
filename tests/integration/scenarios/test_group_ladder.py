"""The ladder for groups on a real server: warned, suspended, closed, kept from being made anew, and opened again."""

import time
from collections.abc import AsyncIterator
from xml.etree.ElementTree import Element

import pytest
import pytest_asyncio

from policy.facts import RoomStatus
from policy.group_ladder import MeasureKind
from storage.measures import Order
from tests.integration.scenarios.site import (
    BARRED,
    MODERATED,
    NOT_ALLOWED,
    UNHURRIED,
    Error,
    Site,
    bounce,
    expect,
    is_in,
    open_site,
)
from tests.support.client import Client
from tests.support.patterns import show

pytestmark = pytest.mark.asyncio(loop_scope="module")
PROSODY = {"muc_options": {"muc_tombstones": False}}
GONE: Error = ("gone", "cancel")
CONFIG = (
    """
[[rules]]
name = "no-ink"
words = ["ink"]

[[ladders.member.steps]]
strikes = 1000
window = "1h"
sanction = "kick"

[[ladders.group.steps]]
sanction = "warn"
strikes = 2
persons = 2
window = "1h"
within = "1h"

[[ladders.group.steps]]
sanction = "suspend"
within = "1s"

[[ladders.group.steps]]
sanction = "close"

[[ladders.manager.steps]]
strikes = 3
window = "1h"
sanction = "create"
lasts = "1h"
"""
    + UNHURRIED
    + MODERATED
)
OWNER = "http://jabber.org/protocol/muc#owner"
ADMIN = "http://jabber.org/protocol/muc#admin"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site() -> AsyncIterator[Site]:
    async with open_site(CONFIG, **PROSODY) as site:
        yield site


async def group(site: Site, moderator: Client, room: str, deed: str, **details: str) -> Element:
    form = await site.command(moderator, "group", {"room": room})
    seen = form.findtext("{*}x/{*}field[@var='seen']/{*}value") or ""
    answers = ({"room": room}, {"seen": seen, "deed": deed}, {"reason": "A nest of scams", **details}, {"confirm": "1"})
    done = await site.command(moderator, "group", *answers)
    assert done.get("status") == "completed", show(done)
    return done


async def is_destroyed_for(room: str, *clients: Client) -> None:
    for client in clients:
        await client.receive(
            f"<presence type='unavailable' from='{room}/{client.user}'>"
            "<x xmlns='http://jabber.org/protocol/muc#user'><destroy/></x></presence>"
        )


async def test_strikes_of_several_people_warn_the_room(site: Site) -> None:
    room, (anna, ben, cleo) = await site.gather("anna", "ben", "cleo")
    for client in (ben, cleo):
        await client.say(room, "ink")
    text = await site.told(anna, "has been warned")
    assert "rectified" in text
    await anna.say(room, "sorry")
    await ben.hear(room, "sorry")


async def test_a_suspended_room_is_read_but_not_written_in_until_it_is_set_right(site: Site) -> None:
    room, (anna, ben) = await site.gather("anna", "ben")
    moderator = await site.moderator()
    await group(site, moderator, room, "suspend", within="1h", checklist="remove the scams")
    await site.told(anna, "remove the scams")
    await bounce(ben, await ben.say(room, "hello"), NOT_ALLOWED)
    cleo = await site.person("cleo")
    assert is_in(await cleo.join(room))
    found = await site.store.rooms.find(room)
    assert found is not None
    done = await site.command(anna, "rectified", {"room": found.code}, {"words": "removed them"})
    assert done.get("status") == "completed", show(done)
    await group(site, moderator, room, "release")
    await site.told(anna, "it has been set right")
    await ben.say(room, "hello again")
    await cleo.hear(room, "hello again")


async def test_a_suspended_room_is_not_shed_by_destroying_it(site: Site) -> None:
    room, (anna,) = await site.gather("anna")
    await group(site, await site.moderator(), room, "suspend")
    await site.told(anna, "has been suspended")
    destroyed = await anna.iq("set", f"<query xmlns='{OWNER}'><destroy/></query>", room)
    assert destroyed.get("type") == "result", show(destroyed)
    answer = await anna.join(room)
    assert not is_in(answer), show(answer)


async def test_a_closed_room_is_gone_for_everybody_and_stays_so(site: Site) -> None:
    room, (anna, ben) = await site.gather("anna", "ben")
    await group(site, await site.moderator(), room, "close")
    await is_destroyed_for(room, anna, ben)
    await site.told(anna, "has been closed")
    await site.told(ben, "has been closed")
    for client in (anna, ben):
        expect(await client.join(room), GONE, "A nest of scams")
    assert await site.places(anna.bare) == set()
    await site.roomkeeper.kill()
    await site.roomkeeper.start()
    expect(await anna.join(room), GONE, "A nest of scams")


async def test_a_missed_deadline_closes_the_room_by_itself(site: Site) -> None:
    room, (anna,) = await site.gather("anna")
    await group(site, await site.moderator(), room, "suspend", within="1s")
    await site.told(anna, "has been closed")
    await is_destroyed_for(room, anna)
    expect(await anna.join(room), GONE)


async def test_a_deadline_that_passed_while_nobody_was_there_is_kept_at_the_start(site: Site) -> None:
    room, (anna,) = await site.gather("anna")
    await group(site, await site.moderator(), room, "warn", within="1h")
    await site.told(anna, "has been warned")
    found = await site.store.rooms.find(room)
    assert found is not None
    await site.roomkeeper.kill()
    standing = await site.store.measures.standing(found.code)
    assert standing is not None
    order = Order(
        code=found.code,
        kind=MeasureKind.SUSPEND,
        rule="moderator",
        reason="Late",
        by="m",
        after=standing.number,
        within_s=0.001,
    )
    assert await site.store.measures.impose(order, standing.at) is not None
    await site.roomkeeper.start()
    await site.told(anna, "has been closed")
    assert [measure.kind for measure in await site.store.measures.history(found.code)] == [
        MeasureKind.CLOSE,
        MeasureKind.SUSPEND,
        MeasureKind.WARN,
    ]


async def test_a_room_that_was_closed_but_not_destroyed_is_destroyed_at_the_start(site: Site) -> None:
    room, (anna, ben) = await site.gather("anna", "ben")
    found = await site.store.rooms.find(room)
    assert found is not None
    await site.roomkeeper.kill()  # between commit and destroy
    order = Order(code=found.code, kind=MeasureKind.CLOSE, rule="moderator", reason="Scams", by="m", after=None)
    assert await site.store.measures.impose(order, 1.0) is not None
    await site.roomkeeper.start()
    await is_destroyed_for(room, anna, ben)
    await site.told(anna, "has been closed")
    closed = await site.store.rooms.by_code(found.code)
    assert closed is not None
    assert closed.status is RoomStatus.CLOSED
    assert room not in await site.store.rooms.open_rooms()


async def test_managers_cannot_keep_the_component_from_closing_their_room(site: Site) -> None:
    room, (anna,) = await site.gather("anna")
    for affiliation in ("outcast", "none"):
        item = f"<item jid='{site.service}' affiliation='{affiliation}'/>"
        await anna.iq("set", f"<query xmlns='{ADMIN}'>{item}</query>", room)
    await group(site, await site.moderator(), room, "close")
    await is_destroyed_for(room, anna)
    expect(await anna.join(room), GONE)


async def test_a_closing_that_was_wrong_is_undone_and_the_founder_opens_the_room_again(site: Site) -> None:
    room, (anna, ben) = await site.gather("anna", "ben")
    found = await site.store.rooms.find(room)
    assert found is not None
    moderator = await site.moderator()
    await group(site, moderator, room, "close")
    await site.told(anna, "has been closed")
    await is_destroyed_for(room, anna, ben)
    await group(site, moderator, found.code, "undo")
    await site.told(anna, "may be opened again")
    assert room in await site.places(ben.bare)
    expect(await ben.join(room), NOT_ALLOWED, "founded")
    assert is_in(await anna.join(room))
    assert is_in(await ben.join(room))
    again = await site.store.rooms.find(room)
    assert again is not None
    assert again.code == found.code


async def test_who_answered_for_a_closed_room_makes_no_other_for_a_while(site: Site) -> None:
    anna, moderator = await site.person("anna", language="en"), await site.moderator()
    await anna.presence()
    for room in (site.room(), site.room(), site.room()):
        assert is_in(await anna.join(room))
        await group(site, moderator, room, "close")
        await is_destroyed_for(room, anna)
    await site.told(anna, "no longer create rooms")
    expect(await anna.join(site.room()), BARRED, "may not create rooms")
    found = await site.store.discipline.sanctions_of(await site.holder(anna.bare), time.time())
    done = await site.command(
        moderator,
        "lift",
        {"target": anna.bare},
        {"sanction": str(found[0].number), "wrong": "nothing", "reason": "Enough"},
    )
    assert done.get("status") == "completed", show(done)
    assert is_in(await anna.join(site.room()))


async def test_who_may_not_manage_is_refused_by_every_door(site: Site) -> None:
    room, (anna, ben) = await site.gather("anna", "ben")
    await site.sanction(await site.moderator(), anna.bare, "manage", room=room, length="1h")
    await site.told(anna, "no longer manage")
    admin, owner = f"<query xmlns='{ADMIN}'>", f"<query xmlns='{OWNER}'>"
    for query in (
        f"{admin}<item nick='{ben.user}' role='none'/></query>",
        f"{admin}<item jid='{ben.bare}' affiliation='admin'/></query>",
        f"{owner}<x xmlns='jabber:x:data' type='submit'/></query>",
        f"{owner}<destroy/></query>",
    ):
        expect(await anna.iq("set", query, room), BARRED, "may not manage")
    await anna.say(room, "still here")
    await ben.hear(room, "still here")

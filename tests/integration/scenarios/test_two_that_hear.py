"""Two components over one PostgreSQL: what one of them decides, the other obeys as soon as it hears of it."""

from xml.etree.ElementTree import Element

import pytest

from tests.integration.scenarios.pair import DOMAINS, rooms_of_both
from tests.integration.scenarios.site import (
    BARRED,
    MODERATED,
    NOT_ALLOWED,
    UNHURRIED,
    Error,
    Site,
    expect,
    is_in,
)
from tests.support.client import Client
from tests.support.patterns import show
from tests.support.waiting import tries

pytestmark = pytest.mark.asyncio(loop_scope="module")

BACKENDS = ("postgresql",)
INSTANCES = 2
CONFIG = UNHURRIED + MODERATED
PROSODY = {"components": DOMAINS, "muc_options": {"muc_room_default_persistent": True}}


async def known_in(site: Site, *clients: Client) -> list[str]:
    """A room of each instance, where all of them have spoken: they are remembered."""
    rooms = rooms_of_both(site, 1)
    for room in rooms:
        for client in clients:
            assert is_in(await client.join(room))
        for client in clients:
            await client.say(room, f"here is {client.user}")
            await client.hear(room, f"here is {client.user}")
    return rooms


async def say(client: Client, room: str) -> Element:
    """Say something; it, or the error that it comes back with."""
    stanza = await client.say(room, "still here")
    return await client.receive_any(
        f"<message type='error' id='{stanza}'/>",
        f"<message type='groupchat' from='{room}/{client.user}' id='{stanza}'/>",
    )


async def refused_soon(client: Client, room: str, error: Error) -> None:
    """What they say is bounced with this error, as soon as the room's instance has heard of it."""
    for _ in tries():  # each waits for its answer
        answer = await say(client, room)
        if answer.get("type") == "error":
            expect(answer, error)
            return
    raise AssertionError(client.show_transcript())


async def allowed_soon(client: Client, room: str) -> None:
    """Likewise is no more."""
    for _ in tries():
        if (await say(client, room)).get("type") != "error":
            return
    raise AssertionError(client.show_transcript())


async def test_a_mute_holds_in_the_rooms_of_both(site: Site) -> None:
    ben, carl = await site.person("ben", language="en"), await site.person("carl", language="en")
    rooms = await known_in(site, ben, carl)
    await site.sanction(await site.moderator(), ben.bare, "mute")
    for room in rooms:
        await refused_soon(ben, room, BARRED)


async def test_whoever_is_blacklisted_by_one_is_put_out_of_the_rooms_of_the_other(site: Site) -> None:
    ben, carl = await site.person("ben", language="en"), await site.person("carl", language="en")
    rooms = await known_in(site, ben, carl)
    order = {"deed": f"bar-account:{ben.bare}", "reason": "Fraud"}
    done = await site.command(await site.moderator(), "blacklist", {"subject": ben.bare}, order, {"confirm": "1"})
    assert done.get("status") == "completed", show(done)
    for room in rooms:
        for client in (ben, carl):
            await client.receive(f"<presence type='unavailable' from='{room}/{ben.user}'/>")
        expect(await ben.join(room), BARRED)


async def test_a_lockdown_holds_in_the_rooms_of_both_until_it_is_ended(site: Site) -> None:
    ben, carl = await site.person("ben", language="en"), await site.person("carl", language="en")
    rooms = await known_in(site, ben, carl)
    moderator = await site.moderator()
    order = {"where": "everywhere", "room": "", "create": "0", "join": "0", "post": "1", "members": "0", "length": ""}
    done = await site.command(
        moderator, "lockdown", {"deed": "begin"}, {**order, "reason": "A brawl"}, {"confirm": "1"}
    )
    assert done.get("status") == "completed", show(done)
    for room in rooms:
        await refused_soon(ben, room, NOT_ALLOWED)
    (lockdown,) = await site.store.lockdowns.standing()
    confirmed = {"confirm": "1", "reason": "Calm again"}
    await site.command(moderator, "lockdown", {"deed": str(lockdown.number)}, confirmed)
    for room in rooms:
        await allowed_soon(ben, room)

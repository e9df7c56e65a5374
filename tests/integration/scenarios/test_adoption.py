"""Rooms that were there before Roomkeeper was: taken over at the first start, or by `roomkeeper adopt` before it."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.integration.scenarios.site import FULL, UNHURRIED, Site, expect, is_in, open_store
from tests.support.client import Client
from tests.support.prosody import Prosody
from tests.support.roomkeeper import Roomkeeper

pytestmark = pytest.mark.asyncio(loop_scope="module")

ADMIN = "http://jabber.org/protocol/muc#admin"
CONFIG = "[identity]\nrequired_for = []\n[quotas]\nrooms_created = 2\nrooms_joined = 2\n" + UNHURRIED


@pytest_asyncio.fixture(loop_scope="module")
async def prosody() -> AsyncIterator[Prosody]:
    """A server that lets everything pass as long as nobody answers: rooms from the time before."""
    options = {"muc_room_default_persistent": True}
    async with Prosody(hook_options={"on_failure": "allow", "grace": "0s"}, muc_options=options) as server:
        yield server


async def test_what_was_there_is_listed_then_taken_over_and_whoever_has_too_much_gets_no_more(prosody: Prosody) -> None:
    anna = await Client.connect(prosody.c2s_port, "anna")
    rooms = [f"old{number}@{prosody.muc}" for number in range(3)]
    for room in rooms:
        assert is_in(await anna.join(room))
        member = f"<query xmlns='{ADMIN}'><item jid='ben@localhost' affiliation='member'/></query>"
        assert (await anna.iq("set", member, room)).get("type") == "result"
    await anna.leave(rooms[0])
    roomkeeper = Roomkeeper(prosody=prosody, config=CONFIG)
    roomkeeper.prepare()

    status, told = await roomkeeper.run("adopt", "--dry-run")
    assert status == 0, told
    assert "3 rooms with 6 members, 3 rooms of them not known yet" in told
    over = ["a:anna@localhost: joined 3, 2 allowed", "a:ben@localhost: joined 3, 2 allowed"]
    over.append("a:anna@localhost: created 3, 2 allowed")
    assert all(line in told for line in over), told
    store = await open_store(roomkeeper.path.parent)
    assert await store.rooms.open_rooms() == ()

    status, told = await roomkeeper.run("adopt")
    assert status == 0, told
    assert "3 of 3 rooms: 3 new ones, 6 members, 0 ghosts removed" in told
    assert all(line in told for line in over), told
    assert len(await store.rooms.memberships_of("a:ben@localhost")) == 3

    async with roomkeeper:
        site = Site(prosody=prosody, roomkeeper=roomkeeper, store=store)
        status, told = await roomkeeper.run("adopt")
        assert (status, "Roomkeeper is running" in told) == (1, True), told
        for room in rooms:
            assert is_in(await anna.join(room))
        expect(await anna.join(site.room()), FULL)
        ben = await Client.connect(prosody.c2s_port, "ben")
        for room in rooms:
            assert is_in(await ben.join(room))
        anna.abort()
        ben.abort()
        await store.close()


async def test_the_first_start_takes_over_by_itself_and_says_so(prosody: Prosody) -> None:
    carl = await Client.connect(prosody.c2s_port, "carl")
    room = f"old-{carl.user}@{prosody.muc}"
    assert is_in(await carl.join(room))
    async with Roomkeeper(prosody=prosody, config=CONFIG) as roomkeeper:
        assert any("members taken over" in line for line in roomkeeper.lines)
        store = await open_store(roomkeeper.path.parent)
        assert await store.rooms.members_of(room) == ("a:carl@localhost",)
        assert await store.adoption.is_done()
        await store.close()
    carl.abort()

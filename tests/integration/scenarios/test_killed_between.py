"""The component is killed after it wrote down that somebody lost their standing, and before the rooms knew of it."""

import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, closing
from pathlib import Path

import pytest

from tests.integration.scenarios.relay import Relay, open_relay
from tests.integration.scenarios.site import BARRED, UNVERIFIED, Error, Site, expect, is_in, open_site, open_store
from tests.integration.scenarios.test_persons import affiliation_of
from tests.integration.scenarios.test_ways_in import USER
from tests.support.client import Client
from tests.support.prosody import Prosody
from tests.support.roomkeeper import Roomkeeper
from tests.support.waiting import tries

pytestmark = pytest.mark.asyncio(loop_scope="module")

VALID_S = 7200
CONFIG = f'[identity]\nvalid_for = "{VALID_S}s"\nremind_before = []\non_loss = "{{}}"\nerase_after = "0s"\n'
PERSISTENT = {"muc_options": {"muc_room_default_persistent": True}}

Loss = Callable[[Site, Client, int], Awaitable[None]]


async def lapsed(site: Site, _zoe: Client, _number: int) -> None:
    with closing(sqlite3.connect(site.roomkeeper.path.parent / "roomkeeper.db")) as connection:
        connection.execute("UPDATE persons SET confirmed_at = confirmed_at - ?", (VALID_S,))
        connection.commit()
    assert await site.store.expiry.take_due(time.time(), VALID_S, ())


async def unbound(site: Site, zoe: Client, number: int) -> None:
    await site.store.persons.unbind(zoe.bare, number, time.time(), by=zoe.bare, reason="x")


async def erased(site: Site, zoe: Client, number: int) -> None:
    await site.store.erasures.ask(number, 1, 1, by=zoe.bare)
    assert await site.store.erasures.erase(number, time.time()) is not None


async def blacklisted(site: Site, _zoe: Client, number: int) -> None:
    await site.store.people.blacklist(number=number, reason="Fraud", by="moderator@localhost", at=time.time())


async def sit_down(site: Site) -> tuple[Client, Client, str, int]:
    """Somebody who watches a room, somebody whom the room counts as a member, the room, and that one's number."""
    anna, zoe = await site.stranger("anna"), await site.stranger("zoe", language="en")
    number = await site.verify(zoe.bare)
    await site.verify(anna.bare)
    await zoe.presence()
    room = site.room()
    for client in (anna, zoe):
        assert is_in(await client.join(room))
    item = f"<item affiliation='member' jid='{zoe.bare}'/>"
    query = f"<query xmlns='http://jabber.org/protocol/muc#admin'>{item}</query>"
    assert (await anna.iq("set", query, room)).get("type") == "result"
    await zoe.receive(
        f"<presence from='{room}/{zoe.user}'><x xmlns='{USER}'><item affiliation='member'/></x></presence>"
    )
    return anna, zoe, room, number


@pytest.mark.parametrize(
    ("loss", "error"),
    [(lapsed, UNVERIFIED), (unbound, UNVERIFIED), (erased, UNVERIFIED), (blacklisted, BARRED)],
    ids=["lapsed", "unbound", "erased", "blacklisted"],
)
async def test_after_the_next_start_they_are_out_and_told(loss: Loss, error: Error) -> None:
    async with open_site(CONFIG.format("remove"), **PERSISTENT) as site:
        _, zoe, room, number = await sit_down(site)
        await site.roomkeeper.kill()
        await loss(site, zoe, number)
        await site.roomkeeper.start()
        await zoe.receive(f"<presence type='unavailable' from='{room}/{zoe.user}'/>")
        await zoe.receive(f"<message type='chat' from='{site.service}'/>")
        expect(await zoe.join(room), error)


async def test_after_an_erasure_no_list_of_a_room_names_them() -> None:
    async with open_site(CONFIG.format("mute"), **PERSISTENT) as site:
        anna, zoe, room, number = await sit_down(site)
        await site.roomkeeper.kill()
        await erased(site, zoe, number)
        await site.roomkeeper.start()
        await zoe.receive(f"<presence type='unavailable' from='{room}/{zoe.user}'/>")
        await zoe.receive("<message type='chat'><body>{has has been erased}</body></message>")
        for _ in tries():  # each waits for an answer
            if await affiliation_of(anna, room, zoe.bare) == "none":
                return
        raise AssertionError(anna.show_transcript())


async def test_whoever_may_stay_is_told_and_stays() -> None:
    async with open_site(CONFIG.format("mute"), **PERSISTENT) as site:
        anna, zoe, room, number = await sit_down(site)
        await site.roomkeeper.kill()
        await unbound(site, zoe, number)
        await site.roomkeeper.start()
        await zoe.receive(f"<message type='chat' from='{site.service}'/>")
        await anna.say(room, "still there?")
        await zoe.hear(room, "still there?")


@asynccontextmanager
async def open_relayed_site(folder: Path, config: str) -> AsyncIterator[tuple[Site, Relay]]:
    """A site whose component can be made unheard."""
    async with AsyncExitStack() as stack:
        prosody = await stack.enter_async_context(Prosody(**PERSISTENT))  # type: ignore[arg-type]
        relay = await stack.enter_async_context(open_relay(prosody.component_port))
        roomkeeper = Roomkeeper(prosody=prosody, config=config, folder=folder)
        roomkeeper.prepare()
        text = roomkeeper.path.read_text()
        roomkeeper.path.write_text(text.replace(f"port = {prosody.component_port}", f"port = {relay.port}"))
        await roomkeeper.start()
        stack.push_async_callback(roomkeeper.stop)
        store = await open_store(folder)
        stack.push_async_callback(store.close)
        site = Site(prosody=prosody, roomkeeper=roomkeeper, store=store)
        stack.push_async_callback(site.dismiss)
        yield site, relay


async def test_what_was_said_and_done_unheard_before_the_kill_is_said_and_done_again(tmp_path: Path) -> None:
    async with open_relayed_site(tmp_path, CONFIG.format("remove")) as (site, relay):
        _, zoe, room, _ = await sit_down(site)
        relay.is_heard = False
        await mark_lapsed(site)
        await site.roomkeeper.kill()
        relay.is_heard = True
        await site.roomkeeper.start()
        await zoe.receive(f"<presence type='unavailable' from='{room}/{zoe.user}'/>")
        await zoe.receive("<message type='chat'><body>{has has ended}</body></message>")


async def mark_lapsed(site: Site) -> None:
    """Have the running component find that a verification has ended, and wait until it has written that down."""
    with closing(sqlite3.connect(site.roomkeeper.path.parent / "roomkeeper.db", timeout=10)) as connection:
        connection.execute("UPDATE persons SET confirmed_at = confirmed_at - ?", (VALID_S,))
        connection.commit()
    site.roomkeeper.hang_up()
    for _ in tries():  # each is a read of the database
        if await site.store.errands.waiting(0, 1):
            return
    raise AssertionError("it noticed nothing")

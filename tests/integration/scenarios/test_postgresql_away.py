"""PostgreSQL goes down under a component: who is known goes on talking, others are told, and it heals by itself."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from tests.integration.scenarios.site import FAULT, UNHURRIED, Site, bounce, expect, is_in, join_in_the_end, open_site
from tests.support.postgres import Postgres, running

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = (
    '[storage]\nbusy_timeout = "0.5s"\n'
    '[[rules]]\nname = "no-tea"\nwords = ["tea"]\n'
    '[[ladders.member.steps]]\nstrikes = 1000\nwindow = "1h"\nsanction = "kick"\n' + UNHURRIED
)


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    with running() as server:
        yield server


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared_site(server: Postgres) -> AsyncIterator[Site]:
    async with open_site(CONFIG, server.create()) as site:
        yield site


async def test_what_must_be_written_is_denied_and_known_people_go_on_talking(site: Site, server: Postgres) -> None:
    anna, ben = await site.person("anna", language="en"), await site.person("ben", language="zh")
    carl = await site.person("carl", language="zh")
    room = site.room()
    for client in (anna, ben):
        assert is_in(await client.join(room))
        await client.say(room, f"{client.user} is known")
        await client.hear(room, f"{client.user} is known")
    server.stop()
    try:
        expect(await carl.join(room), FAULT, "请过一分钟再试", "zh-Hans")
        expect(await anna.join(site.room()), FAULT, "try again in a minute", "en")
        await bounce(ben, await ben.say(room, "some tea"), FAULT)  # a strike could not be entered
        for number in range(20):
            await anna.say(room, f"going on {number}")
            await ben.hear(room, f"going on {number}")
    finally:
        server.start()
    await join_in_the_end(carl, lambda: room, FAULT)
    assert is_in(await anna.join(site.room()))
    assert await site.places(carl.bare) == {room}
    assert await site.store.discipline.strikes_of(await site.holder(ben.bare)) == ()
    status, said = await site.roomkeeper.run("audit", "verify")
    assert status == 0, said


async def test_a_component_that_starts_without_it_says_so_and_ends(site: Site, server: Postgres) -> None:
    await site.roomkeeper.stop()
    server.stop()
    try:
        status, said = await site.roomkeeper.run("run")
        assert status == 1, said
        assert "connection to server" in said
    finally:
        server.start()
    await site.roomkeeper.start()

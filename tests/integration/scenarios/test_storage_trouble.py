"""A locked database, a full disk: what needs writing is denied with a clear error, the rest goes on, and it heals."""

import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager

import pytest

from tests.integration.scenarios.site import FAULT, UNHURRIED, Site, bounce, expect, is_in, join_in_the_end

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = (
    "[quotas]\nrooms_created = 2\n"
    '[storage]\nbusy_timeout = "0.2s"\n'
    '[[rules]]\nname = "no-tea"\nwords = ["tea"]\n'
    '[[ladders.member.steps]]\nstrikes = 1000\nwindow = "1h"\nsanction = "kick"\n' + UNHURRIED
)


Trouble = Callable[[Site], AbstractContextManager[None]]


@contextmanager
def locked(site: Site) -> Iterator[None]:
    """Somebody else writes to the database and does not come to an end."""
    path = site.roomkeeper.path.parent / "roomkeeper.db"
    with closing(sqlite3.connect(path, isolation_level=None, timeout=5)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def full(site: Site) -> Iterator[None]:
    """No file of the component's can grow."""
    before = resource.prlimit(site.roomkeeper.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(site.roomkeeper.pid, resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.prlimit(site.roomkeeper.pid, resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("trouble", [locked, full])
async def test_what_must_be_written_is_denied_and_known_people_go_on_talking(site: Site, trouble: Trouble) -> None:
    anna, ben = await site.person("anna", language="en"), await site.person("ben", language="zh")
    room = site.room()
    await anna.join(room)
    await ben.join(room)
    for client in (anna, ben):
        await client.say(room, f"{client.user} is known")
        await client.hear(room, f"{client.user} is known")
    carl = await site.person("carl", language="zh")
    with trouble(site):
        expect(await carl.join(room), FAULT, "请过一分钟再试", "zh-Hans")
        expect(await anna.join(site.room()), FAULT, "try again in a minute", "en")
        await bounce(ben, await ben.say(room, "some tea"), FAULT)  # a strike could not be entered
        for number in range(20):
            await anna.say(room, f"going on {number}")
            await ben.hear(room, f"going on {number}")
        await anna.receive_none(
            "<message><body>some tea</body></message>", until="<message><body>going on 19</body></message>"
        )
    assert is_in(await carl.join(room))
    assert is_in(await anna.join(site.room()))
    assert (await site.places(carl.bare)) == {room}
    strikes = await site.store.discipline.strikes_of(await site.holder(ben.bare))
    assert strikes == ()
    status, said = await site.roomkeeper.run("audit", "verify")
    assert status == 0, said


@pytest.mark.parametrize("trouble", [locked, full])
async def test_what_the_server_did_meanwhile_is_written_when_it_can_be(site: Site, trouble: Trouble) -> None:
    anna = await site.person("anna")
    gone, kept = site.room("gone"), site.room("kept")
    assert is_in(await anna.join(gone))
    assert is_in(await anna.join(kept))
    with trouble(site):
        await anna.leave(gone)  # it was the last one: the room is gone, though nobody could write that down
        expect(await anna.join(site.room()), FAULT)  # not that she has two rooms: that is no longer so
    another = await join_in_the_end(anna, site.room, FAULT)
    assert await site.places(anna.bare) == {kept, another}

"""Emergencies on a real server: lockdowns hold at once and over restarts, and a raid closes a room to strangers."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.integration.scenarios.site import (
    MODERATED,
    NOT_ALLOWED,
    UNHURRIED,
    Site,
    bounce,
    expect,
    is_in,
    open_site,
)
from tests.support.client import Client
from tests.support.patterns import show

pytestmark = pytest.mark.asyncio(loop_scope="module")
VERIFIED = "moderator0@localhost"
CONFIG = "[emergency]\nraid_joins = 4\n" + UNHURRIED + MODERATED


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site() -> AsyncIterator[Site]:
    async with open_site(CONFIG) as site:
        await site.verify(VERIFIED)  # at once: the component reads up on staff when it tells them of a raid
        yield site


async def lock(site: Site, moderator: Client, **order: str) -> str:
    known = {"where": "room", "room": "", "create": "0", "join": "0", "post": "0", "members": "1", "length": ""}
    order = {**known, "reason": "A wave of spam", **order}
    done = await site.command(moderator, "lockdown", {"deed": "begin"}, order, {"confirm": "1"})
    assert done.get("status") == "completed", show(done)
    digits = "".join(each if each.isdigit() else " " for each in done.findtext("{*}note") or "").split()
    return digits[0]


async def unlock(site: Site, moderator: Client, number: str) -> None:
    done = await site.command(moderator, "lockdown", {"deed": number}, {"confirm": "1", "reason": "Calm again"})
    assert done.get("status") == "completed", show(done)


async def test_a_room_is_frozen_and_thawed(site: Site) -> None:
    anna, ben, moderator = await site.person("anna", language="en"), await site.person("ben"), await site.moderator()
    await anna.presence()
    room = site.room()
    assert is_in(await anna.join(room))
    number = await lock(site, moderator, room=room, join="1", post="1")
    told = await anna.receive(f"<message from='{site.service}'><body>{{has Lockdown}}</body></message>")
    assert "writing" in show(told)
    expect(await ben.join(room), NOT_ALLOWED, "A wave of spam")
    await bounce(anna, await anna.say(room, "hello"), NOT_ALLOWED, "A wave of spam")
    await unlock(site, moderator, number)
    await anna.receive(f"<message from='{site.service}'><body>{{has is over}}</body></message>")
    assert is_in(await ben.join(room))
    await anna.say(room, "hello again")
    await ben.hear(room, "hello again")


async def test_members_come_back_into_a_frozen_room_and_staff_go_on(site: Site) -> None:
    anna, ben = await site.person("anna"), await site.person("ben")
    moderator = await site.log_in(VERIFIED.partition("@")[0], resource="staff")
    room = site.room()
    assert is_in(await anna.join(room))
    assert is_in(await ben.join(room))
    number = await lock(site, moderator, room=room, join="1")
    await ben.leave(room)
    assert is_in(await ben.join(room))
    assert is_in(await moderator.join(room))
    await unlock(site, moderator, number)


async def test_no_room_is_made_while_creating_is_frozen_also_after_a_restart(site: Site) -> None:
    anna, moderator = await site.person("anna"), await site.moderator()
    number = await lock(site, moderator, where="everywhere", create="1")
    expect(await anna.join(site.room()), NOT_ALLOWED, "no rooms can be created")
    await site.roomkeeper.kill()
    await site.roomkeeper.start()
    expect(await anna.join(site.room()), NOT_ALLOWED, "no rooms can be created")
    await unlock(site, moderator, number)
    assert is_in(await anna.join(site.room()))


async def test_a_lockdown_ends_by_itself(site: Site) -> None:
    anna, ben, moderator = await site.person("anna", language="en"), await site.person("ben"), await site.moderator()
    await anna.presence()
    room = site.room()
    assert is_in(await anna.join(room))
    await lock(site, moderator, room=room, join="1", length="1s")
    await anna.receive(f"<message from='{site.service}'><body>{{has is over}}</body></message>")
    assert is_in(await ben.join(room))


async def test_a_raid_closes_the_room_to_strangers_but_not_to_members(site: Site) -> None:
    anna, ben = await site.person("anna", language="en"), await site.person("ben")
    await anna.presence()
    room = site.room()
    assert is_in(await anna.join(room))
    assert is_in(await ben.join(room))
    raiders = [await site.person(f"raider{number}") for number in range(5)]
    answers = [await raider.join(room) for raider in raiders]
    assert [is_in(answer) for answer in answers] == [True, True, True, False, False]
    expect(answers[-1], NOT_ALLOWED, "Very many people")
    await anna.receive(f"<message from='{site.service}'><body>{{has Very many people}}</body></message>")
    await ben.leave(room)
    assert is_in(await ben.join(room))


async def test_everybody_coming_back_after_a_restart_is_no_raid(site: Site) -> None:
    room = site.room()
    anna = await site.person("anna")
    assert is_in(await anna.join(room))
    people = [await site.person(f"p{number}") for number in range(8)]
    before = {lockdown.number for lockdown in await site.store.lockdowns.standing()}
    await site.store.rooms.adopt(room, 0.0, [await site.holder(each.bare) for each in people])
    await site.roomkeeper.kill()
    await site.roomkeeper.start()
    for each in people:
        assert is_in(await each.join(room))
    assert {lockdown.number for lockdown in await site.store.lockdowns.standing()} == before

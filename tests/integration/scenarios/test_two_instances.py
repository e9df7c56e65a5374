"""Two components share the rooms of a service and one database: what is counted is exact."""

import asyncio

import pytest

from tests.integration.scenarios.pair import DOMAINS, rooms_of_both, whose
from tests.integration.scenarios.site import FULL, UNHURRIED, Site, expect, is_in
from tests.support.client import Client

pytestmark = pytest.mark.asyncio(loop_scope="module")

BACKENDS = ("sqlite", "postgresql")
CONFIG = "[quotas]\nrooms_created = 5\nrooms_joined = 8\n" + UNHURRIED
INSTANCES = 2
PROSODY = {"components": DOMAINS, "muc_options": {"muc_room_default_persistent": True}}


async def sessions_of(site: Site, client: Client, count: int = 4) -> list[Client]:
    return [await site.log_in(client.user, resource=f"session{number}") for number in range(count)]


async def test_creations_at_once_in_both_create_no_more_than_the_quota(site: Site) -> None:
    anna = await site.person("anna", language="en")
    sessions = await sessions_of(site, anna)
    rooms = rooms_of_both(site, 15)
    answers = await asyncio.gather(*(sessions[turn % 4].join(room) for turn, room in enumerate(rooms)))
    made = {room for room, answer in zip(rooms, answers, strict=True) if is_in(answer)}
    assert len(made) == 5
    for answer in answers:
        if not is_in(answer):
            expect(answer, FULL)
    assert await site.places(anna.bare) == made


async def test_joins_at_once_in_both_take_no_more_places_than_the_quota(site: Site) -> None:
    rooms = rooms_of_both(site, 8)
    for start in range(0, 16, 5):
        host = await site.person("host")
        for room in rooms[start : start + 5]:
            assert is_in(await host.join(room))
    ben, again = await site.stranger("ben"), await site.stranger("again")
    await site.verify(ben.bare, again.bare)
    answers = await asyncio.gather(*((ben, again)[turn // 2 % 2].join(room) for turn, room in enumerate(rooms)))
    assert sum(map(is_in, answers)) == 8
    assert len(await site.places(ben.bare)) == 8


async def test_a_place_given_up_in_one_is_free_in_the_other_at_once(site: Site) -> None:
    anna = await site.person("anna", language="en")
    rooms = rooms_of_both(site, 3)
    for room in rooms[:5]:
        assert is_in(await anna.join(room))
    expect(await anna.join(rooms[5]), FULL)
    await site.leave_for_good(anna, next(room for room in rooms if whose(room) != whose(rooms[5])))
    assert is_in(await anna.join(rooms[5]))


async def test_when_one_is_killed_the_other_goes_on_counting(site: Site) -> None:
    anna = await site.person("anna", language="en")
    sessions = await sessions_of(site, anna)
    rooms = rooms_of_both(site, 10)
    second = site.other
    assert second is not None
    joins = [asyncio.create_task(sessions[turn % 4].join(room)) for turn, room in enumerate(rooms)]
    await second.kill()
    answers = await asyncio.gather(*joins)
    await second.start()
    assert sum(map(is_in, answers)) <= 5
    assert len(await site.places(anna.bare)) <= 5
    status, said = await site.roomkeeper.run("audit", "verify")
    assert status == 0, said

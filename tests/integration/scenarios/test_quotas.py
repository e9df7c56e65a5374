"""Places are counted exactly, whatever comes at once, and are free again when a room closes or is left for good."""

import asyncio

import pytest

from tests.integration.scenarios.site import CROWDED, FULL, UNHURRIED, Site, expect, is_in
from tests.support.client import Client

pytestmark = pytest.mark.asyncio(loop_scope="module")

BACKENDS = ("sqlite", "postgresql")

CONFIG = "[quotas]\nrooms_created = 5\nrooms_joined = 8\nmembers_per_room = 3\n" + UNHURRIED
PROSODY = {"muc_options": {"muc_room_default_persistent": True, "allow_unaffiliated_register": True}}

OWNER = "http://jabber.org/protocol/muc#owner"
DESTROY = f"<query xmlns='{OWNER}'><destroy/></query>"


async def create(site: Site, client: Client, count: int) -> list[str]:
    rooms = [site.room() for _ in range(count)]
    for room in rooms:
        assert is_in(await client.join(room))
    return rooms


async def test_the_sixth_room_is_refused_until_one_of_the_five_is_destroyed(site: Site) -> None:
    anna = await site.person("anna", language="en")
    rooms = await create(site, anna, 5)
    sixth = site.room("sixth")
    expect(await anna.join(sixth), FULL, "create 5 rooms and already hold 5", "en")
    destroyed = await anna.iq("set", DESTROY, rooms[0])
    assert destroyed.get("type") == "result"
    assert is_in(await anna.join(sixth))
    expect(await anna.join(site.room("seventh")), FULL)
    assert await site.places(anna.bare) == {*rooms[1:], sixth}


async def test_leaving_ones_own_room_by_command_frees_both_of_its_places(site: Site) -> None:
    anna = await site.person("anna", language="en")
    rooms = await create(site, anna, 5)
    await site.leave_for_good(anna, rooms[2])
    await anna.receive(f"<presence type='unavailable' from='{rooms[2]}/{anna.user}'/>")
    assert is_in(await anna.join(site.room()))


async def test_going_offline_frees_nothing(site: Site) -> None:
    anna = await site.person("anna", language="en")
    rooms = await create(site, anna, 5)
    await anna.leave(rooms[0])
    expect(await anna.join(site.room()), FULL)
    assert is_in(await anna.join(rooms[0]))


async def test_accounts_of_one_person_share_their_places(site: Site) -> None:
    anna, again = await site.stranger("anna"), await site.stranger("again")
    await site.verify(anna.bare, again.bare)
    await create(site, anna, 3)
    await create(site, again, 2)
    expect(await anna.join(site.room()), FULL)
    expect(await again.join(site.room()), FULL)


async def test_the_ninth_room_joined_is_refused_until_one_is_left(site: Site) -> None:
    hosts = [await site.person("host") for _ in range(2)]
    rooms = [*await create(site, hosts[0], 5), *await create(site, hosts[1], 4)]
    ben = await site.person("ben", language="zh")
    for room in rooms[:8]:
        assert is_in(await ben.join(room))
    expect(await ben.join(rooms[8]), FULL, "最多可以加入 8 个群", "zh-Hans")
    expect(await ben.join(site.room()), FULL)  # one's own room is one to be a member of, too
    await site.leave_for_good(ben, rooms[0])
    assert is_in(await ben.join(rooms[8]))


async def test_the_fourth_member_is_refused_until_somebody_leaves_for_good(site: Site) -> None:
    anna, ben, carl, dora = [await site.person(name, language="en") for name in ("anna", "ben", "carl", "dora")]
    room = site.room()
    for client in (anna, ben, carl):
        assert is_in(await client.join(room))
    expect(await dora.join(room), CROWDED, "3 members", "en")
    await ben.leave(room)
    expect(await dora.join(room), CROWDED)
    await site.leave_for_good(ben, room)
    assert is_in(await dora.join(room))


async def test_a_grant_of_membership_takes_a_place_like_a_join(site: Site) -> None:
    anna, ben, carl, dora = [await site.person(name) for name in ("anna", "ben", "carl", "dora")]
    room = site.room()
    await anna.join(room)
    for client in (ben, carl):
        assert (await anna.iq("set", grant(client.bare), room)).get("type") == "result"
    expect(await anna.iq("set", grant(dora.bare), room), CROWDED)
    expect(await dora.join(room), CROWDED)
    assert is_in(await ben.join(room))
    assert await site.places(dora.bare) == set()
    withdrawn = await anna.iq("set", grant(carl.bare, "none"), room)
    assert withdrawn.get("type") == "result"
    assert is_in(await dora.join(room))
    expect(await carl.join(room), CROWDED)


async def test_somebody_who_left_for_good_comes_back_only_to_a_free_place(site: Site) -> None:
    anna, ben, carl, dora = [await site.person(name) for name in ("anna", "ben", "carl", "dora")]
    room = site.room()
    for client in (anna, ben, carl):
        assert is_in(await client.join(room))
    await carl.say(room, "hello")  # now he and the room are remembered
    await carl.hear(room, "hello")
    await site.leave_for_good(carl, room)
    await carl.receive(f"<presence type='unavailable' from='{room}/{carl.user}'/>")
    assert is_in(await dora.join(room))
    expect(await carl.join(room), CROWDED)
    await site.leave_for_good(dora, room)
    await dora.receive(f"<presence type='unavailable' from='{room}/{dora.user}'/>")
    assert is_in(await carl.join(room))
    assert await site.places(carl.bare) == {room}


async def test_somebody_shut_out_and_let_in_again_takes_a_place_again(site: Site) -> None:
    anna, ben, carl = [await site.person(name) for name in ("anna", "ben", "carl")]
    room = site.room()
    for client in (anna, ben, carl):
        assert is_in(await client.join(room))
    await carl.say(room, "hello")  # now he and the room are remembered
    await carl.hear(room, "hello")
    await anna.iq("set", grant(carl.bare, "outcast"), room)
    await carl.receive(f"<presence type='unavailable' from='{room}/{carl.user}'/>")
    await anna.iq("set", grant(carl.bare, "none"), room)
    assert is_in(await carl.join(room))
    assert await site.places(carl.bare) == {room}


async def test_registering_with_a_room_takes_a_place_and_unregistering_frees_it(site: Site) -> None:
    anna, ben, carl, dora = [await site.person(name) for name in ("anna", "ben", "carl", "dora")]
    room = site.room()
    assert is_in(await anna.join(room))
    for client in (ben, carl):
        assert (await client.iq("set", register(client.user), room)).get("type") == "result"
    expect(await dora.iq("set", register(dora.user), room), CROWDED)
    expect(await dora.join(room), CROWDED)
    gone = await ben.iq("set", "<query xmlns='jabber:iq:register'><remove/></query>", room)
    assert gone.get("type") == "result"
    assert is_in(await dora.join(room))
    assert await site.places(ben.bare) == set()


async def test_fifty_creations_at_once_under_a_quota_of_five_create_exactly_five(site: Site) -> None:
    anna = await site.person("anna")
    sessions = [await site.log_in(anna.user, resource=f"session{number}") for number in range(5)]
    rooms = [site.room() for _ in range(50)]
    answers = await asyncio.gather(*(sessions[index % 5].join(room) for index, room in enumerate(rooms)))
    made = {room for room, answer in zip(rooms, answers, strict=True) if is_in(answer)}
    assert len(made) == 5
    for answer in answers:
        if not is_in(answer):
            expect(answer, FULL)
    assert await site.places(anna.bare) == made


async def test_of_many_who_want_the_last_place_at_once_one_gets_it(site: Site) -> None:
    anna, ben = await site.person("anna"), await site.person("ben")
    room = site.room()
    assert is_in(await anna.join(room))
    assert is_in(await ben.join(room))
    others = [await site.person("other") for _ in range(8)]
    answers = await asyncio.gather(*(other.join(room) for other in others))
    assert sum(map(is_in, answers)) == 1
    for answer in answers:
        if not is_in(answer):
            expect(answer, CROWDED)


async def test_many_who_create_the_same_room_at_once_hold_one_creators_place_between_them(site: Site) -> None:
    people = [await site.person("other") for _ in range(3)]
    room = site.room()
    answers = await asyncio.gather(*(client.join(room) for client in people))
    assert all(map(is_in, answers))
    memberships = [
        membership
        for client in people
        for membership in await site.store.rooms.memberships_of(await site.holder(client.bare))
    ]
    assert len(memberships) == 3
    creators = [client for client in people if (await client.iq("get", OWNER_FORM, room)).get("type") == "result"]
    assert len(creators) == 1
    await creators[0].iq("set", DESTROY, room)
    for client in people:
        await create(site, client, 5)


def grant(account: str, affiliation: str = "member") -> str:
    return (
        "<query xmlns='http://jabber.org/protocol/muc#admin'>"
        f"<item affiliation='{affiliation}' jid='{account}'/></query>"
    )


OWNER_FORM = f"<query xmlns='{OWNER}'/>"


def register(nick: str) -> str:
    return (
        "<query xmlns='jabber:iq:register'><x xmlns='jabber:x:data' type='submit'>"
        "<field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#register</value></field>"
        f"<field var='muc#register_roomnick'><value>{nick}</value></field></x></query>"
    )

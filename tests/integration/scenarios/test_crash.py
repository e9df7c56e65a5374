"""The component dies, hangs or stays away while people talk: nothing is lost unsaid, nothing comes twice."""

import asyncio
import os
import signal

from tests.integration.scenarios.site import (
    AWAY,
    FULL,
    UNHURRIED,
    Site,
    bounce,
    expect,
    is_in,
    join_in_the_end,
    open_site,
)
from tests.integration.scenarios.talk import Talk, check, drain

SHORT = {"grace": "0.3s", "timeout": "1s"}


async def gather(site: Site, count: int) -> tuple[str, Talk, list[Talk]]:
    """A room with a listener and some talkers in it."""
    room = site.room()
    people = [await site.person(name) for name in ("listener", *["talker"] * count)]
    for client in people:
        assert is_in(await client.join(room))
    listener, *talkers = [Talk(client=client, room=room) for client in people]
    return room, listener, talkers


async def test_killed_and_started_again_within_the_grace_every_message_is_delivered_once() -> None:
    async with open_site(UNHURRIED) as site:
        room, listener, talkers = await gather(site, 4)
        talking = [asyncio.create_task(talk.go_on(lambda talk: len(talk.said) == 200)) for talk in talkers]
        for mark in (20, 120):
            await talkers[0].wait_for(mark)
            await site.roomkeeper.kill()
            await site.roomkeeper.start()
        await asyncio.gather(*talking)
        check(talkers, await drain(listener.client, room))
        assert not any(talk.bounced for talk in talkers)


async def test_killed_for_longer_than_the_grace_each_message_is_delivered_once_or_bounced_once() -> None:
    async with open_site(UNHURRIED, hook_options=SHORT) as site:
        room, listener, talkers = await gather(site, 3)
        is_back = asyncio.Event()
        delivered_before: dict[str, int] = {}

        def is_over(talk: Talk) -> bool:
            if not is_back.is_set():
                return False
            before = delivered_before.setdefault(talk.client.user, len(talk.delivered))
            return len(talk.delivered) > before + 30

        talking = [asyncio.create_task(talk.go_on(is_over)) for talk in talkers]
        await talkers[0].wait_for(30)
        await site.roomkeeper.kill()
        await talkers[0].wait_for(1, is_bounced=True)
        await site.roomkeeper.start()
        is_back.set()
        await asyncio.gather(*talking)
        check(talkers, await drain(listener.client, room))
        assert all(talk.bounced and talk.delivered for talk in talkers)


async def test_joins_under_way_at_a_crash_end_with_a_place_or_without_one() -> None:
    async with open_site(UNHURRIED, muc_options={"muc_room_default_persistent": True}) as site:
        room = site.room()
        people = [await site.person("guest") for _ in range(12)]
        joining = [asyncio.create_task(client.join(room)) for client in people[:1]]
        await joining[0]
        joining += [asyncio.create_task(client.join(room)) for client in people[1:]]
        await asyncio.wait(joining[1:], return_when=asyncio.FIRST_COMPLETED)
        await site.roomkeeper.kill()
        await site.roomkeeper.start()
        answers = await asyncio.gather(*joining)
        assert all(map(is_in, answers))
        await site.roomkeeper.stop()
        members = await site.store.rooms.members_of(room)
        assert sorted(members) == sorted([await site.holder(client.bare) for client in people])


async def test_away_for_longer_than_the_grace_everything_but_a_leave_is_bounced_with_wait() -> None:
    async with open_site(UNHURRIED, hook_options=SHORT) as site:
        room, listener, (talker,) = await gather(site, 1)
        await site.roomkeeper.stop()
        await bounce(talker.client, await talker.client.say(room, "anybody?"), AWAY, "try again")
        expect(await talker.client.join(site.room()), AWAY)
        expect(await talker.client.iq("set", "<query xmlns='http://jabber.org/protocol/muc#owner'/>", room), AWAY)
        await talker.client.leave(room)
        await listener.client.receive(f"<presence type='unavailable' from='{room}/{talker.client.user}'/>")
        await site.roomkeeper.start()
        assert is_in(await talker.client.join(room))
        await talker.client.say(room, "here again")
        await listener.client.hear(room, "here again")


async def test_a_component_that_hangs_bounces_and_its_late_answers_change_nothing() -> None:
    async with open_site("[quotas]\nrooms_created = 1\n" + UNHURRIED, hook_options=SHORT) as site:
        room, listener, (talker,) = await gather(site, 1)
        guest, other = await site.person("guest"), await site.person("other")
        os.kill(site.roomkeeper.pid, signal.SIGSTOP)
        try:
            await bounce(talker.client, await talker.client.say(room, "too late"), AWAY)
            expect(await guest.join(site.room()), AWAY)
        finally:
            os.kill(site.roomkeeper.pid, signal.SIGCONT)
        await talker.client.say(room, "in time")
        await listener.client.receive_none(
            "<message><body>too late</body></message>", until="<message><body>in time</body></message>"
        )
        assert is_in(await other.join(room))  # asked after the late answer's question, and as long in the making
        await join_in_the_end(guest, site.room, FULL)  # the late answer's place is given back

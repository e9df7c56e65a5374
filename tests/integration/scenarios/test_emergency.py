"""Emergencies on a real server: lockdowns hold at once and over restarts, and a raid closes a room to strangers."""

import time
from collections.abc import AsyncIterator
from xml.etree.ElementTree import Element

import pytest
import pytest_asyncio

from tests.integration.scenarios.site import (
    MODERATED,
    NOT_ALLOWED,
    UNHURRIED,
    UNVERIFIED,
    Site,
    bounce,
    expect,
    is_in,
    open_site,
)
from tests.support.client import Client
from tests.support.patterns import show
from tests.support.waiting import tries

pytestmark = pytest.mark.asyncio(loop_scope="module")
VERIFIED = "moderator0@localhost"
CONFIG = (
    """
[emergency]
raid_joins = 4
raid_for = "RAID_FOR"

[categories.general]
title = { en = "General" }

[categories.club]
title = { en = "Clubs" }
join_modes = ["open", "invite"]
"""
    + UNHURRIED
    + MODERATED
)
RAID_FOR = "15m"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site() -> AsyncIterator[Site]:
    async with open_site(CONFIG.replace("RAID_FOR", RAID_FOR)) as site:
        await site.verify(VERIFIED)  # at once: the component reads up on staff when it tells them of a raid
        yield site


async def lock(site: Site, moderator: Client, **order: str) -> str:
    known = {"where": "room", "room": "", "create": "0", "join": "0", "post": "0", "members": "1", "length": ""}
    order = {**known, "reason": "A wave of spam", **order}
    done = await site.command(moderator, "lockdown", {"deed": "begin"}, order, {"confirm": "1"})
    assert done.get("status") == "completed", show(done)
    digits = "".join(each if each.isdigit() else " " for each in done.findtext("{*}note") or "").split()
    return digits[0]


async def is_known_as_member(site: Site, client: Client, room: str) -> None:
    """Until storage knows that their join came about."""
    holder = await site.holder(client.bare)
    for _ in tries():
        if holder in await site.store.rooms.members_of(room):
            return
        await client.iq("get", "<ping xmlns='urn:xmpp:ping'/>", site.service)
    raise AssertionError(client.show_transcript())


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
    await is_known_as_member(site, ben, room)
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


async def raid(site: Site, room: str, most: int = 2) -> tuple[list[Client], list[Element]]:
    """Strangers who come until so many are kept out, and what those were told: where a minute ends, more get in."""
    kept_out: list[Client] = []
    answers: list[Element] = []
    for number in range(12):
        raider = await site.person(f"raider{number}", language="en")
        answer = await raider.join(room)
        assert number > 1 or is_in(answer)
        if not is_in(answer):
            kept_out.append(raider)
            answers.append(answer)
            if len(answers) == most:
                return kept_out, answers
    raise AssertionError("everybody got in")


async def test_a_raid_has_strangers_ask_for_approval_while_members_come_and_go(site: Site) -> None:
    anna, ben = await site.person("anna", language="en"), await site.person("ben")
    await anna.presence()
    room = site.room()
    assert is_in(await anna.join(room))
    assert is_in(await ben.join(room))
    await is_known_as_member(site, ben, room)
    raiders, answers = await raid(site, room)
    expect(answers[-1], UNVERIFIED, "have been asked to let you in")
    await anna.receive(f"<message from='{site.service}'><body>{{has needs the approval}}</body></message>")
    await ben.leave(room)
    assert is_in(await ben.join(room))
    await site.roomkeeper.kill()
    await site.roomkeeper.start()
    expect(await raiders[0].join(room), UNVERIFIED)
    waiting = await site.store.entrances.waiting_for(room, time.time(), limit=9)
    number = next(each.number for each in waiting if each.account == raiders[0].bare)
    order = {"which": str(number), "decision": "approve", "reason": ""}
    known = await site.store.rooms.find(room)
    assert known is not None
    approved = await site.command(anna, "applicants", {"room": known.code}, order)
    assert approved.get("status") == "completed", show(approved)
    assert is_in(await raiders[0].join(room))
    expect(await raiders[1].join(room), UNVERIFIED)
    moderator = await site.moderator()
    (held,) = [each for each in await site.store.lockdowns.standing() if each.room == room]
    await unlock(site, moderator, str(held.number))
    await anna.receive(f"<message from='{site.service}'><body>{{has joined again as}}</body></message>")
    assert is_in(await raiders[1].join(room))


async def test_whoever_answered_before_a_raid_waits_until_it_is_over_and_whom_a_manager_invited_does_not(
    site: Site,
) -> None:
    anna, sleeper, guest = [await site.person(name, language="en") for name in ("anna", "sleeper", "guest")]
    await anna.presence()
    room = site.room()
    assert is_in(await anna.join(room))
    known = await site.store.rooms.find(room)
    assert known is not None
    asked = {"mode": "question"}, {"question": "Who wrote it?", "answers": "Cao Xueqin"}
    done = await site.command(anna, "join-mode", {"room": known.code}, *asked)
    assert done.get("status") == "completed", show(done)
    done = await site.command(sleeper, "join", {"room": room}, {"words": "Cao Xueqin"})
    assert done.get("status") == "completed", show(done)
    invited = f"<x xmlns='http://jabber.org/protocol/muc#user'><invite to='{guest.bare}'/></x>"
    await guest.presence()
    await anna.send(f"<message to='{room}'>{invited}</message>")
    await guest.receive(f"<message from='{room}'/>")
    done = await site.command(anna, "join-mode", {"room": known.code}, {"mode": "open"})
    assert done.get("status") == "completed", show(done)
    await raid(site, room)
    expect(await sleeper.join(room), UNVERIFIED, "have been asked to let you in")
    assert is_in(await guest.join(room))
    moderator = await site.moderator()
    (held,) = [each for each in await site.store.lockdowns.standing() if each.room == room]
    await unlock(site, moderator, str(held.number))
    await anna.receive(f"<message from='{site.service}'><body>{{has joined again as}}</body></message>")
    assert is_in(await sleeper.join(room))


async def test_approval_after_a_raid_ends_by_itself() -> None:
    async with open_site(CONFIG.replace("RAID_FOR", "2s")) as site:
        anna = await site.person("anna", language="en")
        await anna.presence()
        room = site.room()
        assert is_in(await anna.join(room))
        raiders, _ = await raid(site, room, most=1)
        await anna.receive(f"<message from='{site.service}'><body>{{has joined again as}}</body></message>")
        assert is_in(await raiders[-1].join(room))


async def test_where_no_room_is_joined_by_approval_a_raid_leaves_it_to_its_members(site: Site) -> None:
    anna, ben, moderator = await site.person("anna", language="en"), await site.person("ben"), await site.moderator()
    await anna.presence()
    room = site.room()
    assert is_in(await anna.join(room))
    assert is_in(await ben.join(room))
    order = {"category": "club", "scale": "large", "reason": "A club"}
    assert (await site.command(moderator, "classify", {"room": room}, order)).get("status") == "completed"
    await is_known_as_member(site, ben, room)
    _, answers = await raid(site, room)
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

"""What a rule holds waits for a moderator: nobody sees it before, and a yes lets the very same content pass."""

import asyncio

import pytest

from tests.integration.scenarios.site import (
    CONTENT,
    MODERATED,
    TOO_FAST,
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

RULES = """
[moderation]
hold_notice = "1s"

[[rules]]
name = "ask-first"
words = ["lottery", "彩票"]
action = "hold"

[[rules]]
name = "no-casino"
words = ["casino"]
strike = false

[[ladders.member.steps]]
strikes = 1
window = "1h"
sanction = "notice"
"""
CONFIG = RULES + UNHURRIED + MODERATED
HELD = TOO_FAST  # policy-violation, to be waited for
OWNER = "http://jabber.org/protocol/muc#owner"
USER = "http://jabber.org/protocol/muc#user"


async def meet(site: Site) -> tuple[str, Client, Client]:
    anna, ben = await site.person("anna", language="en"), await site.person("ben", language="en")
    room = site.room()
    await anna.join(room)
    await ben.join(room)
    await anna.presence()
    await ben.presence()
    return room, anna, ben


async def waiting(site: Site, room: str) -> list[int]:
    """Numbers of what waits in the room, as moderators find them."""
    found = await site.store.holds.waiting(0, newest_first=False, limit=100)
    return [held.number for held in found if held.room == room]


async def decide(site: Site, number: int, decision: str, reason: str = "") -> str:
    """By a moderator of one's own, who looks at the newest first; what they were told."""
    moderator = await site.moderator()
    oldest = (await site.store.holds.waiting(0, newest_first=False, limit=1))[0].number
    turn = {"number": str(oldest), "decision": "turn", "reason": ""}
    done = await site.command(moderator, "held", turn, {"number": str(number), "decision": decision, "reason": reason})
    return show(done)


async def told(client: Client, words: str) -> None:
    await client.receive(f"<message type='chat'><body>{{has {words}}}</body></message>")


async def test_a_yes_lets_the_same_text_pass_and_nothing_else(site: Site) -> None:
    room, anna, ben = await meet(site)
    await bounce(ben, await ben.say(room, "A lottery for the school"), HELD, "waits for a moderator", "en")
    await bounce(ben, await ben.say(room, "a LOTTERY for the school"), HELD)
    (number,) = await waiting(site, room)
    assert "may pass" in await decide(site, number, "approve")
    await told(ben, "has approved")
    await bounce(ben, await ben.say(room, "A lottery for the school, and more"), HELD)
    await bounce(anna, await anna.say(room, "A lottery for the school"), HELD)
    other = site.room()
    await ben.join(other)
    await bounce(ben, await ben.say(other, "A lottery for the school"), HELD)
    await ben.say(room, "A lottery for the school")
    await anna.hear(room, "A lottery for the school")
    holder = await site.holder(ben.bare)
    assert await site.store.discipline.strikes_of(holder) == ()


async def test_a_no_is_a_strike_and_the_writer_reads_why(site: Site) -> None:
    room, _, ben = await meet(site)
    await bounce(ben, await ben.say(room, "win the lottery"), HELD)
    (number,) = await waiting(site, room)
    assert "give a reason" in await decide(site, number, "refuse")
    assert "is refused" in await decide(site, number, "refuse", "This is advertising")
    await told(ben, "This is advertising")
    await told(ben, "This is a warning")
    (strike,) = await site.store.discipline.strikes_of(await site.holder(ben.bare))
    assert (strike.rule, strike.evidence) == ("ask-first", "win the ⟦lottery⟧")
    await bounce(ben, await ben.say(room, "win the lottery"), HELD)


async def test_a_yes_ends_the_hold_but_not_what_another_rule_says(site: Site) -> None:
    room, _, ben = await meet(site)
    await bounce(ben, await ben.say(room, "lottery casino"), CONTENT, "no-casino")
    assert await waiting(site, room) == []


async def test_two_moderators_decide_at_once_and_one_decision_stands(site: Site) -> None:
    room, _, ben = await meet(site)
    await bounce(ben, await ben.say(room, "a lottery"), HELD)
    (number,) = await waiting(site, room)
    answers = await asyncio.gather(
        decide(site, number, "approve"), decide(site, number, "refuse", "no"), decide(site, number, "approve")
    )
    assert sum("Done" in answer for answer in answers) == 1, answers
    assert sum("waits no more" in answer for answer in answers) == 2, answers


async def test_moderators_are_told_in_batches_that_something_waits(site: Site) -> None:
    room, _, ben = await meet(site)
    moderator = await site.log_in("moderator0", resource="told")
    await moderator.presence()
    for number in range(3):
        await bounce(ben, await ben.say(room, f"lottery {number}"), HELD)
    await moderator.receive("<message type='chat'><body>{has wait}</body></message>")


@pytest.mark.parametrize("surface", ["nick", "status", "room-name", "reason", "subject", "private"])
async def test_whatever_others_could_see_is_held_and_let_pass(site: Site, surface: str) -> None:
    room, anna, ben = await meet(site)
    carl = await site.person("carl")
    await carl.presence()

    async def attempt(number: str) -> None:
        form = (
            "<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>http://jabber.org/protocol/"
            "muc#roomconfig</value></field><field var='muc#roomconfig_roomname'><value>Lottery</value></field></x>"
        )
        await {
            "nick": lambda: ben.send(f"<presence id='{number}' to='{room}/Lottery'/>"),
            "status": lambda: ben.send(
                f"<presence id='{number}' to='{room}/{ben.user}'><status>at the lottery</status></presence>"
            ),
            "room-name": lambda: anna.send(
                f"<iq type='set' id='{number}' to='{room}'><query xmlns='{OWNER}'>{form}</query></iq>"
            ),
            "reason": lambda: anna.send(
                f"<message id='{number}' to='{room}'><x xmlns='{USER}'><invite to='{carl.bare}'>"
                "<reason>the lottery</reason></invite></x></message>"
            ),
            "subject": lambda: anna.send(
                f"<message type='groupchat' id='{number}' to='{room}'><subject>Lottery</subject></message>"
            ),
            "private": lambda: ben.send(
                f"<message type='chat' id='{number}' to='{room}/{anna.user}'><body>lottery?</body></message>"
            ),
        }[surface]()

    name = {"nick": "presence", "status": "presence", "room-name": "iq"}.get(surface, "message")
    writer = ben if surface in {"nick", "status", "private"} else anna
    await attempt("first")
    expect(await writer.receive(f"<{name} type='error' id='first'/>"), HELD, "waits for a moderator")
    (number,) = await waiting(site, room)
    await decide(site, number, "approve")
    await told(writer, "has approved")
    await attempt("second")
    if surface == "room-name":
        await anna.receive("<iq type='result' id='second'/>")
    elif surface == "reason":
        await carl.receive(f"<message from='{room}'><x xmlns='{USER}'><invite/></x></message>")
    elif surface == "subject":
        await ben.receive(f"<message from='{room}/{anna.user}'><subject>Lottery</subject></message>")
    elif surface == "private":
        await anna.receive(f"<message from='{room}/{ben.user}'><body>lottery?</body></message>")
    elif surface == "nick":
        await anna.receive(f"<presence from='{room}/Lottery'/>")
    else:
        await anna.receive(f"<presence from='{room}/{ben.user}'><status>at the lottery</status></presence>")


async def test_a_nickname_at_the_door_is_held_and_a_yes_opens_it(site: Site) -> None:
    room, _, _ = await meet(site)
    carl = await site.person("carl", language="zh")
    expect(await carl.join(room, "彩票"), HELD, "等待管理员审核", "zh-Hans")
    assert await site.places(carl.bare) == set()
    (number,) = await waiting(site, room)
    await decide(site, number, "approve")
    assert is_in(await carl.join(room, "彩票"))


async def test_a_decision_after_the_room_is_gone_is_told_and_harms_nobody(site: Site) -> None:
    room, anna, ben = await meet(site)
    await bounce(ben, await ben.say(room, "a lottery"), HELD)
    (number,) = await waiting(site, room)
    await anna.iq("set", f"<query xmlns='{OWNER}'><destroy/></query>", room)
    assert "may pass" in await decide(site, number, "approve")
    await told(ben, "has approved")


async def test_a_yes_counts_after_a_restart_and_no_text_lies_open() -> None:
    async with open_site(CONFIG) as site:
        room, anna, ben = await meet(site)
        await bounce(ben, await ben.say(room, "a lottery of elephants"), HELD)
        (number,) = await waiting(site, room)
        await decide(site, number, "approve")
        await site.roomkeeper.kill()
        await site.roomkeeper.start()
        await ben.say(room, "a lottery of elephants")
        await anna.hear(room, "a lottery of elephants")
        files = b"".join(path.read_bytes() for path in site.roomkeeper.path.parent.glob("roomkeeper.db*"))
        assert b"elephants" not in files

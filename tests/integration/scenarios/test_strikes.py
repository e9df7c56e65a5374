"""Breaking rules again and again leads up the ladder: a mute, then a ban, and less credit."""

import time

import pytest

from tests.integration.scenarios.site import BARRED, CONTENT, UNHURRIED, Site, bounce, expect, is_in

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = (
    """
[[rules]]
name = "no-casino"
words = ["casino"]

[[rules]]
name = "no-swearing"
words = ["darn"]
action = "mute"
lasts = "1h"
strike = false
deduct = 7

[[rules]]
name = "no-scam"
words = ["lottery"]
action = "ban"
everywhere = true
case = true

[[rules]]
name = "watched"
words = ["election"]
action = "note"

[[ladders.member.steps]]
strikes = 2
window = "1h"
sanction = "kick"

[[ladders.member.steps]]
strikes = 3
window = "1h"
sanction = "ban"
lasts = "1d"
everywhere = true
deduct = 15
"""
    + UNHURRIED
)


async def test_the_second_strike_removes_and_the_third_bans_everywhere(site: Site) -> None:
    anna, ben = await site.person("anna"), await site.person("ben", language="en")
    room, other = site.room(), site.room()
    await anna.join(room)
    await ben.join(room)
    await ben.join(other)
    await ben.presence()
    gone = f"<presence type='unavailable' from='{room}/{ben.user}'/>"

    await bounce(ben, await ben.say(room, "casino 1"), CONTENT)
    await ben.say(room, "sorry")
    await ben.hear(room, "sorry")
    await bounce(ben, await ben.say(room, "casino 2"), CONTENT)
    await ben.receive(gone)
    assert is_in(await ben.join(room))
    await bounce(ben, await ben.say(room, "casino 3"), CONTENT)
    await ben.receive(gone)
    await ben.receive(f"<presence type='unavailable' from='{other}/{ben.user}'/>")
    expect(await ben.join(other), BARRED, "no-casino", "en")
    await ben.receive("<message type='chat'><body>{has banned}</body></message>")
    await anna.receive_none(f"<message from='{room}/{ben.user}'><body>{{has casino}}</body></message>", until=gone)

    holder = await site.holder(ben.bare)
    assert [strike.evidence for strike in await site.store.discipline.strikes_of(holder)] == [
        "⟦casino⟧ 1",
        "⟦casino⟧ 2",
        "⟦casino⟧ 3",
    ]
    assert [entry.delta for entry in await site.store.people.ledger(int(holder[2:]))] == [60, -15]


async def test_strikes_follow_the_person_to_another_account(site: Site) -> None:
    ben, again = await site.stranger("ben"), await site.stranger("again")
    await site.verify(ben.bare, again.bare)
    room = site.room()
    await ben.join(room)
    await again.join(room)
    await bounce(ben, await ben.say(room, "casino"), CONTENT)
    await bounce(again, await again.say(room, "casino"), CONTENT)
    for client in (ben, again):
        await client.receive(f"<presence type='unavailable' from='{room}/{client.user}'/>")


async def test_a_rule_that_mutes_does_so_at_once_and_costs_credit(site: Site) -> None:
    ben = await site.person("ben", language="zh")
    room = site.room()
    await ben.join(room)
    await bounce(ben, await ben.say(room, "darn"), CONTENT)
    await bounce(ben, await ben.say(room, "hello"), BARRED, "可以阅读但不能发言", "zh-Hans")
    entries = await site.store.people.ledger(int((await site.holder(ben.bare))[2:]))
    assert [entry.delta for entry in entries] == [60, -7]


async def test_a_rule_that_bans_everywhere_opens_a_case_with_its_evidence(site: Site) -> None:
    ben = await site.person("ben")
    room = site.room()
    await ben.join(room)
    await bounce(ben, await ben.say(room, "you won the lottery"), CONTENT)
    await ben.receive(f"<presence type='unavailable' from='{room}/{ben.user}'/>")
    expect(await ben.join(site.room()), BARRED)
    cases = await site.store.discipline.cases(holder=await site.holder(ben.bare))
    assert [(case.rule, case.evidence, case.room) for case in cases] == [("no-scam", "you won the ⟦lottery⟧", room)]


async def test_a_rule_that_only_notes_lets_the_message_pass(site: Site) -> None:
    ben = await site.person("ben")
    room = site.room()
    await ben.join(room)
    await ben.say(room, "the election is on Sunday")
    await ben.hear(room, "the election is on Sunday")
    holder = await site.holder(ben.bare)
    assert await site.store.discipline.sanctions_of(holder, time.time()) == ()
    assert await site.store.discipline.strikes_of(holder) == ()

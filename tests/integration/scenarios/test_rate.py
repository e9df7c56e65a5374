"""Messages come no faster than a person's tier allows, whatever accounts, rooms and kinds of message they use."""

import pytest

from tests.integration.scenarios.site import TOO_FAST, Site, bounce, expect

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = """
[[credit.tiers]]
name = "standard"
threshold = 0
message_rate = 0.001
message_burst = 4
"""


async def test_past_the_burst_messages_are_bounced_with_wait(site: Site) -> None:
    anna, ben = await site.person("anna"), await site.person("ben", language="zh")
    room = site.room()
    await anna.join(room)
    await ben.join(room)
    said = [await ben.say(room, f"quick {number}") for number in range(10)]
    answers = [
        await ben.receive_any(f"<message type='error' id='{number}'/>", f"<message type='groupchat' id='{number}'/>")
        for number in said
    ]
    bounced = [answer for answer in answers if answer.get("type") == "error"]
    assert len(bounced) == 6
    for each in bounced:
        expect(each, TOO_FAST, "您发送得太快", "zh-Hans")
    await anna.say(room, "the end")
    await anna.hear(room, "the end")
    assert len([each for each in anna.unread if (each.findtext("{*}body") or "").startswith("quick")]) == 4


async def test_the_bucket_belongs_to_the_person_and_holds_for_all_rooms_and_side_doors(site: Site) -> None:
    anna, ben, again = await site.person("anna"), await site.stranger("ben"), await site.stranger("again")
    await site.verify(ben.bare, again.bare)
    room, other = site.room(), site.room()
    for client in (anna, ben, again):
        await client.join(room)
    await ben.join(other)
    await ben.say(room, "one")
    await ben.hear(room, "one")
    await again.say(room, "two")
    await again.hear(room, "two")
    await ben.say(other, "three")
    await ben.hear(other, "three")
    await ben.chat(f"{room}/{anna.user}", "four")
    await anna.receive("<message type='chat'><body>four</body></message>")
    await bounce(again, await again.say(room, "five"), TOO_FAST)
    await bounce(ben, await ben.chat(f"{room}/{anna.user}", "six"), TOO_FAST)
    await anna.say(room, "others are not held up")
    await ben.hear(room, "others are not held up")


async def test_chat_states_cost_nothing(site: Site) -> None:
    anna, ben = await site.person("anna"), await site.person("ben")
    room = site.room()
    await anna.join(room)
    await ben.join(room)
    for _ in range(10):
        await ben.send(
            f"<message type='groupchat' to='{room}'><composing xmlns='http://jabber.org/protocol/chatstates'/></message>"
        )
    await ben.say(room, "hello")
    await anna.hear(room, "hello")

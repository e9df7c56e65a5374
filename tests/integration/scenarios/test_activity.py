"""A rule that holds in busy rooms alone, on a real server: how busy a room is, its messages decide."""

import pytest

from tests.integration.scenarios.site import CONTENT, MODERATED, UNHURRIED, Site, bounce

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = (
    """
[activity.quiet]
[activity.busy]
messages = 3
members = 2

[[rules]]
name = "no-tea"
words = ["tea"]
activity = ["busy"]
strike = false
"""
    + UNHURRIED
    + MODERATED
)


async def test_the_rule_acts_when_the_room_is_busy_and_in_no_other(site: Site) -> None:
    room, (anna, ben) = await site.gather("anna", "ben")
    quiet, (zoe,) = await site.gather("zoe")
    for client, text in ((anna, "hello"), (ben, "tea?"), (anna, "tea!")):
        await client.say(room, text)
        await ben.hear(room, text)
    await zoe.say(quiet, "tea")
    await site.roomkeeper.stop()  # what was counted is written down, and classes are found anew at the start
    await site.roomkeeper.start()
    await bounce(ben, await ben.say(room, "more tea"), CONTENT, "no-tea")
    await ben.say(room, "coffee")
    await anna.hear(room, "coffee")
    await zoe.say(quiet, "more tea")
    await zoe.hear(quiet, "more tea")

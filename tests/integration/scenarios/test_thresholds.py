"""Weights lead to what the thresholds of a room's category say, on a real server."""

import pytest

from tests.integration.scenarios.site import BARRED, CONTENT, MODERATED, UNHURRIED, Site, bounce

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = (
    """
[[rules]]
name = "essay"
words = ["essay"]
weight = 4

[[rules]]
name = "cheap"
words = ["cheap"]
weight = 3

[[moderation.thresholds]]
name = "anywhere"
score = 7
strike = false

[[moderation.thresholds]]
name = "at-school"
score = 4
categories = ["school"]
strike = false

[[moderation.thresholds]]
name = "at-school-too-much"
score = 7
categories = ["school"]
action = "mute"
lasts = "1h"
strike = false

[categories.general]
title = { en = "General" }

[categories.school]
title = { en = "Schools" }
"""
    + UNHURRIED
    + MODERATED
)


async def test_the_same_weights_lead_to_something_else_in_rooms_of_a_category(site: Site) -> None:
    anna = await site.person("anna", language="en")
    hall, school = site.room(), site.room()
    for room in (hall, school):
        await anna.join(room)
    order = {"category": "school", "scale": "small", "reason": "It is one."}
    await site.command(await site.moderator(), "classify", {"room": school}, order)

    await anna.say(hall, "an essay")
    await anna.hear(hall, "an essay")
    await bounce(anna, await anna.say(school, "an essay"), CONTENT, "at-school")
    await anna.say(school, "cheap")
    await anna.hear(school, "cheap")

    await bounce(anna, await anna.say(hall, "a cheap essay"), CONTENT, "anywhere")
    await anna.say(hall, "hello")
    await anna.hear(hall, "hello")
    await bounce(anna, await anna.say(school, "a cheap essay"), CONTENT, "at-school-too-much")
    await bounce(anna, await anna.say(school, "hello"), BARRED, "You can read but not write")

"""Shadows on live traffic touch nobody; weights add up; scopes hold where they should."""

import pytest

from tests.integration.scenarios.site import CONTENT, UNHURRIED, Site, bounce

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = (
    """
[[rules]]
name = "no-tea"
words = ["tea"]
shadow = true

[[rules]]
name = "new-link"
links = { allow = ["example.org"] }
weight = 6

[[rules]]
name = "hurry"
words = ["hurry"]
weight = 6
kinds = ["post"]
"""
    + UNHURRIED
)


async def test_a_shadow_lets_everything_through_and_says_what_it_would_have_done(site: Site) -> None:
    anna = await site.person("anna")
    room = site.room()
    await anna.join(room)
    first = len(site.roomkeeper.lines)
    await anna.say(room, "some tea?")
    await anna.hear(room, "some tea?")
    line = await site.roomkeeper.wait_for_line("shadow rule no-tea", after=first)
    assert f"would have rejected a post by {anna.bare} in {room}" in line


async def test_weights_of_several_rules_refuse_together_what_each_alone_lets_through(site: Site) -> None:
    anna = await site.person("anna")
    room = site.room()
    await anna.join(room)
    for text in ("hurry up", "see https://shop.example.com/", "hurry to https://wiki.example.org/"):
        await anna.say(room, text)
        await anna.hear(room, text)
    refused = await anna.say(room, "hurry to https://shop.example.com/")
    await bounce(anna, refused, CONTENT, "too-suspicious")
    await anna.chat(f"{room}/{anna.user}", "hurry to https://shop.example.com/")
    await anna.receive("<message><body>hurry to https://shop.example.com/</body></message>")

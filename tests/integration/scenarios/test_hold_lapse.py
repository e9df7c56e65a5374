"""What is held and nobody decides lapses: the writer is told, moderators find nothing, and the same text waits anew."""

import pytest

from tests.integration.scenarios.site import MODERATED, TOO_FAST, UNHURRIED, Site, bounce, open_site
from tests.support.client import Client
from tests.support.patterns import show

pytestmark = pytest.mark.asyncio(loop_scope="module")

RULES = """
[moderation]
hold_for = "{}"

[[rules]]
name = "ask-first"
words = ["lottery", "彩票"]
action = "hold"
"""
CONFIG = RULES.format("2s") + UNHURRIED + MODERATED
HELD = TOO_FAST  # policy-violation, to be waited for


async def enter(site: Site, language: str) -> tuple[str, Client]:
    """A room of one's own."""
    ben = await site.person("ben", language=language)
    room = site.room()
    await ben.join(room)
    await ben.presence()
    return room, ben


async def notice(client: Client, words: str) -> str:
    return show(await client.receive(f"<message type='chat'><body>{{has {words}}}</body></message>", timeout_s=20))


@pytest.mark.parametrize(
    ("language", "text", "lapsed"),
    [("en", "A lottery for the school", "was not decided in time"), ("zh", "学校彩票", "未能及时审核")],
)
async def test_the_writer_is_told_that_nobody_decided(site: Site, language: str, text: str, lapsed: str) -> None:
    room, ben = await enter(site, language)
    await bounce(ben, await ben.say(room, text), HELD)
    told = await notice(ben, lapsed)
    assert text in told
    assert "Nothing waits" in show(await site.command(await site.moderator(), "held"))
    assert await site.store.holds.waiting(0, newest_first=False, limit=10) == ()
    assert await site.store.discipline.strikes_of(await site.holder(ben.bare)) == ()
    assert any(record.entry.deed == "hold-lapsed" for record in await site.store.audit.read(20))

    await bounce(ben, await ben.say(room, text), HELD)  # it was no yes
    await notice(ben, lapsed)
    assert not [each for each in ben.unread if lapsed in show(each)]


async def test_what_was_held_before_the_component_was_killed_lapses_and_is_told_once() -> None:
    async with open_site(CONFIG) as site:
        room, ben = await enter(site, "en")
        await bounce(ben, await ben.say(room, "a lottery"), HELD)
        await site.roomkeeper.kill()
        await site.roomkeeper.start()
        await notice(ben, "was not decided in time")
        await site.roomkeeper.stop()
        await site.roomkeeper.start()
        await ben.say(room, "hello")
        await ben.hear(room, "hello")
        assert not [each for each in ben.unread if "was not decided" in show(each)]

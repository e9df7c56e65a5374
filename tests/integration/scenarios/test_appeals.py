"""Appeals on a real server: by whoever is muted, banned everywhere or manages a closed room, decided by another."""

from xml.etree.ElementTree import Element

import pytest

from tests.integration.scenarios.site import BARRED, MODERATED, UNHURRIED, Site, bounce, is_in
from tests.support.client import Client
from tests.support.patterns import show

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = '[appeals]\nnotify_every = "0s"\n' + UNHURRIED + MODERATED


def number_of(command: Element) -> str:
    return (command.findtext("{*}note") or "").partition("has the number ")[2].partition(".")[0]


async def decide(site: Site, moderator: Client, number: str, ruling: str) -> None:
    done = await site.command(moderator, "appeals", {"appeal": number}, {"ruling": ruling, "reason": "Looked at it"})
    assert done.get("status") == "completed", show(done)


async def test_a_mute_that_is_appealed_against_ends_when_somebody_else_finds_it_wrong(site: Site) -> None:
    room, (anna, ben) = await site.gather("anna", "ben")
    judge, other = await site.moderator(), await site.moderator()
    number = await site.sanction(judge, ben.bare, "mute", room=room, length="1h")
    await site.told(ben, "write “appeal” to")
    done = await site.command(ben, "appeal", {"against": f"sanction {number}"}, {"words": "It was not me"})
    appeal = number_of(done)
    assert appeal, show(done)
    await bounce(ben, await ben.say(room, "still muted"), BARRED, "appeal")
    own = await site.command(judge, "appeals", {"appeal": appeal})
    assert "not yours to decide" in show(own)
    await decide(site, other, appeal, "last")
    await site.told(ben, "has been upheld")
    await ben.say(room, "thank you")
    await anna.hear(room, "thank you")


async def test_whoever_is_banned_everywhere_appeals_by_chat_and_is_told_that_it_stands(site: Site) -> None:
    room, (_, ben) = await site.gather("anna", "ben")
    await site.sanction(await site.moderator(), ben.bare, "ban", length="1h")
    await ben.receive(f"<presence type='unavailable' from='{room}/{ben.user}'/>")
    await ben.chat(site.service, "appeal")
    await site.told(ben, "What is wrong")
    await ben.chat(site.service, "1")
    await site.told(ben, "Why it is wrong")
    await ben.chat(site.service, "I was on holiday")
    number = (await site.told(ben, "has the number")).partition("has the number ")[2].partition(".")[0]
    await site.roomkeeper.kill()
    await site.roomkeeper.start()
    await decide(site, await site.moderator(), number, "rejected")
    await site.told(ben, "has been rejected")
    assert not is_in(await ben.join(room))

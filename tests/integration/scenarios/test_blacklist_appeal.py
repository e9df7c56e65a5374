"""Appeals against the blacklist on a real server: barred from everything but appealing, and let in again after it."""

from xml.etree.ElementTree import Element

import pytest

from tests.integration.scenarios.site import BARRED, MODERATED, NOT_ALLOWED, UNHURRIED, Site, bounce, expect, is_in
from tests.support.client import Client
from tests.support.patterns import show

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = '[appeals]\nnotify_every = "0s"\n' + UNHURRIED + MODERATED


async def keep(site: Site, moderator: Client, subject: str, deed: str) -> None:
    order = {"deed": deed, "reason": "Fraud"}
    done = await site.command(moderator, "blacklist", {"subject": subject}, order, {"confirm": "1"})
    assert done.get("status") == "completed", show(done)


async def appeal(site: Site, client: Client) -> str:
    """Appeal by chat against the only thing there is; the appeal's number."""
    await client.chat(site.service, "appeal")
    await site.told(client, "What is wrong")
    await client.chat(site.service, "1")
    await site.told(client, "Why it is wrong")
    await client.chat(site.service, "That was somebody else")
    return (await site.told(client, "has the number")).partition("has the number ")[2].partition(".")[0]


async def uphold(site: Site, moderator: Client, number: str) -> None:
    ruling = {"ruling": "last", "reason": "Looked at it"}
    done = await site.command(moderator, "appeals", {"appeal": number}, ruling)
    assert done.get("status") == "completed", show(done)


async def appoint(owner: Client, room: str, client: Client) -> None:
    item = f"<item affiliation='admin' jid='{client.bare}'/>"
    granted = await owner.iq("set", f"<query xmlns='http://jabber.org/protocol/muc#admin'>{item}</query>", room)
    assert granted.get("type") == "result", show(granted)
    listed = "<x xmlns='http://jabber.org/protocol/muc#user'><item affiliation='admin'/></x>"
    await client.receive(f"<presence from='{room}/{client.user}'>{listed}</presence>")


async def put_out(client: Client, room: str) -> None:
    await client.receive(f"<presence type='unavailable' from='{room}/{client.user}'/>")


def affiliation(presence: Element) -> str | None:
    item = presence.find("{*}x/{*}item")
    return None if item is None else item.get("affiliation")


async def test_a_barred_person_may_appeal_and_nothing_else_until_somebody_else_finds_it_wrong(site: Site) -> None:
    room, (anna, ben) = await site.gather("anna", "ben")
    await appoint(anna, room, ben)
    judge, other = await site.moderator(), await site.moderator()
    number = (await site.holder(ben.bare)).partition(":")[2]
    await keep(site, judge, ben.bare, f"bar-person:{number}")
    await site.told(ben, "write “appeal” to")
    await put_out(ben, room)
    expect(await ben.join(room), BARRED, "“appeal”")
    await bounce(ben, await ben.chat(f"{room}/{anna.user}", "psst"), BARRED)
    await bounce(ben, await ben.say(room, "hello?"), BARRED)
    refused = await site.command(ben, "find")
    assert "no longer allowed" in show(refused)
    filed = await appeal(site, ben)
    own = await site.command(judge, "appeals", {"appeal": filed})
    assert "not yours to decide" in show(own)
    await site.roomkeeper.kill()
    await site.roomkeeper.start()
    expect(await ben.join(room), BARRED)
    await uphold(site, other, filed)
    await site.told(ben, "You are a member again")
    await site.told(ben, "has been upheld")
    entered = await ben.join(room)
    assert is_in(entered)
    assert affiliation(entered) == "admin"
    await ben.chat(f"{room}/{anna.user}", "psst")
    await anna.receive("<message type='chat'><body>psst</body></message>")


async def test_an_admin_of_a_barred_room_that_is_gone_appeals_for_it_and_it_can_be_made_again(site: Site) -> None:
    room, (anna, ben) = await site.gather("anna", "ben")
    await appoint(anna, room, ben)
    await keep(site, await site.moderator(), room, f"bar-room:{room}")
    for client in (anna, ben):
        await site.told(client, "owners and admins")
        await put_out(client, room)
        expect(await client.join(room), NOT_ALLOWED, "“appeal”")
    filed = await appeal(site, ben)
    await uphold(site, await site.moderator(), filed)
    await site.told(anna, "no longer on the blacklist")
    await site.told(ben, "has been upheld")
    for client in (anna, ben):
        assert is_in(await client.join(room))
    await ben.say(room, "here we are again")
    await anna.hear(room, "here we are again")

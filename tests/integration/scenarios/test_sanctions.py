"""Moderators mute, remove and ban by command; sanctions end by themselves or are lifted; whoever it is on is told."""

import pytest

from tests.integration.scenarios.site import BARRED, MODERATED, UNHURRIED, Site, bounce, expect, is_in
from tests.support.client import Client

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = MODERATED + UNHURRIED


async def meet(site: Site) -> tuple[str, Client, Client, Client]:
    """A room with two people in it, and a moderator who is not."""
    anna, ben = await site.person("anna", language="en"), await site.person("ben", language="zh")
    room = site.room()
    await anna.join(room)
    await ben.join(room)
    await ben.presence()
    return room, anna, ben, await site.moderator()


def put_out(room: str, client: Client) -> str:
    return (
        f"<presence type='unavailable' from='{room}/{client.user}'>"
        "<x xmlns='http://jabber.org/protocol/muc#user'><status code='110'/><status code='307'/></x></presence>"
    )


async def test_a_mute_silences_in_its_room_alone_until_it_is_lifted(site: Site) -> None:
    room, anna, ben, moderator = await meet(site)
    other = site.room()
    await ben.join(other)
    number = await site.sanction(moderator, ben.bare, "mute", room=room)
    await ben.receive("<message type='chat'><body>{has Shouting}</body></message>")

    await bounce(ben, await ben.say(room, "let me speak"), BARRED, "可以阅读但不能发言", "zh-Hans")
    await ben.say(other, "here I may")
    await ben.hear(other, "here I may")
    await anna.say(room, "he hears me still")
    await ben.hear(room, "he hears me still")
    await anna.receive_none("<message><body>let me speak</body></message>", until=heard("he hears me still"))

    await site.command(moderator, "lift", {"target": ben.bare}, {"sanction": number, "reason": "Enough"})
    await ben.receive("<message type='chat'><body>{has Enough}</body></message>")
    await ben.say(room, "thank you")
    await anna.hear(room, "thank you")


async def test_a_mute_everywhere_holds_in_every_room_and_for_private_messages(site: Site) -> None:
    room, anna, ben, moderator = await meet(site)
    await site.sanction(moderator, ben.bare, "mute")
    await bounce(ben, await ben.say(room, "one"), BARRED)
    await bounce(ben, await ben.chat(f"{room}/{anna.user}", "two"), BARRED)
    other = site.room()
    assert is_in(await ben.join(other))
    await bounce(ben, await ben.say(other, "three"), BARRED)


async def test_a_mute_ends_by_itself(site: Site) -> None:
    room, anna, ben, moderator = await meet(site)
    await site.sanction(moderator, ben.bare, "mute", room=room, length="1s")
    tries = 0
    while tries < 10_000:  # each waits for its answer: as fast as the server goes, and over within a second or so
        tries += 1
        number = await ben.say(room, f"try {tries}")
        answer = await ben.receive_any(f"<message type='error' id='{number}'/>", heard(f"try {tries}"))
        if answer.get("type") != "error":
            break
    assert 1 < tries < 10_000
    await anna.hear(room, f"try {tries}")


async def test_somebody_kicked_is_out_and_may_come_back(site: Site) -> None:
    room, anna, ben, moderator = await meet(site)
    await site.sanction(moderator, ben.bare, "kick", room=room)
    await ben.receive(put_out(room, ben))
    await ben.receive("<message type='chat' xml:lang='zh-Hans'><body>{has Shouting}</body></message>")
    await anna.receive(f"<presence type='unavailable' from='{room}/{ben.user}'/>")
    assert is_in(await ben.join(room))


async def test_an_owner_too_can_be_removed(site: Site) -> None:
    room, anna, _, moderator = await meet(site)
    await site.sanction(moderator, anna.bare, "kick", room=room)
    await anna.receive(put_out(room, anna))


async def test_somebody_banned_is_out_with_every_session_and_stays_out_until_the_ban_is_lifted(site: Site) -> None:
    room, _, ben, moderator = await meet(site)
    again = await site.log_in(ben.user, resource="again", language="en")
    await again.join(room, "Benjamin")
    number = await site.sanction(moderator, ben.bare, "ban", room=room, length="2d")
    await ben.receive(put_out(room, ben))
    await again.receive(
        f"<presence type='unavailable' from='{room}/Benjamin'>"
        "<x xmlns='http://jabber.org/protocol/muc#user'><status code='307'/></x></presence>"
    )
    expect(await again.join(room), BARRED, "welcome back", "en")
    assert is_in(await ben.join(site.room()))
    await site.command(moderator, "lift", {"target": f"#{number}"}, {"sanction": number, "reason": "Enough"})
    assert is_in(await ben.join(room))


async def test_a_ban_of_somebody_elsewhere_awaits_them(site: Site) -> None:
    room, _, _, moderator = await meet(site)
    carl = await site.person("carl", language="en")
    await site.sanction(moderator, carl.bare, "ban", room=room)
    expect(await carl.join(room), BARRED, "until a moderator lifts it", "en")
    assert await site.places(carl.bare) == set()


async def test_a_ban_everywhere_empties_every_room_of_them_and_follows_to_their_other_accounts(site: Site) -> None:
    room, _, ben, moderator = await meet(site)
    carl, carla = await site.stranger("carl"), await site.stranger("carla")
    await site.verify(carl.bare, carla.bare)
    other = site.room()
    await ben.join(other)
    await carl.join(room)
    await carla.join(other)
    await site.sanction(moderator, carl.bare, "ban")
    await carl.receive(put_out(room, carl))
    await carla.receive(put_out(other, carla))
    for client in (carl, carla):
        expect(await client.join(room), BARRED)
        expect(await client.join(site.room()), BARRED)


async def test_a_ban_bars_the_doors_that_others_could_open(site: Site) -> None:
    room, anna, ben, moderator = await meet(site)
    await site.sanction(moderator, ben.bare, "ban", room=room)
    await ben.receive(put_out(room, ben))
    granted = await anna.iq(
        "set",
        f"<query xmlns='http://jabber.org/protocol/muc#admin'><item affiliation='member' jid='{ben.bare}'/></query>",
        room,
    )
    expect(granted, ("not-allowed", "cancel"), ben.bare)
    number = "invite-ben"
    await anna.send(
        f"<message id='{number}' to='{room}'><x xmlns='http://jabber.org/protocol/muc#user'>"
        f"<invite to='{ben.bare}'/></x></message>"
    )
    await bounce(anna, number, ("not-allowed", "cancel"), ben.bare)


async def test_nobody_but_a_moderator_can_sanction(site: Site) -> None:
    room, anna, ben, _ = await meet(site)
    node = "urn:roomkeeper:cmd:sanction"
    answer = await anna.iq("set", f"<command xmlns='http://jabber.org/protocol/commands' node='{node}'/>", site.service)
    expect(answer, ("forbidden", "cancel"))
    await ben.say(room, "still here")
    await anna.hear(room, "still here")


def heard(body: str) -> str:
    return f"<message type='groupchat'><body>{body}</body></message>"

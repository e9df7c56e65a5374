"""Too much, the same again, too many named, too new: what rules say of the recent past holds by every way in."""

import time

import pytest

from tests.integration.scenarios.site import CONTENT, UNHURRIED, Site, bounce, expect, is_in, open_site
from tests.support.client import Client

pytestmark = pytest.mark.asyncio(loop_scope="module")

RULES = """
[[rules]]
name = "too-many"
flood = { messages = 4, within = "5m" }
rooms = ["flood-*"]
strike = false

[[rules]]
name = "too-many-anywhere"
flood = { messages = 4, within = "5m", by = "person" }
rooms = ["wide-*"]
strike = false

[[rules]]
name = "too-much-noise"
flood = { messages = 3, within = "5m" }
kinds = ["nick", "status"]
rooms = ["noise-*"]
strike = false

[[rules]]
name = "raid"
flood = { joins = 3, within = "5m" }
rooms = ["raid-*"]
strike = false

[[rules]]
name = "own-copies"
duplicates = { copies = 3 }
rooms = ["copy-*"]
strike = false

[[rules]]
name = "campaign"
duplicates = { by = "anybody", copies = 3 }
rooms = ["campaign-*"]
strike = false

[[rules]]
name = "crowd-called"
mentions = { people = 3, everyone = true }
rooms = ["call-*"]
strike = false

[[rules]]
name = "link-by-new-member"
links = {}
membership_age = { under = "1h" }
rooms = ["young-*"]
strike = false

[[rules]]
name = "link-at-once"
links = {}
first_message = true
rooms = ["first-*"]
strike = false
"""
CONFIG = RULES + UNHURRIED
OFFER = "Cheap watches for everybody, only today: https://shop.example/"
LINK = "see https://shop.example/"


async def gather(site: Site, room: str, *names: str) -> list[Client]:
    people = [await site.person(name) for name in names]
    for client in people:
        assert is_in(await client.join(room))
    return people


async def say(client: Client, room: str, *texts: str) -> None:
    for text in texts:
        await client.say(room, text)
        await client.hear(room, text)


async def test_too_many_messages_of_any_kind_are_refused_and_others_are_not_held_up(site: Site) -> None:
    room = site.room("flood")
    anna, ben = await gather(site, room, "anna", "ben")
    await say(ben, room, "one", "two")
    await ben.chat(f"{room}/{anna.user}", "three")
    await anna.receive("<message type='chat'><body>three</body></message>")
    await ben.send(f"<message type='groupchat' to='{room}' id='four'><encrypted xmlns='urn:xmpp:omemo:2'/></message>")
    await anna.receive("<message type='groupchat'><encrypted xmlns='urn:xmpp:omemo:2'/></message>")
    await bounce(ben, await ben.say(room, "five"), CONTENT, "too-many")
    await bounce(ben, await ben.chat(f"{room}/{anna.user}", "six"), CONTENT, "too-many")
    await ben.send(f"<message type='groupchat' to='{room}' id='seven'><encrypted xmlns='urn:xmpp:omemo:2'/></message>")
    await bounce(ben, "seven", CONTENT, "too-many")
    await say(anna, room, "the end")
    await ben.hear(room, "the end")


async def test_a_person_floods_with_all_accounts_together_and_across_rooms(site: Site) -> None:
    one, again = await site.stranger("one"), await site.stranger("again")
    await site.verify(one.bare, again.bare)
    room, other = site.room("flood"), site.room("wide")
    for client in (one, again):
        assert is_in(await client.join(room))
        assert is_in(await client.join(other))
    await say(one, room, "1", "2")
    await say(again, room, "3", "4")
    await bounce(one, await one.say(other, "5"), CONTENT, "too-many-anywhere")
    await bounce(one, await one.say(room, "6"), CONTENT, "too-many")


async def test_names_and_statuses_flood_too(site: Site) -> None:
    room = site.room("noise")
    anna, ben = await gather(site, room, "anna", "ben")
    for status in ("away", "back"):
        await ben.send(f"<presence to='{room}/{ben.user}'><status>{status}</status></presence>")
        await anna.receive(f"<presence from='{room}/{ben.user}'><status>{status}</status></presence>")
    assert is_in(await ben.join(room, "Ben the Second"))
    expect(await ben.join(room, "Ben the Third"), CONTENT, "too-much-noise")
    await ben.send(f"<presence id='away' to='{room}/Ben the Second'><show>away</show></presence>")
    expect(await ben.receive("<presence type='error' id='away'/>"), CONTENT, "too-much-noise")
    await say(ben, room, "words are another thing")


async def test_a_raid_is_stopped_and_coming_and_going_is_none(site: Site) -> None:
    room = site.room("raid")
    anna, ben = await gather(site, room, "anna", "ben")
    for _ in range(4):
        await ben.leave(room)
        assert is_in(await ben.join(room))
    # Creating the room was no join: Ben was the first to come.
    assert is_in(await (await site.person("carl")).join(room))
    assert is_in(await (await site.person("dora")).join(room))
    raider = await site.person("raider")
    expect(await raider.join(room), CONTENT, "raid")
    assert await site.places(raider.bare) == set()
    assert is_in(await raider.join(site.room("raid")))
    await say(anna, room, "all are well")


async def test_ones_own_copies_are_refused_in_whatever_room_and_dress(site: Site) -> None:
    room, other = site.room("copy"), site.room("copy")
    (ben,) = await gather(site, room, "ben")
    assert is_in(await ben.join(other))
    await say(ben, room, OFFER + "1", "ok", "ok", "ok", "ok")
    await say(ben, other, f"🎉 Only today! Cheap wаtches for everybody {OFFER[-21:]}?x=2 🎉")
    await bounce(ben, await ben.say(room, OFFER + "3 777"), CONTENT, "own-copies")
    await bounce(ben, await ben.say(other, OFFER.upper()), CONTENT, "own-copies")
    anna = await site.person("anna")
    assert is_in(await anna.join(room))
    await say(anna, room, OFFER)


async def test_the_same_text_by_several_people_is_a_campaign(site: Site) -> None:
    rooms = [site.room("campaign") for _ in range(3)]
    for number, room in enumerate(rooms):
        (client,) = await gather(site, room, "bot")
        text = f"{number} A wonderful new game for all of you, come and play it! {number}"
        if number < 2:
            await say(client, room, text)
        else:
            await bounce(client, await client.say(room, text), CONTENT, "campaign")
            await say(client, room, "Something else that is long enough to count as a text")


async def test_a_correction_is_no_copy_and_no_message_of_a_flood(site: Site) -> None:
    copies, flood = site.room("copy"), site.room("flood")
    (ben,) = await gather(site, copies, "ben")
    assert is_in(await ben.join(flood))
    replace = "<message type='groupchat' to='{}' id='{}'><body>{}</body>{}</message>"
    for room in (copies, flood):
        await ben.send(replace.format(room, "first", OFFER, ""))
        await ben.hear(room, OFFER)
        for number in range(3):
            text = f"{OFFER}{number}"
            correction = "<replace xmlns='urn:xmpp:message-correct:0' id='first'/>"
            await ben.send(replace.format(room, f"c{number}", text, correction))
            await ben.hear(room, text)
    await bounce(ben, await ben.say(copies, OFFER), CONTENT, "own-copies")
    await say(ben, flood, "two", "three", "four")
    await bounce(ben, await ben.say(flood, "five"), CONTENT, "too-many")


async def test_many_who_are_named_by_nickname_by_reference_or_all_at_once(site: Site) -> None:
    room = site.room("call")
    anna, *_ = await gather(site, room, "anna", "ben", "carl")
    for nick in ("Dora D.", "小明", "Emil"):
        assert is_in(await (await site.person("guest")).join(room, nick))
    await say(anna, room, "Dora D. and Emil, hello", "Theodora D. and 小明, hello", "all of you")
    await bounce(anna, await anna.say(room, "dora d., emil,小明:快来"), CONTENT, "crowd-called")
    await bounce(anna, await anna.say(room, "hello @everyone!"), CONTENT, "crowd-called")
    references = "".join(
        f"<reference xmlns='urn:xmpp:reference:0' type='mention' uri='xmpp:{room}/{nick}'/>"
        for nick in ("Dora%20D.", "Emil", "%E5%B0%8F%E6%98%8E")
    )
    await anna.send(f"<message type='groupchat' id='ref' to='{room}'><body>hello</body>{references}</message>")
    await bounce(anna, "ref", CONTENT, "crowd-called")


async def test_a_first_message_is_the_first_that_comes_to_the_room(site: Site) -> None:
    room = site.room("first")
    anna, ben = await gather(site, room, "anna", "ben")
    at_once = [await ben.say(room, f"{LINK}{number}") for number in range(3)]
    for number in at_once:
        await bounce(ben, number, CONTENT, "link-at-once")
    await ben.chat(f"{room}/{anna.user}", "a word in private is none")
    await anna.receive("<message type='chat'><body>a word in private is none</body></message>")
    await bounce(ben, await ben.chat(f"{room}/{anna.user}", LINK), CONTENT, "link-at-once")
    await ben.say(room, "hello")
    await say(ben, room, LINK)
    await bounce(anna, await anna.say(room, LINK), CONTENT, "link-at-once")


async def test_memberships_and_first_messages_survive_the_components_death() -> None:
    async with open_site(CONFIG) as site:
        young, first = site.room("young"), site.room("first")
        anna, ben = await site.person("anna"), await site.person("ben")
        for room in (young, first):
            assert is_in(await anna.join(room))
        await site.store.rooms.adopt(young, time.time() - 7200, (await site.holder(ben.bare),))
        for room in (young, first):
            assert is_in(await ben.join(room))
        await say(ben, first, "hello")
        await site.roomkeeper.kill()
        await site.roomkeeper.start()
        await bounce(anna, await anna.say(first, LINK), CONTENT, "link-at-once")
        await bounce(anna, await anna.say(young, LINK), CONTENT, "link-by-new-member")
        await say(ben, first, LINK)
        await say(ben, young, LINK)
        await say(anna, first, "hello")
        await site.roomkeeper.kill()
        await site.roomkeeper.start()
        await say(anna, first, LINK)
        await site.leave_for_good(anna, first)
        await anna.receive(f"<presence type='unavailable' from='{first}/{anna.user}'/>")
        assert is_in(await anna.join(first))
        await bounce(anna, await anna.say(first, LINK), CONTENT, "link-at-once")


async def test_rules_that_come_with_a_reload_know_members_from_before() -> None:
    async with open_site(UNHURRIED) as site:
        young, first = site.room("young"), site.room("first")
        (anna,) = await gather(site, young, "anna")
        assert is_in(await anna.join(first))
        await say(anna, first, LINK)
        site.roomkeeper.configure(CONFIG)
        site.roomkeeper.hang_up()
        await site.roomkeeper.wait_for_line("reloaded")
        await bounce(anna, await anna.say(young, LINK), CONTENT, "link-by-new-member")
        await bounce(anna, await anna.say(first, LINK), CONTENT, "link-at-once")
        await say(anna, first, "hello", LINK)

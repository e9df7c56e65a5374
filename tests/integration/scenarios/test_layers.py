"""Layers of rules: the platform's, a category's, and those that a room's managers set for their own room by command."""

import asyncio
from collections.abc import Mapping
from xml.etree.ElementTree import Element

import pytest

from tests.integration.scenarios.site import (
    COMMANDS,
    CONTENT,
    CROWDED,
    MODERATED,
    UNHURRIED,
    Site,
    bounce,
    expect,
    is_in,
    open_site,
)
from tests.support.client import Client
from tests.support.patterns import show

PROSODY = {"muc_options": {"muc_tombstones": False}}

ADMIN = "http://jabber.org/protocol/muc#admin"
OWNER = "http://jabber.org/protocol/muc#owner"
USER = "http://jabber.org/protocol/muc#user"
FIELD = "<field var='{}'><value>{}</value></field>"

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = (
    """
[[rules]]
name = "no-ink"
words = ["ink"]
strike = false

[categories.general]
title = { en = "General" }

[categories.school]
title = { en = "Schools" }

[[categories.school.rules]]
name = "no-beer"
words = ["beer"]
strike = false

[scales.small]
members = 2

[scales.large]
members = 100
"""
    + UNHURRIED
    + MODERATED
)
TEA = {"name": "no tea", "words": "tea", "action": "reject", "length": "", "exempt": "nobody"}
OWN = "a rule of this room's own"


async def add(site: Site, manager: Client, room: str, matcher: str, rule: Mapping[str, str]) -> Element:
    """Set one rule by the command, as a manager does."""
    done = await site.command(manager, "room-rules", {"room": room}, {"deed": "add"}, {"which": matcher}, rule)
    assert done.get("status") == "completed", show(done)
    return done


def note_of(answer: Element) -> str:
    return answer.findtext("{*}note") or ""


async def gather(site: Site, *names: str) -> tuple[str, list[Client]]:
    """A room whose creator is the first of these."""
    room = site.room()
    people = [await site.person(name) for name in names]
    for client in people:
        assert is_in(await client.join(room))
    return room, people


async def has_rules(site: Site, room: str) -> bool:
    """Whether it is written that the room has rules of its own."""
    found = await site.store.rooms.find(room)
    return found is not None and bool(found.rules)


async def test_a_rooms_own_rule_refuses_in_that_room_alone_and_says_whose_it_is(site: Site) -> None:
    room, (anna, ben) = await gather(site, "anna", "ben")
    elsewhere, _ = await gather(site, "carl")
    await ben.join(elsewhere)
    await add(site, anna, room, "words", TEA)
    await bounce(ben, await ben.say(room, "some t3a?"), CONTENT, OWN)
    await bounce(anna, await anna.say(room, "tea"), CONTENT, "no-tea")
    await ben.say(elsewhere, "tea")
    await ben.hear(elsewhere, "tea")
    await ben.say(room, "coffee")
    await anna.hear(room, "coffee")
    assert await site.store.discipline.strikes_of(await site.holder(ben.bare)) == ()


async def test_every_way_in_to_the_room_is_judged(site: Site) -> None:
    room, (anna, ben) = await gather(site, "anna", "ben")
    await add(site, anna, room, "words", TEA)
    zoe, carl = await site.person("zoe"), await site.person("carl")
    form = f"<x xmlns='jabber:x:data' type='submit'>{FIELD.format('FORM_TYPE', OWNER.replace('owner', 'roomconfig'))}"
    expect(await zoe.join(room, "tea"), CONTENT, OWN)
    joining = f"<x xmlns='{OWNER.removesuffix('#owner')}'/><status>tea</status>"
    await zoe.send(f"<presence id='status' to='{room}/zoe'>{joining}</presence>")
    expect(await zoe.receive("<presence id='status'/>"), CONTENT, OWN)
    await ben.send(f"<presence id='nick' to='{room}/tea'/>")
    expect(await ben.receive("<presence id='nick'/>"), CONTENT, OWN)
    await bounce(ben, await ben.chat(f"{room}/{anna.user}", "tea"), CONTENT, OWN)
    await anna.send(f"<message type='groupchat' id='subject' to='{room}'><subject>tea</subject></message>")
    await bounce(anna, "subject", CONTENT, OWN)
    invite = f"<x xmlns='{USER}'><invite to='{carl.bare}'><reason>tea?</reason></invite></x>"
    await anna.send(f"<message id='invite' to='{room}'>{invite}</message>")
    await bounce(anna, "invite", CONTENT, OWN)
    name = f"{form}{FIELD.format('muc#roomconfig_roomname', 'The tea room')}</x>"
    expect(await anna.iq("set", f"<query xmlns='{OWNER}'>{name}</query>", room), CONTENT, OWN)
    reason = f"<item nick='{ben.user}' role='none'><reason>tea</reason></item>"
    expect(await anna.iq("set", f"<query xmlns='{ADMIN}'>{reason}</query>", room), CONTENT, OWN)
    assert is_in(await zoe.join(room))


async def test_a_mute_by_a_rooms_rule_names_its_managers_who_lift_it(site: Site) -> None:
    room, (anna, ben) = await gather(site, "anna", "ben")
    await ben.presence()
    rule = {**TEA, "action": "mute", "length": "10m", "exempt": "owners"}
    await add(site, anna, room, "words", rule)
    await anna.say(room, "tea is for owners")
    await ben.hear(room, "tea is for owners")
    await bounce(ben, await ben.say(room, "tea for me"), CONTENT, OWN)
    await ben.receive("<message><body>{has ask the room's owners and admins}</body></message>")
    await bounce(ben, await ben.say(room, "sorry"), ("forbidden", "auth"), "its owners and admins can lift this")
    form = await site.command(anna, "room-rules", {"room": room}, {"deed": "lift"})
    number = form.findtext(".//{*}field[@var='which']/{*}option/{*}value") or ""
    lifted = {"which": number, "reason": "never mind"}
    await site.command(anna, "room-rules", {"room": room}, {"deed": "lift"}, lifted)
    await ben.say(room, "thanks")
    await anna.hear(room, "thanks")


async def test_only_managers_find_the_command_and_lose_it_with_the_room(site: Site) -> None:
    room, (anna, ben) = await gather(site, "anna", "ben")

    async def listed(client: Client) -> bool:
        query = f"<query xmlns='http://jabber.org/protocol/disco#items' node='{COMMANDS}'/>"
        answer = await client.iq("get", query, site.service)
        return any((item.get("node") or "").endswith(":room-rules") for item in answer[0])

    assert await listed(anna)
    assert not await listed(ben)
    node = "urn:roomkeeper:cmd:room-rules"
    answer = await ben.iq("set", f"<command xmlns='{COMMANDS}' node='{node}' action='execute'/>", site.service)
    expect(answer, ("forbidden", "cancel"))
    item = f"<query xmlns='{ADMIN}'><item affiliation='admin' jid='{ben.bare}'/></query>"
    assert (await anna.iq("set", item, room)).get("type") == "result"
    await add(site, ben, room, "words", TEA)
    form = await site.command(ben, "room-rules", {"room": room}, {"deed": "remove"})
    item = f"<query xmlns='{ADMIN}'><item affiliation='none' jid='{ben.bare}'/></query>"
    assert (await anna.iq("set", item, room)).get("type") == "result"
    session = form.get("sessionid")
    submit = f"<x xmlns='jabber:x:data' type='submit'>{FIELD.format('which', 'no-tea')}</x>"
    payload = f"<command xmlns='{COMMANDS}' node='{node}' sessionid='{session}'>{submit}</command>"
    expect(await ben.iq("set", payload, site.service), ("forbidden", "cancel"))
    await bounce(anna, await anna.say(room, "tea"), CONTENT, OWN)


async def test_rules_end_with_their_room_and_a_new_one_at_the_address_has_none(site: Site) -> None:
    room, (anna,) = await gather(site, "anna")
    await add(site, anna, room, "words", TEA)
    form = await site.command(anna, "room-rules", {"room": room}, {"deed": "remove"})
    destroyed = await anna.iq("set", f"<query xmlns='{OWNER}'><destroy/></query>", room)
    assert destroyed.get("type") == "result"
    await anna.receive(f"<presence type='unavailable' from='{room}/{anna.user}'/>")
    assert is_in(await anna.join(room))
    session = form.get("sessionid")
    submit = f"<x xmlns='jabber:x:data' type='submit'>{FIELD.format('which', 'no-tea')}</x>"
    node = "urn:roomkeeper:cmd:room-rules"
    payload = f"<command xmlns='{COMMANDS}' node='{node}' sessionid='{session}'>{submit}</command>"
    assert "closed" in note_of((await anna.iq("set", payload, site.service))[0])
    await anna.say(room, "tea")
    await anna.hear(room, "tea")


async def test_a_moderator_sees_and_removes_a_rooms_rule_and_its_managers_are_told(site: Site) -> None:
    room, (anna,) = await gather(site, "anna")
    await anna.presence()
    await add(site, anna, room, "words", TEA)
    moderator = await site.moderator()
    seen = show(await site.command(moderator, "room", {"room": room}))
    assert "no-tea" in seen
    order = {"which": "no-tea", "reason": "A joke too far"}
    await site.command(moderator, "room-rules", {"room": room}, {"deed": "remove"}, order)
    await anna.receive("<message><body>{has A joke too far}</body></message>")
    await anna.say(room, "tea")
    await anna.hear(room, "tea")


async def test_by_chat_as_well(site: Site) -> None:
    room, (anna, ben) = await gather(site, "anna", "ben")
    await anna.presence()

    async def tell(text: str, hear: str) -> None:
        await anna.chat(site.service, text)
        await anna.receive(f"<message from='{site.service}'><body>{{has {hear}}}</body></message>")

    await tell(f"群规 {room}", "要执行的操作")
    await tell("2", "规则要查找什么")
    await tell("词语", "规则名称")
    await tell("禁止 茶", "词语，用逗号分隔")
    await tell("茶，tea", "如何处理")
    await tell("拒绝", "时长")
    await tell("跳过", "对谁不适用")
    await tell("对所有人适用", "禁止-茶")
    await bounce(ben, await ben.say(room, "喝 茶 吗"), CONTENT, "禁止-茶")


async def test_a_categorys_rules_hold_in_its_rooms_from_the_moment_it_is_one(site: Site) -> None:
    room, (anna,) = await gather(site, "anna")
    await anna.say(room, "beer")
    await anna.hear(room, "beer")
    order = {"category": "school", "scale": "large", "reason": "A class of children"}
    done = await site.command(await site.moderator(), "classify", {"room": room}, order)
    assert "Schools" in show(done)
    await bounce(anna, await anna.say(room, "more beer"), CONTENT, "no-beer")
    assert "Schools" in show(await site.command(anna, "my-rooms", {"leave": ""}))


async def test_a_class_caps_members_and_those_inside_stay(site: Site) -> None:
    room, people = await gather(site, "anna", "ben", "carl")
    order = {"category": "general", "scale": "small", "reason": "A small circle"}
    await site.command(await site.moderator(), "classify", {"room": room}, order)
    expect(await (await site.person("dora")).join(room), CROWDED)
    await people[2].say(room, "still here")
    await people[0].hear(room, "still here")


async def test_a_reload_puts_rules_beyond_it_to_rest_and_unknown_categories_fall_back(site: Site) -> None:
    room, (anna,) = await gather(site, "anna")
    await add(site, anna, room, "words", TEA)
    order = {"category": "school", "scale": "small", "reason": "A class"}
    await site.command(await site.moderator(), "classify", {"room": room}, order)
    narrow = "[moderation.managers]\nmatchers = []\n" + UNHURRIED + MODERATED
    first = len(site.roomkeeper.lines)
    site.roomkeeper.configure(narrow)
    site.roomkeeper.hang_up()
    await site.roomkeeper.wait_for_line('rooms of the category "school"', after=first)
    await site.roomkeeper.wait_for_line("reloaded", after=first)
    for text in ("tea", "beer"):
        await anna.say(room, text)
        await anna.hear(room, text)
    looked = show(await site.command(anna, "room-rules", {"room": room}, {"deed": "look"}))
    assert "It does not act" in looked
    first = len(site.roomkeeper.lines)
    site.roomkeeper.configure(CONFIG)
    site.roomkeeper.hang_up()
    await site.roomkeeper.wait_for_line("reloaded", after=first)
    await bounce(anna, await anna.say(room, "tea"), CONTENT, OWN)


async def test_killed_right_after_the_commit_the_rule_is_in_force_when_it_is_back() -> None:
    async with open_site(CONFIG, muc_options={"muc_room_default_persistent": True}) as site:
        room, (anna, ben) = await gather(site, "anna", "ben")
        form = await site.command(anna, "room-rules", {"room": room}, {"deed": "add"}, {"which": "words"})
        fields = "".join(FIELD.format(var, value) for var, value in TEA.items())
        await anna.send(
            f"<iq type='set' id='last' to='{site.service}'><command xmlns='{COMMANDS}' "
            f"node='urn:roomkeeper:cmd:room-rules' sessionid='{form.get('sessionid')}'>"
            f"<x xmlns='jabber:x:data' type='submit'>{fields}</x></command></iq>"
        )
        async with asyncio.timeout(10):
            while not await has_rules(site, room):
                pass  # each look is a read of the file that the component writes
        await site.roomkeeper.kill()
        await site.roomkeeper.start()
        await bounce(ben, await ben.say(room, "tea"), CONTENT, OWN)
        again = await site.command(anna, "room-rules", {"room": room}, {"deed": "add"}, {"which": "words"}, TEA)
        assert again.get("status") == "executing"
        assert "already" in note_of(again)

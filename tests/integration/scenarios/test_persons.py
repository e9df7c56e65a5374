"""Persons and their accounts, on a real server: merged and split by officers, unbound and moved by themselves."""

import asyncio
import re
import secrets
from xml.etree.ElementTree import Element

import pytest

from storage.documents import Entry
from tests.integration.scenarios.officers import CONFIG as OFFICERS
from tests.integration.scenarios.officers import YES, completed, is_refused, officer
from tests.integration.scenarios.site import BARRED, UNHURRIED, UNVERIFIED, Site, bounce, expect, is_in, open_site
from tests.support.client import Client
from tests.support.patterns import show
from tests.support.waiting import tries

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = OFFICERS + UNHURRIED + '[identity]\ndomains = ["local*"]\non_loss = "remove"\n'


async def pair(site: Site) -> tuple[Client, Client, str]:
    """Two persons in one room."""
    anna, ben = await site.person("anna", language="en"), await site.person("ben", language="zh")
    room = site.room()
    for client in (anna, ben):
        await client.presence()
        assert is_in(await client.join(room))
    return anna, ben, room


def answer_of(done: Element, var: str) -> list[str]:
    """The values of a field of a result."""
    return [value.text or "" for value in done.iterfind(f".//{{*}}field[@var='{var}']/{{*}}value")]


async def affiliation_of(client: Client, room: str, account: str) -> str:
    """What the room's own lists say."""
    for affiliation in ("owner", "admin", "member", "outcast"):
        query = f"<query xmlns='http://jabber.org/protocol/muc#admin'><item affiliation='{affiliation}'/></query>"
        answer = await client.iq("get", query, room)
        if any(item.get("jid") == account for item in answer.iter("{http://jabber.org/protocol/muc#admin}item")):
            return affiliation
    return "none"


async def make_persistent(client: Client, room: str) -> None:
    form = "<field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#roomconfig</value></field>"
    form += "<field var='muc#roomconfig_persistentroom'><value>1</value></field>"
    query = f"<query xmlns='http://jabber.org/protocol/muc#owner'><x xmlns='jabber:x:data' type='submit'>{form}</x>"
    assert (await client.iq("set", f"{query}</query>", room)).get("type") == "result"


async def test_two_merged_persons_share_a_mute_at_once_and_a_split_gives_the_voice_back(site: Site) -> None:
    first = await officer(site)
    anna, ben, room = await pair(site)
    moderator = await site.moderator()
    await site.sanction(moderator, anna.bare, "mute", room=room)
    await anna.receive("<message type='chat'><body>{has Shouting}</body></message>")
    order = {"one": anna.bare, "other": ben.bare, "reason": "one and the same"}
    await completed(site, first, "merge", order, YES)
    await ben.receive("<message type='chat'><body>{has 已合并}</body></message>")
    await bounce(ben, await ben.say(room, "me too?"), BARRED)
    person = (await site.holder(anna.bare)).removeprefix("p:")
    assert await site.holder(ben.bare) == f"p:{person}"
    [merge] = await site.store.persons.merges_of(int(person))
    order = {"part": f"merge:{merge.number}", "reason": "two after all"}
    await completed(site, first, "split", {"target": ben.bare}, order, YES)
    await ben.say(room, "I am heard")
    await anna.hear(room, "I am heard")
    await bounce(anna, await anna.say(room, "and I?"), BARRED)


async def test_merging_while_they_talk_and_join_loses_no_place(site: Site) -> None:
    first = await officer(site)
    anna, ben, room = await pair(site)
    rooms = [site.room() for _ in range(4)]  # as many as one may create

    async def join_all(client: Client, own: list[str]) -> None:
        for each in own:
            answer = await client.join(each)
            if not is_in(answer):  # it met the merge: told to try again
                assert answer.get("type") == "error"
                assert is_in(await client.join(each)), show(answer)

    order = {"one": anna.bare, "other": ben.bare, "reason": "x"}
    await asyncio.gather(
        join_all(anna, rooms[:2]), join_all(ben, rooms[2:]), completed(site, first, "merge", order, YES)
    )
    assert await site.places(anna.bare) == {room, *rooms}
    assert await site.holder(anna.bare) == await site.holder(ben.bare)


async def test_an_account_taken_off_is_out_of_its_rooms_and_may_do_nothing_more(site: Site) -> None:
    anna, room = await site.person("anna", language="en"), site.room()
    second = await site.stranger("second")
    entry = Entry(document_type="passport", document_number=secrets.token_hex(8), name="Ben")
    await site.store.registry.put((entry,), 0)
    for client in (ben := await site.stranger("ben", language="en"), second):
        await site.claim(client.bare, entry)
        await client.presence()
    assert is_in(await anna.join(room))
    for client in (ben, second):
        assert is_in(await client.join(room))
    await completed(site, ben, "unbind", {"account": second.bare}, YES)
    await second.receive(f"<presence type='unavailable' from='{room}/{second.user}'/>")
    expect(await second.join(room), UNVERIFIED)
    await ben.say(room, "still here")
    await anna.hear(room, "still here")


async def test_a_new_account_takes_over_with_its_rooms(site: Site) -> None:
    anna, new = await site.person("anna", language="en"), await site.stranger("new", language="en")
    await anna.presence()
    await new.presence()
    room = site.room()
    assert is_in(await anna.join(room))
    await make_persistent(anna, room)
    begun = await completed(site, anna, "move-account", {"account": new.bare}, YES)
    [code] = answer_of(begun, "code-move")
    thief = await site.stranger("thief")
    assert (await site.command(thief, "move-account", {"code": code})).get("status") == "executing"
    await completed(site, new, "move-account", {"code": code})
    await anna.receive(f"<presence type='unavailable' from='{room}/{anna.user}'/>")
    await anna.receive(f"<message type='chat'><body>{{has {new.bare}}}</body></message>")
    assert is_in(await new.join(room))
    assert await affiliation_of(new, room, new.bare) == "owner"
    assert await affiliation_of(new, room, anna.bare) == "none"
    assert await site.places(new.bare) == {room}
    expect(await anna.join(site.room()), UNVERIFIED)


async def test_rooms_follow_after_a_component_that_was_killed_in_between() -> None:
    async with open_site(CONFIG) as site:
        anna, new = await site.person("anna"), await site.stranger("new")
        room = site.room()
        assert is_in(await anna.join(room))
        await make_persistent(anna, room)
        number = int((await site.holder(anna.bare)).removeprefix("p:"))
        await site.roomkeeper.kill()
        at = site.roomkeeper  # nothing runs: what storage knows is all there is
        code = await site.store.persons.begin_move(anna.bare, new.bare, number, 1e9, lasts_s=1e9)
        await site.store.persons.confirm_move(new.bare, code, 1e9)
        await new.presence()
        await at.start()
        joined = await new.join(room)
        assert is_in(joined), show(joined)
        for _ in tries():  # each waits for an answer
            if await affiliation_of(new, room, new.bare) == "owner":
                return
        raise AssertionError(new.show_transcript())


async def test_a_ban_by_a_room_that_nobody_knew_of_the_person_follows_them(site: Site) -> None:
    owner, anna, new = await site.person("owner"), await site.person("anna"), await site.stranger("new")
    rooms = [site.room(), site.room()]
    for room in rooms:
        assert is_in(await owner.join(room))
        await make_persistent(owner, room)
    await ban(owner, rooms[0], anna.bare)
    seen = len(site.roomkeeper.lines)
    await site.roomkeeper.kill()
    await site.roomkeeper.start()
    await site.roomkeeper.wait_for_line("ready", after=seen)
    await ban(owner, rooms[1], anna.bare)  # of the first one the snapshot told, of this one an event
    assert is_in(await anna.join(site.room()))
    begun = await completed(site, anna, "move-account", {"account": new.bare}, YES)
    [code] = answer_of(begun, "code-move")
    await completed(site, new, "move-account", {"code": code})
    await anna.receive("<presence type='unavailable'/>")  # the rooms have followed
    for room in rooms:
        expect(await new.join(room), BARRED)
        for _ in tries():  # each waits for an answer
            if await affiliation_of(owner, room, new.bare) == "outcast":
                break
        assert await affiliation_of(owner, room, anna.bare) == "outcast"
        assert await affiliation_of(owner, room, new.bare) == "outcast"


async def ban(owner: Client, room: str, account: str) -> None:
    item = f"<item affiliation='outcast' jid='{account}'/>"
    answer = await owner.iq("set", f"<query xmlns='http://jabber.org/protocol/muc#admin'>{item}</query>", room)
    assert answer.get("type") == "result", show(answer)


async def test_accounts_of_other_domains_are_not_verified_and_told_why() -> None:
    async with open_site('[identity]\ndomains = ["example.org"]\n') as site:
        anna = await site.stranger("anna", language="en")
        refused = await site.command(anna, "verify")
        assert is_refused(refused, "localhost cannot be verified here")


async def test_nobody_but_officers_sees_these_commands(site: Site) -> None:
    for client in (await site.moderator(), await site.person("anna")):
        query = "<query xmlns='http://jabber.org/protocol/disco#items' node='http://jabber.org/protocol/commands'/>"
        listed = show(await client.iq("get", query, site.service))
        assert not re.search("cmd:(merge|split|disclose|disclosures|corrections)'", listed)
        node = "<command xmlns='http://jabber.org/protocol/commands' node='urn:roomkeeper:cmd:merge' action='execute'/>"
        expect(await client.iq("set", node, site.service), ("forbidden", "cancel"))

"""A group's code, its page, how it is found, and who passes for it: on a real server."""

import asyncio
from xml.sax.saxutils import escape

import pytest

from tests.integration.scenarios.site import CROWDED, FULL, MODERATED, NOT_ALLOWED, UNHURRIED, Site, expect, is_in
from tests.support.client import Client
from tests.support.waiting import tries

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = "[quotas]\nrooms_created = 3\nmembers_per_room = 4\n" + MODERATED + UNHURRIED
PROSODY = {"muc_options": {"muc_room_default_persistent": True, "allow_unaffiliated_register": True}}

INFO = "<query xmlns='http://jabber.org/protocol/disco#info'/>"
OWNER = "http://jabber.org/protocol/muc#owner"
FIELD = "{{*}}query/{{jabber:x:data}}x/{{*}}field[@var='{{urn:roomkeeper:room:1}}{name}']/{{*}}value"


async def shown(client: Client, room: str, name: str) -> str | None:
    """A field of the room's own disco#info."""
    answer = await client.iq("get", INFO, room)
    assert answer.get("type") == "result"
    return answer.findtext(FIELD.format(name=name))


async def configure(client: Client, room: str, **fields: str) -> None:
    values = "".join(
        f"<field var='muc#roomconfig_{name}'><value>{escape(value)}</value></field>" for name, value in fields.items()
    )
    form = (
        f"<query xmlns='{OWNER}'><x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'>"
        f"<value>http://jabber.org/protocol/muc#roomconfig</value></field>{values}</x></query>"
    )
    assert (await client.iq("set", form, room)).get("type") == "result"


async def told(site: Site, client: Client, command: str, **form: str) -> str:
    """All that a command answers to its one form, as text."""
    return "\n".join((await site.command(client, command, form)).itertext())


async def told_in_the_end(site: Site, client: Client, command: str, wanted: str, **form: str) -> str:
    """The same as soon as it holds these words: what the server told may still be on its way to the disk."""
    answer = ""
    for _ in tries():
        answer = await told(site, client, command, **form)
        if wanted in answer:
            return answer
        client = await site.stranger("asker", language="en")  # each may run only so many commands a minute
    raise AssertionError(answer)


async def test_a_rooms_code_stands_in_its_own_disco_info(site: Site) -> None:
    anna, ben = await site.person("anna"), await site.stranger("ben")
    room = site.room()
    assert is_in(await anna.join(room))
    known = await site.store.rooms.find(room)
    assert known is not None
    assert await shown(anna, room, "code") == known.code
    assert await shown(ben, room, "code") == known.code
    assert await shown(ben, room, "status") == "open"
    assert await shown(ben, room, "join") == "open"
    assert (await shown(ben, room, "founded") or "").endswith("Z")
    await site.roomkeeper.stop()
    assert await shown(ben, room, "code") == known.code  # remembered by the hook
    await site.roomkeeper.start()
    assert await shown(ben, room, "code") == known.code


async def test_a_group_is_found_by_its_name_once_it_has_one_and_by_code_when_it_is_hidden(site: Site) -> None:
    anna, ben = await site.person("anna", language="en"), await site.stranger("ben", language="en")
    room = site.room()
    name = f"Gardeners {room[5:13]}"
    await anna.join(room)
    await configure(anna, room, roomname=name, publicroom="1")
    assert f"xmpp:{room}?join" in await told_in_the_end(site, ben, "find", room, what=name.upper())
    await configure(anna, room, publicroom="0")
    await told_in_the_end(site, ben, "find", "No public group", what=name)
    known = await site.store.rooms.find(room)
    assert known is not None
    assert room in await told(site, ben, "find", what=known.code)
    assert "No room" in await told(site, ben, "info", room=room)
    page = await told(site, anna, "info", room=room)
    assert name in page
    assert f"{anna.user} (founder)" in page
    assert anna.bare not in page
    destroyed = await anna.iq("set", f"<query xmlns='{OWNER}'><destroy/></query>", room)
    assert destroyed.get("type") == "result"
    await told_in_the_end(site, ben, "find", "is closed", what=known.code)


async def test_what_was_written_is_counted_over_a_restart_and_shown_on_the_page(site: Site) -> None:
    anna, ben = await site.person("anna", language="en"), await site.person("ben", language="en")
    room = site.room()
    for client in (anna, ben):
        assert is_in(await client.join(room))
    for client, words in ((anna, "good morning"), (ben, "hello"), (ben, "how are you")):
        await client.say(room, words)
        await anna.hear(room, words)
    await site.roomkeeper.stop()
    await site.roomkeeper.start()
    await anna.say(room, "back again")
    await ben.hear(room, "back again")
    await site.roomkeeper.stop()
    await site.roomkeeper.start()
    page = await told(site, anna, "info", room=room)
    assert "4 messages, 2 members writing" in page


async def test_a_room_that_looks_like_another_is_refused(site: Site) -> None:
    anna, ben = await site.person("anna", language="en"), await site.person("ben", language="en")
    room = site.room("teachers")
    await anna.join(room)
    for twin in (room.replace("teachers", "tеachеrs"), room.replace("-", "_")):
        expect(await ben.join(twin), NOT_ALLOWED, "looks like that of another room")
    assert is_in(await ben.join(room.replace("teachers", "teacher")))


async def test_an_exception_lets_one_person_in_and_one_room_grow(site: Site) -> None:
    anna, moderator = await site.person("anna"), await site.moderator()
    for _ in range(3):
        assert is_in(await anna.join(site.room()))
    expect(await anna.join(site.room()), FULL)
    order = {"quota": "created", "places": "4", "length": "1d", "reason": "A teacher"}
    await site.command(moderator, "override", {"subject": anna.bare}, order, {"confirm": "1"})
    room = site.room()
    assert is_in(await anna.join(room))
    expect(await anna.join(site.room()), FULL)
    friends = [await site.person(f"friend{number}") for number in range(5)]
    answers = [await friend.join(room) for friend in friends]
    assert [is_in(answer) for answer in answers] == [True, True, True, False, False]
    order = {"quota": "members", "places": "5", "length": "", "reason": "A fair"}
    await site.command(moderator, "override", {"subject": room}, order, {"confirm": "1"})
    assert is_in(await friends[3].join(room))
    expect(await friends[4].join(room), CROWDED)


# races


async def test_of_many_who_want_the_last_places_exactly_so_many_get_one(site: Site) -> None:
    anna = await site.person("anna")
    room = site.room()
    await anna.join(room)
    crowd = [await site.person(f"guest{number}") for number in range(10)]
    answers = await asyncio.gather(*(guest.join(room) for guest in crowd))
    assert sum(map(is_in, answers)) == 3
    for answer in answers:
        if not is_in(answer):
            expect(answer, CROWDED)
    assert len(await site.store.rooms.members_of(room)) <= 4
    assert (await site.store.rooms.counts("a:nobody", room)).members == 4


async def test_leaving_and_joining_at_once_never_fill_a_room_beyond_its_places(site: Site) -> None:
    people = [await site.person(f"guest{number}") for number in range(8)]
    room = site.room()
    for client in people[:4]:
        assert is_in(await client.join(room))
    leaving = [site.leave_for_good(client, room) for client in people[1:4]]
    joining = [client.join(room) for client in people[4:]]
    await asyncio.gather(*leaving, *joining)
    counts = await site.store.rooms.counts("a:nobody", room)
    assert counts.members <= 4
    for client in people[4:]:
        await client.join(room)
    assert (await site.store.rooms.counts("a:nobody", room)).members == 4


async def test_creating_and_destroying_at_once_never_overshoot(site: Site) -> None:
    anna = await site.person("anna")
    other = await site.log_in(anna.user, resource="other")
    rooms = [site.room() for _ in range(3)]
    for room in rooms:
        assert is_in(await anna.join(room))
    destroy = f"<query xmlns='{OWNER}'><destroy/></query>"
    new = [site.room("new") for _ in range(6)]
    answers = await asyncio.gather(
        *(anna.iq("set", destroy, room) for room in rooms[:2]), *(other.join(room) for room in new)
    )
    made = sum(map(is_in, answers[2:]))
    assert made <= 2
    assert is_in(await (await site.person("witness")).join(site.room()))  # answered when what came before is stored
    assert (await site.store.rooms.counts(await site.holder(anna.bare), None)).created == 1 + made

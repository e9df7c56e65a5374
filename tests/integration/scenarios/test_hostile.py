"""Forged, malformed and oversized stanzas change nothing, and the component goes on as if nothing had been."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.integration.scenarios.site import BARRED, CONTENT, HOOK, UNHURRIED, UNVERIFIED, Site, bounce, expect, is_in
from tests.support.client import Client, ClosedError

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = UNHURRIED
PROSODY = {"muc_options": {"muc_room_default_persistent": True}}

ADMIN = "http://jabber.org/protocol/muc#admin"
OWNER = "http://jabber.org/protocol/muc#owner"
USER = "http://jabber.org/protocol/muc#user"
COMMANDS = "http://jabber.org/protocol/commands"
STANZAS = "urn:ietf:params:xml:ns:xmpp-stanzas"
NAMES = {
    "admin": ADMIN,
    "owner": OWNER,
    "user": USER,
    "command": COMMANDS,
    "mam": "urn:xmpp:mam:2",
    "data": "jabber:x:data",
    "verify": "urn:roomkeeper:cmd:verify",
}
PING = "<ping xmlns='urn:xmpp:ping'/>"


@pytest_asyncio.fixture(loop_scope="module")
async def room(site: Site) -> AsyncIterator[str]:
    """A room that is as it was, and a component that works and found no fault in itself, whatever the test did."""
    anna = await site.person("anna")
    room = site.room()
    await anna.join(room)
    pid, first = site.roomkeeper.pid, len(site.roomkeeper.lines)
    places = await site.places(anna.bare)
    yield room
    ben = await site.person("ben")
    assert is_in(await ben.join(room))
    await ben.say(room, "all is well")
    await anna.hear(room, "all is well")
    assert await site.places(anna.bare) == places == {room}
    assert site.roomkeeper.pid == pid
    said = "\n".join(site.roomkeeper.lines[first:])
    assert "Traceback" not in said, said
    assert "ready" not in said, "it lost its stream"


async def answered(client: Client, to: str) -> str:
    """Everything sent so far has been dealt with once this comes back."""
    answer = await client.iq("get", PING, to)
    return answer.get("id", "")


@pytest.mark.parametrize("kind", ["created", "destroyed", "joined", "left", "affiliation", "refused", "bogus"])
async def test_a_users_events_are_not_believed(site: Site, room: str, kind: str) -> None:
    zoe = await site.stranger("zoe")
    event = f"<event xmlns='{HOOK}' type='{kind}' room='{room}' jid='{zoe.jid}' affiliation='owner' id='1'/>"
    for to in (site.service, f"{room.partition('@')[0]}@{site.service}", f"{site.service}/x"):
        await zoe.send(f"<message to='{to}'>{event}</message>")
        await zoe.send(f"<message to='{to}' type='normal' id='event'>{event}<body>status</body></message>")
    await answered(zoe, site.service)
    assert await site.places(zoe.bare) == set()
    found = await site.store.rooms.find(room)
    assert found is not None
    expect(await zoe.join(room), UNVERIFIED)


async def test_a_users_checks_are_not_answered_as_checks(site: Site, room: str) -> None:
    zoe = await site.stranger("zoe")
    check = (
        f"<check xmlns='{HOOK}' exists='true' role='moderator' affiliation='owner'>"
        "<forwarded xmlns='urn:xmpp:forward:0'>"
        f"<presence xmlns='jabber:client' from='{zoe.jid}' to='{site.room()}/zoe'/></forwarded></check>"
    )
    for to in (site.service, f"{room.partition('@')[0]}@{site.service}"):
        answer = await zoe.iq("set", check, to)
        assert answer.get("type") == "error"
    assert await site.places(zoe.bare) == set()


async def test_a_users_verdicts_and_snapshots_are_refused(site: Site, room: str) -> None:
    zoe = await site.stranger("zoe")
    for number in range(20):
        await zoe.send(
            f"<iq type='result' id='{number}' to='{site.prosody.muc}'><verdict xmlns='{HOOK}' action='allow'/></iq>"
        )
    expect(await zoe.iq("get", f"<snapshot xmlns='{HOOK}' max='10'/>", site.prosody.muc), BARRED)
    expect(await zoe.join(room), UNVERIFIED)


async def test_what_an_occupant_sends_through_the_room_is_no_event_either(site: Site, room: str) -> None:
    ben = await site.person("ben")
    await ben.join(room)
    event = f"<event xmlns='{HOOK}' type='destroyed' room='{room}'/>"
    await ben.send(f"<message to='{room}' type='groupchat' id='event'>{event}<body>look</body></message>")
    await ben.hear(room, "look")
    invite = f"<x xmlns='{USER}'><invite to='{site.service}'>{event}</invite></x>"
    await ben.send(f"<message to='{room}'>{event}{invite}</message>")
    await answered(ben, site.prosody.muc)


@pytest.mark.parametrize("char", ["a", "'", "&amp;", "漢", "\U0001f600"])
async def test_a_huge_text_is_refused(site: Site, room: str, char: str) -> None:
    ben = await site.person("ben")
    await ben.join(room)
    await ben.send(f"<message type='groupchat' to='{room}' id='huge'><body>{char * 40_000}</body></message>")
    await bounce(ben, "huge", CONTENT)


async def test_huge_fields_of_forms_are_refused(site: Site, room: str) -> None:
    ben, zoe = await site.person("ben"), await site.stranger("zoe")
    own = site.room()
    await ben.join(own)
    field = f"<field var='muc#roomconfig_roomdesc'><value>{'x' * 65_536}</value></field>"
    form = f"<x xmlns='jabber:x:data' type='submit'>{field}</x>"
    expect(await ben.iq("set", f"<query xmlns='{OWNER}'>{form}</query>", own), CONTENT)
    huge = {"type": "passport", "number": "9" * 65_536, "name": "x" * 65_536}
    answer = await site.command(zoe, "verify", huge)
    assert answer.get("status") == "executing"  # shown again, saying what is wrong
    assert room


async def test_many_fields_and_items_are_dealt_with(site: Site, room: str) -> None:
    ben = await site.person("ben")
    own = site.room()
    await ben.join(own)
    items = "".join(f"<item affiliation='member' jid='nobody{number}@localhost'/>" for number in range(500))
    expect(await ben.iq("set", f"<query xmlns='{ADMIN}'>{items}</query>", own), CONTENT, "100")
    fields = "".join(f"<field var='f{number}'><value>v</value></field>" for number in range(2000))
    answer = await ben.iq(
        "set", f"<query xmlns='{OWNER}'><x xmlns='jabber:x:data' type='submit'>{fields}</x></query>", own
    )
    assert answer.get("type") in {"result", "error"}
    assert room


@pytest.mark.parametrize("depth", [50, 100])
async def test_deep_nesting_is_dealt_with(site: Site, room: str, depth: int) -> None:
    ben = await site.person("ben")
    await ben.join(room)
    nest = "<e xmlns='urn:example:deep'>" * depth + "</e>" * depth
    await ben.send(f"<message type='groupchat' to='{room}'>{nest}<body>deep</body></message>")
    await ben.send(f"<message type='groupchat' to='{room}' id='bad'>{nest}<body>deeper</body></message>")
    await ben.hear(room, "deeper")
    for to in (room, site.service):
        assert (await ben.iq("set", nest, to)).get("type") == "error"


@pytest.mark.parametrize("text", ["&#1;", "&#0;", "&#xFFFE;", "&#xD800;", "&bomb;", "\x07"])
async def test_characters_that_xml_forbids_end_nobodys_stream_but_the_senders(site: Site, room: str, text: str) -> None:
    zoe = await site.stranger("zoe")
    await zoe.send(f"<message to='{room}' type='groupchat'><body>{text}</body></message>")
    with pytest.raises(ClosedError):
        await answered(zoe, site.service)


MALFORMED = """
<message to='{room}'/>
<message to='{room}' type='groupchat'/>
<message to='{room}' type='groupchat'><body/><subject/></message>
<message to='{room}' type='headline'><body>x</body></message>
<message to='{room}' type='bogus'><body>x</body></message>
<message to='{room}'><x xmlns='{user}'/></message>
<message to='{room}'><x xmlns='{user}'><invite/></x></message>
<message to='{room}'><x xmlns='{user}'><invite to='@@'/></x></message>
<message to='{room}'><x xmlns='{user}'><invite to=''/></x></message>
<message to='{room}'><x xmlns='{data}'><field/><field var='muc#role'/></x></message>
<message to='{muc}'><body>to the service itself</body></message>
<message to='{room}/nobody' type='groupchat'><body>x</body></message>
<message xml:lang='{long}' to='{room}' type='groupchat'><body>x</body></message>
<message xml:lang='' to='{room}' type='groupchat'><body xml:lang='*'>x</body></message>
<presence to='{room}'/>
<presence to='{muc}/x'/>
<presence to='{room}/x' type='bogus'/>
<presence to='{room}/x' type='subscribe'/>
<presence to='{room}/x' type='error'><error type='cancel'/></presence>
<iq type='set' to='{room}'/>
<iq type='set' to='{room}'><a xmlns='urn:a'/><b xmlns='urn:b'/></iq>
<iq type='set' to='{room}'><query xmlns='{admin}'/></iq>
<iq type='set' to='{room}'><query xmlns='{admin}'><item/></query></iq>
<iq type='set' to='{room}'><query xmlns='{admin}'><item affiliation='member' jid='@'/><item/></query></iq>
<iq type='set' to='{room}'><query xmlns='{owner}'/></iq>
<iq type='set' to='{room}'><query xmlns='{owner}'><destroy jid='@@'><reason/></destroy><x xmlns='{data}'/></query></iq>
<iq type='set' to='{room}'><query xmlns='jabber:iq:register'><remove/><x xmlns='{data}'/></query></iq>
<iq type='set' to='{room}'><query xmlns='{mam}' queryid='{long}'><x xmlns='{data}'/></query></iq>
<iq type='set' to='{room}'><vCard xmlns='vcard-temp'><PHOTO><BINVAL>x</BINVAL></PHOTO></vCard></iq>
<iq type='set' to='{room}/nobody'><query xmlns='jabber:iq:version'/></iq>
<iq type='set' to='{service}'><command xmlns='{command}'/></iq>
<iq type='get' to='{service}'><command xmlns='{command}' node='x'/></iq>
<iq type='set' to='{service}'><command xmlns='{command}' node='{verify}' sessionid='{long}' action=''/></iq>
<iq type='set' to='x@{service}/y'><query xmlns='jabber:iq:roster'><item jid='{room}'/></query></iq>
<iq type='get' to='{service}'><query xmlns='http://jabber.org/protocol/disco#info' node='{long}'/></iq>
<iq type='result' to='{service}'/>
<iq type='error' to='{service}'><error/></iq>
<message to='{service}' type='error'><error type='cancel'/><body>status</body></message>
<message to='{service}' type='groupchat'><body>status</body></message>
<message to='{service}'><body>{long}</body></message>
<message to='{service}'><body xmlns='jabber:x:other'>status</body><body/></message>
<presence to='{service}' type='subscribe'><status>{long}</status></presence>
<presence to='x@{service}' type='probe'/>
""".strip().splitlines()


@pytest.mark.parametrize("is_inside", [True, False], ids=["by an occupant", "by a stranger"])
async def test_malformed_stanzas_of_every_kind_are_dealt_with(site: Site, room: str, *, is_inside: bool) -> None:
    zoe = await (site.person("zoe") if is_inside else site.stranger("zoe"))
    own = site.room() if is_inside else room
    if is_inside:
        assert is_in(await zoe.join(own))
    for number, stanza in enumerate(MALFORMED):
        await zoe.send(
            stanza.replace("<iq ", f"<iq id='m{number}' ").format(
                room=own, muc=site.prosody.muc, service=site.service, long="x" * 3000, **NAMES
            )
        )
        await answered(zoe, site.prosody.muc)
    await answered(zoe, site.service)
    if not is_inside:
        assert await site.places(zoe.bare) == set()

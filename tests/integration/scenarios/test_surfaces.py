"""Everything a user can put before others is judged: a listed word reaches nobody, an innocent one does."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.integration.scenarios.meeting import Meeting, open_meeting
from tests.integration.scenarios.site import CONTENT, UNHURRIED, Site, expect, is_in
from tests.support.patterns import show

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = (
    """
[[rules]]
name = "no-casino"
words = ["casino", "cheap watches"]
strike = false
"""
    + UNHURRIED
)

MUC = "http://jabber.org/protocol/muc"
XHTML = "<html xmlns='http://jabber.org/protocol/xhtml-im'><body xmlns='http://www.w3.org/1999/xhtml'>{}</body></html>"
SHARED = (
    "<file-sharing xmlns='urn:xmpp:sfs:0'><file xmlns='urn:xmpp:file:metadata:0'><name>{}</name><desc>{}</desc></file>"
    "<sources><url-data xmlns='http://jabber.org/protocol/url-data' target='https://files.example/{}'/></sources>"
    "</file-sharing>"
)
SIMS = (
    "<reference xmlns='urn:xmpp:reference:0' type='data'><media-sharing xmlns='urn:xmpp:sims:1'>"
    "<file xmlns='urn:xmpp:jingle:apps:file-transfer:5'><name>{}</name></file></media-sharing></reference>"
)
REPLY = "<reply xmlns='urn:xmpp:reply:0' to='hall@conference.localhost/x' id='1'/>"
OOB = "<x xmlns='jabber:x:oob'><url>https://files.example/{}</url><desc>{}</desc></x>"
FORM = "<x xmlns='jabber:x:data' type='{}'><field var='FORM_TYPE'><value>{}</value></field>{}</x>"

MESSAGES = {
    "a body": "<body>The {0} is open</body>",
    "a body in another language": "<body>hello</body><body xml:lang='de'>hallo {0}</body>",
    "a subject beside a body": "<subject>{0}</subject><body>hello</body>",
    "markup": "<body>hello</body>" + XHTML.format("<p>hello<br/>{0}</p>"),
    "markup within a word": "<body>hello</body>" + XHTML.format("<p><b>{1}</b>{2}</p>"),
    "what stands in for a picture": "<body>hello</body>" + XHTML.format("<img src='https://x.example/' alt='{0}'/>"),
    "where markup links to": "<body>hello</body>" + XHTML.format("<a href='https://x.example/{0}'>x</a>"),
    "a nickname in a message": "<body>hello</body><nick xmlns='http://jabber.org/protocol/nick'>{0}</nick>",
    "a link to a file": "<body>hello</body>" + OOB.format("{0}", "a"),
    "a link's description": "<body>hello</body>" + OOB.format("a", "{0}"),
    "a file's name": "<body>hello</body>" + SHARED.format("{0}.jpg", "a", "b"),
    "a file's description": "<body>hello</body>" + SHARED.format("a.jpg", "at the {0}", "b"),
    "a file's address": "<body>hello</body>" + SHARED.format("a.jpg", "a", "{0}/b.jpg"),
    "a file that a reference carries": "<body>hello</body>" + SIMS.format("{0}.jpg"),
    "a correction": "<body>now {0}</body><replace xmlns='urn:xmpp:message-correct:0' id='1'/>",
    "a reply": REPLY + "<body>to {0}</body>",
    "a reply with a quotation": REPLY
    + "<body>&gt; {0}\nyes</body><fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:reply:0'>"
    "<body start='0' end='9'/></fallback>",
    "a reply around a quotation": REPLY
    + "<body>{1}&gt; 1234567\n{2}</body><fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:reply:0'>"
    "<body start='2' end='12'/></fallback>",
    "a reaction": "<reactions xmlns='urn:xmpp:reactions:0' id='1'><reaction>{0}</reaction></reactions>",
    "reactions by parts": "<reactions xmlns='urn:xmpp:reactions:0' id='1'><reaction>{1}</reaction>"
    "<reaction>{2}</reaction></reactions>",
    "marks of style": "<body>*{1}*{2}</body>",
    "a payload nobody knows": "<body>hello</body><y xmlns='urn:unknown'><z>{0}</z></y>",
    "a payload by parts": "<body>hello</body><y xmlns='urn:unknown'>{1}<z>{2}</z></y>",
    "an attribute of a payload": "<body>hello</body><poll xmlns='urn:unknown' title='{0}'/>",
    "prose in any attribute": "<body>hello</body><poll xmlns='urn:unknown' said='to the {0}'/>",
    "a payload deep within others": "<body>hello</body><y xmlns='urn:unknown'>"
    + "<z>" * 80
    + "{0}"
    + "</z>" * 80
    + "</y>",
    "a title of a form": "<body>hello</body><x xmlns='jabber:x:data' type='form'><title>{0}</title></x>",
    "a choice in a form": "<body>hello</body><x xmlns='jabber:x:data' type='form'>"
    "<field var='a' label='b'><option label='{0}'><value>1</value></option></field></x>",
    "a reason for an invitation": "<body>hello</body><x xmlns='jabber:x:conference' jid='a@x.example' reason='{0}'/>",
    "a word over two bodies": "<body>{1}</body><body xml:lang='de'>{2}</body>",
    "a phrase over a body and a description": "<body>{3}</body>" + OOB.format("a", "{4}"),
    "a phrase over two lines": "<body>So {3}\n{4} today</body>",
    "a text for old clients of a retraction": "<body>{0}</body><retract xmlns='urn:xmpp:message-retract:1' id='1'/>"
    "<fallback xmlns='urn:xmpp:fallback:0' for='urn:xmpp:message-retract:1'><body/></fallback>",
}
FORBIDDEN = ("casino", "ca", "sino", "cheap", "watches")
INNOCENT = ("garden", "gar", "den", "green", "tea")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def meeting(shared_site: Site) -> AsyncIterator[Meeting]:
    """One room for all cases."""
    opened = await open_meeting(shared_site)
    yield opened
    await shared_site.dismiss()


@pytest.mark.parametrize("is_private", [False, True], ids=["to all", "to one"])
@pytest.mark.parametrize("surface", MESSAGES)
async def test_a_message_is_judged_wherever_the_word_stands(
    meeting: Meeting, surface: str, *, is_private: bool
) -> None:
    payload = MESSAGES[surface]
    await meeting.is_refused(payload.format(*FORBIDDEN), "breaks the rule “no-casino”", is_private=is_private)
    heard = await meeting.is_heard(payload.format(*INNOCENT), is_private=is_private)
    assert "den" in heard or "tea" in heard


async def test_a_subject_is_judged(meeting: Meeting) -> None:
    await meeting.anna.send(
        f"<message type='groupchat' id='s1' to='{meeting.room}'><subject>casino</subject></message>"
    )
    expect(await meeting.anna.receive("<message type='error' id='s1'/>"), CONTENT, "no-casino")
    await meeting.nothing_came("casino")
    await meeting.anna.send(
        f"<message type='groupchat' id='s2' to='{meeting.room}'><subject>garden</subject></message>"
    )
    await meeting.ben.receive("<message type='groupchat'><subject>garden</subject></message>")


PRESENCES = {
    "a status": "<status>at the {0}</status>",
    "a status in another language": "<status>away</status><status xml:lang='de'>im {0}</status>",
    "a phrase over two statuses": "<status>{3}</status><status xml:lang='de'>{4}</status>",
    "a show that no client knows": "<show>{0}</show>",
    "a nickname in a presence": "<nick xmlns='http://jabber.org/protocol/nick'>{0}</nick>",
    "a payload of a presence": "<y xmlns='urn:unknown'><z>{0}</z></y>",
}


@pytest.mark.parametrize("surface", PRESENCES)
async def test_a_presence_is_judged_wherever_the_word_stands(meeting: Meeting, surface: str) -> None:
    to, payload = f"{meeting.room}/{meeting.ben.user}", PRESENCES[surface]
    number = meeting.number
    await meeting.ben.send(f"<presence id='p{number}' to='{to}'>{payload.format(*FORBIDDEN)}</presence>")
    expect(await meeting.ben.receive(f"<presence type='error' id='p{number}'/>"), CONTENT, "no-casino")
    await meeting.nothing_came("casino", "watches")
    await meeting.ben.send(f"<presence id='p{number}' to='{to}'>{payload.format(*INNOCENT)}</presence>")
    came = await meeting.anna.receive(f"<presence from='{to}' id='p{number}'/>")
    assert "garden" in show(came) or "tea" in show(came)


async def test_a_nickname_is_judged_when_joining_and_when_changing_it(meeting: Meeting) -> None:
    carl = await meeting.site.person("carl", language="en")
    expect(await carl.join(meeting.room, "casino"), CONTENT, "no-casino")
    assert is_in(await carl.join(meeting.room, "garden"))
    expect(await carl.join(meeting.room, "casino"), CONTENT, "no-casino")
    await meeting.nothing_came("casino")
    assert is_in(await carl.join(meeting.room, "green garden"))
    await carl.leave(meeting.room, "green garden")


CONFIGURED = f"<query xmlns='{MUC}#owner'>{FORM.format('submit', MUC + '#roomconfig', '{}')}</query>"
ITEM = f"<query xmlns='{MUC}#admin'><item {{}}><reason>{{}}</reason></item></query>"
OF_THE_OWNER = {
    "a room's name": CONFIGURED.format("<field var='muc#roomconfig_roomname'><value>{0}</value></field>"),
    "a room's description": CONFIGURED.format("<field var='muc#roomconfig_roomdesc'><value>a {0}</value></field>"),
    "a description in lines": CONFIGURED.format(
        "<field var='muc#roomconfig_roomdesc'><value>{3}</value><value>{4}</value></field>"
    ),
    "a name and a description": CONFIGURED.format(
        "<field var='muc#roomconfig_roomname'><value>{3}</value></field>"
        "<field var='muc#roomconfig_roomdesc'><value>{4}</value></field>"
    ),
    "any other text of the form": CONFIGURED.format("<field var='muc#roomconfig_lang'><value>{0}</value></field>"),
    "the reason of a ban": ITEM.format("jid='nobody@localhost' affiliation='outcast'", "{0}"),
    "the reason of a grant": ITEM.format("jid='nobody@localhost' affiliation='none'", "to the {0}"),
}


@pytest.mark.parametrize("surface", OF_THE_OWNER)
async def test_what_an_owner_writes_is_judged(meeting: Meeting, surface: str) -> None:
    query = OF_THE_OWNER[surface]
    expect(await meeting.anna.iq("set", query.format(*FORBIDDEN), meeting.room), CONTENT, "no-casino")
    await meeting.nothing_came("casino", "watches")
    answer = await meeting.anna.iq("set", query.format(*INNOCENT), meeting.room)
    assert answer.get("type") == "result", show(answer)


async def test_the_form_of_a_new_room_is_judged(meeting: Meeting) -> None:
    query = OF_THE_OWNER["a room's name"]
    room = meeting.site.room()
    expect(await meeting.anna.iq("set", query.format(*FORBIDDEN), room), CONTENT, "no-casino")
    assert (await meeting.anna.iq("get", "<query xmlns='http://jabber.org/protocol/disco#info'/>", room)).get(
        "type"
    ) == "error"
    assert await meeting.site.places(meeting.anna.bare) == {meeting.room}


async def test_reasons_of_kicks_and_of_a_rooms_end_are_judged(meeting: Meeting) -> None:
    carl = await meeting.site.person("carl", language="en")
    room = meeting.site.room()
    await meeting.anna.join(room)
    await carl.join(room)
    kick = ITEM.format(f"nick='{carl.user}' role='none'", "{}")
    destroy = f"<query xmlns='{MUC}#owner'><destroy><reason>{{}}</reason><password>x</password></destroy></query>"
    for query in (kick, destroy):
        expect(await meeting.anna.iq("set", query.format("casino"), room), CONTENT, "no-casino")
        assert (await meeting.anna.iq("set", query.format("garden"), room)).get("type") == "result"
    told = await carl.receive(f"<presence type='unavailable' from='{room}/{carl.user}'/>")
    assert "garden" in show(told)
    assert not any("casino" in show(each) for each in carl.unread)


async def test_invitations_and_their_refusal_are_judged(meeting: Meeting) -> None:
    carl = await meeting.site.person("carl", language="en")
    await carl.presence()
    await meeting.anna.presence()
    invite = f"<x xmlns='{MUC}#user'><invite to='{carl.bare}'><reason>{{}}</reason></invite><password>x</password></x>"
    decline = f"<x xmlns='{MUC}#user'><decline to='{meeting.anna.bare}'><reason>{{}}</reason></decline></x>"
    way = ((meeting.ben, carl, invite, "invite"), (carl, meeting.anna, decline, "decline"))
    for writer, reader, payload, name in way:
        await writer.send(f"<message id='i1' to='{meeting.room}'>{payload.format('casino')}</message>")
        expect(await writer.receive("<message type='error' id='i1'/>"), CONTENT, "no-casino")
        await writer.send(f"<message id='i2' to='{meeting.room}'>{payload.format('garden')}</message>")
        came = await reader.receive(f"<message from='{meeting.room}'><x xmlns='{MUC}#user'><{name}/></x></message>")
        assert "garden" in show(came)
        assert not any("casino" in show(each) for each in reader.unread)


async def test_a_request_for_voice_is_judged(meeting: Meeting) -> None:
    form = FORM.format("submit", f"{MUC}#request", "<field var='muc#role'><value>{}</value></field>")
    await meeting.ben.send(f"<message id='v1' to='{meeting.room}'>{form.format('casino')}</message>")
    expect(await meeting.ben.receive("<message type='error' id='v1'/>"), CONTENT, "no-casino")
    await meeting.nothing_came("casino")


async def test_a_registered_nickname_is_judged(meeting: Meeting) -> None:
    form = FORM.format("submit", f"{MUC}#register", "<field var='muc#register_roomnick'><value>{}</value></field>")
    query = f"<query xmlns='jabber:iq:register'>{form}</query>"
    expect(await meeting.anna.iq("set", query.format("casino"), meeting.room), CONTENT, "no-casino")
    answer = await meeting.anna.iq("set", query.format(meeting.anna.user), meeting.room)
    assert answer.get("type") == "result", show(answer)


TO_THE_ROOM = {
    "a name on an avatar's card": "<vCard xmlns='vcard-temp'><FN>{}</FN></vCard>",
    "an avatar elsewhere": "<vCard xmlns='vcard-temp'><PHOTO><EXTVAL>https://{}.example/</EXTVAL></PHOTO></vCard>",
    "an avatar as published by clients": "<pubsub xmlns='http://jabber.org/protocol/pubsub'>"
    "<publish node='urn:xmpp:avatar:metadata'><item><metadata xmlns='urn:xmpp:avatar:metadata'>"
    "<info url='https://{}.example/'/></metadata></item></publish></pubsub>",
    "a reason for a retraction": "<moderate xmlns='urn:xmpp:message-moderate:1' id='1'>"
    "<retract xmlns='urn:xmpp:message-retract:1'/><reason>{}</reason></moderate>",
    "a query nobody knows": "<query xmlns='urn:unknown'><z>{}</z></query>",
}


@pytest.mark.parametrize("surface", TO_THE_ROOM)
async def test_other_changes_of_a_room_are_judged(meeting: Meeting, surface: str) -> None:
    expect(await meeting.anna.iq("set", TO_THE_ROOM[surface].format("casino"), meeting.room), CONTENT, "no-casino")
    answer = await meeting.anna.iq("set", TO_THE_ROOM[surface].format("garden"), meeting.room)
    assert answer.find("{*}error/{*}policy-violation") is None


TO_ONE = {
    "an offer of a file": "<query xmlns='jabber:iq:oob'><url>https://files.example/a</url><desc>{}</desc></query>",
    "a file's name in an offer": "<jingle xmlns='urn:xmpp:jingle:1' action='session-initiate' sid='x'>"
    "<content name='a'><description xmlns='urn:xmpp:jingle:apps:file-transfer:5'><file><name>{}.jpg</name></file>"
    "</description></content></jingle>",
    "a query nobody knows": "<query xmlns='urn:unknown'><z>{}</z></query>",
}


@pytest.mark.parametrize("surface", TO_ONE)
async def test_queries_to_an_occupant_are_judged(meeting: Meeting, surface: str) -> None:
    to = f"{meeting.room}/{meeting.anna.user}"
    query = TO_ONE[surface]
    expect(await meeting.ben.iq("set", query.format("casino"), to), CONTENT, "no-casino")
    await meeting.nothing_came("casino")
    await meeting.ben.send(f"<iq type='set' id='q{meeting.number}' to='{to}'>{query.format('garden')}</iq>")
    came = await meeting.anna.receive(f"<iq type='set' from='{meeting.room}/{meeting.ben.user}'/>")
    assert "garden" in show(came)


@pytest.mark.parametrize("to", ["{room}", "{room}/{anna}"], ids=["to all", "to one"])
async def test_errors_carry_no_words(meeting: Meeting, to: str) -> None:
    carl = await meeting.site.person("carl", language="en")
    await carl.join(meeting.room)
    await carl.send(
        f"<message type='error' id='e' to='{to.format(room=meeting.room, anna=meeting.anna.user)}'><body>casino</body>"
        "<subject>casino</subject><error type='cancel'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
        "<text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'>casino</text></error></message>"
    )
    await carl.send(f"<presence type='unavailable' to='{meeting.room}/{carl.user}'><status>casino</status></presence>")
    await meeting.anna.receive(f"<presence type='unavailable' from='{meeting.room}/{carl.user}'/>")
    await meeting.nothing_came("casino")

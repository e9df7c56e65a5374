"""What is asked and answered through a room is judged: whoever asked gets innocent words or an error, never silence."""

import time
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from tests.integration.scenarios.meeting import Meeting, open_meeting
from tests.integration.scenarios.site import CONTENT, MODERATED, UNHURRIED, Site, expect
from tests.support.client import Client
from tests.support.patterns import show

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = (
    MODERATED
    + """
[[rules]]
name = "no-casino"
words = ["casino", "cheap watches"]
case = true
deduct = 5

[[rules]]
name = "no-lottery"
words = ["lottery"]
action = "hold"

[[rules]]
name = "no-scam"
words = ["scam"]
action = "ban"
"""
    + UNHURRIED
)
PROSODY = {"options": {"modules_enabled": ("roster", "saslauth", "disco", "ping", "pep", "vcard_legacy")}}

VCARD = "<vCard xmlns='vcard-temp'>{}</vCard>"
PUBSUB = "http://jabber.org/protocol/pubsub"
NICK = "http://jabber.org/protocol/nick"
INFO = "http://jabber.org/protocol/disco#info"
ANSWERS = {
    "the version of a client": "<query xmlns='jabber:iq:version'><name>{0}</name><version>1</version></query>",
    "the time, in a text of its own": "<time xmlns='urn:xmpp:time'><tzo>+01:00</tzo><utc>{0}</utc></time>",
    "a last word": "<query xmlns='jabber:iq:last' seconds='3'>{0}</query>",
    "a card": VCARD.format("<FN>Ben</FN><DESC>to the {0}</DESC>"),
    "the name of an identity": f"<query xmlns='{INFO}'><identity category='client' type='pc' name='{{0}}'/></query>",
    "an extended form": f"<query xmlns='{INFO}'><x xmlns='jabber:x:data' type='result'><field var='os'>"
    "<value>{0}</value></field></x></query>",
    "an answer that nobody knows": "<query xmlns='urn:unknown'>to the {0}</query>",
    "a word by parts": "<query xmlns='urn:unknown'>{1}<z>{2}</z></query>",
    "a second answer beside the first": "<query xmlns='jabber:iq:version'/><y xmlns='urn:unknown'>{0}</y>",
}
FORBIDDEN = ("casino", "ca", "sino")
INNOCENT = ("garden", "gar", "den")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def meeting(shared_site: Site) -> AsyncIterator[Meeting]:
    """One room for all cases."""
    opened = await open_meeting(shared_site)
    yield opened
    await shared_site.dismiss()


async def ask(meeting: Meeting) -> tuple[str, str, str]:
    """Have Anna ask Ben something through the room: the id of her question, and from whom and by which id he has it."""
    number = f"asked-{meeting.number}"
    to = f"{meeting.room}/{meeting.ben.user}"
    await meeting.anna.send(f"<iq type='get' id='{number}' to='{to}'><query xmlns='jabber:iq:version'/></iq>")
    came = await meeting.ben.receive(f"<iq type='get' from='{meeting.room}/{meeting.anna.user}'/>")
    return number, came.get("from", ""), came.get("id", "")


async def answered(meeting: Meeting, payload: str, kind: str = "result") -> str:
    """What Anna gets of this answer by Ben."""
    number, to, identifier = await ask(meeting)
    await meeting.ben.send(f"<iq type='{kind}' id='{identifier}' to='{to}'>{payload}</iq>")
    came = await meeting.anna.receive(f"<iq id='{number}'/>")
    assert came.get("from") == f"{meeting.room}/{meeting.ben.user}"
    return show(came)


@pytest.mark.parametrize("answer", ANSWERS)
async def test_an_answer_is_judged_wherever_the_word_stands(meeting: Meeting, answer: str) -> None:
    got = await answered(meeting, ANSWERS[answer].format(*FORBIDDEN))
    assert 'type="error"' in got
    assert "<policy-violation" in got
    assert "<text" not in got
    assert "sino" not in got
    got = await answered(meeting, ANSWERS[answer].format(*INNOCENT))
    assert 'type="result"' in got
    assert "den" in got
    await meeting.nothing_came("sino")


async def test_an_answer_without_words_and_an_empty_one_come_as_they_are(meeting: Meeting) -> None:
    for payload in ("", "<query xmlns='jabber:iq:version'/>", "<query xmlns='jabber:iq:last' seconds='903'/>"):
        assert 'type="result"' in await answered(meeting, payload)


async def test_an_error_for_an_answer_keeps_its_condition_and_no_words(meeting: Meeting) -> None:
    stanzas = "urn:ietf:params:xml:ns:xmpp-stanzas"
    got = await answered(
        meeting,
        "<query xmlns='jabber:iq:version'><name>casino</name></query><error type='wait' by='casino'>"
        f"<gone xmlns='{stanzas}'>xmpp:casino@x.example</gone><text xmlns='{stanzas}'>casino</text>"
        "<x xmlns='urn:unknown' title='casino'>casino</x><y xmlns='urn:unknown' title='casino'/></error>",
        kind="error",
    )
    assert 'type="error"' in got
    assert "casino" not in got
    assert "<y" in got
    got = await answered(meeting, f"<error type='wait'><item-not-found xmlns='{stanzas}'/></error>", kind="error")
    assert "<item-not-found" in got


async def test_a_card_that_the_server_gives_is_judged(meeting: Meeting) -> None:
    to = f"{meeting.room}/{meeting.ben.user}"
    for word, kind in (("casino", "error"), ("garden", "result")):
        stored = await meeting.ben.iq("set", VCARD.format(f"<FN>{word}</FN>"))
        assert stored.get("type") == "result", show(stored)
        got = await meeting.anna.iq("get", "<vCard xmlns='vcard-temp'/>", to)
        assert (got.get("type"), got.get("from")) == (kind, to), show(got)
        assert ("casino" in show(got)) is False


async def test_what_an_account_has_published_is_judged(meeting: Meeting) -> None:
    to = f"{meeting.room}/{meeting.ben.user}"
    options = (
        "<publish-options><x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'>"
        f"<value>{PUBSUB}#publish-options</value></field><field var='pubsub#access_model'><value>open</value></field>"
        "</x></publish-options>"
    )
    for word, kind in (("casino", "error"), ("garden", "result")):
        item = f"<item id='current'><nick xmlns='{NICK}'>{word}</nick></item>"
        stored = await meeting.ben.iq(
            "set", f"<pubsub xmlns='{PUBSUB}'><publish node='{NICK}'>{item}</publish>{options}</pubsub>"
        )
        assert stored.get("type") == "result", show(stored)
        got = await meeting.anna.iq("get", f"<pubsub xmlns='{PUBSUB}'><items node='{NICK}'/></pubsub>", to)
        assert (got.get("type"), got.get("from")) == (kind, to), show(got)
        assert "casino" not in show(got)


async def test_nobody_is_punished_for_what_others_make_their_client_answer(meeting: Meeting) -> None:
    site, ben = meeting.site, meeting.ben
    for word in ("casino", "lottery", "scam"):
        got = await answered(meeting, f"<query xmlns='jabber:iq:version'><name>{word}</name></query>")
        assert "<policy-violation" in got
    holder = await site.holder(ben.bare)
    assert await site.store.discipline.strikes_of(holder) == ()
    assert await site.store.discipline.sanctions_of(holder, time.time()) == ()
    assert await site.store.discipline.cases(holder=holder) == ()
    assert [entry.delta for entry in await site.store.people.ledger(int(holder[2:]))] == [60]
    await meeting.is_heard("<body>still here</body>")


async def test_the_client_of_somebody_muted_or_too_fast_goes_on_answering(meeting: Meeting) -> None:
    site = meeting.site
    carl = await site.person("carl")
    await carl.join(meeting.room)
    await site.sanction(await site.moderator(), carl.bare, "mute", room=meeting.room)
    to = f"{meeting.room}/{carl.user}"
    for word, kind in (("garden", "result"), ("casino", "error")):
        number = f"asked-{meeting.number}"
        await meeting.anna.send(f"<iq type='get' id='{number}' to='{to}'><query xmlns='jabber:iq:version'/></iq>")
        await reply(carl, meeting.room, f"<query xmlns='jabber:iq:version'><name>{word}</name></query>")
        assert (await meeting.anna.receive(f"<iq id='{number}'/>")).get("type") == kind


async def reply(client: Client, room: str, payload: str) -> None:
    """Answer the oldest question that came through the room."""
    came = await client.receive(f"<iq type='get' from='{{has {room}/}}'/>")
    await client.send(f"<iq type='result' id='{came.get('id')}' to='{came.get('from')}'>{payload}</iq>")


QUESTIONS = {
    "a confirmation of a request by HTTP": "<confirm xmlns='http://jabber.org/protocol/http-auth' id='{0}'"
    " method='GET' url='https://{0}.example/'/>",
    "a search": "<query xmlns='jabber:iq:search'><nick>{0}</nick></query>",
    "a query of discovery": f"<query xmlns='{INFO}' title='{{0}}'/>",
    "a query of an archive": "<query xmlns='urn:xmpp:mam:2'><x xmlns='jabber:x:data' type='submit'><field var='with'>"
    "<value>{0}</value></field></x></query>",
}


@pytest.mark.parametrize("kind", ["get", "set"])
@pytest.mark.parametrize("question", QUESTIONS)
async def test_questions_to_an_occupant_are_judged(meeting: Meeting, question: str, kind: str) -> None:
    dora = await meeting.site.person("dora", language="en")
    await dora.join(meeting.room)
    to = f"{meeting.room}/{meeting.anna.user}"
    expect(await dora.iq(kind, QUESTIONS[question].format("casino"), to), CONTENT, "no-casino")
    await meeting.nothing_came("casino")
    await dora.send(f"<iq type='{kind}' id='q' to='{to}'>{QUESTIONS[question].format('garden')}</iq>")
    assert "garden" in show(await meeting.anna.receive(f"<iq type='{kind}' from='{meeting.room}/{dora.user}'/>"))

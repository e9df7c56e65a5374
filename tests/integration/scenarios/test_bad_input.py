"""Odd and hostile texts on a live component that looks for everything: judged or refused, and never a fault."""

from collections.abc import AsyncIterator
from xml.sax.saxutils import escape

import pytest
import pytest_asyncio

from tests.integration.scenarios.meeting import Meeting, open_meeting
from tests.integration.scenarios.site import CONTENT, UNHURRIED, Site, bounce, expect
from tests.support.client import ClosedError

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = (
    """
[[rules]]
name = "no-casino"
words = ["casino", "赌博"]
across_punctuation = true
strike = false

[[rules]]
name = "no-numbers"
patterns = ["win [0-9]{6,}", "w(i|1){1,20}n+er"]
strike = false

[[rules]]
name = "no-bad-sites"
links = { domains = ["casino.example"], shorteners = true, punycode = true }
strike = false

[[rules]]
name = "everything-else"
shadow = true
any = [
    { mixed_script = true },
    { caps = { share = 0.9, letters = 2000 } },
    { length = { marks = 3, repeats = 50, lines = 900 } },
    { attachments = ["program"] },
    { duplicates = { copies = 9 } },
    { mentions = { people = 5, everyone = true } },
    { flood = { chars = 900000 } },
    { membership_age = { under = "1s" } },
    { first_message = true },
]
"""
    + UNHURRIED
)

MARKS = "\u0336\u0489\u20dd\ufe2f"
UNASSIGNED = "\u0378\u05ff\u2fef\U00010fff\U0003fffd"
NONCHARACTERS = "\ufdd0\ufdef\U0001fffe\U0010ffff"
PRIVATE_USE = "\ue000\uf8ff\U000f0000\U0010fffd"
DEEP = "<a xmlns='urn:example:deep'>" * 60 + "{}" + "</a>" * 60
WIDE = "<a xmlns='urn:example:wide'>" + "<b/>" * 3000 + "{}" + "</a>"
INTERLEAVED = "<a xmlns='urn:example:mixed'>" + "x<b>y</b>" * 1500 + "{}" + "</a>"
HIDING = {
    "deep in a payload": DEEP.format("{0}"),
    "in an attribute deep in a payload": DEEP.format("<b title='{0}'/>"),
    "behind thousands of elements": WIDE.format("{0}"),
    "among thousands of pieces": INTERLEAVED.format("{0}"),
    "deep in markup": "<html xmlns='http://jabber.org/protocol/xhtml-im'><body xmlns='http://www.w3.org/1999/xhtml'>"
    + "<em>" * 60
    + "{1}<b>{2}</b>"
    + "</em>" * 60
    + "</body></html>",
    "in a form within forms": "<x xmlns='jabber:x:data' type='form'>" * 30 + "<title>{0}</title>" + "</x>" * 30,
    "in a message forwarded in another": "<forwarded xmlns='urn:xmpp:forward:0'><message xmlns='jabber:client'>" * 20
    + "<body>{0}</body>"
    + "</message></forwarded>" * 20,
    "in a check": "<check xmlns='urn:roomkeeper:hook:1' exists='true'><forwarded xmlns='urn:xmpp:forward:0'>"
    "<message xmlns='jabber:client'><body>{0}</body></message></forwarded></check>",
    "in the last of many texts": "<y xmlns='urn:unknown'>a</y>" * 900 + "<y xmlns='urn:unknown'>{0}</y>",
    "under heaps of marks": "<body>{3}</body>",
    "behind thousands of marks": f"<body>a{MARKS * 2000} {{0}}</body>",
    "among what is not assigned": f"<body>{UNASSIGNED * 300} {{0}} {UNASSIGNED * 300}</body>",
    "beside what is no character": f"<body>{NONCHARACTERS} {{0}} {NONCHARACTERS}</body>",
    "among characters of nobody's": f"<body>{PRIVATE_USE * 300} {{0}} {PRIVATE_USE}</body>",
    "behind thousands of controls of direction": "<body>" + "\u202e\u2067" * 4000 + "{0}</body>",
    "among joiners": "<body>" + "\u200d".join("ab" * 2000) + " {0}</body>",
    "behind ligatures that become many": "<body>" + "\ufdfa" * 400 + " {0}</body>",
    "behind white space": "<body>" + "\u3000\n\t" * 3000 + "{0}</body>",
}


def marked(word: str) -> str:
    return "".join(f"{letter}{MARKS * 100}" for letter in word)


FORBIDDEN = ("casino", "ca", "sino", marked("casino"))
INNOCENT = ("garden", "gar", "den", marked("garden"))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def meeting(shared_site: Site) -> AsyncIterator[Meeting]:
    """One room for all cases, and a component that found no fault in itself."""
    opened = await open_meeting(shared_site)
    pid = shared_site.roomkeeper.pid
    yield opened
    await opened.is_heard("<body>all is well</body>")
    said = "\n".join(shared_site.roomkeeper.lines)
    assert "Traceback" not in said, said
    assert "error" not in said.lower(), said
    assert shared_site.roomkeeper.pid == pid
    assert "Fault" not in shared_site.prosody.log
    await shared_site.dismiss()


@pytest.mark.parametrize("is_private", [False, True], ids=["to all", "to one"])
@pytest.mark.parametrize("where", HIDING)
async def test_a_word_is_found_wherever_it_hides(meeting: Meeting, where: str, *, is_private: bool) -> None:
    payload = HIDING[where]
    await meeting.is_refused(payload.format(*FORBIDDEN), "no-casino", is_private=is_private)
    heard = await meeting.is_heard(payload.format(*INNOCENT), is_private=is_private)
    assert "den" in heard or marked("den") in heard


SIZE = 65_536
HUGE = {
    "a body": "<body>{}</body>",
    "an attribute": "<body>hi</body><y xmlns='urn:unknown' title='{}'/>",
    "a payload": "<body>hi</body><y xmlns='urn:unknown'>{}</y>",
    "a nickname": "<body>hi</body><nick xmlns='http://jabber.org/protocol/nick'>{}</nick>",
    "an address": "<body>hi</body><x xmlns='jabber:x:oob'><url>https://x.example/{}</url></x>",
}
FILLS = {
    "letters": "x",
    "ideographs": "漢",
    "marks": "\u0336",
    "enclosing marks": "\u20dd",
    "unassigned": "\u0378",
    "astral": "\U0001f600",
    "invisible": "\u200b",
    "ligatures": "\ufdfa",
    "escapes": "&",
}


@pytest.mark.parametrize("fill", FILLS)
@pytest.mark.parametrize("where", HUGE)
async def test_sixty_four_kilobytes_of_anything_are_refused(meeting: Meeting, where: str, fill: str) -> None:
    char = escape(FILLS[fill])
    payload = HUGE[where].format(char * (SIZE // len(char.encode())))
    number = f"huge-{meeting.number}"
    await meeting.ben.send(meeting.message(payload, number))
    # COMPAT: expat from 2.6 on looks at a tag that came in pieces only when as much has come again (Prosody 13).
    await meeting.ben.send(" " * (SIZE + 8192))
    await bounce(meeting.ben, number, CONTENT)
    await meeting.nothing_came(number)


@pytest.mark.parametrize("raw", [b"\xed\xa0\x80", b"\xff\xfe", b"\xc0\xaf", b"\xf4\x90\x80\x80", b"&#xDFFF;", b"\x00"])
async def test_bytes_that_are_no_characters_end_the_senders_stream_alone(meeting: Meeting, raw: bytes) -> None:
    carl = await meeting.site.person("carl")
    await carl.join(meeting.room)
    carl.send_bytes(f"<message type='groupchat' to='{meeting.room}'><body>ca".encode() + raw + b"</body></message>")
    with pytest.raises(ClosedError):
        await carl.iq("get", "<ping xmlns='urn:xmpp:ping'/>", meeting.room)
    await meeting.nothing_came("<body>ca")


async def test_presences_and_queries_full_of_it_are_judged_too(meeting: Meeting) -> None:
    to = f"{meeting.room}/{meeting.ben.user}"
    for where, payload in HIDING.items():
        number = f"p{meeting.number}"
        await meeting.ben.send(f"<presence id='{number}' to='{to}'>{payload.format(*FORBIDDEN)}</presence>")
        expect(await meeting.ben.receive(f"<presence type='error' id='{number}'/>"), CONTENT, "no-casino")
        if payload.count("<body>") == 0 and " xmlns" in payload and not where.startswith("in the last"):
            answer = await meeting.ben.iq("set", payload.format(*FORBIDDEN), f"{meeting.room}/{meeting.anna.user}")
            expect(answer, CONTENT, "no-casino")
    await meeting.nothing_came("casino")


async def test_patterns_and_links_are_found_in_the_midst_of_it(meeting: Meeting) -> None:
    for text, rule in (
        (f"{UNASSIGNED * 500} win 1000000", "no-numbers"),
        ("wi" * 2000 + " wi1in" + "n" * 500 + "er", "no-numbers"),
        (f"{MARKS * 900} https://casino.example/", "no-bad-sites"),
        ("https://a.example/ " * 300 + "bit.ly/x", "no-bad-sites"),
    ):
        number = await meeting.ben.say(meeting.room, text)
        await bounce(meeting.ben, number, CONTENT, rule)

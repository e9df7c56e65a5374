"""Words and patterns are found wherever a user can put text before others; what breaks a rule reaches nobody."""

import pytest

from tests.integration.scenarios.site import CONTENT, UNHURRIED, Site, bounce, expect, is_in
from tests.support.client import Client
from tests.support.patterns import show

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = (
    """
[[rules]]
name = "no-casino"
words = ["casino", "赌场"]
strike = false

[[rules]]
name = "no-cards"
patterns = ["\\\\b\\\\d{4}-\\\\d{4}-\\\\d{4}\\\\b"]
strike = false

[[rules]]
name = "no-shouting-in-names"
words = ["shout"]
surfaces = ["nick", "room-name"]
strike = false
"""
    + UNHURRIED
)

OWNER = "http://jabber.org/protocol/muc#owner"
USER = "http://jabber.org/protocol/muc#user"
REGISTER = "jabber:iq:register"


async def meet(site: Site) -> tuple[str, Client, Client]:
    anna, ben = await site.person("anna", language="en"), await site.person("ben", language="en")
    room = site.room()
    await anna.join(room)
    await ben.join(room)
    return room, anna, ben


@pytest.mark.parametrize(
    "payload",
    [
        "<body>Come to my CASINO tonight</body>",
        "<body xml:lang='en'>hello</body><body xml:lang='zh'>来赌场玩</body>",
        "<body>hello</body><body xml:lang='de'>hallo ｃａｓｉｎｏ</body>",
        "<body>ca\u200bsi\u00adno</body>",
        "<body>mine is 1234-5678-9012, yours?</body>",
        "<subject>casino</subject>",
        "<subject xml:lang='zh'>赌场</subject>",
        "<html xmlns='http://jabber.org/protocol/xhtml-im'><body xmlns='http://www.w3.org/1999/xhtml'>ca<b>sino</b></body></html>",
        "<body>hello</body><nick xmlns='http://jabber.org/protocol/nick'>casino</nick>",
        "<body>hello</body><x xmlns='jabber:x:oob'><url>https://x.example/</url><desc>casino</desc></x>",
        "<reply xmlns='urn:example:unheard-of'>casino</reply>",
    ],
)
async def test_a_message_to_the_room_with_a_forbidden_word_anywhere_reaches_nobody(site: Site, payload: str) -> None:
    room, anna, ben = await meet(site)
    await ben.send(f"<message type='groupchat' id='bad' to='{room}'>{payload}</message>")
    await bounce(ben, "bad", CONTENT, "breaks the rule", "en")
    await ben.say(room, "the end")
    await anna.receive_none(
        f"<message from='{room}/{ben.user}' id='bad'/>", until="<message><body>the end</body></message>"
    )


async def test_a_private_message_is_judged_like_any_other(site: Site) -> None:
    room, anna, ben = await meet(site)
    await bounce(ben, await ben.chat(f"{room}/{anna.user}", "casino?"), CONTENT, "no-casino")
    await ben.chat(f"{room}/{anna.user}", "lunch?")
    await anna.receive_none("<message><body>casino?</body></message>", until="<message><body>lunch?</body></message>")


async def test_a_nickname_is_judged_when_joining_and_when_changing_it(site: Site) -> None:
    room, anna, ben = await meet(site)
    carl = await site.person("carl")
    expect(await carl.join(room, "Casino Carl"), CONTENT, "no-casino")
    expect(await carl.join(room, "I shout"), CONTENT, "no-shouting-in-names")
    assert await site.places(carl.bare) == set()
    expect(await ben.join(room, "赌场 Ben"), CONTENT, "no-casino")
    await ben.say(room, "still me, and I may shout")
    assert (await anna.hear(room, "still me, and I may shout")).get("from") == f"{room}/{ben.user}"


async def test_a_status_is_judged(site: Site) -> None:
    room, anna, ben = await meet(site)
    await ben.send(
        f"<presence id='bad' to='{room}/{ben.user}'><show>away</show><status>at the casino</status></presence>"
    )
    expect(await ben.receive("<presence type='error' id='bad'/>"), CONTENT, "no-casino")
    await ben.send(f"<presence to='{room}/{ben.user}'><show>away</show><status>at lunch</status></presence>")
    await anna.receive_none(
        "<presence><status>at the casino</status></presence>", until="<presence><status>at lunch</status></presence>"
    )


@pytest.mark.parametrize(
    ("field", "value", "rule"),
    [
        ("muc#roomconfig_roomname", "Casino", "no-casino"),
        ("muc#roomconfig_roomname", "I shout", "no-shouting-in-names"),
        ("muc#roomconfig_roomdesc", "A 赌场", "no-casino"),
    ],
)
async def test_a_rooms_name_and_description_are_judged(site: Site, field: str, value: str, rule: str) -> None:
    room, anna, _ = await meet(site)
    form = "<x xmlns='jabber:x:data' type='submit'><field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#roomconfig</value></field>{}</x>"
    named = f"<field var='{field}'><value>{value}</value></field>"
    answer = await anna.iq("set", f"<query xmlns='{OWNER}'>{form.format(named)}</query>", room)
    expect(answer, CONTENT, rule)
    info = await anna.iq("get", "<query xmlns='http://jabber.org/protocol/disco#info'/>", room)
    assert value not in show(info)


async def test_an_invitations_reason_is_judged(site: Site) -> None:
    room, _, ben = await meet(site)
    carl = await site.person("carl")

    async def invite(number: str, reason: str) -> None:
        await ben.send(
            f"<message id='{number}' to='{room}'><x xmlns='{USER}'>"
            f"<invite to='{carl.bare}'><reason>{reason}</reason></invite></x></message>"
        )

    await carl.presence()
    await invite("bad", "there is a casino")
    await bounce(ben, "bad", CONTENT, "no-casino")
    await invite("good", "there is tea")
    came = await carl.receive(f"<message from='{room}'><x xmlns='{USER}'><invite/></x></message>")
    assert "there is tea" in "".join(came.itertext())


async def test_the_reason_of_a_kick_and_a_registered_nickname_are_judged(site: Site) -> None:
    room, anna, ben = await meet(site)
    kick = (
        "<query xmlns='http://jabber.org/protocol/muc#admin'>"
        f"<item nick='{ben.user}' role='none'><reason>go to the casino</reason></item></query>"
    )
    expect(await anna.iq("set", kick, room), CONTENT, "no-casino")
    form = (
        "<x xmlns='jabber:x:data' type='submit'>"
        "<field var='FORM_TYPE'><value>http://jabber.org/protocol/muc#register</value></field>"
        "<field var='muc#register_roomnick'><value>casino</value></field></x>"
    )
    expect(await ben.iq("set", f"<query xmlns='{REGISTER}'>{form}</query>", room), CONTENT, "no-casino")
    await ben.say(room, "still here")
    await anna.hear(room, "still here")


async def test_a_text_longer_than_can_be_judged_is_refused(site: Site) -> None:
    room, anna, ben = await meet(site)
    await bounce(ben, await ben.say(room, "a" * 10_001), CONTENT, "10000")
    await ben.say(room, "a" * 10_000)
    await anna.hear(room, "a" * 10_000)


async def test_part_of_a_longer_word_is_no_hit(site: Site) -> None:
    room, anna, ben = await meet(site)
    await ben.say(room, "occasinoal typing errors pass")
    await anna.hear(room, "occasinoal typing errors pass")
    assert is_in(await anna.join(site.room()))

"""Hostile and odd stanzas reach the component whole or not at all, and never put the hook out of step."""

from xml.etree.ElementTree import canonicalize

import pytest
from lxml import etree

from tests.integration.hook.conftest import Enter
from tests.support.client import MUC
from tests.support.prosody import Prosody
from tests.support.scripted import ALLOW, HOOK, Scripted, deny

ODD_PAYLOADS = [
    "<body>&lt;/forwarded&gt;&lt;/check&gt; &amp;amp; ' \" ]]&gt;</body>",
    "<body xml:lang='de'>eins</body><body xml:lang='zh-Hans'>二</body>",
    "<body>\u202eevil \u200b\U0001f600 \U000e0041</body>",
    "<p:deep xmlns:p='urn:example:p' attribute='&lt;&apos;&quot;'><p:q/></p:deep><body>x</body>",
    f"<check xmlns='{HOOK}'><forwarded xmlns='urn:xmpp:forward:0'/></check><body>x</body>",
    f"{ALLOW}<body>x</body>",
    "<body>" + "x" * 100_000 + "</body>",
    "<x xmlns='urn:example:deep'>" * 50 + "</x>" * 50 + "<body>x</body>",
    "".join(f"<x xmlns='urn:example:{number}'/>" for number in range(500)) + "<body>x</body>",
]


@pytest.mark.parametrize("payload", ODD_PAYLOADS, ids=range(len(ODD_PAYLOADS)))
async def test_odd_messages_are_asked_about_as_they_are(
    payload: str, prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    user = await enter(prosody)
    await user.join(room, "me")
    await user.send(f"<message to='{room}' type='groupchat' id='odd'>{payload}</message>")
    await user.receive("<message id='odd' type='groupchat'/>")
    sent = etree.fromstring(f"<message xmlns='jabber:client'>{payload}</message>")
    asked = component.checks[-1].stanza
    assert [_canonical(child) for child in asked] == [_canonical(child) for child in sent]


@pytest.mark.parametrize("nick", ["o'hara & <co>", "a/b@c", '"quoted"', "二"])
async def test_odd_nicknames_are_told_as_they_are(
    nick: str, prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    user = await enter(prosody)
    await user.join(room, nick)
    await component.event(type="joined", nick=nick)
    await user.say(room, "x")
    await user.hear(room, "x")
    assert component.checks[-1].nick == nick
    page = await component.snapshot(100000)
    assert [each.get("nick") for each in page.findall(f"*[@jid='{room}']/{{*}}occupant")] == [nick]


async def test_odd_room_addresses_are_asked_about_at_the_room_s_own_address(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    user = await enter(prosody)
    for node in (f"{name}\\20with\\26space", f"{name}二", f"{name}#%+=?!$"):
        component.rule = lambda _check: deny()
        await user.send(f"<presence id='j' to='{node}@{prosody.muc}/me'><x xmlns='{MUC}'/></presence>")
        await user.receive("<presence id='j' type='error'/>")
        assert component.checks[-1].to == f"{node}@{prosody.component}"


async def test_users_cannot_speak_for_the_service(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    user = await enter(prosody)
    await user.join(room, "me")
    await component.event(type="joined")
    told = len(component.events)
    check = f"<check xmlns='{HOOK}' exists='true' role='none' affiliation='none'/>"
    await user.send(f"<iq type='set' id='x' to='{prosody.component}'>{check}</iq>")
    await user.send(f"<message to='{prosody.muc}'><event xmlns='{HOOK}' type='destroyed' room='{room}'/></message>")
    await user.send(f"<iq type='result' id='y' to='{prosody.muc}'>{ALLOW}</iq>")
    await user.send(f"<iq type='error' id='z' to='{prosody.muc}'/>")
    await user.say(room, "still in step")
    await user.hear(room, "still in step")
    assert len(component.events) == told


async def test_malformed_stanzas_do_not_put_the_hook_out_of_step(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    user = await enter(prosody)
    await user.join(room, "me")
    for stanza in (
        f"<iq type='set' to='{room}'/>",
        f"<iq type='set' id='a' to='{room}'/>",
        f"<iq type='strange' id='a' to='{room}'><x xmlns='urn:example:x'/></iq>",
        f"<iq id='a' to='{room}'><x xmlns='urn:example:x'/></iq>",
        f"<presence type='strange' to='{room}/me'/>",
        f"<presence type='subscribe' to='{room}'/>",
        f"<message type='strange' to='{room}'/>",
        f"<message type='error' to='{room}'/>",
        f"<presence type='error' to='{room}/nobody'/>",
        f"<message to='{room}/'><body>x</body></message>",
        f"<message to='@{prosody.muc}'><body>x</body></message>",
        f"<presence to='{room}/me' type='unavailable'><x xmlns='{MUC}'/></presence>",
    ):
        await user.send(stanza)
    component.rule = lambda _check: ALLOW
    await user.join(room, "again")
    await user.say(room, "in step")
    await user.hear(room, "in step")
    assert "Traceback" not in prosody.log
    assert "Fault in the server" not in prosody.log


def _canonical(element: etree._Element) -> str:
    """Without prefixes: which ones a server writes is its own business."""
    return canonicalize(etree.tostring(element, with_tail=False).decode(), rewrite_prefixes=True)

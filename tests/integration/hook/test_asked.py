"""Whatever could matter is asked about, by any way in; what cannot matter is not."""

from collections.abc import Callable

import pytest

from tests.integration.hook.conftest import TEST_MODULES, Enter, scripted, validate
from tests.support.client import MUC
from tests.support.prosody import Prosody
from tests.support.scripted import HOOK, STANZAS, Check, Scripted, deny

ROOM_QUERIES = {
    "set": [
        f"<query xmlns='{MUC}#owner'><x xmlns='jabber:x:data' type='submit'/></query>",
        f"<query xmlns='{MUC}#admin'><item nick='x' role='none'/></query>",
        "<query xmlns='jabber:iq:register'><remove/></query>",
        "<vCard xmlns='vcard-temp'><FN>x</FN></vCard>",
        "<query xmlns='urn:example:unknown'/>",
        "<command xmlns='http://jabber.org/protocol/commands' node='x'/>",
    ],
    "get": [f"<query xmlns='{MUC}#owner'/>"],
}
HARMLESS_QUERIES = [
    "<ping xmlns='urn:xmpp:ping'/>",
    "<query xmlns='http://jabber.org/protocol/disco#info'/>",
    "<query xmlns='http://jabber.org/protocol/disco#items'/>",
    f"<query xmlns='{MUC}#admin'><item affiliation='member'/></query>",
    "<query xmlns='jabber:iq:version'/>",
]
HARMLESS_PAYLOADS = [
    "<active xmlns='http://jabber.org/protocol/chatstates'/>",
    "<displayed xmlns='urn:xmpp:chat-markers:0' id='x'/>",
    "<received xmlns='urn:xmpp:receipts' id='x'/><no-store xmlns='urn:xmpp:hints'/>",
]
PAYLOADS = [
    "<body>words</body>",
    "<subject>words</subject>",
    "<active xmlns='http://jabber.org/protocol/chatstates'/><body>words</body>",
    "<active xmlns='http://jabber.org/protocol/chatstates'>words</active>",
    "<displayed xmlns='urn:xmpp:chat-markers:0' id='x'><words/></displayed>",
    "<x xmlns='jabber:x:oob'><url>https://example.org/</url></x>",
    "<encrypted xmlns='eu.siacs.conversations.axolotl'/>",
    "<active xmlns='http://jabber.org/protocol/chatstates'/><thread>words</thread>",
    "",
]
ARCHIVE = "<query xmlns='urn:xmpp:mam:2'/>"


@pytest.mark.parametrize("payload", PAYLOADS)
async def test_messages_with_anything_to_tell_are_asked_about(
    payload: str, prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    user = await enter(prosody)
    await user.join(room, "me")
    for to, kind in ((room, "groupchat"), (f"{room}/me", "chat"), (room, "normal")):
        component.checks.clear()
        await user.send(f"<message to='{to}' type='{kind}' id='x'>{payload}</message>")
        await component.wait(lambda: bool(component.checks))
        check = component.checks[-1]
        assert (check.stanza.get("to"), check.stanza.get("from")) == (to, user.jid)


@pytest.mark.parametrize("payload", HARMLESS_PAYLOADS)
async def test_chat_states_markers_and_receipts_alone_are_not(
    payload: str, prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    user = await enter(prosody)
    await user.join(room, "me")
    asked = len(component.checks)
    await user.send(f"<message to='{room}' type='groupchat' id='quiet'>{payload}</message>")
    await user.receive("<message id='quiet' type='groupchat'/>")
    assert len(component.checks) == asked


async def test_queries_that_change_something_or_show_a_form_are_asked_about(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    user = await enter(prosody)
    await user.join(room, "me")
    component.rule = lambda _check: deny("not-allowed")
    for kind, payloads in ROOM_QUERIES.items():
        for payload in payloads:
            for to in (room, prosody.muc, f"{room}/me"):
                answer = await user.iq(kind, payload, to)
                assert answer.find("*/{*}not-allowed") is not None, (payload, to)
                check = component.checks[-1]
                assert check.to == (prosody.component if to == prosody.muc else f"{name}@{prosody.component}")


async def test_pings_and_discovery_of_rooms_that_are_described_are_not_asked_about(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    user = await enter(prosody)
    await user.join(room, "me")
    component.rule = lambda _check: f"<verdict xmlns='{HOOK}' action='allow'><description/></verdict>"
    await user.iq("get", "<query xmlns='http://jabber.org/protocol/disco#info'/>", room)
    asked = len(component.checks)
    component.rule = lambda _check: None
    for payload in HARMLESS_QUERIES:
        for to in (room, prosody.muc):
            await user.iq("get", payload, to)
    assert len(component.checks) == asked
    await user.send(f"<presence to='{room}/me' type='probe'/>")
    await user.receive(f"<presence from='{room}/me'/>")
    assert len(component.checks) == asked


def replying(payload: str) -> Callable[[Check], str]:
    return lambda _check: f"<verdict xmlns='{HOOK}' action='reply'>{payload}</verdict>"


@pytest.mark.parametrize("which", ["info", "items"])
async def test_what_commands_a_room_has_is_asked_about_and_the_answer_is_the_components(
    prosody: Prosody, component: Scripted, enter: Enter, name: str, which: str
) -> None:
    room = f"{name}@{prosody.muc}"
    user = await enter(prosody)
    await user.join(room, "me")
    for node in ("http://jabber.org/protocol/commands", "urn:roomkeeper:cmd:room-mute"):
        query = f"<query xmlns='http://jabber.org/protocol/disco#{which}' node='{node}'/>"
        component.rule = replying(query)
        answer = await user.iq("get", query, room)
        assert answer.get("from") == room
        assert answer[0].get("node") == node
        asked = len(component.checks)
        await user.iq("get", query, prosody.muc)
        await user.iq("get", query.replace(node, "urn:example:other"), room)
        assert len(component.checks) == asked


async def test_archives_are_asked_about_from_outside_the_room_only(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    inside, outside = await enter(prosody), await enter(prosody)
    await inside.join(room, "me")
    component.rule = lambda _check: deny()
    assert (await inside.iq("set", ARCHIVE, room)).find("*/{*}forbidden") is None
    for kind in ("get", "set"):
        assert (await outside.iq(kind, ARCHIVE, room)).find("*/{*}forbidden") is not None
    assert {check.sender for check in component.checks[1:]} == {outside.jid}


async def test_stanzas_to_the_service_itself_and_to_its_room_are_asked_about(
    prosody: Prosody, component: Scripted, enter: Enter
) -> None:
    user = await enter(prosody)
    component.rule = lambda _check: deny("not-allowed")
    for stanza in (
        f"<presence to='{prosody.muc}/me' id='s'><x xmlns='{MUC}'/></presence>",
        f"<presence to='{prosody.muc}' id='s'><x xmlns='{MUC}'/></presence>",
        f"<message to='{prosody.muc}' id='s'><body>hi</body></message>",
        f"<iq type='set' to='{prosody.muc}/x' id='s'><query xmlns='urn:example:unknown'/></iq>",
    ):
        await user.send(stanza)
        kind = stanza[1:].split()[0]
        await user.receive(f"<{kind} type='error' id='s'><error><not-allowed xmlns='{STANZAS}'/></error></{kind}>")
        assert component.checks[-1].to == prosody.component


async def test_other_components_users_are_asked_about(name: str) -> None:
    components = ("roomkeeper.localhost", "guests.localhost")
    hook_options = {"component": "roomkeeper.localhost", "timeout": "20s"}
    async with Prosody(components=components, hook_options=hook_options, options=TEST_MODULES) as server:
        room = f"{name}@{server.muc}"
        async with scripted(server) as component, scripted(server, "guests.localhost") as guests:
            guest = "guest@guests.localhost/there"
            guests.send(f"<presence from='{guest}' to='{room}/guest'><x xmlns='{MUC}'/></presence>")
            await component.event(type="joined", jid=guest)
            assert component.checks[-1].sender == guest
            # Queries of no known type are refused to clients, but may come from elsewhere.
            guests.send(f"<iq type='strange' id='q' from='{guest}' to='{room}/guest'><x xmlns='urn:example:x'/></iq>")
            await component.wait(lambda: component.checks[-1].kind == "iq")
            validate(component)


async def test_a_goodbye_to_all_is_a_leave_of_each_room(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    rooms = [f"{name}-{number}@{prosody.muc}" for number in range(3)]
    user = await enter(prosody)
    for room in rooms:
        await user.join(room, "me")
    component.rule = lambda check: None if check.body else deny()
    for room in rooms:
        await user.say(room, "held")
    await component.wait(lambda: len(component.open) == 3)
    await user.presence()
    await user.send("<presence type='unavailable'/>")
    for check in list(component.open.values()):
        component.answer(check, deny())
    for room in rooms:
        assert (await component.event(type="left", room=room))["jid"] == user.jid


async def test_what_passes_unasked_carries_no_words(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    reader = await enter(prosody)
    await reader.join(room, "reader")
    error = f"<error type='cancel'><{{}} xmlns='{STANZAS}'>words</{{}}><text xmlns='{STANZAS}'>words</text></error>"
    for stanza in (
        "<message type='error' to='{room}/reader'><body>words</body>" + error.replace("{}", "forbidden") + "</message>",
        "<message type='error' to='{room}'><body>words</body>" + error.replace("{}", "gone") + "</message>",
        "<presence type='error' to='{room}/me'><status>words</status>" + error.replace("{}", "gone") + "</presence>",
        "<presence type='unavailable' to='{room}/me'><status>words</status></presence>",
        "<presence type='unavailable' to='{room}'><x xmlns='urn:example:x'>words</x></presence>",
    ):
        user = await enter(prosody)
        await user.join(room, "me")
        asked = len(component.checks)
        await user.send(stanza.format(room=room))
        await user.send(f"<presence type='unavailable' to='{room}/me'/>")
        await reader.receive(f"<presence type='unavailable' from='{room}/me'/>")
        assert len(component.checks) == asked
    assert not [line for line in reader.transcript if "words" in line]


async def test_a_message_of_a_made_up_type_is_asked_about(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    user = await enter(prosody)
    await user.join(room, "me")
    component.rule = lambda _check: deny()
    for kind in ("result", "get", "strange"):
        await user.send(f"<message type='{kind}' to='{room}/me' id='{kind}'><body>words</body></message>")
        await user.receive(f"<message type='error' id='{kind}'/>")


async def test_forged_hats_are_taken_off(prosody: Prosody, component: Scripted, enter: Enter, name: str) -> None:
    room = f"{name}@{prosody.muc}"
    forger, reader = await enter(prosody), await enter(prosody)
    await reader.join(room, "reader")
    hats = "".join(
        f"<hats xmlns='{namespace}'><hat title='Owner' uri='urn:x:owner'/></hats>"
        for namespace in ("urn:xmpp:hats:0", "xmpp:prosody.im/protocol/hats:1")
    )
    await forger.send(f"<presence to='{room}/forger'>{hats}<x xmlns='{MUC}'/><status>kept</status></presence>")
    seen = [await reader.receive(f"<presence from='{room}/forger'><status>kept</status></presence>")]
    await forger.send(f"<message to='{room}' type='groupchat'>{hats}<body>hatless</body></message>")
    seen.append(await reader.hear(room, "hatless"))
    await forger.send(
        f"<message to='{room}' type='groupchat' id='q'>{hats}<active xmlns='http://jabber.org/protocol/chatstates'/></message>"
    )
    seen.append(await reader.receive("<message id='q'/>"))
    assert not [stanza for stanza in seen if any("}hats" in child.tag for child in stanza.iter())]
    assert not [check for check in component.checks if any("}hats" in str(child.tag) for child in check.stanza.iter())]

"""Queries and answers that a room passes on between occupants (XEP-0045 §17.4) are asked about if they hold words."""

from tests.integration.hook.conftest import Enter
from tests.support.client import Client
from tests.support.patterns import matches, show
from tests.support.prosody import Prosody
from tests.support.scripted import ALLOW, STANZAS, Scripted, deny, reply

WORDY_ANSWERS = [
    "<query xmlns='jabber:iq:version'><name>words</name></query>",
    "<query xmlns='jabber:iq:last' seconds='1'/>",
    "<x xmlns='urn:example:x' node='x'><y><z title=''/></y></x>",
]
WORDLESS_ANSWERS = [
    "",
    "<query xmlns='http://jabber.org/protocol/disco#items' node='x'/>",
    "<x xmlns='urn:example:x'>\n  <y/>\n</x>",
]


async def sit_down(prosody: Prosody, enter: Enter, room: str) -> tuple[Client, Client]:
    """Two in the room: one to ask, one to answer."""
    asker, answerer = await enter(prosody), await enter(prosody)
    await asker.join(room, "asker")
    await answerer.join(room, "answerer")
    return asker, answerer


async def put_question(asker: Client, answerer: Client, room: str) -> tuple[str, str]:
    """Ask through the room; the id that the answer must have, as the attributes to give it."""
    await asker.send(f"<iq type='get' id='question' to='{room}/answerer'><query xmlns='jabber:iq:version'/></iq>")
    came = await answerer.receive(f"<iq type='get' from='{room}/asker'/>")
    return came.get("id", ""), f"id='{came.get('id')}' to='{came.get('from')}'"


async def test_answers_through_a_room_are_asked_about_if_anything_can_be_read_in_them(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    asker, answerer = await sit_down(prosody, enter, room)
    for payload in WORDY_ANSWERS + WORDLESS_ANSWERS:
        identifier, addresses = await put_question(asker, answerer, room)
        asked = len(component.checks)
        await answerer.send(f"<iq type='result' {addresses}>{payload}</iq>")
        answer = await asker.receive("<iq id='question' type='result'/>")
        assert len(answer) == (1 if payload else 0)
        assert len(component.checks) == asked + (payload in WORDY_ANSWERS), payload
        if payload in WORDY_ANSWERS:
            check = component.checks[-1]
            assert (check.stanza.get("id"), check.sender) == (identifier, answerer.jid)
            assert (check.nick, check.role) == ("answerer", "participant")


async def test_whoever_asked_gets_an_error_for_an_answer_that_is_denied_and_its_giver_nothing(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    asker, answerer = await sit_down(prosody, enter, room)
    component.rule = lambda check: deny("gone", "wait", "words") if check.kind == "iq" else ALLOW
    _, addresses = await put_question(asker, answerer, room)
    await answerer.send(f"<iq type='result' {addresses}>{WORDY_ANSWERS[0]}</iq>")
    answer = await asker.receive("<iq id='question'/>")
    assert matches(
        f"<iq type='error' from='{room}/answerer'><error type='wait'><gone xmlns='{STANZAS}'/></error></iq>", answer
    )
    assert "words" not in show(answer)
    await answerer.say(room, "the end")
    await answerer.hear(room, "the end")
    assert not [each for each in answerer.unread if each.get("type") == "error"]


async def test_an_answer_is_no_query_that_could_be_replied_to(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    asker, answerer = await sit_down(prosody, enter, room)
    component.rule = lambda check: reply("<x xmlns='urn:example:x'/>") if check.kind == "iq" else ALLOW
    _, addresses = await put_question(asker, answerer, room)
    await answerer.send(f"<iq type='result' {addresses}>{WORDY_ANSWERS[0]}</iq>")
    answer = await asker.receive("<iq id='question'/>")
    assert answer.find("*/{*}remote-server-timeout") is not None


async def test_a_held_answer_waits_behind_what_was_said_before_it(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    asker, answerer = await sit_down(prosody, enter, room)
    component.rule = lambda check: None if check.body == "first" else ALLOW
    _, addresses = await put_question(asker, answerer, room)
    await answerer.say(room, "first")
    await answerer.send(f"<iq type='result' {addresses}>{WORDY_ANSWERS[0]}</iq>")
    await component.wait(lambda: component.checks[-1].kind == "iq" and bool(component.open))
    component.answer(next(iter(component.open.values())), ALLOW)
    patterns = "<message type='groupchat'><body>first</body></message>", "<iq id='question' type='result'/>"
    came = [await asker.receive_any(*patterns) for _ in patterns]
    assert [each.tag.rpartition("}")[2] for each in came] == ["message", "iq"]


async def test_questions_to_an_occupant_are_asked_about_if_anything_can_be_read_in_them(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    user = await enter(prosody)
    await user.join(room, "me")
    component.rule = lambda _check: deny("not-allowed")
    archive = "<query xmlns='urn:xmpp:mam:2'><x xmlns='jabber:x:data'/></query>"
    for kind, payload, is_asked in (
        ("get", "<confirm xmlns='http://jabber.org/protocol/http-auth' url='https://example.org/'/>", True),
        ("get", "<query xmlns='http://jabber.org/protocol/disco#info' title='words'/>", True),
        ("get", "<query xmlns='http://jabber.org/protocol/disco#info' node='urn:example:caps'/>", False),
        ("get", "<vCard xmlns='vcard-temp'/>", False),
        ("set", archive, True),
        ("set", "<x xmlns='urn:example:x'/>", True),
    ):
        asked = len(component.checks)
        answer = await user.iq(kind, payload, f"{room}/me") if is_asked else None
        if answer is None:
            await user.send(f"<iq type='{kind}' id='own' to='{room}/me'>{payload}</iq>")
            await user.receive(f"<iq type='{kind}' from='{room}/me'/>" if "vCard" not in payload else "<iq id='own'/>")
        else:
            assert answer.find("*/{*}not-allowed") is not None, payload
        assert len(component.checks) == asked + is_asked, payload

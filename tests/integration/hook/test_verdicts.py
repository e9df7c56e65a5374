"""Every verdict does what it says, to the stanza it is about, once."""

from tests.integration.hook.conftest import Enter
from tests.support.client import MUC
from tests.support.patterns import matches, show
from tests.support.prosody import Prosody
from tests.support.scripted import ALLOW, HOOK, STANZAS, Check, Scripted, deny, replace, reply

DISCO = "<query xmlns='http://jabber.org/protocol/disco#info'/>"
UNKNOWN = "<query xmlns='urn:example:unknown'/>"


async def test_a_denied_message_is_bounced_with_id_language_and_reason_and_nobody_sees_it(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    author, reader = await enter(prosody), await enter(prosody)
    await author.join(room, "author")
    await reader.join(room, "reader")
    component.rule = lambda check: (
        deny("policy-violation", "modify", "不可以 &lt;link&gt;", "zh-Hans") if check.body == "bad" else ALLOW
    )
    bad = await author.say(room, "bad")
    await author.say(room, "good")
    bounce = await author.receive(f"<message type='error' id='{bad}' from='{room}'><error type='modify'/></message>")
    assert matches(
        f"<message><error><policy-violation xmlns='{STANZAS}'/>"
        f"<text xmlns='{STANZAS}' xml:lang='zh-Hans'>不可以 &lt;link&gt;</text></error></message>",
        bounce,
    ), show(bounce)
    await reader.receive_none("<message><body>bad</body></message>", until="<message><body>good</body></message>")


async def test_a_denial_carries_conditions_of_its_own(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    own = f"<gone xmlns='{STANZAS}'>xmpp:new@example.org</gone><closed xmlns='urn:example:errors' by='42'/>"
    component.rule = lambda _check: (
        f"<verdict xmlns='{HOOK}' action='deny'><error type='cancel'>{own}</error></verdict>"
    )
    user = await enter(prosody)
    answer = await user.join(f"{name}@{prosody.muc}")
    assert matches(f"<presence type='error'><error type='cancel'>{own}</error></presence>", answer), show(answer)


async def test_a_denied_join_keeps_the_user_outside_and_makes_no_room(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    user = await enter(prosody)
    component.rule = lambda check: deny("registration-required") if check.kind == "presence" else ALLOW
    answer = await user.join(room)
    assert matches(
        f"<presence type='error'><error type='auth'><registration-required xmlns='{STANZAS}'/></error></presence>",
        answer,
    )
    assert matches("<iq type='error'/>", await user.iq("get", DISCO, room))


async def test_a_replaced_message_is_what_others_get_and_stays_its_sender_s(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    author, reader = await enter(prosody), await enter(prosody)
    await author.join(room, "author")
    await reader.join(room, "reader")
    component.rule = lambda _check: replace(
        f"<message xmlns='jabber:client' type='groupchat' from='{reader.jid}' to='other@{prosody.muc}' id='x'>"
        "<body>mild &amp; kind</body><extra xmlns='urn:example:extra'><inner/></extra></message>"
    )
    number = await author.say(room, "harsh")
    heard = await reader.hear(room, "mild & kind")
    assert heard.get("from") == f"{room}/author"
    assert heard.get("id") == number
    assert heard.find("{urn:example:extra}extra/{urn:example:extra}inner") is not None
    await author.hear(room, "mild & kind")


async def test_a_replaced_join_can_give_another_nickname(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    user = await enter(prosody)
    component.rule = lambda _check: replace(
        f"<presence xmlns='jabber:client' to='{room}/polite'><x xmlns='{MUC}'/></presence>"
    )
    await user.send(f"<presence to='{room}/rude'><x xmlns='{MUC}'/></presence>")
    await user.receive(f"<presence from='{room}/polite'><x xmlns='{MUC}#user'><status code='110'/></x></presence>")


async def test_a_reply_answers_a_query_on_the_room_s_behalf(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    user = await enter(prosody)
    payload = "<code xmlns='urn:example:code'>K7<b/></code><more xmlns='urn:example:more'/>"
    component.rule = lambda _check: reply(payload)
    answer = await user.iq("set", UNKNOWN, room)
    assert matches(f"<iq type='result' from='{room}'>{payload}</iq>", answer), show(answer)


async def test_verdicts_that_make_no_sense_are_failures(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    user = await enter(prosody)
    await user.join(room)
    component.rule = _later
    client = "xmlns='jabber:client'"
    for verdict in (
        "",
        f"<verdict xmlns='{HOOK}'/>",
        f"<verdict xmlns='{HOOK}' action='maybe'/>",
        "<verdict xmlns='urn:example:other' action='allow'/>",
        f"<verdict xmlns='{HOOK}' action='deny'/>",
        f"<verdict xmlns='{HOOK}' action='deny'><error type='auth'/></verdict>",
        f"<verdict xmlns='{HOOK}' action='replace'/>",
        reply("<x xmlns='urn:example:x'/>"),
        replace(f"<presence {client}/>"),
        replace("<message xmlns='urn:example:x'/>"),
        replace(f"<message {client} type='error'/>"),
        replace(f"<message {client} to='@'/>"),
    ):
        number = await user.say(room, "something")
        component.answer(await component.check(), verdict)
        bounce = await user.receive(f"<message type='error' id='{number}'/>")
        assert matches(
            f"<message><error type='wait'><remote-server-timeout xmlns='{STANZAS}'/></error></message>", bounce
        )
    component.traffic.clear()


async def test_an_iq_error_is_a_failure(prosody: Prosody, component: Scripted, enter: Enter, name: str) -> None:
    component.rule = _later
    user = await enter(prosody)
    await user.send(f"<iq type='set' id='asked' to='{name}@{prosody.muc}'>{UNKNOWN}</iq>")
    component.fail(await component.check())
    await user.receive("<iq type='error' id='asked'><error type='wait'/></iq>")


async def test_forged_doubled_and_unknown_verdicts_change_nothing(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    author, forger = await enter(prosody), await enter(prosody)
    await author.join(room, "author")
    component.rule = _later
    await author.say(room, "held")
    check = await component.check()
    for sender in (check.to, forger.jid):
        await forger.send(f"<iq type='result' id='{check.id}' from='{sender}' to='{prosody.muc}'>{ALLOW}</iq>")
    for address in (prosody.component, f"other@{prosody.component}"):
        component.send(f"<iq type='result' id='{check.id}' from='{address}' to='{prosody.muc}'>{ALLOW}</iq>")
    component.send(f"<iq type='result' id='{check.id}x' from='{check.to}' to='{prosody.muc}'>{ALLOW}</iq>")
    await forger.iq("get", DISCO, prosody.muc)
    await component.ask(DISCO, "get")
    component.answer(check, deny())
    component.answer(check, ALLOW)
    await author.receive("<message type='error'/>")
    component.rule = lambda _check: ALLOW
    await author.say(room, "next")
    await author.receive_none("<message><body>held</body></message>", until="<message><body>next</body></message>")


def _later(_check: Check) -> None:
    return None

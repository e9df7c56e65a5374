"""A session that dies while its stanzas are held leaves no ghost behind, and loses no message it sent."""

from tests.integration.hook.conftest import TEST_MODULES, Enter, scripted, validate
from tests.support.client import MUC, Client
from tests.support.patterns import matches
from tests.support.prosody import Prosody
from tests.support.scripted import ALLOW, Check, Scripted, deny


async def test_a_session_that_died_while_its_join_was_held_never_comes_in(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    stays, dies = await enter(prosody), await enter(prosody)
    await stays.join(room, "stays")
    component.rule = _later
    await dies.send(f"<presence to='{room}/dies'><x xmlns='{MUC}'/></presence>")
    await dies.say(room, "last words")
    check = await component.check()
    await dies.close()
    component.rule = lambda _check: ALLOW
    component.answer(check, ALLOW)
    refused = await component.event(type="refused")
    assert (refused["jid"], refused["id"]) == (dies.jid, check.id)
    await stays.say(room, "still here")
    still_here = "<message><body>still here</body></message>"
    await stays.receive_none(f"<presence from='{room}/dies'/>", until=still_here)
    assert await _occupants(component, room) == [stays.jid]


async def test_a_dropped_connection_ends_as_a_leave_behind_what_is_held(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    stays, dies = await enter(prosody), await enter(prosody)
    await stays.join(room, "stays")
    await dies.join(room, "dies")
    component.rule = _later
    await dies.say(room, "last words")
    check = await component.check()
    dies.abort()
    component.answer(check, ALLOW)
    await stays.hear(room, "last words")
    await stays.receive(f"<presence from='{room}/dies' type='unavailable'/>")
    await component.event(type="left", jid=dies.jid, nick="dies")
    assert await _occupants(component, room) == [stays.jid]


async def test_an_answer_to_a_dead_session_hurts_nobody(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    user = await enter(prosody)
    component.rule = _later
    await user.send(f"<presence to='{room}/me'><x xmlns='{MUC}'/></presence>")
    check = await component.check()
    await user.close()
    component.answer(check, deny())
    assert await _occupants(component, room) == []
    other = await enter(prosody)
    component.rule = lambda _check: ALLOW
    await other.join(room)


async def test_an_allowed_join_of_somebody_whose_server_went_away_stays_outside(enter: Enter, name: str) -> None:
    components = ("roomkeeper.localhost", "guests.localhost")
    hook_options = {"component": "roomkeeper.localhost", "timeout": "20s"}
    async with Prosody(components=components, hook_options=hook_options, options=TEST_MODULES) as server:
        room = f"{name}@{server.muc}"
        user = await enter(server)
        async with scripted(server) as component, scripted(server, "guests.localhost") as guests:
            await user.join(room, "user")
            component.rule = _later
            ghost = "ghost@guests.localhost/there"
            guests.send(f"<presence from='{ghost}' to='{room}/ghost'><x xmlns='{MUC}'/></presence>")
            guests.send(f"<message from='{ghost}' to='{room}' type='groupchat'><body>boo</body></message>")
            check = await component.check()
            await guests.kill()
            await component.ask(
                "<query xmlns='http://jabber.org/protocol/disco#info'/>", "get"
            )  # by then it is noticed
            component.rule = lambda _check: ALLOW
            component.answer(check, ALLOW)
            refused = await component.event(type="refused")
            assert (refused["jid"], refused["id"]) == (ghost, check.id)
            assert await _occupants(component, room) == [user.jid]
            validate(component)
        assert "Fault in the server" not in server.log


async def test_what_was_held_for_a_resource_answers_to_its_new_session(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room = f"{name}@{prosody.muc}"
    user = await enter(prosody)
    component.rule = _later
    await user.send(f"<presence to='{room}/me'><x xmlns='{MUC}'/></presence>")
    first = await component.check()
    again = await Client.connect(prosody.c2s_port, user.user)
    await again.send(f"<presence to='{room}/again' id='new'><x xmlns='{MUC}'/></presence>")
    component.rule = lambda _check: ALLOW
    component.answer(first, ALLOW)
    joined = await again.receive(
        f"<presence from='{room}/again'><x xmlns='{MUC}#user'><status code='110'/></x></presence>"
    )
    assert matches(f"<presence to='{again.jid}'/>", joined)
    assert await _occupants(component, room) == [again.jid]
    again.abort()


async def _occupants(component: Scripted, room: str) -> list[str]:
    page = await component.snapshot(100000)
    return [each.get("jid") for each in page.findall(f"*[@jid='{room}']/{{*}}occupant")]


def _later(_check: Check) -> None:
    return None

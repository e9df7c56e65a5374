"""Messages are taken back for the component (XEP-0425): those inside are told, archive and history keep a tombstone."""

from collections.abc import AsyncIterator
from xml.etree.ElementTree import Element

import pytest
import pytest_asyncio
from lxml import etree

from tests.integration.hook.conftest import TEST_MODULES, Enter, scripted, validate
from tests.support.client import MUC, Client
from tests.support.patterns import matches, show
from tests.support.prosody import Prosody
from tests.support.scripted import HOOK, Scripted

MAM = "urn:xmpp:mam:2"
ANNOUNCED = (
    "<message type='groupchat' from='{room}'>"
    "<retract xmlns='urn:xmpp:message-retract:1' id='{id}'>"
    "<moderated xmlns='urn:xmpp:message-moderate:1' by='{room}'/><reason>spam</reason></retract>"
    "<apply-to xmlns='urn:xmpp:fasten:0' id='{id}'><moderated xmlns='urn:xmpp:message-moderate:0' by='{room}'>"
    "<retract xmlns='urn:xmpp:message-retract:0'/><reason>spam</reason></moderated></apply-to></message>"
)
TOMBSTONE = (
    "<message type='groupchat' from='{nick}'>"
    "<retracted xmlns='urn:xmpp:message-retract:1'>"
    "<moderated xmlns='urn:xmpp:message-moderate:1' by='{room}'/><reason>spam</reason></retracted>"
    "<moderated xmlns='urn:xmpp:message-moderate:0' by='{room}'>"
    "<retracted xmlns='urn:xmpp:message-retract:0'/><reason>spam</reason></moderated></message>"
)


@pytest_asyncio.fixture(scope="module", loop_scope="session", params=["memory", "internal"])
async def archiving(request: pytest.FixtureRequest) -> AsyncIterator[Prosody]:
    """A server that archives rooms, and remembers no more than five messages."""
    async with Prosody(
        muc_modules=("muc_mam",),
        options=TEST_MODULES,
        hook_options={"remembered": 5},
        storage=request.param,
    ) as server:
        yield server


@pytest_asyncio.fixture(loop_scope="session")
async def archive(archiving: Prosody) -> AsyncIterator[Scripted]:
    """Its component."""
    async with scripted(archiving) as connected:
        yield connected
        validate(connected)


async def meet(server: Prosody, enter: Enter, name: str) -> tuple[str, Client, Client]:
    room = f"{name}@{server.muc}"
    anna, ben = await enter(server, "anna"), await enter(server, "ben")
    await anna.join(room, "anna")
    await ben.join(room, "ben")
    return room, anna, ben


async def say(writer: Client, room: str, body: str) -> str:
    """Say it, and return the id that the room gave it."""
    await writer.say(room, body)
    heard = await writer.hear(room, body)
    stanza_id = heard.find("{urn:xmpp:sid:0}stanza-id")
    return "" if stanza_id is None else stanza_id.attrib["id"]


async def retract(component: Scripted, **attributes: str) -> etree._Element:
    """The answer to a request for the reason "spam"."""
    written = "".join(f" {name}='{value}'" for name, value in attributes.items())
    payload = f"<retract xmlns='{HOOK}'{written}><reason>spam</reason></retract>"
    component.traffic.append(etree.fromstring(payload))
    answer = await component.ask(payload)
    assert answer.get("type") == "result", etree.tostring(answer)
    component.traffic.append(answer[0])
    return answer[0]


async def archived(client: Client, room: str) -> list[Element]:
    """What the archive of the room holds, as messages."""
    number = await client.iq("set", f"<query xmlns='{MAM}'/>", room)
    assert number.get("type") == "result", show(number)
    found = [each for each in client.unread if each.find(f"{{{MAM}}}result") is not None]
    for each in found:
        client.unread.remove(each)
    return [message for each in found for message in each.iter("{jabber:client}message") if message is not each]


async def history(client: Client, room: str) -> list[Element]:
    """What somebody who joins is shown of what was said."""
    await client.send(f"<presence to='{room}/{client.user}'><x xmlns='{MUC}'><history maxstanzas='50'/></x></presence>")
    await client.receive("<message type='groupchat'><subject/></message>")
    shown = [each for each in client.unread if each.find("{urn:xmpp:delay}delay") is not None]
    await client.leave(room, client.user)
    return shown


def bodies(messages: list[Element]) -> list[str]:
    return [message.findtext("{jabber:client}body") or "" for message in messages]


async def test_what_somebody_wrote_lately_is_taken_back_for_both_kinds_of_clients(
    archiving: Prosody, archive: Scripted, enter: Enter, name: str
) -> None:
    room, anna, ben = await meet(archiving, enter, name)
    first = await say(ben, room, "cheap watches")
    await say(anna, room, "please not")
    second = await say(ben, room, "cheap bags")
    done = await retract(archive, room=room, jid=ben.bare, within="600")
    assert [each.get("room") for each in done] == [room, room]
    assert done.get("announced") == "true"
    for number in (second, first):
        await anna.receive(ANNOUNCED.format(room=room, id=number))
    newcomer = await enter(archiving, "carl")
    for messages in (await archived(anna, room), await history(newcomer, room)):
        assert [body for body in bodies(messages) if body] == ["please not"], [*map(show, messages)]
        stones = [each for each in messages if matches(TOMBSTONE.format(room=room, nick=f"{room}/ben"), each)]
        assert len(stones) == 2, [*map(show, messages)]


async def test_one_message_is_taken_back_by_its_stanza_id_though_nobody_remembers_it(
    archiving: Prosody, archive: Scripted, enter: Enter, name: str
) -> None:
    room, anna, ben = await meet(archiving, enter, name)
    number = await say(ben, room, "cheap watches")
    for each in range(6):
        await say(anna, room, f"and {each}")
    done = await retract(archive, room=room, jid=ben.bare, within="600")
    assert (len(done), done.get("since") is None) == (0, False)
    assert len(await retract(archive, room=room, id=number)) == 1
    await anna.receive(ANNOUNCED.format(room=room, id=number))
    assert "cheap watches" not in bodies(await archived(anna, room))
    assert len(await retract(archive, room=room, id=number)) == 0  # it is a tombstone already
    assert len(await retract(archive, room=room, id="no-such-id")) == 0
    assert len(await retract(archive, room=f"nowhere-{name}@{archiving.muc}", id=number)) == 0


async def test_what_others_wrote_and_what_was_written_elsewhere_stays(
    archiving: Prosody, archive: Scripted, enter: Enter, name: str
) -> None:
    room, _, ben = await meet(archiving, enter, name)
    other = f"other-{name}@{archiving.muc}"
    await ben.join(other, "ben")
    await say(ben, room, "here")
    await say(ben, other, "there")
    done = await retract(archive, room=room, jid=ben.bare, within="600")
    assert [each.get("room") for each in done] == [room]
    assert "there" in bodies(await archived(ben, other))
    done = await retract(archive, jid=ben.bare, within="600")
    assert [each.get("room") for each in done] == [other]


async def test_words_in_what_stays_of_a_message_are_taken_out(
    archiving: Prosody, archive: Scripted, enter: Enter, name: str
) -> None:
    room, anna, ben = await meet(archiving, enter, name)
    await ben.send(
        f"<message type='groupchat' id='bad' to='{room}'><body>watches</body>"
        "<delay xmlns='urn:xmpp:delay' stamp='2020-01-01T00:00:00Z'>watches</delay>"
        f"<x xmlns='{MUC}#user'><item><reason>watches</reason></item>watches</x>"
        "<stanza-id xmlns='urn:xmpp:sid:0' id='forged' by='y'/>"
        "<stanza-id xmlns='urn:xmpp:sid:0' id='x' by='y'>watches</stanza-id></message>"
    )
    await anna.hear(room, "watches")
    assert len(await retract(archive, room=room, jid=ben.bare, within="600")) == 1
    newcomer = await enter(archiving, "carl")
    for messages in (await archived(anna, room), await history(newcomer, room)):
        assert "watches" not in "".join(map(show, messages))


async def test_without_an_archive_the_history_alone_is_put_right(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room, anna, ben = await meet(prosody, enter, name)
    await ben.send(
        f"<message type='groupchat' id='bad' to='{room}'><body>cheap watches</body>"
        "<stanza-id xmlns='urn:xmpp:sid:0' id='forged' by='y'/></message>"
    )
    await ben.hear(room, "cheap watches")
    await say(anna, room, "please not")
    done = await retract(component, room=room, jid=ben.bare, within="600")
    assert (len(done), done.get("announced")) == (1, "false")
    newcomer = await enter(prosody, "carl")
    shown = await history(newcomer, room)
    assert bodies(shown) == ["", "please not"]
    assert matches(TOMBSTONE.format(room=room, nick=f"{room}/ben"), shown[0])
    await anna.say(room, "the end")
    await anna.receive_none(
        "<message><retract xmlns='urn:xmpp:message-retract:1'/></message>",
        until="<message><body>the end</body></message>",
    )


@pytest.mark.usefixtures("component")
async def test_nobody_but_the_component_takes_messages_back(prosody: Prosody, enter: Enter, name: str) -> None:
    room, anna, ben = await meet(prosody, enter, name)
    await say(ben, room, "hello")
    wanted = f"<retract xmlns='{HOOK}' room='{room}' jid='{ben.bare}' within='60'><reason>spam</reason></retract>"
    answer = await anna.iq("set", wanted, prosody.muc)
    assert matches("<iq type='error'><error type='auth'/></iq>", answer), show(answer)
    assert bodies(await history(await enter(prosody, "carl"), room)) == ["hello"]


@pytest.mark.parametrize(
    "attributes", ["", "room='r@s'", "jid='a@b'", "jid='a@b' within='soon'", "jid='a@b' within='0'"]
)
async def test_a_request_that_names_nothing_is_refused(component: Scripted, attributes: str) -> None:
    answer = await component.ask(f"<retract xmlns='{HOOK}' {attributes}/>")
    assert answer.get("type") == "error"


async def test_many_messages_are_taken_back_without_holding_the_server_up(
    prosody: Prosody, component: Scripted, enter: Enter, name: str
) -> None:
    room, _, ben = await meet(prosody, enter, name)
    for number in range(30):
        await ben.say(room, f"spam {number}")
    await ben.hear(room, "spam 29")
    done = await retract(component, jid=ben.bare, within="600")
    assert len(done) == 20, "as many as the history keeps"

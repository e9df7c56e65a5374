"""Commands on a room's own address, as a client runs them: form by form, each from the room."""

from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, quoteattr

from tests.integration.scenarios.site import COMMANDS
from tests.support.client import Client
from tests.support.patterns import show

NODE = "urn:roomkeeper:cmd:"
_ITEMS = "http://jabber.org/protocol/disco#items"


async def begin(client: Client, room: str, name: str) -> Element:
    """The answer to the first step."""
    return await client.iq("set", f"<command xmlns='{COMMANDS}' node='{NODE}{name}'/>", room)


async def go_on(client: Client, room: str, answer: Element, **form: str) -> Element:
    """The answer to the next step."""
    command = answer[0]
    fields = "".join(
        f"<field var={quoteattr(var)}><value>{escape(value)}</value></field>" for var, value in form.items()
    )
    node, session = quoteattr(command.get("node", "")), quoteattr(command.get("sessionid", ""))
    return await client.iq(
        "set",
        f"<command xmlns='{COMMANDS}' node={node} sessionid={session}>"
        f"<x xmlns='jabber:x:data' type='submit'>{fields}</x></command>",
        room,
    )


async def run(client: Client, room: str, name: str, *forms: dict[str, str]) -> Element:
    """Through all its steps; the last <command/>."""
    answer = await begin(client, room, name)
    for form in forms:
        assert answer.get("type") == "result", show(answer)
        answer = await go_on(client, room, answer, **form)
    assert answer.get("type") == "result", show(answer)
    return answer[0]


async def nodes(client: Client, room: str) -> list[str]:
    """What the room offers."""
    answer = await client.iq("get", f"<query xmlns='{_ITEMS}' node='{COMMANDS}'/>", room)
    return [item.get("node", "") for item in answer.iterfind("{*}query/{*}item")]


def note_of(command: Element) -> str:
    """What it says in the end."""
    return command.findtext("{*}note") or ""

"""A component stream without a server: stanzas are handed in, and what it answers is handed back."""

import asyncio
from typing import Any
from xml.etree.ElementTree import XML, Element, tostring

from slixmpp import ComponentXMPP

from tests.support.office import KEEPER

CLIENT = "{jabber:component:accept}"
COMMANDS = "{http://jabber.org/protocol/commands}"
DATA = "{jabber:x:data}"
STANZAS = "{urn:ietf:params:xml:ns:xmpp-stanzas}"
_TIMEOUT_S = 5


class Desk(ComponentXMPP):
    """`ask` hands an IQ in and waits for its answer."""

    def __init__(self) -> None:
        super().__init__(KEEPER, "secret", "127.0.0.1", 1, fix_error_ns=True)  # type: ignore[no-untyped-call]
        self.answered: asyncio.Queue[Element] = asyncio.Queue()

    def send(self, data: Any, use_filters: bool = True) -> None:  # noqa: ANN401, ARG002, FBT001, FBT002 - slixmpp's
        self.answered.put_nowait(XML(tostring(data.xml)))

    def send_raw(self, data: str | bytes) -> None:
        text = data if isinstance(data, str) else data.decode()
        for element in XML(f"<all xmlns='jabber:component:accept'>{text}</all>"):
            self.answered.put_nowait(element)

    def hand_in(self, xml: str) -> None:
        """A stanza from the server."""
        self._spawn_event(XML(f"<all xmlns='jabber:component:accept'>{xml}</all>")[0])

    async def ask(
        self,
        payload: str,
        *,
        sender: str = "juliet@example/balcony",
        kind: str = "set",
        to: str = KEEPER,
        language: str = "en",
    ) -> Element:
        """Hand an IQ in; its answer."""
        lang = f" xml:lang='{language}'" if language else ""
        self.hand_in(f"<iq type='{kind}' id='q' from='{sender}' to='{to}'{lang}>{payload}</iq>")
        return await self.answer()

    async def answer(self) -> Element:
        """What left next."""
        return await asyncio.wait_for(self.answered.get(), _TIMEOUT_S)


class Session:
    """One user at a command, as a client with ad-hoc commands shows it."""

    def __init__(self, desk: Desk, name: str, sender: str = "juliet@example/balcony", language: str = "en") -> None:
        self._desk = desk
        self.node = f"urn:roomkeeper:cmd:{name}"
        self.sender = sender
        self.language = language
        self.id = ""

    async def send(self, action: str = "", form: str = "", **attributes: str) -> Element:
        """Send one command element as it is."""
        values = {"node": self.node, "sessionid": self.id, "action": action, **attributes}
        written = "".join(f" {name}='{value}'" for name, value in values.items() if value)
        return await self._desk.ask(
            f"<command xmlns='http://jabber.org/protocol/commands'{written}>{form}</command>",
            sender=self.sender,
            language=self.language,
        )

    async def act(self, action: str = "", /, **answers: str) -> Element:
        """Act with these answers; the command element that comes back."""
        reply = await self.send(action, submit(**answers) if self.id else "")
        command = reply.find(f"{COMMANDS}command")
        assert command is not None, tostring(reply, encoding="unicode")
        self.id = command.attrib["sessionid"]
        return command


def submit(kind: str = "submit", /, **answers: str) -> str:
    """A submitted form."""
    fields = "".join(f"<field var='{var}'><value>{value}</value></field>" for var, value in answers.items())
    return f"<x xmlns='jabber:x:data' type='{kind}'>{fields}</x>"


def conditions(reply: Element) -> tuple[str, ...]:
    """An error's type and conditions, the application's own last."""
    error = reply.find(f"{CLIENT}error")
    assert error is not None, tostring(reply, encoding="unicode")
    return error.attrib["type"], *(child.tag.partition("}")[2] for child in error if child.tag != f"{STANZAS}text")


def texts(element: Element) -> str:
    """All that can be read in an element."""
    return "\n".join(text for text in element.itertext() if text.strip())


def note(command: Element) -> str:
    """A command's note."""
    return command.findtext(f"{COMMANDS}note") or ""

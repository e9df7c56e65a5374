"""Somebody at an XMPP client of their own: joins, speaks, hears, runs commands and chats.

Knows what users see, never what the component thinks. Every wait is bounded; what was not as expected raises.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import uuid4
from xml.etree.ElementTree import Element, SubElement

from slixmpp import ClientXMPP
from slixmpp.xmlstream.handler import Callback
from slixmpp.xmlstream.matcher import MatchXPath
from slixmpp.xmlstream.stanzabase import StanzaBase

from scripts.demonstration.answers import CLIENT, COMMANDS, LANG, Refusal, Step, read_refusal, read_step, write_form
from scripts.demonstration.teller import NotAsToldError
from tests.support.patterns import show

_MUC = "http://jabber.org/protocol/muc"
_ITEMS = "http://jabber.org/protocol/disco#items"
_STATUS = "{http://jabber.org/protocol/muc#user}x/{http://jabber.org/protocol/muc#user}status"
_NODE = "urn:roomkeeper:cmd:"
_PATIENCE_S = 15.0

T = TypeVar("T")
Test = Callable[[Element], bool]


class Actor:
    """One account, one client, one language."""

    def __init__(self, name: str, jid: str, password: str, *, service: str, language: str) -> None:
        """`service` is Roomkeeper's domain."""
        self.name = name
        self.jid = jid
        self._service = service
        self._language = language
        self._unread: list[Element] = []
        self._arrived = asyncio.Event()
        # Loopback without TLS: the private server is gone with the story.
        self._client = ClientXMPP(
            f"{jid}/story",
            password,
            lang=language,
            plugin_config={"feature_mechanisms": {"unencrypted_scram": True}},
        )
        self._client.enable_starttls = False
        self._client.enable_direct_tls = False
        self._client.enable_plaintext = True
        for kind in ("message", "presence", "iq"):
            self._client.register_handler(Callback(f"keep {kind}", MatchXPath(CLIENT + kind), self._keep))

    # coming and going

    async def arrive(self, port: int) -> None:
        """Log in and be there."""
        started = asyncio.Event()
        self._client.add_event_handler("session_start", lambda _: started.set())
        self._client.connect("127.0.0.1", port)
        await self._bounded(started.wait(), "the server to let me in")
        self._client.send_presence()

    async def go(self) -> None:
        """Log out."""
        await self._client.disconnect(wait=1.0)

    async def enter(self, room: str) -> Refusal | bool:
        """Join a room, or create it; whether it was created, or why not."""
        presence = Element(f"{CLIENT}presence", {"to": f"{room}/{self.name}", LANG: self._language})
        SubElement(presence, f"{{{_MUC}}}x")
        self._client.send_xml(presence)

        def is_answer(stanza: Element) -> bool:
            is_own = stanza.tag == f"{CLIENT}presence" and _bare(stanza.get("from", "")) == room
            return is_own and (stanza.get("type") == "error" or "110" in _codes(stanza))

        answer = await self._await(is_answer, f"an answer from {room}")
        return read_refusal(answer) or "201" in _codes(answer)

    async def is_removed(self, room: str) -> set[str]:
        """Wait until the room put me out; the status codes that say why (XEP-0045 §15.6)."""

        def is_removal(stanza: Element) -> bool:
            is_presence = stanza.tag == f"{CLIENT}presence" and stanza.get("type") == "unavailable"
            return is_presence and _bare(stanza.get("from", "")) == room and "110" in _codes(stanza)

        return _codes(await self._await(is_removal, f"being put out of {room}"))

    # speaking and hearing

    def send(self, room: str, text: str) -> str:
        """Send to a room without waiting for anything; the message's id."""
        return self._message(room, "groupchat", text)

    async def say(self, room: str, text: str) -> Refusal | None:
        """Send to a room, and wait for its echo or its refusal."""
        sent = self.send(room, text)

        def is_answer(stanza: Element) -> bool:
            return stanza.tag == f"{CLIENT}message" and stanza.get("id") == sent

        return read_refusal(await self._await(is_answer, f"the echo of “{text}”"))

    async def hear(self, room: str) -> tuple[str, str]:
        """The next words somebody else said in a room, with who said them."""

        def is_said(stanza: Element) -> bool:
            sender = stanza.get("from", "")
            is_there = stanza.get("type") == "groupchat" and _bare(sender) == room and sender != f"{room}/{self.name}"
            return is_there and stanza.find(f"{CLIENT}body") is not None

        heard = await self._await(is_said, f"somebody speaking in {room}")
        return heard.get("from", "").partition("/")[2], heard.findtext(f"{CLIENT}body", "")

    async def ask(self, text: str) -> str:
        """Write to Roomkeeper in a chat; its answer."""
        self.write(text)
        return await self.read()

    def write(self, text: str) -> None:
        """Write to Roomkeeper in a chat."""
        self._message(self._service, "chat", text)

    async def read(self) -> str:
        """The next message from Roomkeeper."""

        def is_told(stanza: Element) -> bool:
            is_theirs = _bare(stanza.get("from", "")) == self._service and stanza.tag == f"{CLIENT}message"
            return is_theirs and stanza.find(f"{CLIENT}body") is not None

        return (await self._await(is_told, f"a message from {self._service}")).findtext(f"{CLIENT}body", "")

    # commands

    async def commands(self) -> tuple[str, ...]:
        """The names of the commands this account is offered."""
        query = Element(f"{{{_ITEMS}}}query", {"node": COMMANDS})
        answer = await self._ask(query, "get")
        items = answer.iterfind(f"{{{_ITEMS}}}query/{{{_ITEMS}}}item")
        return tuple(item.get("node", "").removeprefix(_NODE) for item in items)

    async def run(self, command: str) -> Step:
        """Begin a command; its first form, or its end."""
        return await self._step(command, {}, None)

    async def fill(self, command: str, step: Step, answers: dict[str, str]) -> Step:
        """Answer a form; the next one, or the end."""
        return await self._step(command, {"sessionid": step.session}, answers)

    async def _step(self, command: str, attributes: dict[str, str], answers: dict[str, str] | None) -> Step:
        element = Element(
            f"{{{COMMANDS}}}command",
            {"node": _NODE + command, "action": "execute", LANG: self._language, **attributes},
        )
        if answers is not None:
            element.append(write_form(answers))
        return read_step(await self._ask(element, "set"))

    async def _ask(self, payload: Element, kind: str) -> Element:
        number = uuid4().hex
        iq = Element(f"{CLIENT}iq", {"to": self._service, "type": kind, "id": number, LANG: self._language})
        iq.append(payload)
        self._client.send_xml(iq)

        def is_answer(stanza: Element) -> bool:
            return stanza.tag == f"{CLIENT}iq" and stanza.get("id") == number

        answer = await self._await(is_answer, f"an answer to {payload.tag}")
        refusal = read_refusal(answer)
        if refusal is not None:
            raise NotAsToldError(f"{self.name} was refused: {refusal}")
        return answer

    # the mechanics

    def _message(self, to: str, kind: str, text: str) -> str:
        number = uuid4().hex
        message = Element(f"{CLIENT}message", {"to": to, "type": kind, "id": number, LANG: self._language})
        SubElement(message, f"{CLIENT}body").text = text
        self._client.send_xml(message)
        return number

    def _keep(self, stanza: StanzaBase) -> None:
        self._unread.append(stanza.xml)
        self._arrived.set()

    async def _await(self, is_it: Test, what: str) -> Element:
        return await self._bounded(self._find(is_it), what)

    async def _find(self, is_it: Test) -> Element:
        while True:
            for number, stanza in enumerate(self._unread):
                if is_it(stanza):
                    return self._unread.pop(number)
            self._arrived.clear()
            await self._arrived.wait()

    async def _bounded(self, waiting: Awaitable[T], what: str) -> T:
        try:
            return await asyncio.wait_for(waiting, _PATIENCE_S)
        except TimeoutError:
            unread = "\n".join(f"  {show(stanza)}" for stanza in self._unread) or "  nothing else"
            raise NotAsToldError(f"{self.name} waited in vain for {what}; what came:\n{unread}") from None


def _bare(jid: str) -> str:
    return jid.partition("/")[0]


def _codes(presence: Element) -> set[str]:
    return {status.get("code", "") for status in presence.iterfind(_STATUS)}

"""A raw XMPP client whose use reads like a transcript: send this, receive that.

Knows RFC 6120's stream, SASL PLAIN and binding over plain TCP, and the few stanzas every scenario needs. Interprets
nothing else: tests see what came, as it came.
"""

import asyncio
import base64
import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Self, cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser
from xml.sax.saxutils import escape, quoteattr

from tests.support.patterns import matches, parse, show

MUC = "http://jabber.org/protocol/muc"
_STREAM = "{http://etherx.jabber.org/streams}"
_SASL = "urn:ietf:params:xml:ns:xmpp-sasl"
_TIMEOUT_S = 5


class ClosedError(Exception):
    """The server ended the stream."""


class RefusedError(Exception):
    """The server did not let the user in."""


@dataclass(slots=True, kw_only=True, eq=False)
class Client(asyncio.Protocol):
    """One connected user. What came and was not received yet stands in `unread`, in order."""

    user: str
    domain: str
    resource: str
    language: str | None
    jid: str = ""
    unread: list[Element] = field(default_factory=list)
    transcript: list[str] = field(default_factory=list)
    is_closed: bool = False
    _transport: asyncio.Transport = field(init=False)
    _parser: "XMLPullParser[Element]" = field(init=False)
    _depth: int = 0
    _root: Element | None = None
    _arrived: asyncio.Event = field(default_factory=asyncio.Event)
    _ids: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    @classmethod
    async def connect(
        cls,
        port: int,
        user: str,
        *,
        password: str = "secret",  # noqa: S107 - servers that let anybody in take any
        resource: str = "client",
        language: str | None = None,
        domain: str = "localhost",
        host: str = "127.0.0.1",
    ) -> Self:
        """Log in and bind. `language` is stated in every stanza the helpers write."""
        self = cls(user=user, domain=domain, resource=resource, language=language)
        await asyncio.get_running_loop().create_connection(lambda: self, host, port)
        self._open()
        await self.receive("<stream:features/>")
        token = base64.b64encode(f"\0{user}\0{password}".encode()).decode()
        await self.send(f"<auth xmlns='{_SASL}' mechanism='PLAIN'>{token}</auth>")
        answer = await self.receive_any(f"<success xmlns='{_SASL}'/>", f"<failure xmlns='{_SASL}'/>")
        if answer.tag != f"{{{_SASL}}}success":
            self.abort()
            raise RefusedError(show(answer))
        self._open()
        await self.receive("<stream:features/>")
        payload = f"<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>{escape(resource)}</resource></bind>"
        bound = await self.iq("set", payload)
        self.jid = bound.findtext(".//{*}jid") or ""
        return self

    @property
    def bare(self) -> str:
        """The account's bare JID."""
        return self.jid.split("/", 1)[0]

    async def close(self) -> None:
        """Say goodbye and wait until the server hung up."""
        if not self.is_closed:
            self._write("</stream:stream>")
            await self._wait(lambda: self.is_closed, "the end of the stream", _TIMEOUT_S)
            self._transport.close()

    def abort(self) -> None:
        """Drop the connection without a word."""
        self._transport.abort()
        self.is_closed = True

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self.abort()

    # saying and hearing

    async def send(self, xml: str) -> None:
        """Send anything at all."""
        self._note("C", xml)
        self._write(xml)

    def send_bytes(self, raw: bytes) -> None:
        """Send what no text could be."""
        self._note("C", repr(raw))
        self._transport.write(raw)

    async def receive(self, pattern: str, timeout_s: float = _TIMEOUT_S) -> Element:
        """Return the oldest unread stanza that matches, waiting for it if need be; what came before it stays unread."""
        return await self.receive_any(pattern, timeout_s=timeout_s)

    async def receive_any(self, *patterns: str, timeout_s: float = _TIMEOUT_S) -> Element:
        """Return the oldest unread stanza that matches one of the patterns."""
        wanted = tuple(map(parse, patterns))

        def found() -> int | None:
            meant = (any(matches(pattern, each) for pattern in wanted) for each in self.unread)
            return next((index for index, is_meant in enumerate(meant) if is_meant), None)

        await self._wait(lambda: found() is not None, " or ".join(patterns), timeout_s)
        index = found()
        assert index is not None
        return self.unread.pop(index)

    async def receive_none(self, pattern: str, until: str, timeout_s: float = _TIMEOUT_S) -> Element:
        """Return the stanza that matches `until`, and fail if one that matches `pattern` came before it.

        So that "nobody saw it" needs no waiting: cause something later on the same way, and see it come first.
        """
        marker = await self.receive(until, timeout_s)
        seen = [each for each in self.unread if matches(pattern, each)]
        assert not seen, f"{self.user} must not see {pattern}\n{self.show_transcript()}"
        return marker

    async def iq(self, kind: str, payload: str, to: str | None = None, *, timeout_s: float = _TIMEOUT_S) -> Element:
        """Send an IQ get or set and return the answer, result or error."""
        number = self._next("iq")
        address = "" if to is None else f" to={quoteattr(to)}"
        await self.send(f"<iq type='{kind}' id='{number}'{address}{self._lang()}>{payload}</iq>")
        return await self.receive(f"<iq id='{number}'/>", timeout_s)

    async def presence(self) -> None:
        """Become available; returns when the server has said so."""
        await self.send("<presence/>")
        await self.receive(f"<presence from={quoteattr(self.jid)}/>")

    async def join(self, room: str, nick: str | None = None, *, password: str | None = None) -> Element:
        """Join without history; return the own presence (status 110), or the error."""
        secret = "" if password is None else f"<password>{escape(password)}</password>"
        number, to = self._next("join"), quoteattr(f"{room}/{nick or self.user}")
        await self.send(
            f"<presence id='{number}' to={to}{self._lang()}>"
            f"<x xmlns='{MUC}'>{secret}<history maxstanzas='0'/></x></presence>"
        )
        return await self.receive_any(
            f"<presence from={to}><x xmlns='{MUC}#user'><status code='110'/></x></presence>",
            f"<presence type='error' id='{number}'/>",
        )

    async def leave(self, room: str, nick: str | None = None) -> None:
        """Leave, and wait until the room has said so."""
        to = quoteattr(f"{room}/{nick or self.user}")
        await self.send(f"<presence type='unavailable' to={to}{self._lang()}/>")
        await self.receive(f"<presence type='unavailable' from={to}/>")

    async def say(self, room: str, body: str) -> str:
        """Send a message to a room and return its id; what becomes of it is the caller's to see."""
        number = self._next("say")
        await self._message("groupchat", number, room, body)
        return number

    async def hear(self, room: str, body: str, timeout_s: float = _TIMEOUT_S) -> Element:
        """Receive a message of a room with this body, by whomever."""
        pattern = f"<message type='groupchat' from='{{has {escape(room)}/}}'><body>{escape(body)}</body></message>"
        return await self.receive(pattern, timeout_s)

    async def chat(self, to: str, body: str) -> str:
        """Send a message of type chat and return its id."""
        number = self._next("chat")
        await self._message("chat", number, to, body)
        return number

    def show_transcript(self, lines: int = 40) -> str:
        """Return what was said on this stream lately (C: client, S: server) and what nobody received yet."""
        unread = "\n".join(show(each) for each in self.unread[-lines:]) or "nothing"
        return f"{self.user}'s stream:\n" + "\n".join(self.transcript[-lines:]) + f"\nunread:\n{unread}"

    # the stream

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        try:
            self._parser.feed(data)
            # Typed for every kind of event at once; only start and end were asked for.
            for event, element in cast("Iterable[tuple[str, Element]]", self._parser.read_events()):
                self._take(event, element)
        except ParseError as error:
            self._note("S", f"not XML: {error}")
            self.abort()
        self._arrived.set()

    def connection_lost(self, _error: Exception | None) -> None:
        self.is_closed = True
        self._arrived.set()

    def _open(self) -> None:
        self._parser = XMLPullParser(("start", "end"))
        self._depth = 0
        self._write(
            "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' "
            f"version='1.0' to={quoteattr(self.domain)}{self._lang()}>"
        )

    def _take(self, event: str, element: Element) -> None:
        if event == "start":
            self._depth += 1
            if self._depth == 1:
                self._root = element
            return
        self._depth -= 1
        if self._depth == 1 and self._root is not None:
            self._root.clear()  # or a long stream would be kept whole
            self._note("S", show(element))
            self.unread.append(element)
        if self._depth == 0 or element.tag == f"{_STREAM}error":
            self.is_closed = True

    def _write(self, xml: str) -> None:
        self._transport.write(xml.encode())

    async def _wait(self, is_so: Callable[[], bool], what: str, timeout_s: float) -> None:
        try:
            async with asyncio.timeout(timeout_s):
                while not is_so():
                    if self.is_closed:
                        raise ClosedError(f"the stream ended before {what}\n{self.show_transcript()}")
                    self._arrived.clear()
                    await self._arrived.wait()
        except TimeoutError:
            raise AssertionError(f"{self.user} waited {timeout_s} s for {what}\n{self.show_transcript()}") from None

    async def _message(self, kind: str, number: str, to: str, body: str) -> None:
        attributes = f"type='{kind}' id='{number}' to={quoteattr(to)}{self._lang()}"
        await self.send(f"<message {attributes}><body>{escape(body)}</body></message>")

    def _note(self, who: str, xml: str) -> None:
        self.transcript.append(f"{who}: {xml}")

    def _next(self, kind: str) -> str:
        return f"{kind}-{next(self._ids)}"

    def _lang(self) -> str:
        return "" if self.language is None else f" xml:lang={quoteattr(self.language)}"

"""A component stream (XEP-0114) for looking at a server: one question at a time, answers none. `doctor` uses it."""

import asyncio
import hashlib
import itertools
from collections.abc import Iterator
from contextlib import suppress
from types import TracebackType
from typing import Self, cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser
from xml.sax.saxutils import quoteattr

STANZAS = "{urn:ietf:params:xml:ns:xmpp-stanzas}"

_COMPONENT = "jabber:component:accept"
_STREAMS = "{http://etherx.jabber.org/streams}"
_STREAM_ERRORS = "{urn:ietf:params:xml:ns:xmpp-streams}"
_LARGEST_CHUNK = 65536


class StreamError(Exception):
    """The server ended the stream or does not speak XMPP; `condition` as in RFC 6120 §4.9.3, or "no-xmpp"."""

    def __init__(self, condition: str) -> None:
        super().__init__(condition)
        self.condition = condition


class Wire:
    """`async with Wire(…) as wire:` connects and authenticates.

    Raises on entry:
        OSError: nobody listens there.
        TimeoutError: no answer.
        StreamError: "not-authorized" for a wrong secret, "host-unknown" for a domain the server has no component of,
            "conflict" for a right secret while another stream holds the domain.
    """

    def __init__(self, host: str, port: int, domain: str, secret: str, *, timeout_s: float = 5) -> None:
        self._address = (host, port)
        self._domain = domain
        self._secret = secret
        self._timeout_s = timeout_s
        self._numbers = itertools.count(1)
        self._parser: XMLPullParser[Element] = XMLPullParser(("start", "end"))
        self._depth = 0

    async def __aenter__(self) -> Self:
        async with asyncio.timeout(self._timeout_s):
            self._reader, self._writer = await asyncio.open_connection(*self._address)
            try:
                await self._shake_hands()
            except BaseException:
                self._writer.close()
                raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.write(b"</stream:stream>")
        self._writer.close()
        with suppress(OSError):  # what the server makes of it is no matter any more
            await self._writer.wait_closed()

    async def ask(self, to: str, payload: str) -> Element:
        """The answer to an IQ get: its type is `result` or `error`.

        Raises:
            TimeoutError: none came.
            StreamError: the stream ended.
        """
        number = f"ask-{next(self._numbers)}"
        self._writer.write(
            f"<iq type='get' id='{number}' from={quoteattr(self._domain)} to={quoteattr(to)}>{payload}</iq>".encode()
        )
        async with asyncio.timeout(self._timeout_s):
            while True:
                stanza = await self._next()
                if stanza.get("id") == number and stanza.get("type") in {"result", "error"}:
                    return stanza

    async def _shake_hands(self) -> None:
        namespaces = f"xmlns='{_COMPONENT}' xmlns:stream='{_STREAMS[1:-1]}'"
        self._writer.write(f"<stream:stream {namespaces} to={quoteattr(self._domain)}>".encode())
        opened = await self._next()
        token = hashlib.sha1((opened.get("id", "") + self._secret).encode(), usedforsecurity=False).hexdigest()
        self._writer.write(f"<handshake>{token}</handshake>".encode())
        await self._next()

    async def _next(self) -> Element:
        """The stream's own opening, then each whole element in it."""
        while True:
            try:
                for event, element in cast("Iterator[tuple[str, Element]]", self._parser.read_events()):
                    self._depth += 1 if event == "start" else -1
                    if event == "start" and self._depth == 1:
                        return element
                    if event == "end" and self._depth == 1:
                        return _no_error(element)
                self._parser.feed(await self._read())
            except ParseError:
                raise StreamError("no-xmpp") from None

    async def _read(self) -> bytes:
        try:
            data = await self._reader.read(_LARGEST_CHUNK)
        except ConnectionError:
            data = b""
        if not data:
            raise StreamError("closed")
        return data


def _no_error(element: Element) -> Element:
    if element.tag == f"{_STREAMS}error":
        raise StreamError(_condition(element, _STREAM_ERRORS))
    return element


def error_condition(stanza: Element) -> str:
    """The condition of a stanza error (RFC 6120 §8.3.3), "" if there is none."""
    error = next((child for child in stanza if child.tag.endswith("}error")), None)
    return "" if error is None else _condition(error, STANZAS)


def _condition(error: Element, namespace: str) -> str:
    names = (child.tag.removeprefix(namespace) for child in error if child.tag.startswith(namespace))
    return next((name for name in names if name != "text"), "")

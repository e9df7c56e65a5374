"""A component that does what a test tells it: the other end of the hook, without Roomkeeper.

Speaks XEP-0114 raw over a socket, keeps every check and event the hook sends, and answers checks by the test's rule.
Knows the hook protocol's shapes (docs/protocol.md); knows no policy and no slixmpp.
"""

import asyncio
import hashlib
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self
from xml.sax.saxutils import quoteattr

from lxml import etree

HOOK = "urn:roomkeeper:hook:1"
FORWARD = "urn:xmpp:forward:0"
STANZAS = "urn:ietf:params:xml:ns:xmpp-stanzas"
CLIENT = "{jabber:client}"

ALLOW = f"<verdict xmlns='{HOOK}' action='allow'/>"

_ATTEMPTS = 100
_POLL_S = 0.02


def deny(condition: str = "forbidden", kind: str = "auth", text: str = "No.", language: str = "en") -> str:
    """Return a verdict that bounces the stanza with this error."""
    return (
        f"<verdict xmlns='{HOOK}' action='deny'><error type='{kind}'><{condition} xmlns='{STANZAS}'/>"
        f"<text xmlns='{STANZAS}' xml:lang='{language}'>{text}</text></error></verdict>"
    )


def replace(stanza: str) -> str:
    """Return a verdict that puts `stanza` (with xmlns='jabber:client') in the place of the held one."""
    return f"<verdict xmlns='{HOOK}' action='replace'><forwarded xmlns='{FORWARD}'>{stanza}</forwarded></verdict>"


def reply(payload: str) -> str:
    """Return a verdict that answers the held IQ on the room's behalf."""
    return f"<verdict xmlns='{HOOK}' action='reply'>{payload}</verdict>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One question of the hook, taken apart."""

    id: str
    to: str
    exists: bool
    role: str
    affiliation: str
    nick: str | None
    stanza: etree._Element

    @property
    def kind(self) -> str:
        """`message`, `presence` or `iq`."""
        return str(etree.QName(self.stanza).localname)

    @property
    def sender(self) -> str:
        return str(self.stanza.get("from", ""))

    @property
    def body(self) -> str | None:
        text: str | None = self.stanza.findtext(f"{CLIENT}body")
        return text


Rule = Callable[[Check], str | None]
"""What to answer a check: a verdict's XML, or None to leave it for later."""


@dataclass(slots=True, kw_only=True)
class Scripted:
    """One component stream. `rule` answers checks as they come; those left for later stay in `open`."""

    domain: str
    secret: str
    port: int
    muc: str
    host: str = "127.0.0.1"
    rule: Rule = lambda _check: ALLOW
    checks: list[Check] = field(default_factory=list)
    events: list[dict[str, str]] = field(default_factory=list)
    open: dict[str, Check] = field(default_factory=dict)
    traffic: list[etree._Element] = field(default_factory=list)
    is_closed: bool = False
    _reader: asyncio.StreamReader | None = None
    _writer: asyncio.StreamWriter | None = None
    _task: asyncio.Task[None] | None = None
    _changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    _answers: dict[str, etree._Element] = field(default_factory=dict)
    _ids: "itertools.count[int]" = field(default_factory=itertools.count)

    async def __aenter__(self) -> Self:
        await self.connect()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.kill()

    async def connect(self) -> None:
        """Connect and shake hands; after `kill` again, once the server has noticed that the old stream is gone."""
        attempts = _ATTEMPTS if self.checks else 1
        for attempt in range(attempts):
            try:
                await self._open()
            except ConnectionError:
                await self.kill()
                if attempt == attempts - 1:
                    raise
                await asyncio.sleep(_POLL_S)
            else:
                return

    async def _open(self) -> None:
        self._reader, self._writer = await asyncio.open_connection(self.host, self.port)
        self.is_closed = False
        self._write(
            f"<?xml version='1.0'?><stream:stream xmlns='jabber:component:accept' "
            f"xmlns:stream='http://etherx.jabber.org/streams' to={quoteattr(self.domain)}>"
        )
        greeted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._task = asyncio.create_task(self._read(greeted))
        await asyncio.wait_for(greeted, 5)

    async def kill(self) -> None:
        """Drop the connection without a word, as a crash would."""
        if self._writer is not None and self._task is not None:
            self._writer.transport.abort()
            await self._task
            self._writer = self._task = None

    def send(self, xml: str) -> None:
        """Send anything at all."""
        self._write(xml)

    def answer(self, check: Check, verdict: str) -> None:
        """Give a verdict on a check that the rule left for later."""
        self.open.pop(check.id, None)
        addresses = f"id={quoteattr(check.id)} from={quoteattr(check.to)} to={quoteattr(self.muc)}"
        self._write(f"<iq type='result' {addresses}>{verdict}</iq>")
        if verdict:
            self.traffic.append(etree.fromstring(verdict))

    def fail(self, check: Check) -> None:
        """Answer a check with an IQ error: a failure, not a verdict."""
        self.open.pop(check.id, None)
        self._write(
            f"<iq type='error' id={quoteattr(check.id)} from={quoteattr(check.to)} to={quoteattr(self.muc)}>"
            f"<error type='wait'><internal-server-error xmlns='{STANZAS}'/></error></iq>"
        )

    async def ask(self, payload: str, kind: str = "set", to: str | None = None) -> etree._Element:
        """Send an IQ from the bare domain and return the answer."""
        number = f"ask{next(self._ids)}"
        addresses = f"from={quoteattr(self.domain)} to={quoteattr(to or self.muc)}"
        self._write(f"<iq type='{kind}' id='{number}' {addresses}>{payload}</iq>")
        await self.wait(lambda: number in self._answers)
        return self._answers.pop(number)

    async def snapshot(self, limit: int | None = None, after: str | None = None) -> etree._Element:
        """Ask for one page and return its <snapshot/>."""
        attributes = "" if limit is None else f" max='{limit}'"
        attributes += "" if after is None else f" after={quoteattr(after)}"
        answer = await self.ask(f"<snapshot xmlns='{HOOK}'{attributes}/>", kind="get")
        assert answer.get("type") == "result", etree.tostring(answer)
        self.traffic.append(answer[0])
        return answer[0]

    async def wait(self, is_so: Callable[[], bool], timeout_s: float = 5) -> None:
        """Wait until something holds of what came in; say what came when it never does."""
        try:
            async with asyncio.timeout(timeout_s), self._changed:
                await self._changed.wait_for(is_so)
        except TimeoutError:
            raise AssertionError(self.transcript()) from None

    async def check(self, is_meant: Callable[[Check], bool] = lambda _check: True, timeout_s: float = 5) -> Check:
        """Return the oldest unanswered check that is meant, waiting for it if need be."""
        await self.wait(lambda: any(map(is_meant, self.open.values())), timeout_s)
        return next(check for check in self.open.values() if is_meant(check))

    async def event(self, timeout_s: float = 5, **wanted: str) -> dict[str, str]:
        """Return the oldest event with these attributes, and forget it."""

        def matching() -> list[dict[str, str]]:
            return [event for event in self.events if wanted.items() <= event.items()]

        await self.wait(lambda: bool(matching()), timeout_s)
        found = matching()[0]
        self.events.remove(found)
        return found

    def transcript(self) -> str:
        """Everything the hook sent, for the message of a failure."""
        lines = [etree.tostring(element).decode() for element in self.traffic[-40:]]
        return "the component saw:\n" + "\n".join(lines or ["nothing"])

    # the stream

    def _write(self, xml: str) -> None:
        if self._writer is not None:
            self._writer.write(xml.encode())

    async def _read(self, greeted: "asyncio.Future[None]") -> None:
        assert self._reader is not None
        parser = etree.XMLPullParser(events=("start", "end"), huge_tree=True)
        depth = 0
        try:
            while data := await self._reader.read(65536):
                parser.feed(data)
                for event, element in parser.read_events():
                    assert isinstance(element, etree._Element)
                    if event == "start":
                        depth += 1
                        if depth == 1:
                            self._shake_hands(element.get("id", ""))
                        continue
                    depth -= 1
                    if depth == 1:
                        if element.tag == "{jabber:component:accept}handshake" and not greeted.done():
                            greeted.set_result(None)
                        self._take(element)
                        async with self._changed:
                            self._changed.notify_all()
        except (ConnectionError, etree.XMLSyntaxError):
            pass
        finally:
            if not greeted.done():
                greeted.set_exception(ConnectionError("the handshake was refused"))
            self.is_closed = True
            async with self._changed:
                self._changed.notify_all()

    def _shake_hands(self, stream_id: str) -> None:
        digest = hashlib.sha1((stream_id + self.secret).encode()).hexdigest()  # noqa: S324 - XEP-0114 says so
        self._write(f"<handshake>{digest}</handshake>")

    def _take(self, element: etree._Element) -> None:
        is_hook = element.get("from") == self.muc  # users may send the like, and must not be heeded
        payload = element[0] if len(element) and is_hook else None
        if payload is not None and payload.tag == f"{{{HOOK}}}check":
            self.traffic.append(payload)
            check = Check(
                id=element.get("id", ""),
                to=element.get("to", ""),
                exists=payload.get("exists") == "true",
                role=payload.get("role", ""),
                affiliation=payload.get("affiliation", ""),
                nick=payload.get("nick"),
                stanza=payload[0][0],
            )
            self.checks.append(check)
            self.open[check.id] = check
            verdict = self.rule(check)
            if verdict is not None:
                self.answer(check, verdict)
        elif payload is not None and payload.tag == f"{{{HOOK}}}event":
            self.traffic.append(payload)
            self.events.append({str(name): str(value) for name, value in payload.attrib.items()})
        elif element.get("type") in {"result", "error"}:
            self._answers[element.get("id", "")] = element

"""The component's XML stream (XEP-0114): connects, comes back when cut off, and hands checks and events over.

Checks and events are taken as parsed elements, before slixmpp builds a stanza and asks every handler about it:
that is most of what an answer would cost. All other stanzas go slixmpp's own way. Answers given while one read
is worked through leave in one write.
"""

import asyncio
import logging
from collections.abc import Callable
from xml.etree.ElementTree import Element

from slixmpp import ComponentXMPP

from component.parse import CHECK, HOOK
from config.settings import Xmpp

log = logging.getLogger(__name__)

_IQ = "{jabber:component:accept}iq"
_MESSAGE = "{jabber:component:accept}message"
_EVENT = f"{{{HOOK}}}event"
_FIRST_DELAY_S = 0.1
_LONGEST_DELAY_S = 5.0

Handler = Callable[[Element], None]


class Stream(ComponentXMPP):
    """One component stream that keeps itself connected until `close`."""

    def __init__(self, xmpp: Xmpp, secret: str) -> None:
        """Not connected yet: `open` does that; handlers are set before."""
        super().__init__(xmpp.domain, secret, xmpp.host, xmpp.port, fix_error_ns=True)  # type: ignore[no-untyped-call]
        self._muc = xmpp.muc
        self._corked: list[str] | None = None
        self._delay_s = _FIRST_DELAY_S
        self._is_closing = False
        self.losses = 0  # since the start
        self.on_check: Handler = _ignore
        self.on_event: Handler = _ignore
        self.add_event_handler("session_start", self._started)
        self.add_event_handler("disconnected", self._lost)
        self.add_event_handler("connection_failed", self._failed)
        self.add_event_handler("stream_error", self._refused)

    def open(self) -> None:
        """Connect, and connect again for as long as `close` is not called."""
        self.connect()

    async def close(self) -> None:
        """End the stream for good; what was written before is flushed."""
        self._is_closing = True
        if self.is_connected():
            await self.disconnect(wait=1.0, ignore_send_queue=False)
        else:
            self.cancel_connection_attempt()

    # what comes in

    def data_received(self, data: bytes | str) -> None:
        """Read a chunk; answers to all it holds leave together."""
        self._corked = []
        try:
            super().data_received(data)
        finally:
            corked, self._corked = self._corked, None
            if corked and self.transport is not None:
                self.transport.write("".join(corked).encode())

    def _spawn_event(self, xml: Element) -> None:
        tag = xml.tag
        if tag in (_IQ, _MESSAGE):
            first = xml[0].tag if len(xml) else ""
            if first in (CHECK, _EVENT):
                if xml.attrib.get("from") != self._muc:
                    log.warning("hook-element from somebody else: %s", xml.attrib.get("from"))
                elif first == CHECK:
                    self.on_check(xml)
                    return
                else:
                    self.on_event(xml)
                    return
        super()._spawn_event(xml)

    # what goes out

    def write(self, xml: str) -> None:
        """Send serialised XML at once, past slixmpp's queue; dropped without a connection: the hook asks again."""
        if self._corked is not None:
            self._corked.append(xml)
        elif self.transport is not None:
            self.transport.write(xml.encode())

    # staying connected

    def reschedule_connection_attempt(self) -> "asyncio.Future[None] | None":
        """Slixmpp's back-off, capped: an operator who restarts the server does not wait minutes for us."""
        self._connect_loop_wait = min(self._connect_loop_wait, _LONGEST_DELAY_S / 2 - 1)
        future: asyncio.Future[None] | None = super().reschedule_connection_attempt()
        return future

    def _started(self, _event: object) -> None:
        self._delay_s = _FIRST_DELAY_S

    def _lost(self, reason: object) -> None:
        if self._is_closing:
            return
        self.losses += 1
        log.warning("stream lost (%s); connecting again in %.1f s", reason or "closed by the server", self._delay_s)
        self.loop.call_later(self._delay_s, self._again)
        self._delay_s = min(self._delay_s * 2, _LONGEST_DELAY_S)

    def _again(self) -> None:
        if not self._is_closing and not self.is_connected():
            self.connect()

    def _failed(self, error: object) -> None:
        log.warning("cannot reach %s:%s: %s", self.server_host, self.server_port, error)

    def _refused(self, error: object) -> None:
        log.error("the server closed the stream: %s (a wrong xmpp.secret reads not-authorized)", error)


def _ignore(_xml: Element) -> None:
    """Nobody listens yet."""

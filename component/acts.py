"""What the component does in rooms and says to people, as stanzas. Decides nothing, remembers nothing."""

import logging
from xml.etree.ElementTree import Element, SubElement
from xml.sax.saxutils import escape, quoteattr

from slixmpp.exceptions import IqError, IqTimeout

from component.parse import HOOK
from component.stream import Stream
from component.tasks import Tasks

log = logging.getLogger(__name__)

_ADMIN = "http://jabber.org/protocol/muc#admin"
_TIMEOUT_S = 10


class Acts:
    """Acts on one MUC service from the component's own JID, without joining (XEP-0045 §8.2)."""

    def __init__(self, stream: Stream, tasks: Tasks, muc: str) -> None:
        """Stanzas leave by `stream`, to rooms of `muc`; replies are waited for in `tasks`."""
        self._stream = stream
        self._muc = muc
        self._tasks = tasks
        self._domain = stream.boundjid.bare

    def remove_occupant(self, room: str, nick: str, reason: str) -> None:
        """Take somebody out of a room; they may come back unless the gate says no."""
        query = Element(f"{{{_ADMIN}}}query")
        item = SubElement(query, f"{{{_ADMIN}}}item", {"nick": nick, "role": "none"})
        SubElement(item, f"{{{_ADMIN}}}reason").text = reason
        self._tasks.start(self._ask(room, query, f"remove {nick!r}"))

    def withdraw_affiliation(self, room: str, account: str) -> None:
        """Take membership of a room away (affiliation none)."""
        query = Element(f"{{{_ADMIN}}}query")
        SubElement(query, f"{{{_ADMIN}}}item", {"jid": account, "affiliation": "none"})
        self._tasks.start(self._ask(room, query, f"withdraw affiliation of {account}"))

    def outdate_descriptions(self, room: str | None) -> None:
        """What the hook remembers of a room, or of all, is not right any more."""
        outdated = Element(f"{{{HOOK}}}outdated", {} if room is None else {"room": room})
        self._tasks.start(self._ask(self._muc, outdated, f"forget its description of {room or 'all rooms'}"))

    def send_chat(self, to: str, text: str, language: str) -> None:
        """Write to somebody; the server keeps it if they are offline."""
        self._stream.write(
            f"<message type='chat' from={quoteattr(self._domain)} to={quoteattr(to)} xml:lang={quoteattr(language)}>"
            f"<body>{escape(text)}</body></message>"
        )

    async def _ask(self, to: str, query: Element, what: str) -> None:
        iq = self._stream.make_iq_set(sub=query, ito=to, ifrom=self._domain)
        try:
            await iq.send(timeout=_TIMEOUT_S)  # type: ignore[no-untyped-call]
        except IqError as error:
            log.warning("%s refused to %s: %s", to, what, error.condition)
        except IqTimeout:
            log.warning("no answer when asked to %s", what)

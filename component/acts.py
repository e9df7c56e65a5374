"""What the component does in rooms and says to people, as stanzas. Decides nothing, remembers nothing."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement
from xml.sax.saxutils import escape, quoteattr

from slixmpp import Iq
from slixmpp.exceptions import IqError, IqTimeout

from component.answers import attributes_of
from component.owner_form import submission
from component.parse import HOOK
from component.stream import Stream
from component.tasks import Tasks
from policy.hats import Hat

log = logging.getLogger(__name__)

_ADMIN = "http://jabber.org/protocol/muc#admin"
_RETRACT = f"{{{HOOK}}}retract"
_RETRACTED = f"{{{HOOK}}}retracted"
_OWNER = "http://jabber.org/protocol/muc#owner"
_GONE = frozenset(("item-not-found", "gone"))
_TIMEOUT_S = 10
_LATER = frozenset(("remote-server-timeout", "recipient-unavailable", "resource-constraint", "internal-server-error"))
"""Conditions under which asking again may help (RFC 6120 §8.3.3)."""

_RETRACTION_TIMEOUT_S = 60  # an archive may write its whole file for each message


@dataclass(frozen=True, slots=True, kw_only=True)
class Retraction:
    """What was taken back: the room of each message.

    `since`: what was sent before (Unix seconds) is not remembered; None where that was not asked for.
    `is_announced`: those in the rooms were told; else only archive and history were put right.
    """

    rooms: tuple[str, ...]
    since: float | None
    is_announced: bool


def _removal(nick: str, reason: str) -> Element:
    """Kick somebody (XEP-0045 §8.2)."""
    query = Element(f"{{{_ADMIN}}}query")
    item = SubElement(query, f"{{{_ADMIN}}}item", {"nick": nick, "role": "none"})
    SubElement(item, f"{{{_ADMIN}}}reason").text = reason
    return query


class RoomRefusedError(Exception):
    """A room cannot be asked now; the text says which and why, for the log."""


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
        self._tasks.start(self._ask(room, _removal(nick, reason), f"remove {nick!r}"))

    async def expel(self, room: str, nick: str, reason: str) -> None:
        """Likewise, and wait until they are out, or the room has refused.

        Raises:
            RoomRefusedError: the room cannot be asked now.
        """
        await self._exchange(self._stream.make_iq_set(), room, _removal(nick, reason))

    async def is_heard(self) -> bool:
        """Whether the server has taken all that was sent so far: it reads in order, and has answered what came last."""
        iq = self._stream.make_iq_get(ito=self._muc, ifrom=self._domain)
        iq.append(Element("{urn:xmpp:ping}ping"))
        try:
            await iq.send(timeout=_TIMEOUT_S)  # type: ignore[no-untyped-call]
        except IqError:
            return True
        except IqTimeout:
            return False
        return True

    def withdraw_affiliation(self, room: str, account: str) -> None:
        """Take membership of a room away (affiliation none)."""
        query = Element(f"{{{_ADMIN}}}query")
        SubElement(query, f"{{{_ADMIN}}}item", {"jid": account, "affiliation": "none"})
        self._tasks.start(self._ask(room, query, f"withdraw affiliation of {account}"))

    def outdate_descriptions(self, room: str | None) -> None:
        """What the hook remembers of a room, or of all, is not right any more."""
        outdated = Element(f"{{{HOOK}}}outdated", {} if room is None else {"room": room})
        self._tasks.start(self._ask(self._muc, outdated, f"forget its description of {room or 'all rooms'}"))

    def show_hats(self, wearers: Sequence[tuple[str, str, Sequence[tuple[Hat, str]]]]) -> None:
        """Accounts in rooms wear these hats, with these titles, from now on."""
        worn = Element(f"{{{HOOK}}}worn")
        rooms: dict[str, Element] = {}
        for room, account, hats in wearers:
            if room not in rooms:
                rooms[room] = SubElement(worn, f"{{{HOOK}}}room", {"jid": room})
            wearer = SubElement(rooms[room], f"{{{HOOK}}}wearer", {"jid": account})
            for hat, title in hats:
                SubElement(wearer, f"{{{HOOK}}}hat", attributes_of(hat, title))
        self._tasks.start(self._ask(self._muc, worn, "show other hats"))

    async def destroy_room(self, room: str, reason: str) -> bool:
        """End a room on the server (XEP-0045 §10.9); whether it is gone."""
        query = Element(f"{{{_OWNER}}}query")
        SubElement(SubElement(query, f"{{{_OWNER}}}destroy"), f"{{{_OWNER}}}reason").text = reason
        iq = self._stream.make_iq_set(sub=query, ito=room, ifrom=self._domain)
        try:
            await iq.send(timeout=_TIMEOUT_S)  # type: ignore[no-untyped-call]
        except IqError as error:
            if error.condition in _GONE:
                return True
            log.error("%s is not destroyed: %s", room, error.condition)
            return False
        except IqTimeout:
            log.error("%s is not destroyed: no answer", room)
            return False
        return True

    async def affiliation_of(self, room: str, account: str) -> str:
        """What an account is to a room, by the room's own lists; "none" if it is in none, or there is no such room.

        Raises:
            RoomRefusedError: the room cannot be asked now.
        """
        for affiliation in ("owner", "admin", "member", "outcast"):
            query = Element(f"{{{_ADMIN}}}query")
            SubElement(query, f"{{{_ADMIN}}}item", {"affiliation": affiliation})
            reply = await self._exchange(self._stream.make_iq_get(), room, query)
            if reply is None:
                break
            if any(item.attrib.get("jid") == account for item in reply.iter(f"{{{_ADMIN}}}item")):
                return affiliation
        return "none"

    async def affiliate(self, room: str, account: str, affiliation: str) -> None:
        """Change what an account is to a room, and wait until that is so, or the room has refused.

        Raises:
            RoomRefusedError: the room cannot be asked now.
        """
        query = Element(f"{{{_ADMIN}}}query")
        SubElement(query, f"{{{_ADMIN}}}item", {"jid": account, "affiliation": affiliation})
        await self._exchange(self._stream.make_iq_set(), room, query)

    def configure(self, room: str, fields: Sequence[tuple[str, str]]) -> None:
        """Set what a room is, as its owners could (XEP-0045 §10.2)."""
        self._tasks.start(self._ask(room, submission(fields), "configure it"))

    def send_chat(self, to: str, text: str, language: str) -> None:
        """Write to somebody; the server keeps it if they are offline."""
        self._stream.write(
            f"<message type='chat' from={quoteattr(self._domain)} to={quoteattr(to)} xml:lang={quoteattr(language)}>"
            f"<body>{escape(text)}</body></message>"
        )

    async def retract_from(self, account: str, room: str | None, back_s: float, reason: str) -> Retraction | None:
        """Take back what an account sent lately, in one room or all (docs/protocol.md); None: no answer."""
        where = {} if room is None else {"room": room}
        return await self._retract({"jid": account, "within": str(int(back_s)), **where}, reason)

    async def retract_one(self, room: str, stanza_id: str, reason: str) -> Retraction | None:
        """Take back the message that the room gave this id (XEP-0359 §3); None: no answer."""
        return await self._retract({"room": room, "id": stanza_id}, reason)

    async def _retract(self, attributes: dict[str, str], reason: str) -> Retraction | None:
        query = Element(_RETRACT, attributes)
        SubElement(query, f"{{{HOOK}}}reason").text = reason
        iq = self._stream.make_iq_set(sub=query, ito=self._muc, ifrom=self._domain)
        try:
            answer = await iq.send(timeout=_RETRACTION_TIMEOUT_S)  # type: ignore[no-untyped-call]
        except IqError as error:
            log.error("%s refused to take messages back: %s", self._muc, error.condition)
            return None
        except IqTimeout:
            log.error("%s gave no answer when asked to take messages back", self._muc)
            return None
        taken = answer.xml.find(_RETRACTED)
        if taken is None:
            return None
        since = taken.attrib.get("since")
        return Retraction(
            rooms=tuple(message.attrib.get("room", "") for message in taken),
            since=None if since is None else datetime.fromisoformat(since).timestamp(),
            is_announced=taken.attrib.get("announced") == "true",
        )

    async def _exchange(self, iq: Iq, room: str, query: Element) -> Element | None:
        """The reply; None when the room refuses for good, or there is none."""
        iq["to"], iq["from"] = room, self._domain
        iq.xml.append(query)
        try:
            reply = await iq.send(timeout=_TIMEOUT_S)  # type: ignore[no-untyped-call]
        except IqError as error:
            if error.condition in _LATER:
                raise RoomRefusedError(f"{room}: {error.condition}") from None
            log.warning("%s refused: %s", room, error.condition)
            return None
        except IqTimeout:
            raise RoomRefusedError(f"{room}: no answer") from None
        xml: Element = reply.xml
        return xml

    async def _ask(self, to: str, query: Element, what: str) -> None:
        iq = self._stream.make_iq_set(sub=query, ito=to, ifrom=self._domain)
        try:
            await iq.send(timeout=_TIMEOUT_S)  # type: ignore[no-untyped-call]
        except IqError as error:
            log.warning("%s refused to %s: %s", to, what, error.condition)
        except IqTimeout:
            log.warning("no answer when asked to %s", what)

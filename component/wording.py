"""The words in a stanza that others would see: texts of elements, attributes that clients show, values of forms.

Knows payloads by their namespaces where that tells what a text is; whatever it does not know is read like any other.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from policy.facts import Surface, Text

FORM = "{jabber:x:data}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_XHTML = "{http://www.w3.org/1999/xhtml}"
_OWNER = "{http://jabber.org/protocol/muc#owner}"
_REFERENCE = "{urn:xmpp:reference:0}reference"
_FILE_TRANSFER = "{urn:xmpp:jingle:apps:file-transfer:"

_FILES = frozenset(
    (
        "{jabber:x:oob}x",  # XEP-0066
        "{jabber:iq:oob}query",
        "{urn:xmpp:file:metadata:0}file",  # XEP-0446
        "{urn:xmpp:sfs:0}file-sharing",  # XEP-0447
        "{urn:xmpp:sfs:0}sources",
        "{urn:xmpp:sims:1}media-sharing",  # XEP-0385
        "{http://jabber.org/protocol/si/profile/file-transfer}file",  # XEP-0096
        *(f"{_FILE_TRANSFER}{version}}}{name}" for version in "345" for name in ("file", "description")),  # XEP-0234
    )
)
_SURFACES = {
    **dict.fromkeys(_FILES, Surface.FILE),
    "{jabber:x:oob}url": Surface.LINK,
    "{jabber:iq:oob}url": Surface.LINK,
    "{http://jabber.org/protocol/nick}nick": Surface.NICK,
    "{jabber:iq:register}nick": Surface.NICK,
    "{http://jabber.org/protocol/xhtml-im}html": Surface.BODY,
    "{urn:xmpp:reactions:0}reactions": Surface.REACTION,  # XEP-0444
    "{jabber:x:conference}x": Surface.REASON,  # XEP-0249
}
_UNSHOWN = frozenset(
    (
        *(f"{{{space}}}password" for space in ("http://jabber.org/protocol/muc#user", "jabber:iq:register")),
        f"{_OWNER}password",
        "{jabber:iq:register}key",
        "{vcard-temp}BINVAL",
        "{urn:xmpp:avatar:data}data",
        "{urn:xmpp:bob}data",
        "{http://jabber.org/protocol/ibb}data",
        "{urn:xmpp:caps}c",
        "{urn:xmpp:hashes:1}hash",
        "{urn:xmpp:hashes:2}hash",
    )
)
"""Secrets, pictures, parts of files and check sums: shown as they are by nobody."""

_INLINE = frozenset(
    f"{_XHTML}{name}"
    for name in (
        *("a", "abbr", "acronym", "b", "big", "cite", "code", "dfn", "em", "font", "i", "img", "kbd", "q", "s"),
        *("samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var"),
    )
)
"""What markup (XEP-0071) has within a line; anything else begins a new one."""

_LEADING = frozenset(("href", "src", "url", "uri", "target"))
_SHOWN = frozenset(
    (
        *("alt", "answer", "body", "caption", "comment", "desc", "description", "label", "message", "name", "nick"),
        *("question", "reason", "status", "subject", "summary", "text", "title", "topic", "value"),
    )
)
_MACHINE = frozenset(
    (
        *("algo", "begin", "by", "class", "cid", "code", "end", "ext", "for", "from", "hash", "id", "jid", "namespace"),
        *("node", "since", "stamp", "start", "style", "to", "type", "var", "ver", LANG),
    )
)
"""Attributes for programs, which may look like prose: JIDs with nicknames, styles."""

_ADDRESSES = {("{jabber:x:conference}x", "jid"), (f"{_OWNER}destroy", "jid")}
"""Rooms that clients offer to enter."""

_EMBEDDED = ("data:", "cid:")
_MEASURES = frozenset(("size", "width", "height", "length", "date"))
_MEASURE = re.compile(r"[\d:.TZ+-]{1,32}")

_SECRET = "muc#roomconfig_roomsecret"  # noqa: S105 - a field's name
_FORM_TYPES = ("http://jabber.org/", "jabber:", "urn:")
_CHOICES = frozenset(("0", "1", "true", "false"))
_FORM_SURFACES = {
    "muc#roomconfig_roomname": Surface.ROOM_NAME,
    "muc#roomconfig_roomdesc": Surface.ROOM_DESCRIPTION,
    "muc#register_roomnick": Surface.NICK,
    "x-roomkeeper-answer": Surface.REASON,
}
_BREAK = "\n"


@dataclass(slots=True)
class Wording:
    """The words of one stanza, as they are read out of it."""

    texts: list[Text] = field(default_factory=list)
    parted: list[tuple[Surface, list[str]]] = field(default_factory=list)  # lines that may be shown as one
    has_file: bool = False

    def add(self, surface: Surface, value: str | None) -> None:
        """Take a text as it stands, if there is one."""
        if value:
            self.texts.append(Text(surface=surface, value=value))

    def read(self, element: Element, surface: Surface = Surface.OTHER) -> None:
        """Take everything that an element and all below it show: a text for each surface, a line for each element."""
        if not element.text and not len(element) and _MACHINE.issuperset(element.attrib):
            self.has_file = self.has_file or element.tag in _FILES
            return
        pieces: dict[Surface, list[str]] = {}
        asides: dict[Surface, list[str]] = {}
        for found, piece, is_aside in self._pieces(element, surface):
            if found is Surface.LINK:
                self.add(found, piece.strip())
            else:
                (asides if is_aside else pieces).setdefault(found, []).append(piece)
        for found, parts in pieces.items():
            lines = [line for line in map(str.strip, "".join(parts).split(_BREAK)) if line]
            self.add(found, _BREAK.join(lines))
            if len(lines) > 1:
                self.parted.append((found, lines))
        for found, parts in asides.items():
            self.add(found, _BREAK.join(parts))

    def read_below(self, element: Element, surface: Surface = Surface.OTHER) -> None:
        """Take what stands below an element, each child by itself; of its forms, the values."""
        for child in element:
            if child.tag == FORM + "x":
                self.read_form(child)
            else:
                self.read(child, surface)

    def read_form(self, form: Element, *, is_kept: bool = False) -> None:
        """Take everything written into a form (XEP-0004). `is_kept`: the room keeps its secret to itself."""
        others: list[str] = []
        for child in form:
            if child.tag != FORM + "field":
                self.read(child)
                continue
            name = child.get("var", "")
            if is_kept and name == _SECRET:
                continue
            surface = _FORM_SURFACES.get(name, Surface.OTHER)
            value = _BREAK.join(_values(child, name))
            if surface is Surface.OTHER:
                others.append(value)
                others.extend(_labels(child))
            else:
                self.add(surface, value)
        self.add(Surface.OTHER, _BREAK.join(filter(None, others)))

    def _pieces(self, top: Element, surface: Surface) -> Iterator[tuple[Surface, str, bool]]:
        """Texts in the order of the document, however deep; a break around what does not stand within a line.

        True: from an attribute, aside from the text.
        """
        waiting: list[tuple[Element | str, Surface]] = [(top, surface)]
        while waiting:
            item, outer = waiting.pop()
            if isinstance(item, str):
                yield outer, item, False
                continue
            tag = item.tag
            if tag in _UNSHOWN:
                continue
            here = Surface.REASON if tag.endswith("}reason") else _SURFACES.get(tag, outer)
            is_inline = tag in _INLINE
            self.has_file = self.has_file or tag in _FILES
            if not is_inline:
                yield here, _BREAK, False
            if item.attrib:
                yield from self._attributes(item, here)
            if not is_inline:
                waiting.append((_BREAK, here))
            for child in reversed(item):
                if child.tail:
                    waiting.append((child.tail, here))
                waiting.append((child, here))
            if item.text and not _is_measure(tag, item.text):
                yield here, item.text, False

    def _attributes(self, element: Element, surface: Surface) -> Iterator[tuple[Surface, str, bool]]:
        tag = element.tag
        for name, value in element.attrib.items():
            if name in _LEADING:
                if value.startswith(_EMBEDDED):
                    self.has_file = True
                elif ("." in value or ":" in value) and not _is_mention(element, value):
                    yield Surface.LINK, value, True
            elif (tag, name) in _ADDRESSES:
                yield Surface.LINK, value, True
            elif name in _SHOWN or (name not in _MACHINE and (" " in value or not value.isascii())):
                yield surface, value, True


def _is_mention(element: Element, uri: str) -> bool:
    """Whether a reference (XEP-0372) names somebody and leads nowhere."""
    return element.tag == _REFERENCE and uri.startswith("xmpp:")


def _is_measure(tag: str, text: str) -> bool:
    return tag.rpartition("}")[2] in _MEASURES and _MEASURE.fullmatch(text) is not None


def _values(element: Element, name: str) -> list[str]:
    values = (value.text for value in element.iterfind(FORM + "value"))
    shown = [value for value in values if value and value not in _CHOICES]
    return [value for value in shown if not value.startswith(_FORM_TYPES)] if name == "FORM_TYPE" else shown


def _labels(element: Element) -> Iterator[str]:
    """What a form that is sent to others says beside its values."""
    yield element.get("label", "")
    for child in element:
        if child.tag == FORM + "option":
            yield child.get("label", "")
            yield from filter(None, child.itertext())
        elif child.tag == FORM + "desc":
            yield from filter(None, child.itertext())

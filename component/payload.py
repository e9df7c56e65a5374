"""What stands in stanzas of every kind: payloads with words in them, encryption, corrections, references.

Knows nothing of rooms' own protocol.
"""

from collections.abc import Sequence
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from component.ask import Ask
from component.readings import find_readings, gather
from component.wording import FORM, Wording

CLIENT = "{jabber:client}"
_MUC = "{http://jabber.org/protocol/muc}x"

_CORRECTION = "{urn:xmpp:message-correct:0}replace"
_REFERENCE = "{urn:xmpp:reference:0}reference"
_XMPP = "xmpp:"
_ENCRYPTED = frozenset(
    (
        "{eu.siacs.conversations.axolotl}encrypted",
        "{urn:xmpp:omemo:2}encrypted",
        "{urn:xmpp:openpgp:0}openpgp",
        "{jabber:x:encrypted}x",
    )
)
_ENCRYPTION = "{urn:xmpp:eme:0}encryption"
_SILENT = frozenset(
    (
        CLIENT + "thread",
        CLIENT + "priority",
        _MUC,
        "{vcard-temp:x:update}x",
        "{jabber:x:signed}x",
    )
)
"""Children that hold machine words which no client shows to others."""


def read_payload(ask: Ask, child: Element, wording: Wording) -> None:
    """Take the words of one child of a stanza, and what it tells of the rest."""
    tag = child.tag
    if tag in _SILENT:
        return
    if tag in _ENCRYPTED:
        ask.is_encrypted = True
        return
    if tag == _ENCRYPTION:
        ask.is_encrypted = True
    elif tag == _CORRECTION:
        ask.corrects = child.attrib.get("id", "")
    elif tag == _REFERENCE:
        _read_reference(ask, child)
    if tag == FORM + "x":
        wording.read_form(child)
    else:
        wording.read(child)


def take(ask: Ask, wording: Wording, fallbacks: Sequence[Element] = ()) -> None:
    """The stanza has been read: these are its texts, and what clients make of them."""
    ask.has_file = wording.has_file
    texts = wording.texts
    ask.texts = tuple(texts)
    if len(texts) > 1 or wording.parted or fallbacks:
        ask.texts = gather(texts)
        ask.readings = find_readings(texts, wording.parted, fallbacks)


def _read_reference(ask: Ask, reference: Element) -> None:
    uri = reference.attrib.get("uri", "")
    if reference.attrib.get("type") == "mention" and uri.startswith(_XMPP):
        ask.mentions += (unquote(uri[len(_XMPP) :].partition("?")[0], errors="replace"),)

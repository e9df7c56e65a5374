"""IQs to a room or to somebody in it, from XML to an `Ask`: lists, forms, commands, archive queries, registration.

Knows the shapes of XEP-0045 and its neighbours, as `component.parse` does for messages and presences.
"""

from xml.etree.ElementTree import Element

from slixmpp import JID, InvalidJID

from component.ask import Ask
from component.owner_form import read_config
from component.payload import read_payload, take
from component.registration import read_answer
from component.wording import FORM, Wording
from policy.facts import Kind, Surface

_ADMIN = "{http://jabber.org/protocol/muc#admin}"
_OWNER = "{http://jabber.org/protocol/muc#owner}"
_REGISTER = "{jabber:iq:register}"
_INFO = "{http://jabber.org/protocol/disco#info}query"
_ITEMS = "{http://jabber.org/protocol/disco#items}query"
_SUBSCRIBE = "{urn:xmpp:mucsub:0}subscribe"
_VCARD = "{vcard-temp}vCard"
_ARCHIVE = "{urn:xmpp:mam:"
_COMMAND = "{http://jabber.org/protocol/commands}command"
_MODERATIONS = frozenset(("{urn:xmpp:message-moderate:1}moderate", "{urn:xmpp:fasten:0}apply-to"))  # XEP-0425

_GRANTS = frozenset(("member", "admin", "owner"))


def read_iq(ask: Ask, stanza: Element, resource: str) -> None:
    """What is sent to an occupant goes to them whatever it is; the room takes what it knows."""
    if not len(stanza):
        return
    query = stanza[0]
    wording = Wording()
    kind = stanza.attrib.get("type")
    is_set = kind == "set"
    if kind == "result":
        ask.kind = Kind.ANSWER
        for child in stanza:
            read_payload(ask, child, wording)
    elif query.tag.startswith(_ARCHIVE) and not resource:
        ask.kind = Kind.ARCHIVE
    elif query.tag in {_INFO, _ITEMS} and not is_set and not resource:
        is_about_node = "node" in query.attrib
        ask.is_info_query = query.tag == _INFO and not is_about_node
        ask.request = query if ask.exists and ask.room and is_about_node else None
    elif query.tag == _OWNER + "query" and (is_set or not ask.exists) and not (ask.exists and resource):
        _read_owner(ask, query, wording)
        ask.stanza = None if ask.config is None else stanza
    elif not is_set and not resource and query.tag == _REGISTER + "query":
        ask.wants_form = bool(ask.room)
    elif resource:
        read_payload(ask, query, wording)
        ask.kind = Kind.PRIVATE if wording.texts or wording.has_file or ask.is_encrypted else Kind.QUERY
    elif is_set:
        _read_query(ask, query, wording)
    take(ask, wording)


def _read_query(ask: Ask, query: Element, wording: Wording) -> None:
    tag = query.tag
    if tag == _ADMIN + "query":
        _read_admin(ask, query, wording)
    elif tag == _REGISTER + "query":
        if query.find(_REGISTER + "remove") is None:
            ask.kind = Kind.REGISTER
            ask.answer = read_answer(query)
            wording.read_below(query)
    elif tag == _SUBSCRIBE:
        ask.kind = Kind.SUBSCRIBE
        wording.add(Surface.NICK, query.attrib.get("nick"))
    elif tag == _COMMAND:
        ask.request = query if ask.exists and ask.room else None
    elif ask.room:
        wording.read(query)
        if tag in _MODERATIONS:
            ask.kind = Kind.ROLE
        elif tag == _VCARD or wording.texts:
            ask.kind = Kind.CONFIG


def _read_owner(ask: Ask, query: Element, wording: Wording) -> None:
    destroy = query.find(_OWNER + "destroy")
    if not ask.exists:
        ask.kind = Kind.CREATE
    elif destroy is not None:
        ask.kind = Kind.DESTROY
        wording.read(destroy, Surface.REASON)
    else:
        ask.kind = Kind.CONFIG
    for form in query.iterfind(FORM + "x"):
        wording.read_form(form, is_kept=True)
    if destroy is None:
        ask.config = read_config(query)


def _read_admin(ask: Ask, query: Element, wording: Wording) -> None:
    targets: list[tuple[str, str]] = []
    ask.kind = Kind.ROLE
    for item in query.iterfind(_ADMIN + "item"):
        granted = item.attrib.get("affiliation")
        if granted is not None:
            ask.kind = Kind.AFFILIATION
        if granted in _GRANTS:
            targets.append((prepared(item.attrib.get("jid", "")), granted))
        wording.read_below(item, Surface.REASON)
        if granted in _GRANTS:
            wording.add(Surface.NICK, item.attrib.get("nick"))
    if ask.affiliation in {"admin", "owner"}:  # the server refuses it from anyone else, so nobody's place is at stake
        ask.targets = tuple(targets)


def prepared(address: str) -> str:
    """A bare JID as the server will compare it (RFC 7622); "" for what is none: the server would refuse that."""
    try:
        return JID(address).bare
    except InvalidJID:
        return ""

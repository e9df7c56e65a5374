"""From a check's XML to an `Ask`: what a user attempts, in which room, with which words.

Knows the shapes of XEP-0045 and its neighbours; knows nothing of persons, rules or the database.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from component.wording import FORM, fields, forms, linked, told
from policy.facts import Kind, Surface, Text

HOOK = "urn:roomkeeper:hook:1"
CHECK = f"{{{HOOK}}}check"
CLIENT = "{jabber:client}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

_FORWARDED = "{urn:xmpp:forward:0}forwarded"
_ADMIN = "{http://jabber.org/protocol/muc#admin}"
_OWNER = "{http://jabber.org/protocol/muc#owner}"
_USER = "{http://jabber.org/protocol/muc#user}"
_MUC = "{http://jabber.org/protocol/muc}x"
_REGISTER = "{jabber:iq:register}"
_SUBSCRIBE = "{urn:xmpp:mucsub:0}subscribe"
_ARCHIVE = "{urn:xmpp:mam:2}query"
_VCARD = "{vcard-temp}vCard"
_BINARY = "{vcard-temp}BINVAL"
_OOB = "{jabber:x:oob}"

_BODY = CLIENT + "body"
_SUBJECT = CLIENT + "subject"
_STATUS = CLIENT + "status"

_ENCRYPTED = frozenset(
    (
        "{eu.siacs.conversations.axolotl}encrypted",
        "{urn:xmpp:omemo:2}encrypted",
        "{urn:xmpp:openpgp:0}openpgp",
        "{jabber:x:encrypted}x",
    )
)
_FILES = frozenset(
    (
        _OOB + "x",
        "{urn:xmpp:file:metadata:0}file",
        "{urn:xmpp:sfs:0}file-sharing",
        "{urn:xmpp:sims:1}media-sharing",
    )
)
_SILENT = frozenset(
    (
        CLIENT + "thread",
        CLIENT + "show",
        CLIENT + "priority",
        _MUC,
        "{vcard-temp:x:update}x",
        "{jabber:x:signed}x",
    )
)
"""Children that hold machine words which no client shows to others."""

_SURFACES = {
    _OOB + "x": Surface.LINK,
    "{http://jabber.org/protocol/nick}nick": Surface.NICK,
}

_GRANTS = frozenset(("member", "admin", "owner"))


class MalformedCheckError(ValueError):
    """The server's hook sent something that is not a check."""


@dataclass(slots=True)
class Ask:
    """One held stanza, read. JIDs as the server prepared them."""

    id: str
    address: str  # the JID the check was sent to, which must answer
    kind: Kind
    sender: str  # full JID
    account: str  # bare JID
    room: str  # bare JID; "" when the stanza is for the service itself
    language: str | None
    exists: bool
    role: str
    affiliation: str
    texts: tuple[Text, ...]
    is_encrypted: bool
    has_file: bool
    targets: tuple[tuple[str, str], ...] = ()  # bare JID, affiliation to be granted ("" for an invitation)


def read(iq: Element) -> Ask:
    """Read a check (docs/protocol.md).

    Raises:
        MalformedCheckError: it does not have a check's shape.
    """
    try:
        check = iq[0]
        forwarded = check[0]
        stanza = forwarded[0]
        if forwarded.tag != _FORWARDED:
            raise MalformedCheckError(forwarded.tag)
        sender = stanza.attrib["from"]
        to = stanza.attrib["to"]
        identifier = iq.attrib["id"]
        address = iq.attrib["to"]
    except (IndexError, KeyError) as error:
        raise MalformedCheckError(str(error)) from error
    room, _, resource = to.partition("/")
    attributes = check.attrib
    ask = Ask(
        id=identifier,
        address=address,
        kind=Kind.QUERY,
        sender=sender,
        account=sender.partition("/")[0],
        room=room if "@" in room else "",
        language=stanza.attrib.get(LANG),
        exists=attributes.get("exists") == "true",
        role=attributes.get("role", "none"),
        affiliation=attributes.get("affiliation", "none"),
        texts=(),
        is_encrypted=False,
        has_file=False,
    )
    name = stanza.tag
    if name == CLIENT + "message":
        _read_message(ask, stanza, resource)
    elif name == CLIENT + "presence":
        _read_presence(ask, stanza, resource, attributes.get("nick"))
    elif name == CLIENT + "iq":
        _read_iq(ask, stanza)
    else:
        raise MalformedCheckError(name)
    return ask


def _read_message(ask: Ask, stanza: Element, resource: str) -> None:
    texts: list[Text] = []
    has_body = has_subject = False
    kind = Kind.PRIVATE
    for child in stanza:
        tag = child.tag
        if tag == _BODY:
            has_body = True
            if child.text:
                texts.append(Text(surface=Surface.BODY, value=child.text))
        elif tag == _SUBJECT:
            has_subject = True
            if child.text:
                texts.append(Text(surface=Surface.SUBJECT, value=child.text))
        elif tag == _USER + "x" and not resource:
            kind = Kind.INVITE
            ask.targets = tuple(_invited(child))
            texts.extend(told(child, Surface.REASON))
        elif tag == FORM + "x" and not resource:
            kind = Kind.VOICE
            texts.extend(fields(child))
        else:
            _read_payload(ask, child, texts)
    if stanza.attrib.get("type") == "groupchat":
        kind = Kind.SUBJECT if has_subject and not has_body else Kind.POST
    ask.kind = kind
    ask.texts = tuple(texts)


def _read_presence(ask: Ask, stanza: Element, resource: str, nick: str | None) -> None:
    texts: list[Text] = []
    if not ask.exists:
        ask.kind = Kind.CREATE
    elif ask.role == "none":
        ask.kind = Kind.JOIN
    elif resource and resource != nick:
        ask.kind = Kind.NICK
    else:
        ask.kind = Kind.STATUS
    if resource and ask.kind is not Kind.STATUS:
        texts.append(Text(surface=Surface.NICK, value=resource))
    for child in stanza:
        if child.tag == _STATUS:
            if child.text:
                texts.append(Text(surface=Surface.STATUS, value=child.text))
        else:
            _read_payload(ask, child, texts)
    ask.texts = tuple(texts)


def _read_iq(ask: Ask, stanza: Element) -> None:
    if not len(stanza):
        return
    query = stanza[0]
    is_set = stanza.attrib.get("type") == "set"
    tag = query.tag
    if tag == _OWNER + "query":
        _read_owner(ask, query, is_set=is_set)
    elif tag == _ADMIN + "query" and is_set:
        _read_admin(ask, query)
    elif tag == _REGISTER + "query" and is_set:
        if query.find(_REGISTER + "remove") is None:
            ask.kind = Kind.REGISTER
            ask.texts = (*told(query, Surface.NICK), *forms(query))
    elif tag == _SUBSCRIBE and is_set:
        ask.kind = Kind.SUBSCRIBE
        nick = query.attrib.get("nick")
        ask.texts = (Text(surface=Surface.NICK, value=nick),) if nick else ()
    elif tag == _ARCHIVE:
        ask.kind = Kind.ARCHIVE
    elif tag == _VCARD and is_set:
        ask.kind = Kind.CONFIG
        words = (part.text for part in query.iter() if part.tag != _BINARY and part.text and part.text.strip())
        ask.texts = tuple(Text(surface=Surface.OTHER, value=value) for value in words)


def _read_owner(ask: Ask, query: Element, *, is_set: bool) -> None:
    destroy = query.find(_OWNER + "destroy")
    if not ask.exists:
        ask.kind = Kind.CREATE
        ask.texts = tuple(forms(query))
    elif destroy is not None and is_set:
        ask.kind = Kind.DESTROY
        ask.texts = tuple(told(destroy, Surface.REASON))
    elif is_set:
        ask.kind = Kind.CONFIG
        ask.texts = tuple(forms(query))


def _read_admin(ask: Ask, query: Element) -> None:
    targets: list[tuple[str, str]] = []
    texts: list[Text] = []
    ask.kind = Kind.ROLE
    for item in query.iterfind(_ADMIN + "item"):
        granted = item.attrib.get("affiliation")
        if granted is not None:
            ask.kind = Kind.AFFILIATION
        jid = item.attrib.get("jid", "").partition("/")[0].lower()
        if granted in _GRANTS and jid:
            targets.append((jid, granted))
        texts.extend(told(item, Surface.REASON))
        nick = item.attrib.get("nick")
        if nick and granted in _GRANTS:
            texts.append(Text(surface=Surface.NICK, value=nick))
    if ask.affiliation in {"admin", "owner"}:  # the server refuses it from anyone else, so nobody's place is at stake
        ask.targets = tuple(targets)
    ask.texts = tuple(texts)


def _read_payload(ask: Ask, child: Element, texts: list[Text]) -> None:
    tag = child.tag
    if tag in _SILENT:
        return
    if tag in _ENCRYPTED:
        ask.is_encrypted = True
        return
    if tag in _FILES:
        ask.has_file = True
    texts.extend(told(child, _SURFACES.get(tag, Surface.OTHER)))
    if len(child):
        texts.extend(linked(child))


def _invited(element: Element) -> Iterator[tuple[str, str]]:
    for invite in element.iterfind(_USER + "invite"):
        jid = invite.attrib.get("to", "").partition("/")[0].lower()
        if jid:
            yield jid, ""

"""From a check's XML to an `Ask`: what a user attempts, in which room, with which words.

Knows the shapes of XEP-0045 and its neighbours; knows nothing of persons, rules or the database. Past 300 lines, since
one look at a stanza tells them apart.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from slixmpp import JID, InvalidJID

from component.owner_form import read_config
from component.readings import FALLBACK, find_readings, gather
from component.registration import read_answer
from component.wording import FORM, LANG, Wording
from policy.facts import Kind, Surface, Text

HOOK = "urn:roomkeeper:hook:1"
CHECK = f"{{{HOOK}}}check"
CLIENT = "{jabber:client}"

_FORWARDED = "{urn:xmpp:forward:0}forwarded"
_ADMIN = "{http://jabber.org/protocol/muc#admin}"
_OWNER = "{http://jabber.org/protocol/muc#owner}"
_USER = "{http://jabber.org/protocol/muc#user}"
_MUC = "{http://jabber.org/protocol/muc}x"
_REGISTER = "{jabber:iq:register}"
_INFO = "{http://jabber.org/protocol/disco#info}query"
_ITEMS = "{http://jabber.org/protocol/disco#items}query"
_SUBSCRIBE = "{urn:xmpp:mucsub:0}subscribe"
_VCARD = "{vcard-temp}vCard"
_ARCHIVE = "{urn:xmpp:mam:"
_COMMAND = "{http://jabber.org/protocol/commands}command"
_MODERATIONS = frozenset(("{urn:xmpp:message-moderate:1}moderate", "{urn:xmpp:fasten:0}apply-to"))  # XEP-0425

_CORRECTION = "{urn:xmpp:message-correct:0}replace"
_REFERENCE = "{urn:xmpp:reference:0}reference"
_XMPP = "xmpp:"

_BODY = CLIENT + "body"
_SUBJECT = CLIENT + "subject"
_STATUS = CLIENT + "status"
_SHOW = CLIENT + "show"
_SHOWS = frozenset(("away", "chat", "dnd", "xa"))

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
    readings: tuple[Text, ...] = ()  # what clients make of the texts: `component.readings`
    targets: tuple[tuple[str, str], ...] = ()  # bare JID ("": named otherwise), affiliation granted ("": an invitation)
    asked_at: float = 0.0  # by `perf_counter`
    is_late: bool = False  # it had to wait for storage
    message: str = ""  # a message's own id
    corrects: str = ""  # XEP-0308: the id of the message that this one replaces
    wants_form: bool = False  # a get of the form of registration (XEP-0045 §7.10)
    answer: str | None = None  # what a registration says to what that form asks
    stanza: Element | None = None  # one that may be corrected: an owner's form
    config: tuple[tuple[str, tuple[str, ...]], ...] | None = None  # its values by field, each named once
    mentions: tuple[str, ...] = ()  # XEP-0372: whom it refers to, as addresses of `xmpp:` URIs
    request: Element | None = None  # about the room's own commands (XEP-0050): what they are, or a step of one
    is_info_query: bool = False  # for the room's disco#info: nothing is judged, the hook wants its description


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
        _read_iq(ask, stanza, resource)
    else:
        raise MalformedCheckError(name)
    return ask


def _read_message(ask: Ask, stanza: Element, resource: str) -> None:
    wording = Wording()
    fallbacks: list[Element] = []
    has_body = has_subject = False
    is_for_all = stanza.attrib.get("type") == "groupchat"
    kind = Kind.PRIVATE
    for child in stanza:
        tag = child.tag
        if tag == _BODY:
            has_body = True
            wording.add(Surface.BODY, child.text)
        elif tag == _SUBJECT:
            has_subject = True
            wording.add(Surface.SUBJECT, child.text)
        elif tag == FALLBACK:
            fallbacks.append(child)
        elif tag == _USER + "x":
            wording.read(child, Surface.REASON)
            if not resource and not is_for_all:
                kind = Kind.INVITE
                ask.targets = tuple(_invited(child))
        elif tag == FORM + "x":
            wording.read_form(child)
            kind = kind if resource else Kind.VOICE
        else:
            _read_payload(ask, child, wording)
    if is_for_all:
        kind = Kind.SUBJECT if has_subject and not has_body else Kind.POST
    ask.kind = kind
    _take(ask, wording, fallbacks)
    ask.message = stanza.attrib.get("id", "")


def _read_presence(ask: Ask, stanza: Element, resource: str, nick: str | None) -> None:
    wording = Wording()
    if not ask.exists:
        ask.kind = Kind.CREATE
    elif ask.role == "none":
        ask.kind = Kind.JOIN
    elif resource and resource != nick:
        ask.kind = Kind.NICK
    else:
        ask.kind = Kind.STATUS
    if ask.kind is not Kind.STATUS:
        wording.add(Surface.NICK, resource)
    for child in stanza:
        if child.tag == _STATUS:
            wording.add(Surface.STATUS, child.text)
        elif child.tag != _SHOW or child.text not in _SHOWS:
            _read_payload(ask, child, wording)
    _take(ask, wording)


def _read_iq(ask: Ask, stanza: Element, resource: str) -> None:
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
            _read_payload(ask, child, wording)
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
        _read_payload(ask, query, wording)
        ask.kind = Kind.PRIVATE if wording.texts or wording.has_file or ask.is_encrypted else Kind.QUERY
    elif is_set:
        _read_query(ask, query, wording)
    _take(ask, wording)


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
            targets.append((_prepared(item.attrib.get("jid", "")), granted))
        wording.read_below(item, Surface.REASON)
        if granted in _GRANTS:
            wording.add(Surface.NICK, item.attrib.get("nick"))
    if ask.affiliation in {"admin", "owner"}:  # the server refuses it from anyone else, so nobody's place is at stake
        ask.targets = tuple(targets)


def _read_payload(ask: Ask, child: Element, wording: Wording) -> None:
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


def _take(ask: Ask, wording: Wording, fallbacks: Sequence[Element] = ()) -> None:
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


def _invited(element: Element) -> Iterator[tuple[str, str]]:
    for invite in element.iterfind(_USER + "invite"):
        jid = _prepared(invite.attrib.get("to", ""))
        if jid:
            yield jid, ""


def _prepared(address: str) -> str:
    """A bare JID as the server will compare it (RFC 7622); "" for what is none: the server would refuse that."""
    try:
        return JID(address).bare
    except InvalidJID:
        return ""

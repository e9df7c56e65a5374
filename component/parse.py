"""From a check's XML to an `Ask`: what a user attempts, in which room, with which words.

Knows the shapes of XEP-0045 and its neighbours; knows nothing of persons, rules or the database.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from component.ask import Ask
from component.payload import CLIENT, read_payload, take
from component.queries import prepared, read_iq
from component.readings import FALLBACK
from component.wording import FORM, LANG, Wording
from policy.facts import Kind, Surface

HOOK = "urn:roomkeeper:hook:1"
CHECK = f"{{{HOOK}}}check"

_FORWARDED = "{urn:xmpp:forward:0}forwarded"
_USER = "{http://jabber.org/protocol/muc#user}"

_BODY = CLIENT + "body"
_SUBJECT = CLIENT + "subject"
_STATUS = CLIENT + "status"
_SHOW = CLIENT + "show"
_SHOWS = frozenset(("away", "chat", "dnd", "xa"))


class MalformedCheckError(ValueError):
    """The server's hook sent something that is not a check."""


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
        read_iq(ask, stanza, resource)
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
            read_payload(ask, child, wording)
    if is_for_all:
        kind = Kind.SUBJECT if has_subject and not has_body else Kind.POST
    ask.kind = kind
    take(ask, wording, fallbacks)
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
            read_payload(ask, child, wording)
    take(ask, wording)


def _invited(element: Element) -> Iterator[tuple[str, str]]:
    for invite in element.iterfind(_USER + "invite"):
        jid = prepared(invite.attrib.get("to", ""))
        if jid:
            yield jid, ""

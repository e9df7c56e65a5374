"""A question about one stanza, read: what a user attempts, in which room, with which words."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from policy.facts import Kind, Text


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

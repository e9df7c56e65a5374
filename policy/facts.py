"""What policy may know about one stanza: frozen values, gathered elsewhere.

Times are Unix seconds (float) and arrive as fields. JIDs are strings, already prepared by the server:
an *account* is a bare JID, an *occupant* a full JID.
"""

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from policy.asks import Copies, Flow

from policy.joining import Entrance, Joining
from policy.room_rule import RoomRule


class Deed(Enum):
    """What an operator's settings speak of: the three things identity may be required for."""

    CREATE = "create"
    JOIN = "join"
    POST = "post"


class Kind(Enum):
    """What a stanza attempts, by whatever way in (XEP-0045 unless said otherwise)."""

    CREATE = "create"  # presence or muc#owner form to a room that does not exist
    JOIN = "join"  # presence of someone who is not an occupant
    REGISTER = "register"  # §7.10, jabber:iq:register
    SUBSCRIBE = "subscribe"  # MUC/Sub, urn:xmpp:mucsub:0
    ARCHIVE = "archive"  # XEP-0313 query by someone who is not an occupant
    POST = "post"  # groupchat message
    PRIVATE = "private"  # §7.5, message through the room to one occupant
    SUBJECT = "subject"  # §8.1
    NICK = "nick"  # §7.6
    STATUS = "status"  # §7.7
    INVITE = "invite"  # §7.8.2, mediated, and its decline
    VOICE = "voice"  # §7.13, request and its approval
    CONFIG = "config"  # §10.2, owner form to a room that exists
    AFFILIATION = "affiliation"  # §9, §10: a grant or a withdrawal
    ROLE = "role"  # §8, §9
    DESTROY = "destroy"  # §10.9
    QUERY = "query"  # any other IQ; judged for nothing but the blacklist
    ANSWER = "answer"  # an IQ result through the room: what a client or server says because somebody asked it
    APPLY = "apply"  # asking to be let in, by command or by a form of registration; comes in by nothing

    # Members are equal only to themselves. Enum's own hash is a call of Python's for each of a check's many look-ups.
    __hash__ = object.__hash__


DEED_OF = {
    Kind.CREATE: Deed.CREATE,
    Kind.JOIN: Deed.JOIN,
    Kind.REGISTER: Deed.JOIN,
    Kind.SUBSCRIBE: Deed.JOIN,
    Kind.ARCHIVE: Deed.JOIN,
    Kind.APPLY: Deed.JOIN,
    Kind.POST: Deed.POST,
    Kind.PRIVATE: Deed.POST,
    Kind.SUBJECT: Deed.POST,
    Kind.NICK: Deed.POST,
    Kind.STATUS: Deed.POST,
    Kind.INVITE: Deed.POST,
    Kind.VOICE: Deed.POST,
    Kind.CONFIG: Deed.POST,
    Kind.AFFILIATION: Deed.POST,
    Kind.ROLE: Deed.POST,
}
"""INVARIANT: all but DESTROY, QUERY and ANSWER stand here: whoever may not post may not bring text in by a side door.
An answer is read by none but who asked for it, and clients give it by themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lockdown:
    """What nobody may do for a while, in one room, in the rooms of one category, or everywhere (neither is given)."""

    number: int  # 0: not stored yet
    room: str | None = None  # bare JID
    category: str | None = None
    deeds: frozenset[Deed]  # empty: nobody is kept out, but strangers come in by approval alone
    spares_members: bool = False  # who is a member already may come back in
    is_raid: bool = False  # nobody ordered it: many strangers came at once
    reason: str
    by: str  # bare JID of whoever ordered it
    at: float
    until: float

    @property
    def is_by_approval(self) -> bool:
        """It holds by `Room.approval_until`, not by what it forbids."""
        return not self.deeds


class Surface(Enum):
    """Where a text would be seen by others."""

    BODY = "body"
    SUBJECT = "subject"
    NICK = "nick"
    STATUS = "status"
    ROOM_NAME = "room-name"
    ROOM_DESCRIPTION = "room-description"
    REASON = "reason"
    LINK = "link"
    FILE = "file"  # its name, description and media type
    REACTION = "reaction"
    OTHER = "other"


class SanctionKind(Enum):
    NOTICE = "notice"  # a warning on record, nothing else
    MANAGE = "manage"  # may not manage the room, or any, whatever its lists say
    CREATE = "create"  # may not make rooms
    MUTE = "mute"  # may be in the room, may not put anything before others
    SUSPEND = "suspend"  # the same, in every room unless one is named: posting itself is what was misused
    KICK = "kick"  # out now, may come back
    REMOVE = "remove"  # out now, and a member no more; may join again like anybody
    BAN = "ban"  # out, and may not come back before the end


MOMENTARY = frozenset((SanctionKind.NOTICE, SanctionKind.KICK, SanctionKind.REMOVE))
"""Over as soon as they are imposed."""

SILENCING = frozenset((SanctionKind.MUTE, SanctionKind.SUSPEND))
PUTTING_OUT = frozenset((SanctionKind.KICK, SanctionKind.REMOVE, SanctionKind.BAN))


class RoomStatus(Enum):
    OPEN = "open"
    SUSPENDED = "suspended"  # reading allowed, posting not
    CLOSED = "closed"  # gone for good, the code kept


class Quota(Enum):
    """What there is only so much of."""

    CREATED = "created"  # rooms a person holds as creator
    JOINED = "joined"  # rooms a person is a member of
    MEMBERS = "members"  # members of a room


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A moderator's exception from one quota, for one person, account or room."""

    quota: Quota
    places: int
    until: float | None  # None: without end


@dataclass(frozen=True, slots=True, kw_only=True)
class Sanction:
    number: int
    kind: SanctionKind
    room: str | None  # bare JID; None: everywhere
    rule: str
    reason: str
    until: float | None  # None: without end


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A verified human, known here by an opaque number only."""

    number: int
    score: int  # 0-100
    tier: str
    tier_since: float
    is_tier_locked: bool = False
    verified_at: float  # the first time
    confirmed_at: float | None = None  # the last time; None: then
    is_blacklisted: bool = False
    rules_accepted: int = 0  # version of the platform rules, 0: none
    sanctions: tuple[Sanction, ...] = ()
    overrides: tuple[Override, ...] = ()  # those past their end included


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    jid: str  # bare
    is_blacklisted: bool = False
    sanctions: tuple[Sanction, ...] = ()  # its own; those of the person behind it stand with the person
    overrides: tuple[Override, ...] = ()  # likewise


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    jid: str  # bare
    code: str
    status: RoomStatus = RoomStatus.OPEN
    is_blacklisted: bool = False
    category: str | None = None  # None: nobody chose one; what that means, `policy/grading.py` knows
    scale: str | None = None
    activity: str | None = None  # as last found (`policy/activity.py`); None: the quietest class
    closed_for: str = ""  # why it was closed, if its address is not to be used again
    founder: tuple[str, int | None] | None = None  # account, or "" and person; None: found on the server, or not made
    reserved_for: tuple[str, int | None] | None = None  # account, or "" and person: who alone may make it again
    rules: tuple[RoomRule, ...] = ()  # its managers' own
    rules_version: int = 0  # counts their changes
    overrides: tuple[Override, ...] = ()  # of its members
    joining: Joining | None = None  # how one comes in, as its managers chose; None: they did not
    approval_until: float | None = None  # until then nobody comes in without approval, whatever they chose


@dataclass(frozen=True, slots=True, kw_only=True)
class Permit:
    """An application that was approved: an address is kept for whoever may found a group there."""

    number: int
    is_own: bool  # it is this person's; else somebody else's
    category: str
    scale: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Places in use, this room's own place of this person not counted."""

    created: int  # rooms this person holds as creator
    joined: int  # rooms this person is a member of
    members: int  # members of the room


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    surface: Surface
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Somebody else whom the stanza would let in: a grant of affiliation, an invitation."""

    account: Account  # its address is "" where the stanza names somebody by a nickname, or by no address that is one
    person: Person | None
    affiliation: str  # the one to be granted; "" for an invitation
    is_member: bool = False
    is_creator: bool = False  # the room counts as one that they created; only known where they are to be an owner
    counts: Counts | None = None


class Lately(msgspec.Struct, frozen=True, kw_only=True):
    """What memory adds to a stanza. Each field is filled only if some rule asks for it (`policy/asks.py`)."""

    exceeded: "frozenset[Flow | Copies]" = frozenset()  # of what was asked, that which this stanza is too much for
    named: int = 0  # occupants whom the texts name, the writer left out
    others: int = 0  # those who could be named
    is_room_named: bool = False  # XEP-0372: a reference to the room itself, so to everybody
    member_since: float | None = None  # None: no member of the room
    is_first: bool = False  # a message, and none of the writer's came before it to the room


NOTHING_LATELY = Lately()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything one decision rests on."""

    at: float
    kind: Kind
    account: Account
    person: Person | None  # None: nobody verified stands behind this account
    room_jid: str = ""  # bare, also of a room that does not exist yet; "": the stanza is for the service itself
    room: Room | None = None  # None: does not exist yet, or the stanza is for the service itself
    twin: Room | None = None  # only for CREATE: another room whose address people would take for this one
    permit: Permit | None = None  # only for CREATE: for whom the address is kept
    role: str = "none"
    affiliation: str = "none"
    is_member: bool = False
    is_within_rate: bool = True  # the message bucket of this person had a token
    is_encrypted: bool = False  # XEP-0384, XEP-0373 or XEP-0380 payload
    has_file: bool = False  # XEP-0066, XEP-0446/0447 payload
    texts: tuple[Text, ...] = ()
    readings: tuple[Text, ...] = ()  # what clients make of them: joined, or without a part; the same words, not more
    counts: Counts | None = None  # only for CREATE, JOIN, REGISTER, SUBSCRIBE
    targets: tuple[Target, ...] = ()
    lately: Lately = NOTHING_LATELY
    lockdowns: tuple[Lockdown, ...] = ()  # all that there are, wherever they hold
    approved: frozenset[str] = frozenset()  # rules whose hold of this very content a moderator has ended by a yes
    entrance: Entrance | None = None  # only for those who are not members, where a room is not open to anybody
    wants_form: bool = False  # a QUERY for the form of registration (XEP-0045 §7.10)
    config: tuple[tuple[str, tuple[str, ...]], ...] | None = None  # an owner's form: values by field, each named once

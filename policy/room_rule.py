"""One rule that a room's managers set for their own room: a value, smaller than what operators can write."""

from dataclasses import dataclass
from enum import Enum

OWN = "room:"
"""Before the name of a room's own rule in log, audit and sanctions: so it never passes for one of the platform's."""


class RoomMatcher(Enum):
    """What such a rule looks for, as `moderation.managers.matchers` has it."""

    WORDS = "words"
    LINKS = "links"
    CAPS = "caps"
    LENGTH = "length"
    ATTACHMENTS = "attachments"
    MIXED_SCRIPT = "mixed_script"
    PATTERNS = "patterns"


class RoomAction(Enum):
    """What follows in this room, as `moderation.managers.actions` has it."""

    REJECT = "reject"
    NOTE = "note"
    MUTE = "mute"


class Exempt(Enum):
    """For whom of the room's own people a rule does not hold."""

    NOBODY = "nobody"
    OWNERS = "owners"  # owners and admins, by affiliation
    MODERATORS = "moderators"  # these, and whoever has the role


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomRule:
    name: str  # without OWN
    matcher: RoomMatcher
    items: tuple[str, ...] = ()  # words, patterns, domains, kinds of file
    is_all_but: bool = False  # LINKS: every link but those to `items`
    least: int = 0  # CAPS: letters a text must have; LENGTH: characters from which it is too long
    action: RoomAction = RoomAction.REJECT
    mute_s: float | None = None  # of a MUTE
    exempt: Exempt = Exempt.NOBODY


def is_own(rule: str) -> bool:
    """Whether this is the name of a room's own rule."""
    return rule.startswith(OWN)

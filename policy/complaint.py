"""What people may complain of, on what grounds, and what managers of a room can have done about it."""

from enum import Enum


class Subject(Enum):
    """What a complaint is about."""

    MESSAGE = "message"
    OCCUPANT = "occupant"
    ROOM = "room"  # as a whole, and so about those who answer for it


class Grounds(Enum):
    """What it says is wrong."""

    ABUSE = "abuse"  # insults, threats, harassment
    SPAM = "spam"
    FRAUD = "fraud"
    SEXUAL = "sexual"
    PRIVACY = "privacy"  # what is private was made known
    ILLEGAL = "illegal"
    OTHER = "other"


class Handling(Enum):
    """What managers say they did."""

    MUTED = "muted"
    REMOVED = "removed"
    WARNED = "warned"
    NOTHING_WRONG = "nothing-wrong"

"""How one comes into a room: by itself, by an answer, by approval, by invitation. Values, and how answers compare."""

from dataclasses import dataclass
from enum import Enum

from policy.normalise import normalise


class JoinMode(Enum):
    """As `join_modes` of a category has it."""

    OPEN = "open"
    QUESTION = "question"
    APPROVAL = "approval"
    INVITE = "invite"


STRICTNESS = tuple(JoinMode)
"""From the mildest to the strictest."""

BY_MANAGERS = frozenset((JoinMode.APPROVAL, JoinMode.INVITE))
"""Modes in which nobody comes in whom no manager let in."""


class Way(Enum):
    """By what somebody was admitted."""

    ANSWER = "answer"
    APPROVAL = "approval"
    INVITATION = "invitation"


class Answer(Enum):
    """What an answer to a room's question was worth."""

    RIGHT = "right"
    WRONG = "wrong"
    SPENT = "spent"  # not looked at: too many were tried


class Filing(Enum):
    """What became of an application."""

    FILED = "filed"
    WAITING = "waiting"  # there is one already
    PAUSED = "paused"  # refused not long ago
    TOO_MANY = "too-many"  # the person has too many waiting elsewhere
    CROWDED = "crowded"  # too many wait for this room


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """What a room's managers chose. Of the answers that they accept, nobody can read more than their digests."""

    mode: JoinMode
    question: str = ""
    salt: str = ""  # hex
    answers: tuple[str, ...] = ()  # digests of their normal forms, hex


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrance:
    """How somebody who is no member stands with a room that is not open to anybody."""

    admitted_by: Way | None = None
    waiting_since: float | None = None  # their application
    answer: Answer | None = None  # to the room's question
    words: str = ""  # of an application


def normal_answer(text: str) -> str:
    """The form in which answers are compared: neither case, width, spaces nor signs matter, if anything is left."""
    normal = normalise(text).text
    return "".join(filter(str.isalnum, normal)) or "".join(normal.split())

"""Checks as short as a test of memory needs them."""

from itertools import count
from typing import Any

from component.ask import Ask
from policy.facts import Kind, Surface, Text

ROOM = "hall@muc.example"
_IDS = count(1)


def ask(text: str = "", kind: Kind = Kind.POST, **fields: Any) -> Ask:  # noqa: ANN401 - any field
    """A check by Anna's phone; each is one of its own unless it is given an id."""
    number = f"q{next(_IDS)}"
    known: dict[str, Any] = {
        "id": number,
        "address": "hall@keeper.example",
        "kind": kind,
        "sender": "anna@example/phone",
        "account": "anna@example",
        "room": ROOM,
        "language": None,
        "exists": True,
        "role": "participant",
        "affiliation": "none",
        "texts": (Text(surface=Surface.BODY, value=text),) if text else (),
        "is_encrypted": False,
        "has_file": False,
        "message": number,
    }
    return Ask(**{**known, **fields})

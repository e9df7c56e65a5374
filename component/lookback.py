"""What memory adds to a stanza's facts, as far as rules ask: what was lately, who is named, who the writer is here."""

from typing import Protocol

from component.ask import Ask
from component.memory import STRANGER
from component.occupancy import Occupancy
from component.recent import Recent
from policy.asks import FIRSTS, Asks
from policy.facts import NOTHING_LATELY, Kind, Lately
from policy.normalise import normalise
from storage.rooms import Stay

_MEMBERLESS = frozenset((Kind.ARCHIVE, Kind.QUERY, Kind.DESTROY))
_MOST_TEXTS, _MOST_CHARS, _MOST_REFERENCES = 8, 10_000, 500


class Remembers(Protocol):
    """Whoever has a memory of what was lately and of who is where."""

    recent: Recent
    occupancy: Occupancy


def look_back(memory: Remembers, asks: Asks, ask: Ask, holder: str, *, stay: Stay | None, at: float) -> Lately:
    """Count the stanza, once for each check, and tell all that is asked; `stay` is the writer's where that is."""
    exceeded = memory.recent.note(asks, ask, holder, at)
    named, others, is_room_named = _names(memory.occupancy, ask) if asks.names else (0, 0, False)
    is_first = asks.firsts and ask.kind in FIRSTS and stay is not None and not stay.has_posted
    if stay is None or stay is STRANGER:
        if not exceeded and not named and not is_first and not is_room_named:
            return NOTHING_LATELY
        since = None
    else:
        since = stay.since
    return Lately(
        exceeded=exceeded,
        named=named,
        others=others,
        is_room_named=is_room_named,
        member_since=since,
        is_first=is_first,
    )


def asks_for_stay(asks: Asks | None, ask: Ask) -> bool:
    """Whether it matters since when the writer has been a member."""
    return asks is not None and asks.membership and bool(ask.room) and ask.kind not in _MEMBERLESS


def opens(ask: Ask) -> bool:
    """Whether it is a message to the room that may be somebody's first: it has something in it."""
    return ask.kind is Kind.POST and bool(ask.texts or ask.has_file or ask.is_encrypted)


def may_be_noted(asks: Asks | None, ask: Ask, stay: Stay) -> bool:
    """Whether storage must learn of a first message, should it be let through."""
    return asks is not None and asks.firsts and not stay.has_posted and stay is not STRANGER and opens(ask)


def _names(occupancy: Occupancy, ask: Ask) -> tuple[int, int, bool]:
    """How many others the texts and references name, how many there are, and whether the room itself is referred to."""
    if not ask.room or not (ask.texts or ask.mentions):
        return 0, 0, False
    names = occupancy.names(ask.room)
    own = occupancy.nick_of(ask.room, ask.sender)
    others = len(names) - (own is not None)
    found: set[str] = set()
    for text in ask.texts[:_MOST_TEXTS]:
        found |= names.find(normalise(text.value[:_MOST_CHARS]).text)
    is_room_named = False
    for address in ask.mentions[:_MOST_REFERENCES]:
        bare, _, resource = address.partition("/")
        if bare != ask.room:
            nick = occupancy.nick_of(ask.room, bare)
            found.add(address if nick is None else normalise(nick).text)
        elif resource:
            found.add(normalise(resource).text)
        else:
            is_room_named = True
    if own is not None:
        found.discard(normalise(own).text)
    return max(len(found), others if is_room_named else 0), others, is_room_named

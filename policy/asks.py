"""What rules ask of the recent past, as values: the component remembers no more than the settings in force ask for.

A rule's `flood` and `duplicates` become questions here. Whoever remembers answers with those that are *exceeded* by a
stanza (`policy.facts.Lately`), and matchers look their own question up among them.
"""

from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from config.settings import Condition, Duplicates, Flood, Rule
from policy.facts import Kind

JOINS = frozenset((Kind.JOIN, Kind.REGISTER, Kind.SUBSCRIBE))
MESSAGES = frozenset((Kind.POST, Kind.PRIVATE, Kind.SUBJECT, Kind.INVITE, Kind.VOICE))
"""What `flood` counts where a rule names no kinds. Clients send presences by themselves, to every room at once."""

FIRSTS = frozenset((Kind.POST, Kind.PRIVATE, Kind.SUBJECT))
"""What may be somebody's first message; it stays the first until one to the room itself (POST) is let through."""


class Flow(msgspec.Struct, frozen=True):
    """More than `most` within `within_s`, this stanza counted. `what` of `kinds` is counted for each of `by`."""

    what: Literal["messages", "chars", "joins"]
    by: Literal["person-here", "person", "room"]
    kinds: frozenset[Kind]
    most: int
    within_s: float

    @property
    def is_crowd(self) -> bool:
        """Whether people are counted, each once, and not what they do: one who comes and goes is no raid."""
        return self.what == "joins" and self.by == "room"


class Copies(msgspec.Struct, frozen=True):
    """The same text, as far as `similarity` goes, `copies` times within `within_s`, this one counted."""

    copies: int
    within_s: float
    similarity: float
    letters: int
    by: Literal["person", "anybody"]
    is_everywhere: bool


class Asks(msgspec.Struct, frozen=True):
    """All that a set of rules asks, each question once."""

    flows: tuple[Flow, ...] = ()
    copies: tuple[Copies, ...] = ()
    names: bool = False  # how many of the occupants a text names
    membership: bool = False  # since when somebody has been a member, and whether they have posted
    firsts: bool = False  # the latter, which must then be stored


def flows_of(flood: Flood, kinds: Iterable[str]) -> tuple[Flow, ...]:
    """The questions of one `flood` in a rule that judges these kinds (none: all).

    Raises:
        ValueError: it counts nothing, or what never comes to it.
    """
    if flood.messages is None and flood.chars is None and flood.joins is None:
        raise ValueError("flood needs messages, chars or joins")
    if flood.within <= 0:
        raise ValueError("flood.within must be more than 0s")
    judged = frozenset(map(Kind, kinds))
    counted = judged or MESSAGES
    by = flood.by or "person-here"
    flows = []
    if flood.messages is not None:
        flows.append(Flow("messages", by, counted, flood.messages, flood.within))
    if flood.chars is not None:
        flows.append(Flow("chars", by, counted, flood.chars, flood.within))
    if flood.joins is not None:
        joins = judged & JOINS if judged else JOINS
        if not joins:
            raise ValueError("flood.joins is never met: the rule judges no kind of join")
        flows.append(Flow("joins", flood.by or "room", joins, flood.joins, flood.within))
    return tuple(flows)


def copies_of(duplicates: Duplicates) -> Copies:
    """The question of one `duplicates`.

    Raises:
        ValueError: its time is none.
    """
    if duplicates.within <= 0:
        raise ValueError("duplicates.within must be more than 0s")
    return Copies(
        duplicates.copies,
        duplicates.within,
        duplicates.similarity,
        duplicates.letters,
        duplicates.by,
        duplicates.across_rooms,
    )


def asks_of(rules: Iterable[Rule]) -> Asks | None:
    """All that these rules ask; None when nothing need be remembered for them.

    Raises:
        ValueError: as `flows_of` and `copies_of`; a rule that was compiled raises none.
    """
    told = [(rule, condition) for rule in rules for condition in conditions_of(rule)]
    flows = [flow for rule, each in told if each.flood is not None for flow in flows_of(each.flood, rule.kinds)]
    firsts = any(each.first_message for _, each in told)
    asks = Asks(
        flows=tuple(dict.fromkeys(flows)),
        copies=tuple(dict.fromkeys(copies_of(each.duplicates) for _, each in told if each.duplicates is not None)),
        names=any(each.mentions is not None for _, each in told),
        membership=firsts or any(each.membership_age is not None for _, each in told),
        firsts=firsts,
    )
    return None if asks == Asks() else asks


def conditions_of(condition: Condition) -> Iterator[Condition]:
    """A condition and all within it."""
    yield condition
    inner = (*condition.all_of, *condition.any_of, *((condition.none_of,) if condition.none_of else ()))
    for one in inner:
        yield from conditions_of(one)

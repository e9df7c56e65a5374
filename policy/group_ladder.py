"""Strikes in a room lead up the ladder for groups: warned, suspended, closed, blacklisted.

What counts is gathered elsewhere: strikes by the platform's rules and moderators' sanctions in the room, never what its
managers' own rules met.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum

from config.settings import GroupLadder, GroupStep


class MeasureKind(Enum):
    """What is done about a room, from the mildest to the gravest."""

    WARN = "warn"
    SUSPEND = "suspend"  # reading allowed, posting not
    CLOSE = "close"  # destroyed on the server, its address kept from being used again
    BLACKLIST = "blacklist"  # the same, and the address is on the blacklist

    @property
    def gravity(self) -> int:
        """The higher, the graver."""
        return _GRAVITIES[self]


_GRAVITIES = {kind: gravity for gravity, kind in enumerate(MeasureKind)}
FINAL = frozenset((MeasureKind.CLOSE, MeasureKind.BLACKLIST))
"""The room is gone by these; nothing is left to be set right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomStrike:
    """One that counts against a room; `number` is the strike's, None for a moderator's sanction."""

    number: int | None
    holder: str
    at: float


def reached(
    strikes: Sequence[RoomStrike], at: float, ladder: GroupLadder, held: MeasureKind | None
) -> GroupStep | None:
    """The gravest step that the strikes lead to, if it is graver than what is held against the room already."""
    for step in reversed(ladder.steps):
        if held is not None and kind_of(step).gravity <= held.gravity:
            return None
        if leads_to(strikes, at, step):
            return step
    return None


def leads_to(strikes: Collection[RoomStrike], at: float, step: GroupStep) -> bool:
    """Whether there are enough strikes within the step's window, by enough people."""
    if step.strikes is None:
        return False
    counting = [strike for strike in strikes if at - step.window < strike.at <= at]
    return len(counting) >= step.strikes and len({strike.holder for strike in counting}) >= step.persons


def counted(strikes: Collection[RoomStrike], at: float, step: GroupStep) -> tuple[int, ...]:
    """The numbers of the strikes that led to it."""
    return tuple(each.number for each in strikes if each.number is not None and at - step.window < each.at <= at)


def following(held: MeasureKind, ladder: GroupLadder) -> GroupStep | None:
    """Where a missed deadline leads; None where the ladder ends."""
    return next((step for step in ladder.steps if kind_of(step).gravity > held.gravity), None)


def kind_of(step: GroupStep) -> MeasureKind:
    """What the step does."""
    return MeasureKind(step.sanction)

"""Strikes within a window lead to a sanction: which step of a ladder a new strike reaches."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from config.settings import Step
from policy.actions import Punish, Strike
from policy.facts import SanctionKind


class Rung(Protocol):
    """What every step of a ladder of people has."""

    @property
    def strikes(self) -> int:
        """Strikes that lead here."""

    @property
    def window(self) -> float:
        """Within so many seconds."""


R = TypeVar("R", bound=Rung)
R_co = TypeVar("R_co", bound=Rung, covariant=True)


class Rungs(Protocol[R_co]):
    """A ladder, from the mildest step to the gravest."""

    @property
    def steps(self) -> Sequence[R_co]:
        """All of it."""


def next_step(strike_times: Sequence[float], at: float, ladder: Rungs[R]) -> R | None:
    """The gravest step that the newest strike reaches; `strike_times` are those that count, the newest included.

    A step fires at the strike that makes up its number, not again at the next: between two steps a strike only
    counts. Past the gravest step there is nowhere left to climb to, so there every further strike leads to it.
    """
    for step in reversed(ladder.steps):
        strikes = sum(at - step.window < time <= at for time in strike_times)
        if strikes == step.strikes or (strikes > step.strikes and step is ladder.steps[-1]):
            return step
    return None


def sanction_of(step: Step, strike: Strike) -> Punish:
    """What a step that a strike reached leads to. Posting is suspended everywhere, whatever the step says."""
    kind = SanctionKind(step.sanction)
    return Punish(
        kind=kind,
        account=strike.account,
        person=strike.person,
        room=None if step.everywhere or kind is SanctionKind.SUSPEND else strike.room,
        rule=strike.rule,
        lasts_s=step.lasts,
    )

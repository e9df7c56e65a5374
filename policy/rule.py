"""What a rule is: a name, the kinds of stanza it judges, and a function from facts to an opinion."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from config.settings import Settings
from policy.actions import Action
from policy.facts import DEED_OF, Deed, Facts, Kind
from policy.verdict import Condition, Reason, RuleError

EVERY = frozenset(Kind)
LETS_IN = frozenset(kind for kind, deed in DEED_OF.items() if deed is not Deed.POST)
"""Kinds that make somebody an occupant, a member or a reader, or ask to."""

TAKES_PLACE = LETS_IN - {Kind.ARCHIVE, Kind.APPLY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What one rule thinks of one stanza. Any reason denies it; actions alone do not."""

    reasons: tuple[Reason, ...] = ()
    actions: tuple[Action, ...] = ()
    errors: tuple[RuleError, ...] = ()
    hits: tuple[str, ...] = ()  # the operator's rules that were met, whether or not anything came of it


Judge = Callable[[Facts], Opinion | None]
"""None: no opinion."""

Pieces = Callable[[Facts], Iterator[str]]
"""Judges once more, for nothing but its cost: after each piece of the work its name, so that a clock may be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule, ready to judge. It need not be right: whatever it raises becomes an error in the verdict."""

    name: str
    kinds: frozenset[Kind]
    judge: Judge
    pieces: Pieces | None = None  # of a rule that is many


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What rules are made from."""

    settings: Settings
    words: Mapping[str, tuple[str, ...]]  # contents of word files, by the rule's name or the file's


Make = Callable[[Source], Rule | None]
"""Makes a rule; None when these settings leave it nothing to judge.

Raises:
    BadRule: it cannot be made from these settings.
"""


def denial(rule: str, condition: Condition, text: str, **params: str | float) -> Opinion:
    """The opinion of a rule that denies for one reason."""
    return Opinion(reasons=(Reason(rule=rule, condition=condition, text=text, params=tuple(params.items())),))

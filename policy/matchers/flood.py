"""Too many messages, characters or joins within a time; who counts them is told what to count (`policy/asks.py`)."""

from collections.abc import Iterable

from config.settings import Flood
from policy.asks import flows_of
from policy.matchers.view import Match, Matcher, Matches, View, whole

NAME = "flood"


def make(flood: Flood, kinds: Iterable[str]) -> Matcher:
    """Any of `messages`, `chars` and `joins`, in a rule that judges these kinds.

    Raises:
        ValueError: it could never be met.
    """
    flows = frozenset(flows_of(flood, kinds))

    def match(view: View) -> Matches | None:
        exceeded = view.facts.lately.exceeded
        if not exceeded or flows.isdisjoint(exceeded):
            return None
        return tuple(whole(NAME, text) for text, _ in view.texts) or (Match(NAME),)

    return match

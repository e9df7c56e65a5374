"""What the gate did, in plain numbers: how many checks, how long they took, and of rules what `RuleCounts` has.

Added to on a stanza's way, so nothing here may take long; read by `component/metrics.py`. Names no person, no account
and no room.
"""

import asyncio
from bisect import bisect_left
from collections.abc import Mapping
from time import perf_counter

from component.ask import Ask
from component.rule_counts import RuleCounts
from policy.engine import Policy, judge_in_pieces
from policy.facts import Facts, Kind
from storage.queues import Length, Queue

BOUNDS_S = (
    *(0.000_025, 0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005),
    *(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0),
)
"""What answers' times are sorted by: from a rule's few microseconds to the hook's patience."""

SAMPLED = 127
"""One answer in so many is judged once more for its cost. A prime: traffic that repeats is not met at one place."""


class Times:
    """How long answers took."""

    __slots__ = ("counts", "total_s")

    def __init__(self) -> None:
        """None yet."""
        self.counts = [0] * (len(BOUNDS_S) + 1)  # by bound; the last is beyond all of them
        self.total_s = 0.0

    def add(self, took_s: float) -> None:
        """One more answer."""
        self.counts[bisect_left(BOUNDS_S, took_s)] += 1
        self.total_s += took_s


class Outcomes:
    """What became of checks of one kind."""

    __slots__ = ("allowed", "denied", "failed")

    def __init__(self) -> None:
        """None yet."""
        self.allowed = self.denied = self.failed = 0


class Meter:
    """Since the start."""

    def __init__(self) -> None:
        """Nothing has happened."""
        self.outcomes = {kind: Outcomes() for kind in Kind}
        self.malformed = 0
        self.from_memory = Times()
        self.with_storage = Times()
        self.rules = RuleCounts()
        self.reloads = 0
        self.refused_reloads = 0
        self.reviews_waiting = self.reviews_overdue = 0  # of groups, as last counted
        self.queues: Mapping[Queue, Length] = {}  # what waits for staff, where numbers are shown
        self.is_in_step = False  # with the server, since the stream was last opened
        self._until_sample = SAMPLED

    def allowed(self, ask: Ask, facts: Facts, policy: Policy) -> None:
        """The answer has just left."""
        self.outcomes[ask.kind].allowed += 1
        took_s = perf_counter() - ask.asked_at
        times = self.with_storage if ask.is_late else self.from_memory
        times.add(took_s)
        self.judged(facts, policy)

    def judged(self, facts: Facts, policy: Policy) -> None:
        """A stanza that was answered may be the next sample."""
        self._until_sample -= 1
        if not self._until_sample:
            self._sample(facts, policy)

    def denied(self, ask: Ask, *, is_fault: bool) -> None:
        """Likewise, of a denial; `is_fault`: for no reason but that we could not do better."""
        outcomes = self.outcomes[ask.kind]
        if is_fault:
            outcomes.failed += 1
        else:
            outcomes.denied += 1
        times = self.with_storage if ask.is_late else self.from_memory
        times.add(perf_counter() - ask.asked_at)

    def _sample(self, facts: Facts, policy: Policy) -> None:
        self._until_sample = SAMPLED
        # Later: answers to whatever came along with this one are still to leave.
        asyncio.get_running_loop().call_soon(self._measure, facts, policy)

    def _measure(self, facts: Facts, policy: Policy) -> None:
        begun = perf_counter()
        for rule in judge_in_pieces(facts, policy):
            ended = perf_counter()
            self.rules.spent(rule, facts.at, ended - begun)
            begun = perf_counter()

"""What each rule did, by day (UTC), counted in memory; `component/rule_keeper.py` has it written."""

from collections.abc import Mapping

from policy.actions import Note
from policy.room_rule import is_own
from policy.rules.own_rules import NAME as OWN_RULES
from policy.verdict import Verdict
from storage.rule_stats import DAY_S, RuleStat

MOST_RULES = 1_000
OTHERS = "(others)"
"""What rules past so many are counted as: whoever reads the counts has bounds too."""


class Count:
    """What one rule did."""

    __slots__ = ("cost_s", "faults", "hits", "last_hit_at", "refused", "samples", "shadow_hits")

    def __init__(self) -> None:
        """Nothing."""
        self.hits = self.refused = self.shadow_hits = self.faults = self.samples = 0
        self.cost_s = 0.0
        self.last_hit_at: float | None = None

    def add(self, other: "Count") -> None:
        """What another count has, too."""
        self.hits += other.hits
        self.refused += other.refused
        self.shadow_hits += other.shadow_hits
        self.faults += other.faults
        self.samples += other.samples
        self.cost_s += other.cost_s
        if other.last_hit_at is not None:
            self.last_hit_at = max(other.last_hit_at, self.last_hit_at or 0.0)

    def told(self, day: int, rule: str) -> RuleStat:
        """As storage takes it."""
        return RuleStat(day=day, rule=rule, **{name: getattr(self, name) for name in self.__slots__})


class RuleCounts:
    """Counts that wait to be written, are being written, and were written since the start."""

    def __init__(self) -> None:
        """Nothing has happened."""
        self._waiting: dict[tuple[int, str], Count] = {}  # by day since 1970 and rule
        self._writing: dict[tuple[int, str], Count] = {}
        self._written: dict[str, Count] = {}
        self._names: set[str] = set()

    def met(self, verdict: Verdict, at: float) -> None:
        """A verdict that is more than a plain allowance. A rule counts once for a stanza."""
        notes = [action for action in verdict.actions if isinstance(action, Note)]
        shadows = {_name(note.rule) for note in notes if note.would}
        reasons = {_name(reason.rule) for reason in verdict.reasons}
        for rule in reasons.union(map(_name, verdict.hits), (_name(note.rule) for note in notes)):
            count = self._count(rule, at)
            if rule in shadows:
                count.shadow_hits += 1
            else:
                count.hits += 1
            count.refused += rule in reasons
            count.last_hit_at = at
        for error in verdict.errors:
            self._count(_name(error.rule), at).faults += 1

    def spent(self, rule: str, at: float, took_s: float) -> None:
        """A rule was asked once more, with a clock."""
        count = self._count(rule, at)
        count.samples += 1
        count.cost_s += took_s

    def since_start(self) -> dict[str, Count]:
        """By rule."""
        totals: dict[str, Count] = {}
        for counts in (self._waiting, self._writing):
            for (_, rule), count in counts.items():
                totals.setdefault(rule, Count()).add(count)
        for rule, count in self._written.items():
            totals.setdefault(rule, Count()).add(count)
        return totals

    # on their way into storage

    def begin_writing(self) -> Mapping[tuple[int, str], Count]:
        """What is to be written, by day since 1970 and rule. `end_writing` follows."""
        self._writing, self._waiting = self._waiting, {}
        return self._writing

    def end_writing(self, *, is_written: bool) -> None:
        """It is on disk, or waits again."""
        ended, self._writing = self._writing, {}
        if is_written:
            for (_, rule), count in ended.items():
                self._written.setdefault(rule, Count()).add(count)
            return
        for key, count in ended.items():
            self._waiting.setdefault(key, Count()).add(count)

    def _count(self, rule: str, at: float) -> Count:
        if rule not in self._names:
            if len(self._names) >= MOST_RULES:
                rule = OTHERS
            self._names.add(rule)
        key = int(at // DAY_S), rule
        count = self._waiting.get(key)
        if count is None:
            count = self._waiting[key] = Count()
        return count


def _name(rule: str) -> str:
    """Rooms' own rules count as one: their managers choose the names, and one name means another rule elsewhere."""
    return OWN_RULES if is_own(rule) else rule

"""Many texts judged by a set of rules, counted by rule, and compared with what another set makes of them."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from component.rehearsal import Rehearsal
from component.trial import BadSampleError, Sample, make_sample, show
from config.files import read_text
from config.loader import Loaded
from config.settings import Settings
from policy.engine import Policy, compile_policy, decide
from policy.examine import Examiner
from policy.verdict import Decision

_MOST_SHOWN = 200


class BadCorpusError(ValueError):
    """The file cannot be read, or a line of it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one set of rules makes of one text: the rules that hit, and whether it is let through."""

    hits: frozenset[str]
    is_denied: bool


def read_corpus(file: Path, settings: Settings) -> list[tuple[int, Sample]]:
    """The samples with the numbers of their lines; blank lines are skipped.

    Raises:
        BadCorpusError: with the line.
    """
    try:
        lines = read_text(file).split("\n")
    except ValueError as error:
        raise BadCorpusError(str(error)) from None
    samples: list[tuple[int, Sample]] = []
    before: dict[str, object] = {}  # a line that does not say when it came, after one that does, came with it
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                sample = make_sample({**before, **_read(line)}, settings)
            except BadSampleError as error:
                raise BadCorpusError(f"line {number}: {error}") from None
            samples.append((number, sample))
            if sample.is_timed:
                before = {"at": sample.facts.at}
    return samples


def _read(line: str) -> dict[str, object]:
    """A line in braces is JSON if it can be; people do write braces."""
    if line.startswith("{"):
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            return {"text": line}
        if isinstance(value, dict) and "text" in value:
            return value
    return {"text": line}


def replay(corpus: Sequence[tuple[int, Sample]], loaded: Loaded, other: Loaded | None) -> Iterator[str]:
    """A table by rule; with another set, its counts beside, and every text on which the two differ."""
    is_timed = any(sample.is_timed for _, sample in corpus)
    ours = _Judge(loaded, is_timed=is_timed)
    theirs = None if other is None else _Judge(other, is_timed=is_timed)
    columns: list[Counter[str]] = [Counter(), Counter()]
    denied = [0, 0]
    differences: list[str] = []
    for number, sample in corpus:
        outcomes = [ours.judge(sample), *([] if theirs is None else [theirs.judge(sample)])]
        for place, outcome in enumerate(outcomes):
            columns[place].update(outcome.hits)
            denied[place] += outcome.is_denied
        if theirs is not None and outcomes[0] != outcomes[1]:
            differences.append(f"line {number}: {_differ(*outcomes)} {show(sample.text[:_MOST_SHOWN])}")
    yield from _table(columns[: 1 if theirs is None else 2], denied, len(corpus), loaded, other)
    if theirs is not None:
        yield f"{len(differences)} of {len(corpus)} texts fare otherwise"
        yield from differences


class _Judge:
    """One set of rules with a memory of its own. Where no line says when it came, floods are not counted."""

    def __init__(self, loaded: Loaded, *, is_timed: bool) -> None:
        self._examiner = Examiner(loaded.settings, loaded.words)
        self._policy: Policy = compile_policy(loaded.settings, loaded.words)
        asks = self._policy.asks
        if asks is not None and not is_timed:
            asks = msgspec.structs.replace(asks, flows=())
        self._rehearsal = Rehearsal(asks, loaded.settings.limits)

    def judge(self, sample: Sample) -> Outcome:
        facts = self._rehearsal.play(sample.facts)
        hits = self._examiner.examine(facts).hits
        verdict = decide(facts, self._policy)
        return Outcome(frozenset(hit.rule.name for hit in hits), verdict.decision is not Decision.ALLOW)


def _differ(ours: Outcome, theirs: Outcome) -> str:
    changes = [f"+{name}" for name in sorted(theirs.hits - ours.hits)]
    changes += [f"-{name}" for name in sorted(ours.hits - theirs.hits)]
    if ours.is_denied != theirs.is_denied:
        changes.append("denied" if theirs.is_denied else "allowed")
    return " ".join(changes)


def _table(
    columns: Sequence[Counter[str]], denied: Sequence[int], total: int, loaded: Loaded, other: Loaded | None
) -> Iterator[str]:
    rules = {rule.name: rule for each in (other, loaded) if each is not None for rule in each.settings.rules}
    width = max((len(name) for name in rules), default=0)
    width = max(width, len("texts denied"))
    heading = "hits" if other is None else "hits  against"
    yield f"{'rule':<{width}}  {heading}"
    for name in sorted(rules, key=lambda name: (-columns[0][name], name)):
        counts = "  ".join(f"{column[name]:>{4 if place == 0 else 7}}" for place, column in enumerate(columns))
        yield f"{name:<{width}}  {counts}{'  (shadow)' if rules[name].shadow else ''}"
    counts = "  ".join(f"{denied[place]:>{4 if place == 0 else 7}}" for place in range(len(columns)))
    yield f"{'texts denied':<{width}}  {counts}  of {total}"

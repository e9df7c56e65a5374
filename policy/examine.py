"""Which of the operator's rules hit a stanza, and where; what follows is `policy/consequences.py`'s.

All rules' words are searched for in one pass, all their patterns together. Then only those rules are asked that
could be met: the ones whose words were found, and the few that need no word.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from config.settings import Rule as TextRule
from config.settings import Settings
from policy.asks import conditions_of
from policy.conditions import Node, plant
from policy.errors import BadRule, describe
from policy.facts import Facts, Surface, Text
from policy.matchers.spans import Span
from policy.matchers.view import Matches, Scanned, View
from policy.scan import Scanner
from policy.scope import Scope, make_scope
from policy.verdict import RuleError

_NOTHING: Mapping[int, Span] = {}


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that is met, and by what."""

    rule: TextRule
    matches: Matches


@dataclass(frozen=True, slots=True)
class Examined:
    """All that was found in one stanza, in the order of the rules."""

    hits: tuple[Hit, ...] = ()
    errors: tuple[RuleError, ...] = ()


UNSUSPICIOUS = Examined()

SEARCH = "(search)"
"""The piece of work that all rules share: normal forms, words and patterns. No rule can have this name."""


@dataclass(frozen=True, slots=True)
class _Planted:
    rule: TextRule
    node: Node
    scope: Scope | None
    surfaces: frozenset[Surface]  # empty: all


class Examiner:
    """Every rule of automatic moderation, ready to judge."""

    def __init__(self, settings: Settings, files: Mapping[str, tuple[str, ...]]) -> None:
        """`files` holds the contents of word files, by the name of the file or of the rule that names them.

        Raises:
            BadRule: a rule that cannot work, and why.
        """
        leaves: list[TextRule] = []
        self._rules = tuple(
            _Planted(
                rule, plant(rule, leaves, files), make_scope(rule, settings), frozenset(map(Surface, rule.surfaces))
            )
            for rule in settings.rules
        )
        self._scanner = Scanner(leaves, files) if leaves else None
        self._always: list[int] = []
        self._wordless = [number for number, planted in enumerate(self._rules) if _counts(planted)]
        self._wakes: list[list[int]] = [[] for _ in leaves]  # by list of the scanner: the rules to ask
        names: set[str] = set()
        for number, planted in enumerate(self._rules):
            if planted.rule.name in names:
                raise BadRule(planted.rule.name, "another rule has this name")
            names.add(planted.rule.name)
            if planted.node.needs is None:
                self._always.append(number)
            else:
                for leaf in planted.node.needs:
                    self._wakes[leaf].append(number)
        self._most_chars = settings.limits.text_chars

    def examine(self, facts: Facts) -> Examined:
        """Ask every rule that could be met. A faulty one becomes an error and silences no other."""
        if not facts.texts and not facts.has_file:  # nothing is put before others, but it may be one too many
            return self._ask(self._wordless, View(facts, ())) if facts.lately.exceeded else UNSUSPICIOUS
        texts, readings, awake = self._search(facts)
        return self._ask(sorted(awake), View(facts, texts, readings)) if awake else UNSUSPICIOUS

    def examine_in_pieces(self, facts: Facts) -> Iterator[str]:
        """The work of `examine`: after each piece its name, `SEARCH` or that of a rule."""
        if not facts.texts and not facts.has_file:
            return
        texts, readings, awake = self._search(facts)
        yield SEARCH
        view = View(facts, texts, readings)
        for planted in map(self._rules.__getitem__, sorted(awake)):
            with suppress(Exception):  # `examine` has said so
                _judge(planted, view)
            yield planted.rule.name

    def _search(self, facts: Facts) -> tuple[Sequence[Scanned], Sequence[Scanned], set[int]]:
        """Texts and readings with what was found in them, and the rules, by number, that could be met."""
        awake = set(self._always)
        texts = self._scan(facts.texts, awake)
        readings = self._scan(facts.readings, awake) if facts.readings else ()
        return texts, readings, awake

    def _scan(self, texts: Sequence[Text], awake: set[int]) -> list[Scanned]:
        """Search texts for all rules' words, as far as they are not refused for their length."""
        scanned: list[Scanned] = []
        left = self._most_chars
        for text in texts:
            left -= len(text.value)
            if left < 0:
                break
            found = _NOTHING if self._scanner is None else self._scanner.scan(text.value)
            scanned.append((text, found))
            for leaf in found:
                awake.update(self._wakes[leaf])
        return scanned

    def _ask(self, numbers: Sequence[int], view: View) -> Examined:
        hits: list[Hit] = []
        errors: list[RuleError] = []
        for planted in map(self._rules.__getitem__, numbers):
            try:
                matches = _judge(planted, view)
            except Exception as error:  # noqa: BLE001 - one faulty rule must not silence the others
                rule = planted.rule
                errors.append(RuleError(rule=rule.name, error=describe(error), is_shadow=rule.shadow))
                continue
            if matches is not None:
                hits.append(Hit(planted.rule, matches))
        return Examined(tuple(hits), tuple(errors)) if hits or errors else UNSUSPICIOUS


def _counts(planted: _Planted) -> bool:
    """Whether the rule counts stanzas, whatever is in them."""
    return not planted.surfaces and any(each.flood is not None for each in conditions_of(planted.rule))


def _judge(planted: _Planted, view: View) -> Matches | None:
    if planted.scope is not None and not planted.scope(view.facts):
        return None
    surfaces = planted.surfaces
    if surfaces:
        texts, readings = (
            [each for each in all_ if each[0].surface in surfaces] for all_ in (view.texts, view.readings)
        )
        if not texts and not readings:
            return None
        view = View(view.facts, texts, readings, view.hosts)
    return planted.node.match(view)

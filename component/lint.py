"""Rules that work but are probably not meant so, and packs whose examples do not hold."""

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from component.rehearsal import Rehearsal
from component.trial import make_sample, show
from config.durations import format_duration
from config.loader import Loaded
from config.packs import LoadedPack, files_of
from config.scopes import may_meet
from config.settings import Condition, Rule
from policy.asks import asks_of, conditions_of
from policy.bounds import find_costly
from policy.examine import Examiner
from policy.normalise import normalise
from policy.scan import Scanner

_SILENT_KINDS = frozenset(("archive", "query"))
_MOST_WORDS_TRIED = 5000
_MOST_TOLD = 5


def lint(loaded: Loaded) -> list[str]:
    """Warnings, each with the file and rule."""
    return [*_rules(loaded), *_duplicates(loaded), *_weights(loaded), *_packs(loaded)]


def find_costs(loaded: Loaded) -> list[str]:
    """What takes long on texts made for it, each with the file and rule."""
    leaves = [
        Rule(name=rule.name, patterns=condition.patterns)
        for rule in loaded.settings.rules
        for condition in conditions_of(rule)
    ]
    return [f"{loaded.source_of(name)}: {name}: {reason}" for name, reason in find_costly(leaves)]


def _rules(loaded: Loaded) -> Iterator[str]:
    for rule in loaded.settings.rules:
        where = f"{loaded.source_of(rule.name)}: {rule.name}:"
        for _, name in files_of(rule, ""):
            if not loaded.words[name]:
                yield f"{where} the list {name} is empty"
        if rule.kinds and _SILENT_KINDS.issuperset(rule.kinds):
            yield f"{where} never matches: stanzas of its kinds carry no text"
        for condition in conditions_of(rule):
            length = condition.length
            longest = loaded.settings.limits.text_chars
            if length is not None and length.chars is not None and length.chars > longest:
                yield f"{where} never matches: texts are refused from {longest} characters on (limits.text_chars)"
            yield from (
                f"{where} never matches {show(word)}: it is not found even in itself"
                for word in _unfound(rule, condition, loaded.words)
            )


def _words(condition: Condition, words: Mapping[str, tuple[str, ...]]) -> list[str]:
    return [*condition.words, *(word for name in condition.word_files for word in words[name])]


def _unfound(rule: Rule, condition: Condition, words: Mapping[str, tuple[str, ...]]) -> list[str]:
    listed = _words(condition, words)[:_MOST_WORDS_TRIED]
    if not listed:
        return []
    only = Rule(name=rule.name, words=tuple(listed), whole_word=condition.whole_word)
    scanner = Scanner([only], {})
    return [word for word in listed if not scanner.scan(word)][:_MOST_TOLD]


def _duplicates(loaded: Loaded) -> Iterator[str]:
    rules = loaded.settings.rules
    twins: dict[Rule, str] = {}
    owners: dict[tuple[str, str], str] = {}
    for rule in rules:
        where = f"{loaded.source_of(rule.name)}: {rule.name}:"
        bare = replace(rule, name="x")
        if bare in twins:
            yield f"{where} is the same as {twins[bare]}"
            continue
        twins[bare] = rule.name
        seen: dict[str, list[str]] = {}
        for condition in (rule, *rule.any_of):
            sought = [("word", normalise(word).text, word) for word in _words(condition, loaded.words)]
            sought += [("pattern", pattern, pattern) for pattern in condition.patterns]
            for kind, form, written in sought:
                owner = owners.setdefault((kind, form), rule.name)
                if owner != rule.name:
                    seen.setdefault(owner, []).append(f"{kind} {show(written)}")
        for owner, told in seen.items():
            more = f" and {len(told) - _MOST_TOLD} more" if len(told) > _MOST_TOLD else ""
            yield f"{where} {', '.join(told[:_MOST_TOLD])}{more} stands in {owner} as well"


def _weights(loaded: Loaded) -> Iterator[str]:
    weighty = [rule for rule in loaded.settings.rules if rule.weight]
    thresholds = loaded.settings.moderation.thresholds
    for threshold in thresholds if weighty else ():
        most = sum(rule.weight for rule in weighty if rule.weight > 0 and may_meet(rule, threshold))
        if threshold.score > most:
            yield f"moderation.thresholds[{threshold.name}]: never reached: all weights together make {most}"
    for rule in weighty:
        if not any(may_meet(rule, threshold) for threshold in thresholds):
            where = f"{loaded.source_of(rule.name)}: {rule.name}:"
            yield f"{where} its weight leads nowhere: no threshold holds where it does"


def _packs(loaded: Loaded) -> Iterator[str]:
    for pack in loaded.packs:
        yield from (f"{pack.path}: {failure}" for failure in failures(pack, loaded))


def failures(pack: LoadedPack, loaded: Loaded) -> Iterator[str]:
    """Examples of a pack that its rules, as far as they are in use, do not bear out."""
    rules = tuple(replace(rule, categories=()) for rule in loaded.settings.rules if rule.name in pack.rules)
    examiner = Examiner(replace(loaded.settings, rules=rules), loaded.words)
    asks = asks_of(rules)
    for example in pack.examples:
        given = {
            "text": example.text,
            "surface": example.surface,
            "kind": example.kind,
            "verified": format_duration(example.verified),
            "member": format_duration(example.member),
            "first": example.first,
        }
        facts = make_sample(given, loaded.settings).facts
        rehearsal = Rehearsal(asks, loaded.settings.limits, example.occupants)
        rehearsal.play_before(facts, example.after, are_others=example.from_others)
        hits = {hit.rule.name for hit in examiner.examine(rehearsal.play(facts)).hits}
        expected = pack.rules.intersection(example.hits)
        if hits != expected:
            yield (
                f"the example {show(example.text)} hits {', '.join(sorted(hits)) or 'nothing'}, "
                f"not {', '.join(sorted(expected)) or 'nothing'}"
            )

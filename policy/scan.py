"""All text rules over one text: its normal form is made once, words are found in one pass, patterns as one."""

from collections.abc import Mapping, Sequence

from config.settings import Rule as TextRule
from policy.errors import BadRule
from policy.normalise import Span, normalise
from policy.patterns import BadPattern, Patterns
from policy.words import is_whole, make_words


class Scanner:
    """Every rule's words and patterns, ready to search for."""

    def __init__(self, rules: Sequence[TextRule], files: Mapping[str, tuple[str, ...]]) -> None:
        """`files` holds the contents of word files, by the name of the rule that names them or of the file.

        Raises:
            BadRule: it has nothing to look for, or something that cannot be looked for.
        """
        owners: dict[str, list[tuple[int, bool]]] = {}
        patterns: list[str] = []
        self._owner_of_pattern: list[int] = []
        for number, rule in enumerate(rules):
            words = {normalise(word).text.strip() for word in (*rule.words, *_from_files(rule, files))}
            if "" in words:
                raise BadRule(rule.name, "a word has nothing visible in it")
            if not words and not rule.patterns and not rule.word_files:
                raise BadRule(rule.name, "it has no words and no patterns")
            for word in sorted(words):
                owners.setdefault(word, []).append((number, rule.whole_word))
            _check(rule)
            patterns += rule.patterns
            self._owner_of_pattern += [number] * len(rule.patterns)
        self._owners_of_word = tuple(owners.values())
        self._words = make_words(tuple(owners)) if owners else None
        self._patterns = Patterns(patterns) if patterns else None

    def scan(self, original: str) -> dict[int, Span]:
        """Which rules, by number, hit, and one place in the original for each."""
        normalised = normalise(original)
        text = normalised.text
        hits: dict[int, Span] = {}
        if self._words is not None:
            for word, start, end in self._words.find(text):
                for number, needs_whole in self._owners_of_word[word]:
                    if number not in hits and (not needs_whole or is_whole(text, start, end)):
                        hits[number] = start, end
        if self._patterns is not None:
            for pattern, span in self._patterns.find(text):
                hits.setdefault(self._owner_of_pattern[pattern], span)
        return dict(zip(hits, normalised.spans(list(hits.values())), strict=True)) if hits else hits


def _from_files(rule: TextRule, files: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    if not rule.word_files or rule.name in files:
        return files.get(rule.name, ())
    missing = [name for name in rule.word_files if name not in files]
    if missing:
        raise BadRule(rule.name, f"the words of {missing[0]} were not read")
    return tuple(word for name in rule.word_files for word in files[name])


def _check(rule: TextRule) -> None:
    try:
        Patterns(rule.patterns)
    except BadPattern as error:
        raise BadRule(rule.name, str(error)) from None

"""All text rules over one text: its normal form is made once, words are found in one pass, patterns as one.

Where something calls for it, words are looked for in other readings of the text as well (`policy.views`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from config.settings import Rule as TextRule
from policy.errors import BadRule
from policy.evidence import is_disguised, is_shown_whole
from policy.normalise import normalise
from policy.offsets import Span
from policy.patterns import BadPattern, Patterns
from policy.views import View, find_views
from policy.words import Ends, Hit, is_whole, make_words

_MOST_HITS = 1000
_FEW_LOOKS = 50
_MOST_LOOKS = 300
_MOST_LOOKS_WORD = 30
"""So often is a word, and so often are all, looked at closely in other readings of one text; so many are counted."""


class Scanner:
    """Every rule's words and patterns, ready to search for."""

    def __init__(self, rules: Sequence[TextRule], files: Mapping[str, tuple[str, ...]]) -> None:
        """`files` holds the contents of word files, by the name of the rule that names them or of the file.

        Raises:
            BadRule: it has nothing to look for, or something that cannot be looked for.
        """
        owners: dict[str, list[int]] = {}
        patterns: list[str] = []
        self._owner_of_pattern: list[int] = []
        for number, rule in enumerate(rules):
            words = {_in_line(normalise(word).text).strip() for word in (*rule.words, *_from_files(rule, files))}
            if "" in words:
                raise BadRule(rule.name, "a word has nothing visible in it")
            if not words and not rule.patterns and not rule.word_files:
                raise BadRule(rule.name, "it has no words and no patterns")
            for word in sorted(words):
                owners.setdefault(word, []).append(number)
            _check(rule)
            patterns += rule.patterns
            self._owner_of_pattern += [number] * len(rule.patterns)
        self._needs_whole = tuple(rule.whole_word for rule in rules)
        self._goes_across = tuple(rule.across_punctuation for rule in rules)
        self._is_across = any(self._goes_across)
        self._owners_of_word = tuple(map(tuple, owners.values()))
        self._words = make_words(tuple(owners)) if owners else None
        self._patterns = Patterns(patterns) if patterns else None

    def scan(self, original: str) -> dict[int, Span]:
        """Which rules, by number, hit, and one place in the original for each."""
        normalised = normalise(original)
        text = normalised.text
        hits: dict[int, Span] = {}
        if self._words is not None:
            self._take(self._words.find(_in_line(text)), text, hits)
            views = find_views(text, is_across=self._is_across)
            if views:
                self._look_closely(text, views, hits)
        if self._patterns is not None:
            for pattern, span in self._patterns.find(text, lambda number: self._owner_of_pattern[number] not in hits):
                hits[self._owner_of_pattern[pattern]] = span
        return dict(zip(hits, normalised.spans(list(hits.values())), strict=True)) if hits else hits

    def _take(self, found: Iterable[Hit], text: str, hits: dict[int, Span]) -> None:
        ends: Ends | None = None
        for looks, (word, start, end) in enumerate(found):
            for number in self._owners_of_word[word]:
                if number in hits:
                    continue
                if self._needs_whole[number]:
                    if looks < _FEW_LOOKS:
                        is_free = is_whole(text, start, end)
                    else:
                        ends = ends or Ends(text)
                        is_free = ends.is_whole(start, end)
                    if not is_free:
                        continue
                hits[number] = start, end

    def _look_closely(self, text: str, views: Sequence[View], hits: dict[int, Span]) -> None:
        left, most = _MOST_LOOKS, _MOST_HITS
        looks: Counter[tuple[int, int]] = Counter()
        for index, view in enumerate(views):
            for word, start, end in self._words.find(_in_line(view.text)) if self._words is not None else ():
                rules = [
                    number
                    for number in self._owners_of_word[word]
                    if number not in hits and (self._goes_across[number] or not view.is_across)
                ]
                most -= 1
                if most < 0:
                    return
                if not rules or looks[index, word] >= _MOST_LOOKS_WORD or _is_unchanged(text, view, start, end):
                    continue
                looks[index, word] += 1
                left -= 1
                if left < 0:
                    return
                if not is_disguised(text, view, start, end):
                    continue
                is_free = is_shown_whole(text, view, start, end)
                span = view.places[start], view.places[end - 1] + 1
                hits.update((number, span) for number in rules if is_free or not self._needs_whole[number])


def _in_line(text: str) -> str:
    """The text with its line ends as spaces: a phrase may go on in the next line."""
    return text.replace("\n", " ")


def _is_unchanged(text: str, view: View, start: int, end: int) -> bool:
    """Whether the same word stands there in the normal form, with nothing left out next to it."""
    places = view.places
    before = places[start - 1] if start else -1
    after = places[end] if end < len(places) else len(text)
    return after - before == end - start + 1 and text.startswith(view.text[start:end], before + 1)


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

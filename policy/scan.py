"""All text rules over one text: its normal form is made once, words are found in one pass, patterns as one.

Where something calls for it, words are looked for in other readings of the text as well (`policy.views`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from config.settings import Rule as TextRule
from policy.bounds import check_patterns, check_words
from policy.errors import BadRule
from policy.evidence import is_disguised, is_shown_whole
from policy.normalise import normalise, normalise_list
from policy.offsets import Span
from policy.patterns import Patterns
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
            given = (*rule.words, *_from_files(rule, files))
            forms = normalise_list(given)
            if "" in forms:
                raise BadRule(rule.name, f"a word has nothing visible in it: {given[forms.index('')]!a}")
            words = set(map(_in_line, forms))
            if not words and not rule.patterns and not rule.word_files:
                raise BadRule(rule.name, "it has no words and no patterns")
            for word in sorted(words):
                owners.setdefault(word, []).append(number)
            patterns += rule.patterns
            self._owner_of_pattern += [number] * len(rule.patterns)
        check_words(owners, rules)
        check_patterns(rules)
        self._is_across = any(rule.across_punctuation for rule in rules)
        self._goes_across = frozenset(number for number, rule in enumerate(rules) if rule.across_punctuation)
        split = {numbers: _split(numbers, rules) for numbers in set(map(tuple, owners.values()))}
        self._owners = tuple(split[tuple(numbers)] for numbers in owners.values())
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
        """Whatever is found plainly. Of a word that hit for all its rules, nothing more is asked."""
        done: set[int] = set()
        seen: set[int] = set()
        ends: Ends | None = None
        for looks, (word, start, end) in enumerate(found):
            if word in done:
                continue
            strict, loose = self._owners[word]
            if word not in seen:
                seen.add(word)
                for number in loose:
                    hits.setdefault(number, (start, end))
                if not strict:
                    done.add(word)
                    continue
            if looks >= _FEW_LOOKS and ends is None:
                ends = Ends(text)
            if ends.is_whole(start, end) if ends else is_whole(text, start, end):
                done.add(word)
                for number in strict:
                    hits.setdefault(number, (start, end))
            elif ends is not None and ends.is_never_whole(text[start:end]):
                done.add(word)

    def _look_closely(self, text: str, views: Sequence[View], hits: dict[int, Span]) -> None:
        left, most = _MOST_LOOKS, _MOST_HITS
        looks: Counter[tuple[int, int]] = Counter()
        done = set(hits)
        for index, view in enumerate(views):
            for word, start, end in self._words.find(_in_line(view.text)) if self._words is not None else ():
                most -= 1
                if most < 0:
                    return
                if looks[index, word] >= _MOST_LOOKS_WORD or view.is_at_edge(start, end):
                    continue
                strict, loose = self._owners[word]
                wanted = (strict | loose) & self._goes_across if view.is_across else strict | loose
                if wanted <= done or _is_unchanged(text, view, start, end):
                    continue
                looks[index, word] += 1
                left -= 1
                if left < 0:
                    return
                if not is_disguised(text, view, start, end):
                    continue
                if not is_shown_whole(text, view, start, end):
                    wanted &= loose
                span = view.places[start], view.places[end - 1] + 1
                hits.update(dict.fromkeys(wanted - done, span))
                done |= wanted


def _split(numbers: Sequence[int], rules: Sequence[TextRule]) -> tuple[frozenset[int], frozenset[int]]:
    """The rules for which a word must stand whole, and the others."""
    strict = frozenset(number for number in numbers if rules[number].whole_word)
    return strict, frozenset(numbers) - strict


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

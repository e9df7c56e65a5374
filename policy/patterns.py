r"""Many regular expressions over one text in linear time: RE2 where it is installed, else what `re` cannot choke on.

Patterns see the normal form of a text and ignore case. Classes such as \w and \b know ASCII only, as RE2 has it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, chain, pairwise
from typing import Any, Protocol

from policy.gaps import find_gap
from policy.harmless import compile_harmless
from policy.heads import find_beginnings, find_heads, find_needs
from policy.normalise import fold
from policy.offsets import Span
from policy.words import make_words

try:
    import re2
except ImportError:  # pragma: no cover - optional; tests force the stand-in
    re2 = None

_MOST_BYTES = 64 << 20
"""What RE2 may use for a pattern, or for all of them together."""

_MOST_PLACES = 30
MOST_TRIES = 2_500
"""At so many places are patterns tried by themselves, all of them together, before all are searched for as one."""

_MOST_HEADS = 4_000
"""Fewer than `policy.words` tells without leaving any out."""


class _Found(Protocol):
    def span(self) -> Span: ...
    def group(self) -> Any: ...  # noqa: ANN401 - as what was searched


class _Search(Protocol):
    def search(self, text: Any) -> _Found | None: ...  # noqa: ANN401 - UTF-8 for RE2, text for its stand-in
    def match(self, text: Any, start: int) -> _Found | None: ...  # noqa: ANN401


class BadPattern(ValueError):
    """A pattern that cannot be used, and why."""

    def __init__(self, pattern: str, reason: str) -> None:
        super().__init__(f"pattern {pattern!r}: {reason}")


class Patterns:
    """Patterns ready to search for."""

    def __init__(self, patterns: Sequence[str], *, is_compiled: bool | None = None) -> None:
        """Compile them with RE2 where that is installed, or as said.

        Raises:
            BadPattern: the first that cannot be used.
        """
        if is_compiled is None:
            is_compiled = re2 is not None
        compile_one: Callable[[str], _Search] = _compile_re2 if is_compiled else compile_harmless
        folded = [_fold(pattern) for pattern in patterns]
        self._each: list[_Search] = []
        for pattern, source in zip(patterns, folded, strict=True):
            try:
                self._each.append(compile_one(source))
            except ValueError as error:
                raise BadPattern(pattern, str(error)) from None
        self._is_compiled = is_compiled
        shortened = [_shorten(source) for source in folded]
        self._is_certain = [short == source for short, source in zip(shortened, folded, strict=True)]
        self._needs = {
            number: find_needs(source)
            for number, (short, source) in enumerate(zip(shortened, folded, strict=True))
            if short is None
        }
        self._set = _Together(shortened) if is_compiled and len(folded) > 1 else None
        begun = _Begun(shortened, folded) if self._set is not None else None
        self._begun = begun if begun is not None and begun.has_heads else None

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many instructions each is made of, where RE2 tells; its stand-in takes none that are large."""
        return tuple(getattr(each, "programsize", 0) for each in self._each)

    def find(self, text: str, is_wanted: Callable[[int], bool] = lambda _: True) -> Iterator[tuple[int, Span]]:
        """Which patterns match, and where each does first; those not wanted (any more) are left out.

        Of many that match one text, the later ones may be said to match the whole of it.
        """
        data = text.encode() if self._is_compiled else text
        places = None if self._begun is None else self._begun.find(text, data)
        if places is not None:
            yield from self._find_at(places, text, data, is_wanted)
            return
        numbers = None if self._set is None else self._set.find(data)
        left = _MOST_PLACES
        for number in range(len(self._each)) if numbers is None else numbers:
            if not is_wanted(number) or not self._may_match(number, text):
                continue
            if left == 0 and numbers is not None and self._is_certain[number]:
                yield number, (0, len(text))
                continue
            found = self._each[number].search(data)
            if found is not None:
                left = max(0, left - 1)
                yield number, _place(found.span(), text, data)

    def _find_at(
        self, places: Mapping[int, Sequence[int]], text: str, data: str | bytes, is_wanted: Callable[[int], bool]
    ) -> Iterator[tuple[int, Span]]:
        """Try each pattern at its places, in their order, or anywhere if there are none."""
        offsets = _offsets(text, places.values())
        left = _MOST_PLACES
        for number in filter(is_wanted, sorted(places)):
            if not places[number] and self._may_match(number, text):
                found = self._each[number].search(data)
                if found is not None:
                    left -= 1
                    yield number, _place(found.span(), text, data) if left > 0 else (0, len(text))
            for start in places[number]:
                found = self._each[number].match(data, offsets[start])
                if found is not None:
                    yield number, (start, start + len(found.group().decode()))
                    break

    def _may_match(self, number: int, text: str) -> bool:
        """Of patterns that take no part in the common pass: whether all that a match needs is there."""
        return all(map(text.__contains__, self._needs.get(number, ())))


def _place(span: Span, text: str, data: str | bytes) -> Span:
    """Where it is in the text, given where it is in its UTF-8."""
    if isinstance(data, str) or text.isascii():
        return span
    start = len(data[: span[0]].decode())
    return start, start + len(data[span[0] : span[1]].decode())


class _Together:
    """All patterns as one, in RE2: tells which match in one pass over the text; those left out (None) always may."""

    def __init__(self, patterns: Sequence[str | None]) -> None:
        self._numbers = [number for number, pattern in enumerate(patterns) if pattern is not None]
        self._alone = [number for number, pattern in enumerate(patterns) if pattern is None]
        self._set = re2.Set.SearchSet(_options())
        for pattern in (*patterns, ""):
            if pattern is not None:
                self._set.Add(pattern)
        try:
            self._set.Compile()
        except re2.error:  # too large together
            self._set = None

    def find(self, text: str | bytes) -> Sequence[int] | None:
        """Which patterns may match, in their order; None where that cannot be told.

        INVARIANT: the empty pattern always matches. Out of memory, RE2 finds nothing, not even that.
        """
        found = self._set.Match(text) if self._set is not None else None
        if not found:
            return None
        matching = [self._numbers[index] for index in found if index < len(self._numbers)]
        return sorted(matching + self._alone)


class _Begun:
    """Patterns by the letters that their matches begin with, and the others as one."""

    def __init__(self, shortened: Sequence[str | None], patterns: Sequence[str]) -> None:
        numbers: dict[str, list[int]] = {}  # by head; none for what stands elsewhere in matches
        needs: dict[int, tuple[str, ...]] = {}
        self._is_long: set[int] = set()
        self._rest: list[int] = []
        for number, pattern in enumerate(patterns):
            begun = find_heads(pattern)
            if begun is None:
                self._rest.append(number)
                continue
            needs[number] = begun.needs
            if begun.is_long:
                self._is_long.add(number)
            for head in begun.heads:
                numbers.setdefault(head, []).append(number)
            for need in begun.needs:
                numbers.setdefault(need, [])
        self._owners = tuple(numbers.values())
        self.has_heads = bool(needs)
        self._words = make_words(tuple(numbers))
        places = {word: place for place, word in enumerate(numbers)}
        self._needs = {number: frozenset(map(places.__getitem__, each)) for number, each in needs.items()}
        is_mixed = self.has_heads and self._rest
        self._set = _Together([shortened[number] for number in self._rest]) if is_mixed else None

    def find(self, text: str, data: str | bytes) -> Mapping[int, Sequence[int]] | None:
        """Which patterns may match, and at which places, anywhere if none is told; None: too many may."""
        places: dict[int, Sequence[int]] = {}
        if self._set is not None:
            numbers = self._set.find(data)
            if numbers is None:
                return None
            places.update((self._rest[number], ()) for number in numbers)
        at = self._find_heads(text)
        if at is None:
            return None
        for word, starts in at.items():
            for number in self._owners[word]:
                if not self._needs[number] <= at.keys():
                    continue
                known = places.get(number)
                if number in self._is_long:
                    places[number] = ()
                else:
                    places[number] = starts if known is None else known and sorted({*known, *starts})
        return places

    def _find_heads(self, text: str) -> dict[int, list[int]] | None:
        """Where each head stands; None if it is more work to try all of them than all patterns at once."""
        at: dict[int, list[int]] = {}
        tries = 0
        for seen, (word, start, _) in enumerate(self._words.find(text)):
            starts = at.get(word)
            if starts is None:
                at[word] = [start]
                tries += len(self._owners[word])
            elif start > starts[-1]:
                starts.append(start)
                tries += len(self._owners[word])
            if seen >= _MOST_HEADS or tries > MOST_TRIES:
                return None
        return at


def _offsets(text: str, places: Iterable[Iterable[int]]) -> Sequence[int] | Mapping[int, int]:
    """Where the places of a text are in its UTF-8."""
    if text.isascii():
        return range(len(text))
    wanted = sorted(set(chain.from_iterable(places)))
    parts = (len(text[start:end].encode()) for start, end in pairwise(chain((0,), wanted)))
    return dict(zip(wanted, accumulate(parts), strict=True))


def _shorten(pattern: str) -> str | None:
    """What of a pattern is searched for together with others: all, or the letters before its gap; None: nothing."""
    if find_gap(pattern) is None:
        return pattern
    return "|".join(map(re.escape, find_beginnings(pattern))) or None


def _compile_re2(pattern: str) -> _Search:
    try:
        compiled: _Search = re2.compile(pattern, _options())
    except re2.error as error:
        reason = error.args[0] if error.args else b""
        raise ValueError(reason.decode(errors="replace") if isinstance(reason, bytes) else str(reason)) from None
    return compiled


def _options() -> "re2.Options":
    options = re2.Options()
    options.case_sensitive = False
    options.never_capture = True
    options.log_errors = False
    options.max_mem = _MOST_BYTES
    return options


def _fold(pattern: str) -> str:
    """The pattern with its characters beyond ASCII as they stand in a text's normal form; no syntax is among them."""
    return re.sub(r"[^\x00-\x7f]", _fold_char, pattern)


def _fold_char(found: re.Match[str]) -> str:
    char = found.group()
    folded = fold(char)
    if len(folded) != 1:
        return char
    return f"\\{folded}" if folded.isascii() and not (folded.isalnum() or folded == "_") else folded

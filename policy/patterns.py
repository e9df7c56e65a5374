r"""Many regular expressions over one text in linear time: RE2 where it is installed, else what `re` cannot choke on.

Patterns see the normal form of a text and ignore case. Classes such as \w and \b know ASCII only, as RE2 has it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

from policy.gaps import find_gap
from policy.harmless import compile_harmless
from policy.normalise import fold
from policy.offsets import Span

try:
    import re2
except ImportError:  # pragma: no cover - optional; tests force the stand-in
    re2 = None

_MOST_BYTES = 64 << 20
"""What RE2 may use for a pattern, or for all of them together."""

_MOST_PLACES = 30


class _Found(Protocol):
    def span(self) -> Span: ...


class _Search(Protocol):
    def search(self, text: Any) -> _Found | None: ...  # noqa: ANN401 - UTF-8 for RE2, text for its stand-in


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
        self._set = _Together(shortened) if is_compiled and len(folded) > 1 else None

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many instructions each is made of, where RE2 tells; its stand-in takes none that are large."""
        return tuple(getattr(each, "programsize", 0) for each in self._each)

    def find(self, text: str, is_wanted: Callable[[int], bool] = lambda _: True) -> Iterator[tuple[int, Span]]:
        """Which patterns match, and where each does first; those not wanted (any more) are left out.

        Of many that match one text, the later ones may be said to match the whole of it.
        """
        data = text.encode() if self._is_compiled else text
        numbers = None if self._set is None else self._set.find(data)
        left = _MOST_PLACES
        for number in range(len(self._each)) if numbers is None else numbers:
            if not is_wanted(number):
                continue
            if left == 0 and numbers is not None and self._is_certain[number]:
                yield number, (0, len(text))
                continue
            found = self._each[number].search(data)
            if found is not None:
                left = max(0, left - 1)
                yield number, _place(found.span(), text, data)


def _place(span: Span, text: str, data: str | bytes) -> Span:
    """Where it is in the text, given where it is in its UTF-8."""
    if isinstance(data, str) or text.isascii():
        return span
    start = len(data[: span[0]].decode())
    return start, start + len(data[span[0] : span[1]].decode())


class _Together:
    """All patterns as one, in RE2: tells which match in one pass over the text."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._always = len(patterns)
        self._set = re2.Set.SearchSet(_options())
        for pattern in (*patterns, ""):
            self._set.Add(pattern)
        try:
            self._set.Compile()
        except re2.error:  # too large together
            self._set = None

    def find(self, text: str | bytes) -> Sequence[int] | None:
        """Which patterns match, in their order; None where that cannot be told.

        INVARIANT: the empty pattern always matches. Out of memory, RE2 finds nothing, not even that.
        """
        found = self._set.Match(text) if self._set is not None else None
        return sorted(number for number in found if number < self._always) if found else None


def _shorten(pattern: str) -> str:
    """What of a pattern is searched for together with others: all, or what stands before its gap."""
    gap = find_gap(pattern)
    return re.escape(gap.prefix) if gap is not None and gap.prefix else pattern


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

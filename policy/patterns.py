r"""Many regular expressions over one text in linear time: RE2 where it is installed, else what `re` cannot choke on.

Patterns see the normal form of a text and ignore case. Classes such as \w and \b know ASCII only, as RE2 has it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol
from unicodedata import normalize

from policy.harmless import compile_harmless
from policy.offsets import Span

try:
    import re2
except ImportError:  # pragma: no cover - optional; tests force the stand-in
    re2 = None

_TOGETHER = 50
"""So many patterns are tried as one; only where that one matches is each tried by itself."""


class _Found(Protocol):
    def span(self) -> Span: ...


class _Search(Protocol):
    def search(self, text: str) -> _Found | None: ...


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
        self._groups: list[tuple[_Search | None, range]] = []
        for start in range(0, len(folded), _TOGETHER):
            group = range(start, min(start + _TOGETHER, len(folded)))
            self._groups.append((_join(folded[start : group.stop]) if is_compiled else None, group))

    def find(self, text: str) -> Iterator[tuple[int, Span]]:
        """Which patterns match, and where each does first."""
        for together, group in self._groups:
            if together is not None and together.search(text) is None:
                continue
            for number in group:
                found = self._each[number].search(text)
                if found is not None:
                    yield number, found.span()


def _compile_re2(pattern: str) -> _Search:
    options = re2.Options()
    options.case_sensitive = False
    options.never_capture = True
    options.log_errors = False
    try:
        compiled: _Search = re2.compile(pattern, options)
    except re2.error as error:
        reason = error.args[0] if error.args else b""
        raise ValueError(reason.decode(errors="replace") if isinstance(reason, bytes) else str(reason)) from None
    return compiled


def _join(patterns: Sequence[str]) -> _Search | None:
    """All as one; None where together they are too large, so that each is tried alone."""
    if len(patterns) == 1:
        return None
    try:
        return _compile_re2("|".join(f"(?:{pattern})" for pattern in patterns))
    except ValueError:
        return None


def _fold(pattern: str) -> str:
    """The pattern with its characters beyond ASCII as they stand in a text's normal form; no syntax is among them."""
    return re.sub(r"[^\x00-\x7f]", _fold_char, pattern)


def _fold_char(found: re.Match[str]) -> str:
    char = found.group()
    folded = normalize("NFKC", char).casefold()
    if len(folded) != 1:
        return char
    return f"\\{folded}" if folded.isascii() and not (folded.isalnum() or folded == "_") else folded

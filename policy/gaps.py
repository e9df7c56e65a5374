"""Which regular expressions leave gaps open, and after how much: what makes a hostile text costly even in linear time.

RE2 makes a state for each set of places where a match may stand. Where `.{0,20}` may hold many beginnings at once,
almost every character of a text made for it needs a new state, and with many such patterns in one pass their states
multiply. So a pattern with a gap takes part in the pass by what stands before its gap alone, and is tried by itself
where that is found. What remains is bounded by how loose the patterns are, one by one and together.
"""

import re
from collections.abc import Sequence
from importlib import import_module
from itertools import dropwhile, takewhile
from typing import Any, NamedTuple

LEAST_GAP = 5
"""Shorter ones hold few beginnings."""

_FEW = 12
"""A class of so few characters is no gap: digits between words hold no other word's beginning."""

_OPEN = frozenset(("ANY", "NOT_LITERAL", "BRANCH", "SUBPATTERN"))
_ESCAPED = re.compile(r"\\.", re.DOTALL)
_COUNT = re.compile(r"\{(\d+)?(?:,(\d*))?\}")
parse = import_module("re._parser").parse
"""COMPAT: CPython 3.11 to 3.14 name their parser so."""

Node = tuple[Any, Any]


class Gap(NamedTuple):
    """The longest gap of a pattern, in characters, and the letters that must stand before the first."""

    longest: int
    prefix: str


def looseness(pattern: str) -> float:
    """How many beginnings its gap may hold at once; 0 without a gap."""
    gap = find_gap(pattern)
    return 0 if gap is None else gap.longest / max(1, len(gap.prefix))


def find_gap(pattern: str) -> Gap | None:
    """The gap of a pattern, if it has one; of one that only RE2 can read, whatever it repeats."""
    if _COUNT.search(_ESCAPED.sub("", pattern)) is None:
        return None
    try:
        nodes = list(parse(pattern))
    except (re.error, OverflowError, RecursionError):
        counts = [int(found[2] or found[1] or 0) for found in _COUNT.finditer(_ESCAPED.sub("", pattern))]
        longest = max(counts, default=0)
        return Gap(longest, "") if longest >= LEAST_GAP else None
    longest = _longest(nodes)
    return Gap(longest, _prefix(nodes)) if longest >= LEAST_GAP else None


def _longest(nodes: Sequence[Node]) -> int:
    longest = 0
    for op, argument in nodes:
        match str(op):
            case "SUBPATTERN":
                longest = max(longest, _longest(list(argument[3])))
            case "BRANCH":
                longest = max(longest, *(_longest(list(branch)) for branch in argument[1]))
            case "MAX_REPEAT" | "MIN_REPEAT":
                least, most, inner = argument[0], argument[1], list(argument[2])
                times = least if str(most) == "MAXREPEAT" else most
                longest = max(longest, times if is_wide(inner) else 0, _longest(inner))
    return longest


def is_wide(nodes: Sequence[Node]) -> bool:
    """Whether what is repeated may hold the beginnings of many words."""
    return any(
        str(op) in {"ANY", "NOT_LITERAL", "BRANCH", "SUBPATTERN"} or _has_many(op, argument) for op, argument in nodes
    )


def _has_many(op: object, argument: Any) -> bool:  # noqa: ANN401 - a node's argument
    if str(op) != "IN":
        return False
    count = 0
    for kind, value in argument:
        match str(kind):
            case "LITERAL":
                count += 1
            case "RANGE":
                count += value[1] - value[0] + 1
            case "CATEGORY" if str(value) in {"CATEGORY_DIGIT", "CATEGORY_SPACE"}:
                count += 10
            case _:  # negated, or \w and the like
                return True
    return count > _FEW


def _prefix(nodes: Sequence[Node]) -> str:
    begun = dropwhile(lambda node: str(node[0]) == "AT", nodes)
    return "".join(chr(argument) for _, argument in takewhile(lambda node: str(node[0]) == "LITERAL", begun))

"""Which regular expressions leave gaps open, and after how much: what makes a hostile text costly even in linear time.

RE2 makes a state for each set of places where a match may stand. Where `.{0,20}` may hold many beginnings at once,
almost every character of a text made for it needs a new state, and with many such patterns in one pass their states
multiply. So a pattern with a gap takes part in the pass by the letters it begins with alone, or not at all, and is
tried by itself. What remains is bounded by how loose the patterns are, one by one and together.
"""

import re
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, NamedTuple

LEAST_GAP = 2
"""All gaps together, in characters: a shorter one holds no more than one beginning."""

MOST_STATES = 10_000
"""More are not counted: a text of so many characters cannot ask for more."""

_FEW = 12
"""A class of so few characters is no gap: digits between words hold no other word's beginning."""

_OPEN = frozenset(("ANY", "NOT_LITERAL", "BRANCH", "SUBPATTERN"))
_ESCAPED = re.compile(r"\\.", re.DOTALL)
_REPEAT = re.compile(r"[*+?]|\{(\d+)?(?:,(\d*))?\}")
parse = import_module("re._parser").parse
"""COMPAT: CPython 3.11 to 3.14 name their parser so."""

Node = tuple[Any, Any]


class Gap(NamedTuple):
    """What of a pattern may be anything: the longest such part, all together, and what must stand before the first.

    In characters; what has no bound counts as often as it must repeat, since it holds on to any number of beginnings
    as if they were one.
    """

    longest: int
    total: int
    before: int


def looseness(pattern: str) -> float:
    """How many beginnings its gap may hold at once; 0 without a gap."""
    gap = find_gap(pattern)
    return 0 if gap is None else gap.longest / max(1, gap.before)


def count_states(gap: Gap, beginnings: Sequence[str]) -> int:
    """How many sets of places there are that matches may have begun at, within the gap, by the letters they begin with.

    Nothing is known of what they begin with if there are none: they may begin at every place.
    """
    apart = min((_shift(one, other) for one in beginnings for other in beginnings), default=1)
    counts = [1] * apart  # of sets within so many characters: the next begins at the first of them, or later
    for _ in range(gap.total):
        counts.append(min(MOST_STATES, counts[-1] + counts[-apart]))
    return counts[-1]


def _shift(one: str, other: str) -> int:
    """How soon after the beginning of one the other may begin."""
    return next((shift for shift in range(1, len(one)) if _agree(one[shift:], other)), max(1, len(one)))


def _agree(rest: str, other: str) -> bool:
    return rest.startswith(other) or other.startswith(rest)


def find_gap(pattern: str) -> Gap | None:
    """The gap of a pattern, if it has one; of one that only RE2 can read, whatever it repeats."""
    if _REPEAT.search(_ESCAPED.sub("", pattern)) is None:
        return None
    try:
        nodes = parse(pattern)
    except (re.error, OverflowError, RecursionError):
        counts = [int(found[2] or found[1] or 1) for found in _REPEAT.finditer(_ESCAPED.sub("", pattern))]
        return Gap(max(counts), sum(counts), 0) if max(counts) >= LEAST_GAP else None
    longest, total = _longest(nodes), _total(nodes)
    return Gap(longest, total, _before(nodes)) if total >= LEAST_GAP or _is_endless(nodes) else None


def _longest(nodes: Sequence[Node]) -> int:
    return max((_gap_of(node, _longest) for node in nodes), default=0)


def _total(nodes: Sequence[Node]) -> int:
    return sum(_gap_of(node, _total) for node in nodes)


def _is_endless(nodes: Sequence[Node]) -> bool:
    return any(_is_without_bound(node) or any(map(_is_endless, inside(node))) for node in nodes)


def _is_without_bound(node: Node) -> bool:
    return is_repeat(node) and str(node[1][1]) == "MAXREPEAT" and is_wide(node[1][2])


def _gap_of(node: Node, within: Callable[[Sequence[Node]], int]) -> int:
    most = max(map(within, inside(node)), default=0)
    if is_repeat(node) and is_wide(node[1][2]):
        least, times, _ = node[1]
        most = max(most, least if str(times) == "MAXREPEAT" else int(times))
    return most


def inside(node: Node) -> Sequence[Any]:
    """What is within a node: a group's or a repeat's nodes, or each branch's."""
    op, argument = node
    match str(op):
        case "SUBPATTERN":
            return (argument[3],)
        case "BRANCH":
            return tuple(argument[1])
        case "MAX_REPEAT" | "MIN_REPEAT":
            return (argument[2],)
    return ()


def is_repeat(node: Node) -> bool:
    """Whether something is repeated; `node[1]` is then how often at least, at most, and what."""
    return str(node[0]) in {"MAX_REPEAT", "MIN_REPEAT"}


def is_wide(nodes: Sequence[Node]) -> bool:
    """Whether what is repeated may hold the beginnings of many words."""
    return any(str(op) in _OPEN or _has_many(op, argument) for op, argument in nodes)


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


def _before(nodes: Any) -> int:  # noqa: ANN401 - of the parser's own kind, which knows its width
    """How many characters stand before the first gap at least; there is one."""
    number, node = next((number, node) for number, node in enumerate(nodes) if _has_gap([node]))
    least: int = nodes[:number].getwidth()[0]
    if is_repeat(node):
        return least
    return least + min(_before(within) for within in inside(node) if _has_gap(within))


def _has_gap(nodes: Sequence[Node]) -> bool:
    return bool(_longest(nodes)) or _is_endless(nodes)

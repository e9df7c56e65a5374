"""What every match of a pattern begins with, where that is letters alone: it need be tried only where they stand.

To look for letters costs the same whatever the text, while RE2 makes the states of many patterns together as a text
asks for them: made for it, texts of 10,000 characters take 20 ms, and still 5 after many others.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import dropwhile, groupby
from typing import NamedTuple

from policy.gaps import Node, inside, is_repeat, is_wide, parse

_LEAST_BYTES = 4
_MOST_HEADS = 8
_MOST_CHARS = 100
"""So far a match may go on over anything."""


class Begun(NamedTuple):
    """How the matches of a pattern begin; `is_long`: they may go on and on, so that it is no help to know where.

    `needs`: what else stands in every match.
    """

    heads: tuple[str, ...]
    needs: tuple[str, ...]
    is_long: bool


def find_heads(pattern: str) -> Begun | None:
    """How all matches of a pattern begin, in lower case; None where there are too few letters or too many ways."""
    nodes = _read(pattern)
    heads = find_beginnings(pattern)
    if len(heads) > _MOST_HEADS or not all(map(_tells, heads)):
        return None
    return Begun(heads, find_needs(pattern, heads), _is_long(nodes)) if heads else None


def find_beginnings(pattern: str) -> tuple[str, ...]:
    """The letters, however few, of which some stand at the beginning of every match; none where that is not so."""
    heads = {head.lower() for head in _begin(_read(pattern))}
    return () if "" in heads else tuple(sorted(heads))


def find_needs(pattern: str, but: Sequence[str] = ()) -> tuple[str, ...]:
    """What stands in every match, in lower case, as far as it tells something; `but` these."""
    nodes = _read(pattern)
    runs = ("".join(chr(argument) for _, argument in run) for is_run, run in groupby(nodes, _is_literal) if is_run)
    return tuple(sorted({run.lower() for run in runs if _tells(run)}.difference(but)))


def _tells(letters: str) -> bool:
    return len(letters.encode(errors="replace")) >= _LEAST_BYTES


def _read(pattern: str) -> list[Node]:
    """Its nodes; none of what `re` reads in another way than RE2, if at all."""
    if "[:" in pattern or "(?" in pattern.replace("(?:", ""):
        return []
    try:
        return list(parse(pattern))
    except (re.error, OverflowError, RecursionError):
        return []


def _is_literal(node: Node) -> bool:
    return str(node[0]) == "LITERAL"


def _begin(nodes: Sequence[Node]) -> Iterator[str]:
    head = ""
    for op, argument in dropwhile(lambda node: str(node[0]) == "AT", nodes):
        match str(op):
            case "LITERAL":
                head += chr(argument)
            case "SUBPATTERN":
                yield from (head + rest for rest in _begin(list(argument[3])))
                return
            case "BRANCH":
                yield from (head + rest for branch in argument[1] for rest in _begin(list(branch)))
                return
            case _:
                break
    yield head


def _is_long(nodes: Sequence[Node]) -> bool:
    return any(
        (is_repeat(node) and node[1][1] > _MOST_CHARS and is_wide(node[1][2])) or any(map(_is_long, inside(node)))
        for node in nodes
    )

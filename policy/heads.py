"""What every match of a pattern begins with, where that is letters alone: it need be tried only where they stand.

To look for letters costs the same whatever the text, while RE2 makes the states of many patterns together as a text
asks for them: made for it, texts of 10,000 characters take 20 ms, and still 5 after many others.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import dropwhile, groupby
from typing import NamedTuple

from policy.gaps import Node, is_wide, parse

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
    if "[:" in pattern or "(?" in pattern.replace("(?:", ""):
        return None  # what `re` reads in another way, if at all
    try:
        nodes = list(parse(pattern))
    except (re.error, OverflowError, RecursionError):
        return None
    heads = {head.lower() for head in _begin(nodes)}
    if len(heads) > _MOST_HEADS or any(len(head.encode(errors="replace")) < _LEAST_BYTES for head in heads):
        return None
    runs = ("".join(chr(argument) for _, argument in run) for is_run, run in groupby(nodes, _is_literal) if is_run)
    needs = {run.lower() for run in runs if len(run.encode(errors="replace")) >= _LEAST_BYTES} - heads
    return Begun(tuple(sorted(heads)), tuple(sorted(needs)), _is_long(nodes))


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
    for op, argument in nodes:
        match str(op):
            case "SUBPATTERN":
                inner = [list(argument[3])]
            case "BRANCH":
                inner = [list(branch) for branch in argument[1]]
            case "MAX_REPEAT" | "MIN_REPEAT":
                inner = [list(argument[2])]
                if argument[1] > _MOST_CHARS and is_wide(inner[0]):
                    return True
            case _:
                continue
        if any(map(_is_long, inner)):
            return True
    return False

"""Which regular expressions the standard library may run: those proven never to take long.

`re` tries again and again where repeats can share characters out in many ways. Here the number of ways is counted
and bounded; what cannot be counted low is refused with the reason. Only used where google-re2 is not installed.
"""

import re
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any

LONGEST = 128
"""An unbounded repeat stands for at most so many here."""

MOST_CHARS = 2048
"""The longest match tried."""

MOST_WAYS = 2048
"""How often one place of a text may be tried."""

_ASCII = tuple(chr(code) for code in range(128))
_REFUSALS = {
    "ASSERT": "look-around is not linear",
    "ASSERT_NOT": "look-around is not linear",
    "GROUPREF": "a backreference is not linear",
    "GROUPREF_EXISTS": "a backreference is not linear",
}
_TOO_MANY = "its repeats and choices can share characters out in too many ways"
_KNOWN = frozenset(("LITERAL", "NOT_LITERAL", "ANY", "IN", "AT"))
_REPEATS = frozenset(("MAX_REPEAT", "MIN_REPEAT"))
_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]?|\{(\d*),\}|.", re.DOTALL)
_MISREAD = re.compile(r"\[|--|&&|~~|\|\|")
"""What a class means one thing by in RE2 and may mean another by in `re`."""

_CATEGORIES = {
    "CATEGORY_DIGIT": r"\d",
    "CATEGORY_NOT_DIGIT": r"\D",
    "CATEGORY_SPACE": r"\s",
    "CATEGORY_NOT_SPACE": r"\S",
    "CATEGORY_WORD": r"\w",
    "CATEGORY_NOT_WORD": r"\W",
}
_parse = import_module("re._parser").parse
"""COMPAT: CPython 3.11 to 3.14 name their parser so."""

Node = tuple[Any, Any]
Charset = tuple[frozenset[str], bool]
"""The ASCII characters matched, and whether any other may be."""


def compile_harmless(pattern: str) -> re.Pattern[str]:
    """Compile a pattern that takes time in proportion to the text, case ignored, ASCII classes as in RE2.

    Raises:
        ValueError: with the reason for refusing it.
    """
    bounded = "".join(_bound(token) for token in _TOKEN.finditer(pattern))
    flags = re.ASCII | re.IGNORECASE
    try:
        tree = _parse(bounded, flags)
        compiled = re.compile(bounded, flags)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(str(error)) from None
    if compiled.flags & ~(flags | re.DOTALL | re.MULTILINE) or "(?#" in pattern:
        raise ValueError("it has what RE2 does not know")
    _count(list(tree), (), 1)
    if tree.getwidth()[1] > MOST_CHARS:
        raise ValueError(f"it can match more than {MOST_CHARS} characters")
    return compiled


def _bound(token: re.Match[str]) -> str:
    text = token.group()
    if text == "*":
        return f"{{0,{LONGEST}}}"
    if text == "+":
        return f"{{1,{LONGEST}}}"
    if token.group(1) is not None:
        least = int(token.group(1) or 0)
        return f"{{{least},{max(least, LONGEST)}}}"
    if len(text) > 1 and text[0] == "[" and _MISREAD.search(text, 1):
        raise ValueError(f"the class {text} could be misread; put a \\ before its [, -, &, ~ and |")
    return text


def _count(nodes: Sequence[Node], follow: Sequence[Node], ways: int) -> int:
    """In how many ways a sequence can match from one place, given `ways` to get to it; `follow` is what comes next."""
    for index, (op, argument) in enumerate(nodes):
        rest = (*nodes[index + 1 :], *follow)
        match str(op):
            case "SUBPATTERN":
                if argument[2]:
                    raise ValueError("flags cannot be taken away within a pattern")
                ways = _count(list(argument[3]), rest, ways)
            case "BRANCH":
                ways = sum(_count(list(branch), rest, ways) for branch in argument[1])
            case "MAX_REPEAT" | "MIN_REPEAT":
                ways = _count_repeat(argument[0], argument[1], list(argument[2]), rest, ways)
            case name if name not in _KNOWN:
                raise ValueError(_REFUSALS.get(name, "it has what RE2 does not know"))
        if ways > MOST_WAYS:
            raise ValueError(_TOO_MANY)
    return ways


def _count_repeat(least: int, most: int, inner: Sequence[Node], rest: Sequence[Node], ways: int) -> int:
    if most <= 1:
        return _count(inner, rest, ways) + (ways if least < most else 0)
    if not inner or any(_is_open(node) for node in inner):
        raise ValueError("a repeat or a choice within a repeat is not linear")
    _count(inner, rest, 1)  # for what must not be in it
    if least == most or not rest:
        return ways
    tried = ways * (most - least + 1)
    if tried > MOST_WAYS:
        raise ValueError(_TOO_MANY)
    return ways if _are_apart(inner, rest) else tried


def _is_open(node: Node) -> bool:
    """Whether a node can match more than one way, or nothing at all."""
    op, argument = str(node[0]), node[1]
    if op == "SUBPATTERN":
        return not argument[3] or any(_is_open(inner) for inner in argument[3])
    if op in _REPEATS:
        return argument[0] != argument[1] or any(_is_open(inner) for inner in argument[2])
    return op in {"BRANCH", "AT"}


def _are_apart(inner: Sequence[Node], rest: Sequence[Node]) -> bool:
    """Whether nothing that is repeated can be taken for the beginning of what follows."""
    repeated, following = _charset(inner), _first(rest)
    if repeated is None or following is None:
        return False
    return not (repeated[0] & following[0]) and not (repeated[1] and following[1])


def _first(nodes: Sequence[Node]) -> Charset | None:
    """The characters a sequence can begin with, None where that is not plain to see."""
    if not nodes:
        return None
    op, argument = str(nodes[0][0]), nodes[0][1]
    if op == "SUBPATTERN":
        return _first([*argument[3], *nodes[1:]])
    if op == "BRANCH":
        firsts = [_first([*branch, *nodes[1:]]) for branch in argument[1]]
        known = [first for first in firsts if first is not None]
        return _union(known) if len(known) == len(firsts) else None
    if op in _REPEATS:
        return _first([*argument[2]]) if argument[0] > 0 else None
    if op == "AT":  # takes no character itself
        return _first(nodes[1:])
    return _charset(nodes[:1])


def _charset(nodes: Sequence[Node]) -> Charset | None:
    """The characters of a sequence that is one character long."""
    if len(nodes) != 1:
        return None
    op, argument = str(nodes[0][0]), nodes[0][1]
    match op:
        case "SUBPATTERN":
            return _charset(list(argument[3]))
        case "LITERAL":
            return _literals((chr(argument),))
        case "NOT_LITERAL":
            return _invert(_literals((chr(argument),)))
        case "ANY":
            return frozenset(_ASCII), True
        case "IN":
            return _class(argument)
    return None


def _class(items: Sequence[Node]) -> Charset:
    sets: list[Charset] = []
    is_negated = False
    for op, argument in items:
        match str(op):
            case "NEGATE":
                is_negated = True
            case "LITERAL":
                sets.append(_literals((chr(argument),)))
            case "RANGE":
                low, high = argument
                sets.append(_literals(chr(code) for code in range(low, min(high, 127) + 1)))
                sets.append((frozenset(), high > 127))  # noqa: PLR2004 - the end of ASCII
            case _:
                shorthand = re.compile(_CATEGORIES[str(argument)], re.ASCII)
                is_inverse = "NOT" in str(argument)
                sets.append((frozenset(char for char in _ASCII if shorthand.match(char)), is_inverse))
    union = _union(sets)
    return _invert(union) if is_negated else union


def _literals(chars: Iterable[str]) -> Charset:
    both = {case for char in chars for case in (char, char.lower(), char.upper())}
    return frozenset(char for char in both if char.isascii()), not all(char.isascii() for char in both)


def _union(sets: Iterable[Charset]) -> Charset:
    sets = list(sets)
    return frozenset().union(*(chars for chars, _ in sets)), any(others for _, others in sets)


def _invert(charset: Charset) -> Charset:
    return frozenset(_ASCII) - charset[0], True

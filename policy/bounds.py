"""What a set of rules may not have, because a hostile text would take long with it: told by counting, not by timing."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from config.settings import Rule as TextRule
from policy.errors import BadRule
from policy.gaps import Gap, count_states, find_gap, looseness
from policy.heads import find_beginnings, find_heads
from policy.patterns import MOST_TRIES, BadPattern, Patterns

MOST_NESTED = 8
""""a", "aa", "aaa" …: each is found at every place where a longer one ends."""

LONGEST_WORD = 400
MOST_LOOSE, MOST_LOOSE_TOGETHER = 50, 1_000
"""By `policy.gaps.looseness`."""

LARGEST, LARGEST_TOGETHER = 10_000, 200_000
"""In RE2's own instructions; RE2 looks at so many, in the worst case, for a character."""

_GOOD_STATES, _GOOD_STATES_TOGETHER = 3_000, 6_000
_GOOD_TOGETHER = 50_000
"""Up to here a hostile text of 10,000 characters takes no more than 5 ms."""

_PASS_STATES = 50
"""To search a text once for one pattern costs as much as to make so many states of it."""

_CHARS = 10_000


def check_words(owners: Mapping[str, Sequence[int]], rules: Sequence[TextRule]) -> None:
    """Refuse words that are found more often in one text than can be looked at.

    Raises:
        BadRule: the first rule that has such a word.
    """
    for word in owners:
        if len(word) > LONGEST_WORD:
            raise BadRule(
                _first(owners, rules, word), f"a word has more than {LONGEST_WORD} characters: {word[:20]!r} …"
            )
    within: list[str] = []  # one another, spelt backwards: those that the next word may end with
    for word in sorted(word[::-1] for word in owners):
        while within and not word.startswith(within[-1]):
            within.pop()
        within.append(word)
        if len(within) > MOST_NESTED:
            reason = (
                f"{len(within)} words end alike, each within the next, up to {word[::-1][:40]!r}: {MOST_NESTED} may"
            )
            raise BadRule(_first(owners, rules, word[::-1]), reason)


def _first(owners: Mapping[str, Sequence[int]], rules: Sequence[TextRule], word: str) -> str:
    return rules[owners[word][0]].name


def check_patterns(rules: Iterable[TextRule]) -> None:
    """Refuse patterns that cannot be used or take long, alone or together.

    Raises:
        BadRule: the first rule that has one, or one too many.
    """
    loose = 0.0
    size = 0
    for rule in rules:
        try:
            sizes = Patterns(rule.patterns).sizes
        except BadPattern as error:
            raise BadRule(rule.name, str(error)) from None
        for pattern, instructions in zip(rule.patterns, sizes, strict=True):
            looseness_here = looseness(pattern)
            loose += looseness_here
            size += instructions
            if looseness_here > MOST_LOOSE:
                raise BadRule(rule.name, f"pattern {pattern!r}: {_TOO_LOOSE}")
            if instructions > LARGEST:
                raise BadRule(rule.name, f"pattern {pattern!r}: it is too large; a repeat of a repeat multiplies")
        if loose > MOST_LOOSE_TOGETHER:
            raise BadRule(rule.name, "with its patterns, those of all rules together leave too many gaps open")
        if size > LARGEST_TOGETHER:
            raise BadRule(rule.name, "with its patterns, those of all rules together are too large")


_TOO_LOOSE = "long gaps after few characters take long on texts made for it: begin with more"


def find_costly(rules: Iterable[TextRule]) -> Iterator[tuple[str, str]]:
    """Rules that are let pass and may take longer than they should on a text made for it, and why."""
    rules = tuple(rules)
    gapped = [
        (rule.name, pattern, gap)
        for rule in rules
        for pattern in rule.patterns
        if (gap := find_gap(pattern)) is not None
    ]
    yield from _loose(gapped)
    yield from _alike(gapped)
    size = 0
    for rule in rules:
        before, size = size, size + sum(Patterns(rule.patterns).sizes)
        if before <= _GOOD_TOGETHER < size:
            yield rule.name, "from here on, patterns are large enough together to take long on texts made for it"


def _loose(gapped: Iterable[tuple[str, str, Gap]]) -> Iterator[tuple[str, str]]:
    """Patterns for which the whole text is searched, each by itself."""
    states = 0
    for name, pattern, gap in gapped:
        begun = find_heads(pattern)
        if begun is not None and not begun.is_long:
            continue
        more = count_states(gap, find_beginnings(pattern))
        if more > _GOOD_STATES:
            yield name, f"pattern {pattern!r}: {_TOO_LOOSE}"
            continue
        before, states = states, states + more + _PASS_STATES
        if before <= _GOOD_STATES_TOGETHER < states:
            yield name, "from here on, gaps in patterns take long together on texts made for it"


def _alike(gapped: Iterable[tuple[str, str, Gap]]) -> Iterator[tuple[str, str]]:
    """Patterns tried where they begin, if a text may hold so many places that they are searched for after all."""
    names: dict[str, list[str]] = {}
    states = 0
    for name, pattern, gap in gapped:
        begun = find_heads(pattern)
        if begun is None or begun.is_long:
            continue
        states += count_states(gap, begun.heads)
        for head in begun.heads:
            names.setdefault(head, []).append(name)
    if states <= _GOOD_STATES_TOGETHER:
        return
    for head, owners in names.items():
        places = sum(len(names[other]) for other in names if other in head) * _CHARS / len(head)
        if places > MOST_TRIES:
            yield owners[-1], f"{len(owners)} patterns with gaps begin with {head!r}: {_TOO_LOOSE}"
            return

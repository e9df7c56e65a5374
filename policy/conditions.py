"""From a rule's tables in the config to a tree of matchers, composed by `all`, `any` and `not`."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from config.settings import Condition
from config.settings import Rule as TextRule
from policy.errors import BadRule
from policy.matchers import (
    attachments,
    caps,
    duplicates,
    first_message,
    flood,
    length,
    links,
    membership_age,
    mentions,
    mixed_script,
    person_age,
    words,
)
from policy.matchers.view import Match, Matcher, Matches, View

Words = Mapping[str, tuple[str, ...]]


_NO_MATCHERS = {
    key: default
    for key, default in zip(Condition.__struct_fields__, Condition.__struct_defaults__, strict=True)
    if key not in {"words", "word_files", "patterns", "whole_word", "across_punctuation"}
}


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a rule's tree. `needs`: lists of the scanner, one of which must be found for it to be met at all.

    None: it may be met without any. So a message in which no word was found asks no rule that only knows words.
    """

    match: Matcher
    needs: frozenset[int] | None = None


def plant(rule: TextRule, leaves: list[TextRule], files: Words) -> Node:
    """The tree of one rule. What the scanner is to look for is appended to `leaves`.

    Raises:
        BadRule: some part of it looks for nothing, or for what cannot be.
    """
    try:
        return _plant(rule, rule, leaves, files)
    except ValueError as error:
        raise BadRule(rule.name, str(error)) from None


def _plant(condition: Condition, rule: TextRule, leaves: list[TextRule], files: Words) -> Node:
    nodes: list[Node] = []
    if condition.words or condition.word_files or condition.patterns:
        nodes.append(Node(words.make(len(leaves)), frozenset((len(leaves),))))
        leaves.append(_leaf(condition, rule.name))
    nodes += map(Node, _matchers(condition, rule, files))
    nodes += [_plant(inner, rule, leaves, files) for inner in condition.all_of]
    if condition.any_of:
        nodes.append(_any([_plant(inner, rule, leaves, files) for inner in condition.any_of]))
    if condition.none_of is not None:
        nodes.append(Node(_not(_plant(condition.none_of, rule, leaves, files).match)))
    if not nodes:
        raise ValueError("it has no words and no patterns, nor anything else to look for")
    return nodes[0] if len(nodes) == 1 else _all(nodes)


def _leaf(condition: Condition, name: str) -> TextRule:
    """What the scanner is to look for: whatever the condition says of words and patterns, and nothing else of it."""
    said = {key: getattr(condition, key) for key in Condition.__struct_fields__}
    return TextRule(**{**said, **_NO_MATCHERS, "name": name})


def _matchers(condition: Condition, rule: TextRule, files: Words) -> Iterator[Matcher]:
    """All but words, those first that cost least."""
    if condition.person_age is not None:
        yield person_age.make(condition.person_age)
    yield from _remembering(condition, rule)
    if condition.attachments:
        yield attachments.make(condition.attachments)
    if condition.length is not None:
        yield length.make(condition.length)
    if condition.caps is not None:
        yield caps.make(condition.caps)
    if condition.mixed_script:
        yield mixed_script.make()
    if condition.links is not None:
        missing = [name for name in condition.links.domain_files if name not in files]
        if missing:
            raise ValueError(f"the domains of {missing[0]} were not read")
        yield links.make(condition.links, files)


def _remembering(condition: Condition, rule: TextRule) -> Iterator[Matcher]:
    """Those that know what was before."""
    if condition.membership_age is not None:
        yield membership_age.make(condition.membership_age)
    if condition.first_message:
        yield first_message.make()
    if condition.flood is not None:
        yield flood.make(condition.flood, rule.kinds)
    if condition.duplicates is not None:
        yield duplicates.make(condition.duplicates)
    if condition.mentions is not None:
        yield mentions.make(condition.mentions)


def _all(nodes: Sequence[Node]) -> Node:
    matchers = [node.match for node in nodes]

    def match(view: View) -> Matches | None:
        found: list[Match] = []
        for matcher in matchers:
            matches = matcher(view)
            if matches is None:
                return None
            found += matches
        return tuple(found)

    needs = [node.needs for node in nodes if node.needs is not None]
    return Node(match, min(needs, key=len) if needs else None)


def _any(nodes: Sequence[Node]) -> Node:
    """Shows all that is met, for whoever wants to know why."""
    matchers = [node.match for node in nodes]

    def match(view: View) -> Matches | None:
        met = [matches for matcher in matchers if (matches := matcher(view)) is not None]
        return tuple(match for matches in met for match in matches) if met else None

    needs = [node.needs for node in nodes if node.needs is not None]
    return Node(match, frozenset[int]().union(*needs) if len(needs) == len(nodes) else None)


def _not(matcher: Callable[[View], Matches | None]) -> Matcher:
    def match(view: View) -> Matches | None:
        return () if matcher(view) is None else None

    return match

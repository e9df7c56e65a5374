"""Asks every rule that judges a kind of stanza and draws one verdict from their opinions.

Deny wins. The order of rules never matters: reasons are sorted, actions are merged by what they are. A rule that
raises becomes an error in the verdict and silences nobody else; `moderation.on_error` says what follows from it.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace

from config.settings import Settings
from policy.actions import Apply
from policy.asks import Asks, asks_of
from policy.documents import Check, compile_checks
from policy.errors import BadRule, describe
from policy.facts import Facts, Kind
from policy.merge import merge
from policy.room_rule import is_own
from policy.rule import Opinion, Rule, Source
from policy.rules import MAKERS
from policy.verdict import ALLOW, Condition, Decision, Reason, RuleError, Verdict

_RANKS = {condition: rank for rank, condition in enumerate(Condition)}


@dataclass(frozen=True, slots=True)
class Policy:
    """Rules by the kind of stanza they judge; made by `compile_policy` or, from rules at hand, by `assemble`."""

    by_kind: Mapping[Kind, tuple[Rule, ...]]
    denies_on_error: bool
    asks: Asks | None = None  # what must be remembered for it
    checks: Mapping[str, Check] = field(default_factory=dict)  # of documents' numbers, by type


def compile_policy(settings: Settings, words: Mapping[str, tuple[str, ...]]) -> Policy:
    """Make every rule. `words` holds the contents of word files, by the rule that names them or by file name.

    Raises:
        BadRule: with the rule's name and what is wrong with it.
        BadCheck: likewise, of a type of document.
    """
    source = Source(settings=settings, words=words)
    rules = [rule for make in MAKERS if (rule := make(source)) is not None]
    asks = asks_of(settings.rules)
    policy = assemble(rules, denies_on_error=settings.moderation.on_error == "deny", asks=asks)
    return replace(policy, checks=compile_checks(settings.identity.documents))


def assemble(rules: Iterable[Rule], *, denies_on_error: bool = True, asks: Asks | None = None) -> Policy:
    """A policy of these rules.

    Raises:
        BadRule: two rules share a name.
    """
    names: set[str] = set()
    by_kind: dict[Kind, list[Rule]] = {kind: [] for kind in Kind}
    for rule in rules:
        if rule.name in names:
            raise BadRule(rule.name, "another rule has this name")
        names.add(rule.name)
        for kind in rule.kinds:
            by_kind[kind].append(rule)
    return Policy(
        by_kind={kind: tuple(judging) for kind, judging in by_kind.items()},
        denies_on_error=denies_on_error,
        asks=asks,
    )


def decide(facts: Facts, policy: Policy) -> Verdict:
    """Judge one stanza; never raises. With no opinion from any rule, the answer is the shared `ALLOW`."""
    opinions: list[Opinion] | None = None
    for rule in policy.by_kind[facts.kind]:
        try:
            opinion = rule.judge(facts)
        except Exception as error:  # noqa: BLE001 - one faulty rule must not silence the others
            opinion = Opinion(errors=(RuleError(rule=rule.name, error=describe(error)),))
        if opinion is not None:
            if opinions is None:
                opinions = [opinion]
            else:
                opinions.append(opinion)
    return ALLOW if opinions is None else _conclude(opinions, denies_on_error=policy.denies_on_error)


def judge_in_pieces(facts: Facts, policy: Policy) -> Iterator[str]:
    """Do the work of `decide` for nothing but its cost: after each rule its name, so that a clock may be read."""
    for rule in policy.by_kind[facts.kind]:
        if rule.pieces is not None:
            yield from rule.pieces(facts)
            continue
        with suppress(Exception):  # `decide` has said so
            rule.judge(facts)
        yield rule.name


def _conclude(opinions: list[Opinion], *, denies_on_error: bool) -> Verdict:
    errors = sorted({error for opinion in opinions for error in opinion.errors}, key=lambda e: (e.rule, e.error))
    reasons = {reason for opinion in opinions for reason in opinion.reasons}
    if denies_on_error:
        reasons.update(
            Reason(rule=e.rule, condition=Condition.INTERNAL, text="deny-fault") for e in errors if not e.is_shadow
        )
    decision = Decision.ALLOW
    if reasons:
        is_held = all(reason.condition is Condition.HELD for reason in reasons)
        decision = Decision.HOLD if is_held else Decision.DENY
    rules = {reason.rule for reason in reasons}
    return Verdict(
        decision=decision,
        reasons=tuple(sorted(reasons, key=_order)),
        actions=merge(
            [
                action
                for opinion in opinions
                for action in opinion.actions
                if not isinstance(action, Apply) or rules <= {action.rule}
            ],
            decision,
        ),
        errors=tuple(errors),
        hits=tuple(sorted({name for opinion in opinions for name in opinion.hits})),
    )


def _order(reason: Reason) -> tuple[int, bool, str, str, str]:
    """Gravest first; what breaks a rule of the platform's too is told by that."""
    return _RANKS[reason.condition], is_own(reason.rule), reason.rule, reason.text, repr(reason.params)

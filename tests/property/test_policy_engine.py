"""What holds of every policy, whatever its rules and the facts."""

import dataclasses
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from config.settings import Condition as Look
from config.settings import Length, Links, Moderation, Settings, Xmpp
from config.settings import Rule as TextRule
from policy.actions import Hold, Note, Strike, TakePlace
from policy.engine import assemble, compile_policy, decide
from policy.facts import Facts
from policy.rule import Rule, denial
from policy.verdict import ALLOW, Condition, Decision, RuleError, Verdict
from tests.property import strategies

SETTINGS = Settings(
    xmpp=Xmpp(domain="keeper.example.org", muc="rooms.example.org"),
    moderation=Moderation(encrypted="reject", rules_required_for=("create", "join", "post")),
    rules=(
        TextRule(name="spam", words=("casino",), patterns=("a+b",), action="mute", deduct=5, case=True),
        TextRule(name="watch", words=("casino", "赌博"), whole_word=False, action="note"),
        TextRule(name="hidden", words=("casino",), shadow=True, weight=4),
        TextRule(name="link", links=Links(), weight=6),
        TextRule(
            name="odd", any_of=(Look(mixed_script=True), Look(attachments=("other",)), Look(words=("a",))), weight=6
        ),
        TextRule(name="ask", words=("casino", "b"), action="hold", strike=True),
        TextRule(name="ask-too", words=("b",), whole_word=False, action="hold", deduct=3),
        TextRule(name="undo", words=("c",), action="retract", everywhere=True),
        TextRule(name="calm", none_of=Look(length=Length(chars=40)), weight=-1, kinds=("post",)),
    ),
)
POLICY = compile_policy(SETTINGS, {})
NO = denial("no", Condition.FORBIDDEN, "deny-suspended")


@given(strategies.facts, strategies.rule_lists(), st.randoms(use_true_random=False), st.booleans())
def test_rule_order_never_matters(facts: Facts, rules: list[Rule], chance: Random, strict: bool) -> None:  # noqa: FBT001
    shuffled = list(rules)
    chance.shuffle(shuffled)
    assert decide(facts, assemble(rules, denies_on_error=strict)) == decide(
        facts, assemble(shuffled, denies_on_error=strict)
    )


@given(strategies.facts, st.permutations(SETTINGS.rules))
def test_order_of_the_operators_rules_never_matters(facts: Facts, rules: list[TextRule]) -> None:
    assert decide(facts, compile_policy(replace(SETTINGS, rules=tuple(rules)), {})) == decide(facts, POLICY)


@given(strategies.facts)
def test_rules_that_are_all_shadows_touch_nobody(facts: Facts) -> None:
    shadows = tuple(replace(rule, shadow=True) for rule in SETTINGS.rules)
    verdict = decide(facts, compile_policy(replace(SETTINGS, rules=shadows), {}))
    bare = decide(facts, compile_policy(replace(SETTINGS, rules=()), {}))
    assert acting(verdict) == acting(bare)


def acting(verdict: Verdict) -> Verdict:
    """The verdict without what is only recorded."""
    kept = tuple(action for action in verdict.actions if not isinstance(action, Note))
    return Verdict(decision=verdict.decision, reasons=verdict.reasons, actions=kept, errors=verdict.errors)


@given(strategies.facts)
def test_no_rules_means_allow(facts: Facts) -> None:
    assert decide(facts, assemble([])) is ALLOW


@given(strategies.facts, strategies.rule_lists())
def test_deny_wins(facts: Facts, rules: list[Rule]) -> None:
    denying = Rule(name="no", kinds=frozenset((facts.kind,)), judge=lambda _: NO)
    verdict = decide(facts, assemble([*rules, denying]))
    assert verdict.decision is Decision.DENY
    assert NO.reasons[0] in verdict.reasons


@given(strategies.facts, strategies.rule_lists())
def test_faulty_rule_never_silences_others(facts: Facts, rules: list[Rule]) -> None:
    def fail(_facts: Facts) -> None:
        raise RuntimeError("faulty")

    faulty = Rule(name="faulty", kinds=frozenset((facts.kind,)), judge=fail)
    without = decide(facts, assemble(rules, denies_on_error=False))
    verdict = decide(facts, assemble([faulty, *rules], denies_on_error=False))
    assert (verdict.decision, verdict.reasons, verdict.actions) == (
        without.decision,
        without.reasons,
        without.actions,
    )
    assert set(verdict.errors) == {*without.errors, RuleError(rule="faulty", error="RuntimeError: faulty")}


@given(strategies.facts)
def test_built_in_rules_never_fail_and_always_agree_with_themselves(facts: Facts) -> None:
    verdict = decide(facts, POLICY)
    assert verdict.errors == ()
    assert verdict == decide(facts, POLICY)
    assert (verdict.decision is Decision.DENY) == bool(verdict.reasons)
    assert list(verdict.reasons) == sorted(
        verdict.reasons, key=lambda reason: (list(Condition).index(reason.condition), reason.rule)
    )
    assert sum(isinstance(action, Strike) for action in verdict.actions) <= 1
    if verdict.decision is Decision.DENY:
        assert not any(isinstance(action, TakePlace) for action in verdict.actions)


@given(strategies.facts)
def test_blacklisted_gets_nothing_through(facts: Facts) -> None:
    if facts.account.is_blacklisted or (facts.person is not None and facts.person.is_blacklisted):
        assert decide(facts, POLICY).reasons[0].condition is Condition.FORBIDDEN


@given(strategies.facts)
def test_a_hold_stands_alone_and_a_yes_changes_nothing_else(facts: Facts) -> None:
    verdict = decide(facts, POLICY)
    holds = [action for action in verdict.actions if isinstance(action, Hold)]
    assert len(holds) == (verdict.decision is Decision.HOLD)
    for hold in holds:
        approved = decide(dataclasses.replace(facts, approved=frozenset(hold.rules)), POLICY)
        assert approved.decision is Decision.ALLOW
        assert not any(isinstance(action, Hold) for action in approved.actions)

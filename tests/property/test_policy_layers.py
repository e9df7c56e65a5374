"""Layers only add: whatever a room's managers set, the platform's verdict stays, and no order of rules matters."""

from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from config.settings import Managers, Moderation, Rule, Seconds, Settings, Threshold, Xmpp
from policy.actions import Punish, Strike, TakePlace
from policy.engine import compile_policy, decide
from policy.facts import Facts, Room, SanctionKind
from policy.own_rules import OwnRules
from policy.room_rule import OWN, Exempt, RoomAction, RoomMatcher, RoomRule, is_own
from policy.verdict import ALLOW, Decision
from tests.property.strategies import facts, rooms

MANAGERS = Managers(matchers=tuple(matcher.value for matcher in RoomMatcher), longest_mute=Seconds(600))
SETTINGS = Settings(
    xmpp=Xmpp(domain="keeper.example.org", muc="rooms.example.org"),
    moderation=Moderation(managers=MANAGERS, thresholds=(Threshold(name="much", score=4, action="mute"),)),
    rules=(
        Rule(name="casino", words=("casino",), action="mute", lasts=Seconds(60)),
        Rule(name="shout", patterns=("[ab]{2}",), weight=4),
    ),
)
POLICY = compile_policy(SETTINGS, {})

own_rules = st.builds(
    RoomRule,
    name=st.sampled_from(("a", "b", "c", "规则")),
    matcher=st.just(RoomMatcher.WORDS) | st.sampled_from(RoomMatcher),
    items=st.just(("casino",))  # what the platform's rule finds, too
    | st.lists(st.sampled_from(("casino", "a", "example.org", "image", "赌博", "b+", "(")), max_size=3).map(tuple),
    is_all_but=st.booleans(),
    least=st.integers(min_value=1, max_value=30),
    action=st.sampled_from(RoomAction),
    mute_s=st.none() | st.sampled_from((60.0, 600.0, 6000.0)),
    exempt=st.sampled_from(Exempt),
)
own_sets = st.lists(own_rules, max_size=5, unique_by=lambda rule: rule.name).map(tuple)


@given(facts, rooms, own_sets)
def test_a_verdict_with_own_rules_is_never_milder_than_without(
    given_facts: Facts, room: Room, own: tuple[RoomRule, ...]
) -> None:
    plain = replace(given_facts, room=room)
    without, with_own = (decide(each, POLICY) for each in (plain, replace(plain, room=replace(room, rules=own))))
    assert without.decision is Decision.ALLOW or with_own.decision is Decision.DENY
    assert set(without.reasons) <= set(with_own.reasons)
    assert {action for action in without.actions if not isinstance(action, TakePlace)} <= set(with_own.actions)
    if without.reasons:
        assert with_own.reasons[0] == without.reasons[0]


@given(facts, rooms, own_sets)
def test_own_rules_strike_nobody_and_reach_no_further_than_their_room(
    given_facts: Facts, room: Room, own: tuple[RoomRule, ...]
) -> None:
    verdict = decide(replace(given_facts, room=replace(room, rules=own)), POLICY)
    assert not any(isinstance(action, Strike) and is_own(action.rule) for action in verdict.actions)
    for action in verdict.actions:
        if isinstance(action, Punish) and is_own(action.rule):
            assert action.kind is SanctionKind.MUTE
            assert action.room == given_facts.room_jid
            assert action.lasts_s is not None
            assert action.lasts_s <= MANAGERS.longest_mute


@given(facts, rooms, own_sets, st.randoms(use_true_random=False))
def test_the_order_of_own_rules_never_matters_as_long_as_all_act(
    given_facts: Facts, room: Room, own: tuple[RoomRule, ...], random: Random
) -> None:
    shuffled = list(own)
    random.shuffle(shuffled)
    first, second = (
        decide(replace(given_facts, room=replace(room, rules=tuple(rules))), POLICY) for rules in (own, shuffled)
    )
    assert first == second


@given(own_sets)
def test_rules_that_hit_are_those_that_act(own: tuple[RoomRule, ...]) -> None:
    compiled = OwnRules.make(own, MANAGERS, SETTINGS)
    assert len(compiled.rests) == len(own)
    acting = {OWN + rule.name for rule, rest in zip(own, compiled.rests, strict=True) if rest is None}
    again = OwnRules.make(tuple(rule for rule in own if OWN + rule.name in acting), MANAGERS, SETTINGS)
    assert all(rest is None for rest in again.rests)


@given(facts, rooms)
def test_a_room_without_own_rules_is_judged_as_if_there_were_none_anywhere(given_facts: Facts, room: Room) -> None:
    none = compile_policy(
        Settings(xmpp=SETTINGS.xmpp, rules=SETTINGS.rules, moderation=Moderation(managers=Managers(rules=0))), {}
    )
    plain = replace(given_facts, room=room)
    verdict = decide(plain, compile_policy(Settings(xmpp=SETTINGS.xmpp, rules=SETTINGS.rules), {}))
    assert decide(plain, none) == verdict
    assert verdict is not ALLOW or decide(plain, none) is ALLOW

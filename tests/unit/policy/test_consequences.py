"""Shadows, weights and thresholds: what follows from hits."""

from typing import Any

import pytest

from config.settings import Category, Moderation, Rule, Seconds, Threshold
from policy.actions import Note, Punish, Strike
from policy.errors import BadRule
from policy.facts import Kind, Room, SanctionKind
from policy.verdict import Decision, Verdict
from tests.unit.policy.making import ALICE, LENIENT, ROOM, facts, judged, said, settings, with_rules

LEVELS = (
    Threshold(name="odd", score=3, action="note"),
    Threshold(name="bad", score=5, strike=False),
    Threshold(name="awful", score=9, action="mute", lasts=Seconds(60)),
)


def rule(word: str, **fields: Any) -> Rule:  # noqa: ANN401 - any field
    return Rule(name=word, words=(word,), **fields)


def verdict_on(text: str, *rules: Rule, thresholds: tuple[Threshold, ...] = LEVELS) -> Verdict:
    return judged(facts(texts=said(text)), with_rules(*rules, thresholds=thresholds))


@pytest.mark.parametrize("action", ["note", "hold", "reject", "retract", "mute", "suspend", "kick", "remove", "ban"])
def test_a_shadow_records_what_it_would_have_done_and_touches_nobody(action: Any) -> None:  # noqa: ANN401 - a literal
    verdict = verdict_on("a win", rule("win", action=action, shadow=True, deduct=0, case=action != "hold"))
    assert verdict == Verdict(
        decision=Decision.ALLOW,
        actions=(Note(account=ALICE.jid, person=7, room=ROOM, rule="win", evidence="a ⟦win⟧", would=action),),
        hits=("win",),
    )


def test_a_shadow_hides_no_other_rule() -> None:
    verdict = verdict_on("win money", rule("win", shadow=True), rule("money"))
    assert [reason.rule for reason in verdict.reasons] == ["money"]
    assert [type(action) for action in verdict.actions] == [Strike, Note]


@pytest.mark.parametrize(
    ("text", "reasons", "deeds"),
    [
        ("one", [], []),
        ("one two", [], [Note]),
        ("two three", ["bad"], []),
        ("one two three four", ["awful"], [Punish, Strike]),
        ("three two minus", [], [Note]),
        ("minus", [], []),
    ],
)
def test_weights_add_up_and_one_threshold_acts(text: str, reasons: list[str], deeds: list[type]) -> None:
    rules = [rule(word, weight=weight) for weight, word in enumerate(("one", "two", "three", "four"), 1)]
    verdict = verdict_on(text, *rules, rule("minus", weight=-2))
    assert [reason.rule for reason in verdict.reasons] == reasons
    assert [type(action) for action in verdict.actions] == deeds
    if not reasons and not deeds:
        assert verdict == Verdict(decision=Decision.ALLOW, hits=(text,))


def test_evidence_of_a_threshold_tells_the_weights_and_the_heaviest_hit() -> None:
    verdict = verdict_on("one and nine", rule("one", weight=1), rule("nine", weight=9))
    assert verdict.actions[0] == Punish(
        kind=SanctionKind.MUTE, account=ALICE.jid, person=7, room=ROOM, rule="awful", lasts_s=60.0
    )
    strike = verdict.actions[1]
    assert isinstance(strike, Strike)
    assert strike.evidence == "nine+9 one+1: ⟦one⟧ and ⟦nine⟧"


def test_a_rule_may_act_alone_beside_weights() -> None:
    verdict = verdict_on("win five", rule("win"), rule("five", weight=5))
    assert [reason.rule for reason in verdict.reasons] == ["bad", "win"]


def test_a_shadows_weight_acts_on_nobody_but_tells_what_it_would_have_led_to() -> None:
    verdict = verdict_on("three six", rule("three", weight=3), rule("six", weight=6, shadow=True))
    assert verdict.decision is Decision.ALLOW
    assert {(action.rule, action.would) for action in verdict.actions if isinstance(action, Note)} == {
        ("odd", ""),
        ("six", "weigh"),
        ("awful", "mute"),
    }


def test_a_shadows_weight_that_changes_nothing_is_only_counted() -> None:
    verdict = verdict_on("one", rule("one", weight=1, shadow=True))
    assert [(action.rule, action.would) for action in verdict.actions if isinstance(action, Note)] == [("one", "weigh")]


def test_a_threshold_may_be_a_shadow() -> None:
    thresholds = (Threshold(name="soft", score=5, action="note"), Threshold(name="hard", score=6, shadow=True))
    verdict = verdict_on("seven", rule("seven", weight=7), thresholds=thresholds)
    assert verdict.decision is Decision.ALLOW
    assert {(action.rule, action.would) for action in verdict.actions if isinstance(action, Note)} == {
        ("soft", ""),
        ("hard", "reject"),
    }


def test_what_stands_in_no_text_has_no_excerpt() -> None:
    what = facts(has_file=True)
    verdict = judged(what, with_rules(Rule(name="file", attachments=("other",))))
    strike = verdict.actions[0]
    assert isinstance(strike, Strike)
    assert strike.evidence == ""


def test_a_threshold_that_only_notes_costs_nothing() -> None:
    with pytest.raises(BadRule, match="only records"):
        verdict_on("x", rule("win"), thresholds=(Threshold(name="odd", score=1, action="note", deduct=1),))


def test_every_rule_that_was_met_is_told_whatever_came_of_it() -> None:
    rules = rule("one", weight=1), rule("two", shadow=True), rule("three", action="note"), rule("four")
    assert verdict_on("nothing of it", *rules).hits == ()
    weighed = verdict_on("one", *rules)
    assert (weighed.decision, weighed.actions, weighed.hits) == (Decision.ALLOW, (), ("one",))
    assert verdict_on("four three two one", *rules).hits == ("four", "one", "three", "two")


@pytest.mark.parametrize("action", ["hold", "reject", "retract", "mute", "suspend", "kick", "remove", "ban"])
def test_an_answer_is_refused_and_nobody_punished_for_it(action: Any) -> None:  # noqa: ANN401 - a literal
    by = with_rules(rule("win", action=action, strike=True, case=action != "hold", deduct=5))
    verdict = judged(facts(Kind.ANSWER, texts=said("a win")), by)
    assert [(reason.rule, reason.text) for reason in verdict.reasons] == [("win", "deny-content")]
    assert verdict.actions == ()
    assert verdict.hits == ("win",)


def test_what_is_only_noted_of_an_answer_opens_no_case() -> None:
    verdict = judged(facts(Kind.ANSWER, texts=said("a win")), with_rules(rule("win", action="note", case=True)))
    assert verdict.decision is Decision.ALLOW
    assert [type(action) for action in verdict.actions] == [Note]


def test_answers_weigh_like_anything_else() -> None:
    by = with_rules(rule("win", weight=6), thresholds=LEVELS)
    assert [reason.rule for reason in judged(facts(Kind.ANSWER, texts=said("a win")), by).reasons] == ["bad"]


SCOPED = (
    Threshold(name="general", score=10),
    Threshold(name="school", score=5, categories=("school",), action="mute", lasts=Seconds(60)),
    Threshold(name="school-too", score=10, categories=("school",), action="hold"),
    Threshold(name="small", score=6, scales=("small",)),
    Threshold(name="visitors", score=4, roles=("visitor",)),
    Threshold(name="strangers", score=3, tiers=("unverified",), kinds=("post",), rooms=("chess@*",)),
)


@pytest.mark.parametrize(
    ("weight", "fields", "reached"),
    [
        (9, {}, []),
        (10, {}, ["general"]),
        (4, {"room": Room(jid=ROOM, code="", category="school")}, []),
        (5, {"room": Room(jid=ROOM, code="", category="school")}, ["school"]),
        (10, {"room": Room(jid=ROOM, code="", category="school")}, ["school-too"]),
        (6, {"room": Room(jid=ROOM, code="", scale="small")}, ["small"]),
        (6, {"room": Room(jid=ROOM, code="", category="school", scale="small")}, ["small"]),
        (4, {"role": "visitor"}, ["visitors"]),
        (3, {"person": None}, ["strangers"]),
        (3, {"person": None, "kind": Kind.PRIVATE}, []),
        (3, {"person": None, "room_jid": "hall@rooms.example.org"}, []),
    ],
)
def test_a_threshold_acts_where_and_for_whom_it_holds(weight: int, fields: dict[str, Any], reached: list[str]) -> None:
    by = settings(
        identity=LENIENT,
        rules=(rule("win", weight=weight),),
        moderation=Moderation(thresholds=SCOPED),
        categories={"general": Category(), "school": Category()},
    )
    verdict = judged(facts(texts=said("win"), **fields), by)
    assert [reason.rule for reason in verdict.reasons] == reached

"""Rules composed, scoped, and faulty: which of them hit."""

from collections.abc import Callable
from typing import Any

import pytest

from config.settings import Caps, Condition, Length, Links, Rule
from policy.errors import BadRule
from policy.examine import UNSUSPICIOUS
from policy.facts import Facts, Kind, Surface
from policy.matchers import caps
from policy.matchers.view import Matches, View
from policy.verdict import Decision
from tests.unit.policy.making import facts, judged, person, said, texts, with_rules
from tests.unit.policy.matchers.seeing import examined, found, meets

WIN = Condition(words=("win",))
MONEY = Condition(words=("money",))


@pytest.mark.parametrize(
    ("text", "condition", "is_met"),
    [
        ("win money", {"all_of": (WIN, MONEY)}, True),
        ("win", {"all_of": (WIN, MONEY)}, False),
        ("win", {"any_of": (WIN, MONEY)}, True),
        ("neither", {"any_of": (WIN, MONEY)}, False),
        ("win", {"words": ("win",), "none_of": MONEY}, True),
        ("win money", {"words": ("win",), "none_of": MONEY}, False),
        ("anything", {"none_of": MONEY}, True),
        ("win BIG AND LOUD AND NOW AND HERE", {"words": ("win",), "caps": Caps()}, True),
        ("win quietly, please, and later", {"words": ("win",), "caps": Caps()}, False),
        ("SHOUTING ALONE IS ENOUGH HERE", {"any_of": (WIN, Condition(caps=Caps()))}, True),
        ("win", {"any_of": (WIN, Condition(caps=Caps()))}, True),
        ("money", {"any_of": (Condition(all_of=(WIN, MONEY)), Condition(words=("cash",)))}, False),
    ],
)
def test_conditions_compose(text: str, condition: Any, *, is_met: bool) -> None:  # noqa: ANN401 - any field
    assert meets(text, **condition) is is_met


def test_all_that_is_met_is_shown() -> None:
    assert found("Win some Money", any_of=(WIN, MONEY)) == ["Win", "Money"]
    assert found("Win some Money", all_of=(WIN, MONEY)) == ["Win", "Money"]


def test_words_may_stand_in_different_texts_of_one_stanza() -> None:
    assert meets(facts(texts=said("win", "money")), all_of=(WIN, MONEY))


def test_a_condition_that_looks_for_nothing_is_refused() -> None:
    with pytest.raises(BadRule, match="nor anything else"):
        meets("x", all_of=(WIN, Condition()))


@pytest.mark.parametrize(
    ("scope", "is_met"),
    [
        ({"kinds": ("post",)}, True),
        ({"kinds": ("private", "nick")}, False),
        ({"tiers": ("standard",)}, True),
        ({"tiers": ("unverified", "limited")}, False),
        ({"roles": ("visitor", "participant")}, True),
        ({"roles": ("moderator",)}, False),
        ({"rooms": ("chess@rooms.example.org",)}, True),
        ({"rooms": ("Ch*@rooms.example.org", "x@y")}, True),
        ({"rooms": ("go*@rooms.example.org",)}, False),
        ({"rooms": ("ches?@rooms.example.org",)}, False),
        ({"rooms": ("[c]hess@rooms.example.org",)}, False),
        ({"rooms": ("*",), "kinds": ("post",), "tiers": ("standard",), "roles": ("participant",)}, True),
        ({"surfaces": ("body",)}, True),
        ({"surfaces": ("nick",)}, False),
    ],
)
def test_a_rule_holds_in_its_scope_alone(scope: Any, *, is_met: bool) -> None:  # noqa: ANN401 - any field
    what = facts(texts=said("win"), role="participant", person=person(tier="standard"))
    assert meets(what, words=("win",), **scope) is is_met


def test_nobody_verified_is_a_tier_of_its_own() -> None:
    assert meets(facts(texts=said("win"), person=None), words=("win",), tiers=("unverified",))


def test_surfaces_limit_what_must_be_absent_too() -> None:
    what = facts(texts=(*said("hello"), *said("ann", surface=Surface.NICK)))
    assert meets(what, none_of=MONEY, surfaces=("nick",))


def test_a_stanza_that_puts_nothing_before_others_is_not_looked_at() -> None:
    assert examined(facts(Kind.JOIN), Rule(name="x", none_of=MONEY)) is UNSUSPICIOUS


def test_rules_without_words_are_asked_of_every_text() -> None:
    assert not examined("hello", Rule(name="x", caps=Caps())).hits
    assert examined("HELLO EVERYBODY OUT THERE", Rule(name="x", caps=Caps())).hits


def _break(_caps: Caps) -> Callable[[View], Matches | None]:
    def match(_view: View) -> Matches | None:
        raise ValueError("broken")

    return match


SHOUT: Facts = facts(texts=said("win"))


@pytest.mark.parametrize(("shadow", "decision"), [(False, Decision.DENY), (True, Decision.ALLOW)])
def test_a_faulty_rule_silences_no_other_and_denies_only_where_it_acts(
    monkeypatch: pytest.MonkeyPatch, *, shadow: bool, decision: Decision
) -> None:
    monkeypatch.setattr(caps, "make", _break)
    faulty = Rule(name="faulty", caps=Caps(), shadow=shadow)
    noted = Rule(name="noted", words=("win",), action="note")
    verdict = judged(SHOUT, with_rules(faulty, noted))
    assert [(error.rule, error.error) for error in verdict.errors] == [("faulty", "ValueError: broken")]
    assert verdict.decision is decision
    assert len(verdict.actions) == 1
    alone = judged(SHOUT, with_rules(faulty))
    assert alone.decision is decision
    assert alone.errors


@pytest.mark.parametrize(
    ("condition", "is_met"),
    [
        ({"words": ("casino",)}, True),
        ({"words": ("casino",), "surfaces": ("body",)}, True),
        ({"words": ("casino",), "surfaces": ("nick",)}, False),
        ({"words": ("casino",), "none_of": Condition(words=("ca",))}, False),
        ({"links": Links(domains=("example.org",))}, True),
        ({"length": Length(chars=6)}, False),
        ({"all_of": (Condition(words=("casino",)), Condition(length=Length(chars=6)))}, False),
    ],
)
def test_what_clients_make_of_texts_is_searched_and_never_measured(condition: Any, *, is_met: bool) -> None:  # noqa: ANN401
    what = facts(texts=said("ca", "sino"), readings=said("casino", "example.org"))
    assert meets(what, **condition) is is_met
    assert found(what, words=("casino",)) == ["casino"]


def test_texts_and_what_clients_make_of_them_have_a_limit_each() -> None:
    long = "x" * 6_000
    assert judged(facts(texts=said(long), readings=said(long))).decision is Decision.ALLOW
    assert texts(judged(facts(texts=said("x"), readings=said(long, long)))) == ["deny-too-long"]
    assert texts(judged(facts(texts=said(long, long)))) == ["deny-too-long"]

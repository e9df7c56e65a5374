"""Matchers that know what was before: by what memory says of it."""

from typing import Any

import pytest

from config.settings import Age, Condition, Duplicates, Flood, Mentions, Rule, Seconds
from policy.asks import Copies, Flow, copies_of, flows_of
from policy.errors import BadRule
from policy.examine import UNSUSPICIOUS
from policy.facts import Facts, Kind, Lately
from policy.verdict import Decision
from tests.unit.policy.making import AT, facts, judged, said, with_rules
from tests.unit.policy.matchers.seeing import examined, found, meets

FLOOD, COPIES = Flood(messages=5, chars=100), Duplicates()
MESSAGES, CHARS = flows_of(FLOOD, ())


def after(*exceeded: Flow | Copies, text: str = "again", **lately: Any) -> Facts:  # noqa: ANN401 - any field
    return facts(texts=said(text) if text else (), lately=Lately(exceeded=frozenset(exceeded), **lately))


def test_a_flood_is_met_by_what_it_is_too_much_for() -> None:
    assert meets(after(MESSAGES), flood=FLOOD)
    assert meets(after(CHARS), flood=FLOOD)
    assert not meets(after(), flood=FLOOD)
    assert not meets(after(MESSAGES), flood=Flood(messages=6))
    assert found(after(MESSAGES), flood=FLOOD) == ["again"]


def test_a_flood_of_stanzas_without_words_is_met_too() -> None:
    assert found(after(MESSAGES, text=""), flood=FLOOD) == [""]
    assert found(after(MESSAGES, text=""), any_of=(Condition(words=("x",)), Condition(flood=FLOOD))) == [""]
    assert not meets(after(MESSAGES, text=""), flood=FLOOD, surfaces=("body",))
    assert examined(after(MESSAGES, text=""), Rule(name="x", none_of=Condition(words=("x",)))) is UNSUSPICIOUS


def test_kinds_of_the_rule_are_the_kinds_that_are_counted() -> None:
    (nicks,) = flows_of(Flood(messages=5), ("nick",))
    what = facts(Kind.NICK, texts=said("x"), lately=Lately(exceeded=frozenset((nicks,))))
    assert meets(what, flood=Flood(messages=5), kinds=("nick",))
    assert not meets(what, flood=Flood(messages=5))


def test_copies_are_met_as_they_are_asked_for() -> None:
    assert found(after(copies_of(COPIES)), duplicates=COPIES) == ["again"]
    assert not meets(after(), duplicates=COPIES)
    assert not meets(after(copies_of(COPIES)), duplicates=Duplicates(by="anybody"))


@pytest.mark.parametrize(
    ("lately", "mentions", "is_met"),
    [
        ({"named": 5, "others": 50}, Mentions(people=5), True),
        ({"named": 4, "others": 50}, Mentions(people=5), False),
        ({"named": 4, "others": 8}, Mentions(share=0.5), True),
        ({"named": 3, "others": 8}, Mentions(share=0.5), False),
        ({"named": 2, "others": 2}, Mentions(share=0.5), False),
        ({"named": 4, "others": 8}, Mentions(people=9, share=0.5), True),
        ({"named": 9, "others": 9, "is_room_named": True}, Mentions(everyone=True), True),
        ({"named": 9, "others": 9}, Mentions(everyone=True), False),
    ],
)
def test_so_many_people_or_so_large_a_part_is_named(
    lately: Any,  # noqa: ANN401 - any fields
    mentions: Mentions,
    *,
    is_met: bool,
) -> None:
    assert meets(after(**lately), mentions=mentions) is is_met
    assert meets(after(**lately, text=""), any_of=(Condition(flood=FLOOD),)) is False


@pytest.mark.parametrize(
    ("text", "call"),
    [
        ("Hi @all, look", "@all"),
        ("look @everyone.", "@everyone"),
        ("＠ＨＥＲＥ come", "＠ＨＥＲＥ"),
        ("!here", "!here"),
        ("@所有人 开会了", "@所有人"),
        ("通知@全体成员", "@全体"),
        ("mail me@all.example", None),
        ("@allison said so", None),
        ("@all-hands is a nickname", None),
        ("@room.example", None),
        ("all of you, here!", None),
    ],
)
def test_words_that_call_everybody_are_found_by_option(text: str, call: str | None) -> None:
    assert found(text, mentions=Mentions(everyone=True)) == ([] if call is None else [call])
    assert not meets(text, mentions=Mentions(people=1))


def test_references_without_any_text_name_people_too() -> None:
    what = facts(has_file=True, lately=Lately(named=9, others=9))
    assert found(what, mentions=Mentions(people=9)) == [""]


@pytest.mark.parametrize(
    ("since", "age", "is_met"),
    [
        (AT - 50, Age(under=Seconds(60)), True),
        (AT - 60, Age(under=Seconds(60)), False),
        (AT - 60, Age(over=Seconds(60)), True),
        (AT - 50, Age(over=Seconds(60)), False),
        (AT - 50, Age(over=Seconds(40), under=Seconds(60)), True),
        (None, Age(under=Seconds(60)), True),
        (None, Age(over=Seconds(60)), False),
    ],
)
def test_the_age_of_a_membership(since: float | None, age: Age, *, is_met: bool) -> None:
    assert meets(after(member_since=since), membership_age=age) is is_met


def test_a_first_message() -> None:
    assert meets(after(is_first=True), first_message=True)
    assert not meets(after(), first_message=True)


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        ({"flood": Flood()}, "needs messages, chars or joins"),
        ({"flood": Flood(messages=1, within=Seconds(0))}, "flood.within must be more"),
        ({"flood": Flood(joins=1), "kinds": ("post",)}, "judges no kind of join"),
        ({"duplicates": Duplicates(within=Seconds(0))}, "duplicates.within must be more"),
        ({"mentions": Mentions()}, "needs people, share or everyone"),
        ({"membership_age": Age()}, "membership_age needs under or over"),
        ({"membership_age": Age(over=Seconds(5), under=Seconds(5))}, "membership_age is never met"),
    ],
)
def test_what_could_never_be_met_is_refused(condition: Any, reason: str) -> None:  # noqa: ANN401 - any field
    with pytest.raises(BadRule, match=reason):
        judged(facts(), with_rules(Rule(name="x", **condition)))


def test_they_weigh_and_run_as_shadows_like_any_other() -> None:
    weighty = (Rule(name="a", flood=FLOOD, weight=6), Rule(name="b", duplicates=COPIES, weight=6))
    what = after(MESSAGES, copies_of(COPIES))
    assert judged(what, with_rules(*weighty)).decision is Decision.DENY
    assert judged(after(MESSAGES), with_rules(*weighty)).decision is Decision.ALLOW
    shadow = judged(what, with_rules(Rule(name="a", flood=FLOOD, shadow=True)))
    assert shadow.decision is Decision.ALLOW
    assert len(shadow.actions) == 1

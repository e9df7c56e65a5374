"""What rules ask of the recent past, each question once."""

import pytest

from config.settings import Age, Condition, Duplicates, Flood, Mentions, Rule, Seconds
from policy.asks import JOINS, MESSAGES, Asks, asks_of, copies_of, flows_of
from policy.engine import compile_policy
from policy.facts import Kind
from tests.unit.policy.making import settings, with_rules


def test_rules_that_ask_for_nothing_need_no_memory() -> None:
    assert asks_of(()) is None
    assert compile_policy(settings(), {}).asks is None
    assert compile_policy(with_rules(Rule(name="x", words=("x",))), {}).asks is None


def test_questions_of_all_rules_and_all_their_parts_are_asked_once() -> None:
    flood, copies = Flood(messages=5), Duplicates()
    asks = compile_policy(
        with_rules(
            Rule(name="a", flood=flood),
            Rule(name="b", any_of=(Condition(flood=flood), Condition(duplicates=copies)), shadow=True),
            Rule(name="c", none_of=Condition(duplicates=copies, mentions=Mentions(people=3))),
            Rule(name="d", membership_age=Age(under=Seconds(5)), weight=3),
        ),
        {},
    ).asks
    assert asks == Asks(flows=flows_of(flood, ()), copies=(copies_of(copies),), names=True, membership=True)


def test_a_first_message_needs_the_membership() -> None:
    assert asks_of([Rule(name="a", first_message=True)]) == Asks(membership=True, firsts=True)


@pytest.mark.parametrize(
    ("flood", "kinds", "expected"),
    [
        (Flood(messages=5), (), [("messages", "person-here", MESSAGES, 5)]),
        (Flood(chars=9, by="person"), ("nick", "status"), [("chars", "person", {Kind.NICK, Kind.STATUS}, 9)]),
        (Flood(joins=3), (), [("joins", "room", JOINS, 3)]),
        (Flood(joins=3, by="person"), ("join", "post"), [("joins", "person", {Kind.JOIN}, 3)]),
        (
            Flood(messages=5, joins=3, by="room"),
            (),
            [("messages", "room", MESSAGES, 5), ("joins", "room", JOINS, 3)],
        ),
    ],
)
def test_each_key_of_a_flood_is_a_question_of_its_own(
    flood: Flood, kinds: tuple[str, ...], expected: list[object]
) -> None:
    assert [(flow.what, flow.by, flow.kinds, flow.most) for flow in flows_of(flood, kinds)] == expected


def test_people_who_join_a_room_are_a_crowd_and_all_else_is_counted() -> None:
    (raid,), (coming_and_going,) = flows_of(Flood(joins=3), ()), flows_of(Flood(joins=3, by="person"), ())
    assert raid.is_crowd
    assert not coming_and_going.is_crowd

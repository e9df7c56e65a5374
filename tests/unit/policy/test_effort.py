"""Rules that would hold everybody up are told from those that managers write in good faith."""

import pytest

from policy.effort import is_too_costly
from policy.room_rule import RoomMatcher, RoomRule


def words(*items: str, name: str = "r") -> RoomRule:
    return RoomRule(name=name, matcher=RoomMatcher.WORDS, items=items)


def of(matcher: RoomMatcher, name: str = "m") -> RoomRule:
    return RoomRule(name=name, matcher=matcher, least=20)


INNOCENT = {
    "nothing": (),
    "everyday words": (words("tea", "coffee", "a", "I", "an", "and", "to", "the", "赌", "赌博", "赌博网", "casino"),),
    "words of one stem": (words("sell", "sells", "seller", "sellers", "selling", "resell", "reseller"),),
    "many rules": tuple(words(*(f"word{n}{m}" for m in range(10)), name=f"r{n}") for n in range(20)),
    "a word in many spellings": (words("tea", "TEA", "t3a"),),
    "nothing but signs": (words("\u200b"),),
    "one of each kind": tuple(of(matcher) for matcher in RoomMatcher),
}
HOSTILE = {
    "words within words": (words(*("ab" * times for times in range(1, 8))),),
    "the same over two rules": (
        words(*("ab" * times for times in range(1, 5))),
        words(*("ba" * times for times in range(1, 5)), name="s"),
    ),
    "ideographs": (words(*("赌博" * times for times in range(1, 8))),),
    "one thing twice": (of(RoomMatcher.MIXED_SCRIPT, "m"), of(RoomMatcher.MIXED_SCRIPT, "n")),
}


@pytest.mark.parametrize("rules", INNOCENT.values(), ids=INNOCENT)
def test_what_managers_write_in_good_faith_costs_little(rules: tuple[RoomRule, ...]) -> None:
    assert not is_too_costly(rules)


@pytest.mark.parametrize("rules", HOSTILE.values(), ids=HOSTILE)
def test_rules_that_would_hold_everybody_up_are_found(rules: tuple[RoomRule, ...]) -> None:
    assert is_too_costly(rules)

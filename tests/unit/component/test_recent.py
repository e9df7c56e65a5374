"""What is remembered of the recent past: counted where and for whom rules ask, once for each check, and bounded."""

from typing import Any, Literal

import pytest

from component.recent import Recent
from config.settings import Duplicates, Flood, Limits, Rule, Seconds
from policy.asks import Asks, asks_of
from policy.facts import Kind, Surface, Text
from tests.unit.component.asking import ask

OFFER = "Buy cheap watches at https://shop.example/{} today"
ELSEWHERE = "park@muc.example"


def asking(*conditions: Any, kinds: tuple[str, ...] = ()) -> Asks:  # noqa: ANN401 - a flood or duplicates
    rules = [
        Rule(name=f"r{number}", kinds=kinds, **{type(each).__name__.lower(): each})  # type: ignore[arg-type]
        for number, each in enumerate(conditions)
    ]
    asks = asks_of(rules)
    assert asks is not None
    return asks


class Play:
    """A memory asked again and again, a second apart, by the same questions."""

    def __init__(self, *conditions: Any, kinds: tuple[str, ...] = (), limits: Limits | None = None) -> None:  # noqa: ANN401
        self.recent = Recent(limits or Limits())
        self.asks = asking(*conditions, kinds=kinds)
        self.now = 1000.0

    def goes_too_far(
        self,
        text: str = "",
        kind: Kind = Kind.POST,
        *,
        by: str = "p:1",
        after: float = 1,
        **fields: Any,  # noqa: ANN401
    ) -> bool:
        self.now += after
        return bool(self.recent.note(self.asks, ask(text, kind, **fields), by, self.now))


def test_more_messages_than_are_allowed_within_the_time_go_too_far() -> None:
    play = Play(Flood(messages=3, within=Seconds(10)))
    assert [play.goes_too_far("x") for _ in range(5)] == [False, False, False, True, True]
    assert not play.goes_too_far("x", after=9)


def test_messages_are_counted_for_the_person_in_one_room_unless_said_otherwise() -> None:
    play = Play(Flood(messages=1))
    assert not play.goes_too_far("x")
    assert not play.goes_too_far("x", room=ELSEWHERE)
    assert not play.goes_too_far("x", by="p:2")
    assert play.goes_too_far("x", account="other@example")


@pytest.mark.parametrize(("by", "others", "elsewhere"), [("person", False, True), ("room", True, False)])
def test_messages_are_counted_for_the_person_anywhere_or_for_the_room(
    by: Literal["person", "room"], *, others: bool, elsewhere: bool
) -> None:
    play = Play(Flood(messages=1, by=by))
    play.goes_too_far("x")
    assert play.goes_too_far("x", by="p:2") is others
    assert play.goes_too_far("x", room=ELSEWHERE) is elsewhere


def test_what_is_for_no_room_is_counted_for_the_person_alone() -> None:
    here, anywhere = Play(Flood(messages=1)), Play(Flood(messages=1, by="person"))
    assert [here.goes_too_far("x", room="") for _ in range(3)] == [False] * 3
    assert [anywhere.goes_too_far("x", room="") for _ in range(3)] == [False, True, True]


def test_characters_are_counted_and_markup_that_repeats_them_is_not() -> None:
    play = Play(Flood(chars=10))
    markup = (Text(surface=Surface.BODY, value="12345"), Text(surface=Surface.BODY, value="1234"))
    assert not play.goes_too_far(texts=markup)
    assert not play.goes_too_far("12345")
    assert play.goes_too_far("1")


def test_kinds_that_a_rule_names_are_counted_and_no_others() -> None:
    play = Play(Flood(messages=1), kinds=("nick", "status"))
    assert not play.goes_too_far("x", Kind.NICK)
    assert not play.goes_too_far("x")
    assert play.goes_too_far("", Kind.STATUS)
    plain = Play(Flood(messages=1))
    plain.goes_too_far("x", Kind.PRIVATE)
    assert not plain.goes_too_far("", Kind.STATUS)
    assert plain.goes_too_far("x", Kind.SUBJECT)


def test_a_raid_is_of_different_people_and_one_who_comes_and_goes_is_none() -> None:
    play = Play(Flood(joins=2, within=Seconds(30)))
    assert [play.goes_too_far(kind=Kind.JOIN) for _ in range(5)] == [False] * 5
    assert not play.goes_too_far(kind=Kind.SUBSCRIBE, by="p:2")
    assert play.goes_too_far(kind=Kind.JOIN, by="p:3")
    assert not play.goes_too_far(kind=Kind.JOIN, by="p:4", room=ELSEWHERE)
    assert not play.goes_too_far(kind=Kind.JOIN, by="p:5", after=40)
    flapping = Play(Flood(joins=2, by="person-here"))
    assert [flapping.goes_too_far(kind=Kind.JOIN) for _ in range(3)] == [False, False, True]


def test_a_check_that_is_asked_again_is_answered_the_same_and_not_counted_again() -> None:
    play = Play(Flood(messages=2), Duplicates(copies=3))
    for _ in range(5):
        assert not play.goes_too_far(OFFER, id="same")
    assert not play.goes_too_far(OFFER)
    assert play.goes_too_far(OFFER, id="third")
    assert play.goes_too_far(OFFER, id="third", after=9000)


# duplicates


def test_the_third_copy_goes_too_far_whatever_is_appended() -> None:
    play = Play(Duplicates())
    assert [play.goes_too_far(OFFER.format(tail) + f" {tail}🎉") for tail in range(4)] == [False, False, True, True]
    assert not play.goes_too_far("Something else entirely is said here, is it not?")
    assert not play.goes_too_far(OFFER, after=601)


@pytest.mark.parametrize("text", ["ok", "好的", "Good morning!", "早上好各位", "👍" * 30, "1234 5678 90123 456"])
def test_short_texts_are_nobodys_copies(text: str) -> None:
    play = Play(Duplicates(by="anybody", copies=2))
    assert not any(play.goes_too_far(text) for _ in range(10))


@pytest.mark.parametrize(
    ("duplicates", "others", "elsewhere"),
    [
        (Duplicates(copies=2), False, True),
        (Duplicates(copies=2, across_rooms=False), False, False),
        (Duplicates(copies=2, by="anybody"), True, True),
        (Duplicates(copies=2, by="anybody", across_rooms=False), True, False),
    ],
)
def test_copies_count_by_whose_they_are_and_where(duplicates: Duplicates, *, others: bool, elsewhere: bool) -> None:
    for given, expected in (({"by": "p:2"}, others), ({"room": ELSEWHERE}, elsewhere)):
        play = Play(duplicates)
        play.goes_too_far(OFFER)
        assert play.goes_too_far(OFFER, **given) is expected  # type: ignore[arg-type]


def test_each_rule_has_its_own_idea_of_a_copy() -> None:
    strict, lax = Duplicates(copies=2, similarity=1.0), Duplicates(copies=2, similarity=0.5, within=Seconds(9))
    play = Play(strict, lax)
    play.goes_too_far("Buy cheap watches at the shop today")
    assert len(play.recent.note(play.asks, ask("Buy cheap clocks at the shop today"), "p:1", play.now + 1)) == 1
    assert len(play.recent.note(play.asks, ask("Buy cheap clocks at the shop today"), "p:1", play.now + 2)) == 2
    assert len(play.recent.note(play.asks, ask("Buy cheap clocks at the shop today"), "p:1", play.now + 50)) == 1


def test_texts_in_one_message_are_no_copies_of_each_other() -> None:
    play = Play(Duplicates(copies=3))
    body = Text(surface=Surface.BODY, value=OFFER)
    markup = Text(surface=Surface.OTHER, value=OFFER + " !")
    nick = Text(surface=Surface.NICK, value=OFFER)
    assert not play.goes_too_far(texts=(nick, markup, body))
    assert not play.goes_too_far(texts=(markup, body))
    assert play.goes_too_far(OFFER)


def test_what_stands_beside_an_encrypted_message_is_no_copy_and_what_pretends_to_be_is() -> None:
    play = Play(Duplicates(copies=2))
    stand_in = "I sent you an OMEMO encrypted message but your client doesn't seem to support that."
    assert not any(play.goes_too_far(stand_in, is_encrypted=True) for _ in range(4))
    play.goes_too_far(OFFER, is_encrypted=True)
    assert play.goes_too_far(OFFER, is_encrypted=True)


def test_a_text_that_is_refused_for_its_length_is_not_looked_at() -> None:
    play = Play(Duplicates(copies=2))
    assert not any(play.goes_too_far("abc def " * 2000) for _ in range(3))


# corrections


def test_a_correction_is_no_new_message_and_no_copy_of_what_it_corrects() -> None:
    play = Play(Flood(messages=2), Duplicates(copies=2))
    assert not play.goes_too_far(OFFER, message="m1")
    for _ in range(3):
        assert not play.goes_too_far(OFFER + " tomorrow", message="m2", corrects="m1")
    assert play.goes_too_far(OFFER, message="m3")


def test_a_correction_may_be_a_copy_of_another_message() -> None:
    play = Play(Duplicates(copies=2, by="anybody"))
    play.goes_too_far(OFFER, by="p:2")
    play.goes_too_far("hello", message="m1")
    assert play.goes_too_far(OFFER, corrects="m1")


def test_corrections_without_end_and_those_of_nothing_are_messages() -> None:
    play = Play(Flood(messages=2))
    play.goes_too_far("x", message="m1")
    assert [play.goes_too_far("y", corrects="m1") for _ in range(5)] == [False, False, False, False, True]
    other = Play(Flood(messages=1))
    other.goes_too_far("x", message="m1")
    assert other.goes_too_far("y", corrects="m1", account="else@example")
    assert other.goes_too_far("y", corrects="unknown")
    assert other.goes_too_far("y", corrects="m1", room=ELSEWHERE) is False  # the first there


def test_a_message_refused_as_a_flood_or_with_an_endless_id_cannot_be_corrected() -> None:
    play = Play(Flood(messages=1))
    play.goes_too_far("x", message="m" * 500)
    assert play.goes_too_far("y", corrects="m" * 500)
    assert play.goes_too_far("x", message="m2")
    assert play.goes_too_far("y", corrects="m2")


def test_only_the_newest_messages_can_be_corrected() -> None:
    play = Play(Flood(messages=50, within=Seconds(600)), Duplicates(copies=2))
    for number in range(10):
        play.goes_too_far(f"message number {number}", message=f"m{number}")
    play.goes_too_far(OFFER, message="last")
    assert not play.goes_too_far(OFFER, corrects="last")
    assert play.goes_too_far(OFFER, corrects="m0")


# bounds


def test_new_rules_keep_what_was_counted_for_questions_that_stay() -> None:
    play = Play(Flood(messages=1), Flood(joins=1))
    play.goes_too_far("x")
    play.goes_too_far(kind=Kind.JOIN)
    play.asks = asking(Flood(messages=1), Flood(joins=1), Flood(messages=9))
    assert play.goes_too_far("x")
    assert play.goes_too_far(kind=Kind.JOIN, by="p:2")
    play.asks = asking(Flood(messages=9))
    assert not play.goes_too_far("x")


def test_whoever_was_not_heard_of_for_longest_makes_place() -> None:
    play = Play(Flood(messages=1, within=Seconds(9000)), limits=Limits(cached_persons=100))
    play.goes_too_far("x", by="p:regular")
    for number in range(90):
        play.goes_too_far("x", by=f"p:{number}")
    assert play.goes_too_far("x", by="p:regular")
    for number in range(90, 150):
        play.goes_too_far("x", by=f"p:{number}")
    assert play.goes_too_far("x", by="p:regular")
    assert not play.goes_too_far("x", by="p:0")


def test_new_bounds_hold_and_a_sweep_forgets_what_is_over() -> None:
    play = Play(Flood(messages=1), Flood(joins=1), Duplicates(copies=2))
    play.goes_too_far(OFFER)
    play.goes_too_far(kind=Kind.JOIN)
    play.recent.adopt(Limits(remembered_texts=200, cached_persons=100, cached_rooms=100))
    play.recent.sweep(play.now + 1)
    assert play.goes_too_far(OFFER)
    play.recent.sweep(play.now + 10_000)
    assert not play.goes_too_far(OFFER)
    assert not play.goes_too_far(kind=Kind.JOIN, by="p:2")

"""Evidence is enough to decide by, and no more than can be kept."""

from policy.exhibit import exhibit, plain
from policy.facts import Surface, Text
from policy.matchers.view import Match

BODY = Text(surface=Surface.BODY, value="one two three")
NICK = Text(surface=Surface.NICK, value="two")


def match(text: Text | None, start: int = 0, end: int = 0) -> Match:
    return Match("words", text, start, end)


def test_everything_is_shown_and_what_was_found_is_marked() -> None:
    found = [match(BODY, 8, 13), match(BODY, 0, 3), match(None)]
    assert exhibit([NICK, BODY], found) == "⟦one⟧ two ⟦three⟧\nnick: two"
    assert plain(exhibit([NICK, BODY], found)) == "one two three\nnick: two"


def test_finds_that_touch_are_marked_once_and_a_whole_text_not_at_all() -> None:
    assert exhibit([BODY], [match(BODY, 0, 5), match(BODY, 4, 7), match(BODY, 0, 2)]) == "⟦one two⟧ three"
    assert exhibit([BODY], [match(BODY, 0, 13)]) == "one two three"
    assert exhibit([], [match(None)]) == ""


def test_of_a_long_text_the_part_with_the_find_is_shown() -> None:
    long = Text(surface=Surface.BODY, value="x" * 9000 + "here" + "y" * 9000)
    shown = exhibit([long, NICK], [match(long, 9000, 9004), match(long, 17_000, 17_004)])
    assert shown == f"…{'x' * 500}⟦here⟧{'y' * 3496}…\n…"


def test_a_find_that_goes_on_behind_the_end_is_cut() -> None:
    long = Text(surface=Surface.BODY, value="ab" * 4000)
    assert exhibit([long], [match(long, 1, 7000)]) == f"a⟦{('ab' * 2000)[1:]}⟧…"


def test_thousands_of_finds_are_marked_within_bounds() -> None:
    text = Text(surface=Surface.BODY, value="a " * 2000)
    shown = exhibit([text], [match(text, place, place + 1) for place in range(0, 4000, 2)])
    assert shown.count("⟦") == 100
    assert plain(shown) == text.value


def test_what_was_found_in_a_reading_is_shown_in_that_reading() -> None:
    reading = Text(surface=Surface.BODY, value="one two three four")
    assert exhibit([BODY], [match(reading, 8, 18)]) == "one two ⟦three four⟧\none two three"

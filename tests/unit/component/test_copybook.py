"""Texts are found again by those like them, the oldest go first, and nothing is left behind of what is gone."""

from component.copybook import Copy, Copybook
from policy.normalise import normalise
from policy.sketch import sketch

WORDS = tuple(a + b for a in ("ham", "corn", "wood") for b in ("let", "field", "stock", "berry", "smith"))


def text_of(number: int) -> str:
    """Five words, other ones for each number up to 3,000."""
    return " ".join(WORDS[number // 15**place % 15] + WORDS[(number + place) % 15] for place in range(5))


def write(book: Copybook, text: str, at: float) -> None:
    drawn = sketch(normalise(text).text)
    same = next((written for written, alike in book.find(drawn, 1)), None)
    book.add(drawn, Copy(at, "p:1", "room", int(at)), same)


def finds(book: Copybook, text: str) -> list[int]:
    found = book.find(sketch(normalise(text).text), 0.7)
    return sorted(copy.number for written, _ in found for copy in written.copies)


def test_copies_are_found_among_many_other_texts() -> None:
    book = Copybook(5000)
    for number in range(2000):
        write(book, text_of(number), number)
    write(book, "You have to see this wonderful garden", 5000)
    write(book, "this wonderful garden, you have to see it", 5001)
    assert finds(book, "You have to see this wonderful garden 123") == [5000, 5001]


def test_the_oldest_goes_first_and_leaves_nothing_behind() -> None:
    book = Copybook(10)
    for number in range(100):
        write(book, text_of(number), number)
    assert len(book) == 10
    assert 0 not in finds(book, text_of(0))
    assert 99 in finds(book, text_of(99))
    book.forget(before=1000)
    assert len(book) == 0
    assert not any(vars(book)[name] for name in ("_by_key", "_order"))


def test_of_one_text_the_newest_copies_are_kept() -> None:
    book = Copybook(1000)
    for number in range(150):
        write(book, WORDS[0] * 4, number)
    assert finds(book, WORDS[0] * 4) == list(range(50, 150))
    book.forget(before=120)
    assert finds(book, WORDS[0] * 4) == list(range(120, 150))
    book.forget(before=1000)
    write(book, WORDS[0] * 4, 2000)
    assert finds(book, WORDS[0] * 4) == [2000]


def test_many_texts_that_have_one_thing_in_common_are_not_all_compared() -> None:
    book = Copybook(1000)
    for number in range(500):
        write(book, f"common {WORDS[number % 15]} greeting {WORDS[number // 15 % 15]}", number)
    write(book, "common greeting from everybody here", 1000)
    assert 1000 in finds(book, "common greeting from everybody here")

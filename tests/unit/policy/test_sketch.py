"""How alike texts are, in spite of what is changed from copy to copy."""

import pytest

from policy.normalise import normalise
from policy.sketch import Sketch, similarity, sketch

OFFER = "Buy cheap watches now at https://shop.example/x1 only today 50% off!!"
CASINO = "赌博平台送彩金，注册就送888元，网址 www.abc.example/x1"
LONG = " ".join(a + b for a in ("ham", "corn", "wood", "rock") for b in ("let", "field", "stock") * 9)


def alike(one: str, other: str) -> float:
    return similarity(drawn(one), drawn(other).pack())


def drawn(text: str) -> Sketch:
    return sketch(normalise(text).text)


@pytest.mark.parametrize(
    ("text", "copy"),
    [
        (OFFER, "Buy cheap watches now at https://shop.example/zzz9?ref=7 only today 90% off 12345"),
        (OFFER, "🎉🎉 BUY cheap watches 🎉 now at https://shop.example/ only today!!! off"),
        (OFFER, "only today off: cheap watches, buy now at https://shop.example/x1"),
        (OFFER, "Buy cheаp wаtсhes now at https://shop.example/x1 only today off"),
        (OFFER, "B\u0336uy cheap wat\u200bches now at https://shop.example/x1 only today off"),
        (OFFER, OFFER + " xkqzw"),
        (OFFER, "> what do you think?\n" + OFFER),
        (CASINO, "赌博平台送彩金,注册就送999元,网址 www.abc.example/y2 🎰"),
        (CASINO, "注册就送6元，赌博平台送彩金，网址www.abc.example"),
        (CASINO, "賭博平台送彩金,註冊就送888元,網址 www.abc.example"),
        ("c h e a p w a t c h e s f o r a l l", "c-h-e-a-p-w-a-t-c-h-e-s-f-o-r-a-l-l 7"),
        (LONG, LONG + " today"),
    ],
)
def test_a_copy_is_known_by_what_it_says(text: str, copy: str) -> None:
    assert alike(text, copy) >= 0.7
    assert set(drawn(text).keys).intersection(drawn(copy).keys)


@pytest.mark.parametrize(
    "other",
    [
        "Hello everybody, how is your day at the shop today?",
        f"> {OFFER}\nno thanks, I have got a watch already and like it",
        CASINO,
        LONG,
        "",
        "🎉🎉🎉",
    ],
)
def test_what_says_something_else_is_no_copy(other: str) -> None:
    assert alike(OFFER, other) < 0.3


def test_letters_that_nobody_will_write_again_are_not_all_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("policy.sketch._MOST_FOLDED", 0)
    assert drawn("\U00012000\U00012001\U00012002").letters == 3


def test_a_quotation_alone_is_what_it_quotes() -> None:
    assert alike(f"> {OFFER}", OFFER) == 1


def test_texts_that_begin_alike_and_are_long_differ_by_their_ends() -> None:
    begin = "the same beginning of both " * 100
    assert drawn(begin + "and one end") != drawn(begin + "but another close")


@pytest.mark.parametrize(
    ("text", "letters"),
    [("ok 👍 123", 2), ("好的", 4), ("Guten Morgen!", 11), ("早上好 hello", 11), ("", 0), ("नमस्ते", 4)],
)
def test_letters_are_counted_and_ideographs_twice(text: str, letters: int) -> None:
    assert drawn(text).letters == letters


def test_a_word_without_end_is_cut_into_pieces() -> None:
    assert alike("x" * 5000, "x" * 4000) == 1
    assert drawn("ab" * 1000).letters == 2000


def test_similarity_of_long_texts_is_near_the_share_they_have_in_common() -> None:
    words = [f"{chr(97 + one)}{chr(97 + two)}{chr(97 + one)}{chr(97 + two)}" for one in range(20) for two in range(10)]
    for shared in (50, 100, 150):
        one, other = " ".join(words[:200]), " ".join(words[:shared])
        assert alike(one, other) == pytest.approx(shared / 200, abs=0.15)

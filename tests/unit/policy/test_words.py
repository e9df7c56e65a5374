"""Word lists, with the compiled searcher and with its stand-in."""

from importlib.util import find_spec

import pytest

from policy.words import is_whole, make_words

COMPILED = pytest.mark.skipif(find_spec("ahocorasick_rs") is None, reason="ahocorasick_rs is not installed")
both = pytest.mark.parametrize("is_compiled", [pytest.param(True, marks=COMPILED), False])


@both
@pytest.mark.parametrize(
    ("listed", "text", "found"),
    [
        (["casino"], "a casino", [(0, 2, 8)]),
        (["he", "she", "hers", "h"], "ushers", [(0, 2, 4), (1, 1, 4), (2, 2, 6), (3, 2, 3)]),
        (["ab"], "ababab", [(0, 0, 2), (0, 2, 4), (0, 4, 6)]),
        (["aa"], "aaa", [(0, 0, 2), (0, 1, 3)]),
        (["赌博", "博"], "去赌博吧", [(0, 1, 3), (1, 2, 3)]),
        (["abc", "abcde"], "abc", [(0, 0, 3)]),
        (["ab", "ab"], "ab", [(0, 0, 2), (1, 0, 2)]),
        (["two words"], "in two words", [(0, 3, 12)]),
        (["x"], "", []),
        (["🎰"], "play 🎰!", [(0, 5, 6)]),
    ],
)
def test_every_place_is_found(
    listed: list[str], text: str, found: list[tuple[int, int, int]], *, is_compiled: bool
) -> None:
    assert sorted(make_words(listed, is_compiled=is_compiled).find(text)) == found


def test_searcher_that_is_installed_is_taken() -> None:
    assert list(make_words(["a"]).find("a")) == [(0, 0, 1)]


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("casino", "casino", True),
        ("a casino!", "casino", True),
        ("casinos", "casino", False),
        ("ecasino", "casino", False),
        ("_casino_", "casino", True),
        ("casino2", "casino", False),
        ("去casino玩", "casino", True),
        ("去赌博吧", "赌博", True),
        ("ไปคาสิโนกัน", "คาสิโน", True),
        ("казино", "кази", False),
        ("!!$$!!", "$$", True),
        ("x$$x", "$$", True),
        ("कमल", "कम", False),
        ("की", "क", False),
    ],
)
def test_whole_word_counts_where_words_have_visible_ends(text: str, word: str, *, expected: bool) -> None:
    start = text.index(word)
    assert is_whole(text, start, start + len(word)) is expected


@both
def test_words_are_found_wherever_they_stand_in_a_long_text(*, is_compiled: bool) -> None:
    words = make_words(["casino", "a very long phrase indeed"], is_compiled=is_compiled)
    for start in range(0, 1500, 7):
        text = "x" * start + "casino a very long phrase indeed" + "y" * (1500 - start)
        assert {(0, start, start + 6), (1, start + 7, start + 32)} == set(words.find(text))


def test_word_after_a_dense_stretch_is_found() -> None:
    text = "ab" * 2000 + " " * 200 + "casino"
    assert {word for word, _, _ in make_words(["a", "b", "ab", "casino"]).find(text)} >= {0, 1, 3}


@pytest.mark.parametrize(
    "words", [("казино", "ставка", "игра"), ("καζινο", "Casino"), ("赌博", "казино", "casino", "ไปคาสิโน")]
)
def test_words_of_any_alphabet_are_found_as_their_stand_in_finds_them(words: tuple[str, ...]) -> None:
    text = "казино, ставка: игра! casino καζινο 去赌博ไปคาสิโนกัน Casino"
    assert sorted(make_words(words, is_compiled=True).find(text)) == sorted(
        make_words(words, is_compiled=False).find(text)
    )

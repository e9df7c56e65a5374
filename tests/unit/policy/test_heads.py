"""What the matches of patterns begin with, and that patterns tried there are found where they would be anyhow."""

import random

import pytest

from policy.heads import find_heads
from policy.patterns import _MOST_HEADS, MOST_TRIES, Patterns


@pytest.mark.parametrize(
    ("pattern", "heads", "is_long"),
    [
        (r"\bcasino\s+\d+", ("casino",), False),
        ("(?:casino|POKER)x", ("casino", "poker"), False),
        ("win (?:big|(?:more|most))!", ("win big", "win more", "win most"), False),
        ("加微信.{0,20}钱", ("加微信",), False),
        ("casinos?", ("casino",), False),
        ("casino.*x", ("casino",), True),
        ("casino(?:a|.{200})", ("casino", "casinoa"), True),
        ("(casino|poker)(a)", ("casino", "poker"), False),
        ("casino(a.*b)", ("casinoa",), True),
        ("(?:casino|poker)(?:.*|x)", ("casino", "poker"), True),
    ],
)
def test_pattern_begins_with_letters(pattern: str, heads: tuple[str, ...], *, is_long: bool) -> None:
    begun = find_heads(pattern)
    assert begun is not None
    assert (begun.heads, begun.is_long) == (heads, is_long)


def test_pattern_needs_whatever_letters_stand_in_it() -> None:
    begun = find_heads(r"https?://SHOP\.[a-z]+/(?:sale)?deals\d")
    assert begun is not None
    assert begun.needs == ("://shop.", "deals")


def test_patterns_are_tried_by_themselves_where_re2_cannot_tell() -> None:
    patterns = Patterns(("casino", r"\d\d"))
    vars(vars(patterns)["_begun"])["_set"]._set = None
    assert dict(patterns.find("12 casino")) == {0: (3, 9), 1: (0, 2)}


@pytest.mark.parametrize(
    "pattern",
    [
        *(
            "abc",
            "赌",
            r"\d+casino",
            "(?:casino|x)",
            "(?i)casino",
            "[[:alpha:]]casino",
            r"casino\pL",
            "(",
            "",
            "a*casino",
        ),
        "|".join(f"{number:04}" for number in range(9)),
    ],
)
def test_pattern_that_may_begin_in_too_many_ways_has_no_heads(pattern: str) -> None:
    assert find_heads(pattern) is None


_FEW = 16
"""Of so many parts no more than 30 patterns are found, whose places are all told."""

PATTERNS = (
    *(
        r"\bcasino\s+\d+",
        "casino.{0,9}!",
        "(?:casino|poker)s?[0-9]{2}",
        "poker.*!",
        r"https?://\w+\.zip",
        "aa",
        r"\d{3}",
    ),
    *("(?:casino|po).{0,3}!", "[ck]a.{0,3}[on]", r"\w+12", "(?:赌|博).{0,2}钱", r"x\w*\.zip"),
    *("加微信.{0,5}钱", "加微信", "wahl(?:en|t)$", "ставк[аи]", r"(?:ставка|加微信)\b!"),
)
PARTS = (
    *(
        "casino",
        "poker",
        " ",
        "12",
        "!",
        "https://x.zip",
        "http://",
        "aa",
        "加微信",
        "钱",
        "x",
        "wahlen",
        "wahlt",
        "ставка",
    ),
    *("ставки", "é", "casin", "加微", "\n", "123"),
)


def test_patterns_together_are_found_as_each_by_itself() -> None:
    chance = random.Random(3)
    together, single = Patterns(PATTERNS), [Patterns((pattern,)) for pattern in PATTERNS]
    for most in (1, 5, 15, 400):
        for _ in range(20):
            text = "".join(chance.choices(PARTS, k=chance.randint(1, most)))
            found = dict(together.find(text))
            alone = {number: span for number, each in enumerate(single) for _, span in each.find(text)}
            assert found.keys() == alone.keys()
            if most < _FEW:
                assert found == alone


def test_patterns_that_all_begin_alike_are_searched_for_together_where_they_are_many() -> None:
    patterns = Patterns([f"casino{{1,{number}}}x?" for number in range(1, 200)])
    found = dict(patterns.find("casino " * 100, lambda number: number != 3))
    assert found.keys() == set(range(199)) - {3}
    assert found[0] == (0, 6)
    assert found[198] == (0, 700)


def test_however_a_text_is_made_of_beginnings_they_are_tried_so_often_and_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chance = random.Random(5)
    heads = ["".join(chance.choices("abcde", k=chance.randint(4, 7))) for _ in range(400)]
    patterns = Patterns([f"{head}.{{0,9}}{number}" for number, head in enumerate(heads)])
    tries = 0

    class Counting:
        def __init__(self, pattern: object) -> None:
            self._pattern = pattern

        def __getattr__(self, name: str) -> object:
            nonlocal tries
            tries += 1 if name == "match" else MOST_TRIES
            return getattr(self._pattern, name)

    begun = vars(patterns)["_begun"]
    monkeypatch.setattr(patterns, "_each", [Counting(each) for each in vars(patterns)["_each"]])
    for few in (1, 5, 40, 150, 400):
        for _ in range(3):
            text = "".join(chance.choices(heads[:few], k=3_000))[:10_000]
            tries = 0
            list(patterns.find(text))
            if begun.find(text, text.encode()) is not None:
                assert tries <= MOST_TRIES
    assert _MOST_HEADS <= 4_000

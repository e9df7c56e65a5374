"""Regular expressions, with RE2 and with its stand-in."""

from importlib.util import find_spec

import pytest

from policy.patterns import BadPattern, Patterns

RE2 = pytest.mark.skipif(find_spec("re2") is None, reason="google-re2 is not installed")
OPENCC = pytest.mark.skipif(find_spec("opencc") is None, reason="opencc is not installed")
both = pytest.mark.parametrize("is_compiled", [pytest.param(True, marks=RE2), False])


@both
@pytest.mark.parametrize(
    ("pattern", "text", "span"),
    [
        ("casino", "the casino", (4, 10)),
        ("CASINO", "the casino", (4, 10)),
        (r"\d{3}-\d+", "call 555-1234!", (5, 13)),
        (r"(buy|sell)\s+cheap", "now buy  cheap", (4, 14)),
        (r"https?://\S+\.(ru|cn)\b", "see http://a.ru now", (4, 15)),
        ("赌[博場]", "去赌博吧", (1, 3)),
        pytest.param("賭[博場]", "去赌场吧", (1, 3), marks=OPENCC),
        ("ＣＡ", "ca", (0, 2)),
        ("а[Б-Я]", "аб", (0, 2)),
        ("！+", "wow!!", (3, 5)),
        ("ﬀ", "ﬀ", (0, 1)),
        ("^a$", "ba", None),
        (r"\w", "é", None),
        ("x*", "", (0, 0)),
    ],
)
def test_pattern_is_found(pattern: str, text: str, span: tuple[int, int] | None, *, is_compiled: bool) -> None:
    found = list(Patterns([pattern], is_compiled=is_compiled).find(text))
    assert found == ([] if span is None else [(0, span)])


@both
def test_each_pattern_that_matches_is_told(*, is_compiled: bool) -> None:
    many = Patterns([f"word{number}x" for number in range(120)], is_compiled=is_compiled)
    assert [number for number, _ in many.find("word3x word57x word119x")] == [3, 57, 119]
    assert list(many.find("none of them")) == []


@both
@pytest.mark.parametrize("pattern", ["(", "a)(b", "(?=a)", r"(a)\1", "a**", "[z-a]"])
def test_bad_pattern_is_refused_by_name(pattern: str, *, is_compiled: bool) -> None:
    with pytest.raises(BadPattern) as caught:
        Patterns(["fine", pattern], is_compiled=is_compiled)
    assert str(caught.value).startswith(f"pattern {pattern!r}: ")
    assert ": b'" not in str(caught.value)


@RE2
def test_patterns_too_large_together_are_tried_one_by_one() -> None:
    large = ["(?:" + r"\pL" * 300 + f"x{number}|y{number}z)" for number in range(40)]
    assert [number for number, _ in Patterns(large, is_compiled=True).find("y7z")] == [7]


def test_engine_that_is_installed_is_taken() -> None:
    assert list(Patterns(["a"]).find("a")) == [(0, (0, 1))]

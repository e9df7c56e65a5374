"""What takes long on hostile texts: counted, refused or warned of."""

from importlib.util import find_spec

import pytest

from config.settings import Rule
from policy.bounds import find_costly
from policy.errors import BadRule
from policy.gaps import Gap, find_gap
from policy.patterns import Patterns
from policy.scan import Scanner

RE2 = pytest.mark.skipif(find_spec("re2") is None, reason="google-re2 is not installed")


@pytest.mark.parametrize(
    ("pattern", "gap"),
    [
        ("cheap pills", None),
        (r"cheap\s+pills", None),
        (r"cheap.*pills", Gap(0, 0, 5)),
        (r"cheap(?:x|.+)pills", Gap(1, 1, 5)),
        (r"cheap\d*pills", None),
        (r"cheap.?pills", None),
        (r"cheap.{0,2}pills.{0,4}now", Gap(4, 6, 5)),
        (r"cheap\{0,20}", None),
        (r"cheap\d{2,20}pills", None),
        (r"cheap[ .,]{2,20}pills", None),
        (r"cheap.{0,20}pills", Gap(20, 20, 5)),
        (r"\bcheap.{0,20}?pills", Gap(20, 20, 5)),
        (r"cheap.{20}", Gap(20, 20, 5)),
        (r"cheap.{20,}", Gap(20, 20, 5)),
        (r"cheap[a-z]{0,20}", Gap(20, 20, 5)),
        (r"cheap[\d\s.]{0,20}x?", Gap(20, 20, 5)),
        (r"(?:cheap){20}", None),
        (r"(cheap){20}", Gap(20, 20, 0)),
        (r"(cheap.{0,20})", Gap(20, 20, 5)),
        (r"cheap[^ ]{0,20}", Gap(20, 20, 5)),
        (r"cheap\w{0,20}\b", Gap(20, 20, 5)),
        (r"cheap[\d\s]{0,20}", Gap(20, 20, 5)),
        (r"cheap(?:a|b){20}", None),
        (r"cheap(?:a|bc){20}", Gap(20, 20, 5)),
        (r"cheap(?:pill.{0,9}|potion.{0,30})", Gap(30, 30, 9)),
        (r"(?:cheap|dear).{0,20}", Gap(20, 20, 4)),
        (r"(?:cheap|no) (?:x|pills?.{0,20}|ab.{6})", Gap(20, 20, 5)),
        (r"\d[ab]c\s+.{0,20}", Gap(20, 20, 4)),
        (r"[a-z]{1,20}x", Gap(20, 20, 0)),
        (r"\pL{1,20}x", Gap(20, 20, 0)),
        (r"\pL{1,3}x", Gap(3, 3, 0)),
        (r"\pL\{3", None),
    ],
)
def test_a_gap_is_what_may_hold_another_beginning(pattern: str, gap: Gap | None) -> None:
    assert find_gap(pattern) == gap


@RE2
def test_a_pattern_with_a_gap_is_found_as_any_other() -> None:
    patterns = Patterns([r"cheap.{0,9}pills", r"CHEAP.{0,9}watches", r"[a-z]{1,9}\d", r"зел.{0,9}чай", "tea"])
    assert list(patterns.find("so cheap are the pills, cheap")) == [(0, (3, 22))]
    assert dict(patterns.find("зелёный чай and tea1")) == {2: (16, 20), 3: (0, 11), 4: (16, 19)}
    assert list(patterns.find("cheap")) == []


@RE2
def test_of_many_that_match_the_later_ones_match_the_whole() -> None:
    patterns = Patterns([f"a{{{times}}}" for times in (1, 2, 3)] * 20 + ["aaaa.{0,9}c"])
    found = list(patterns.find("xaaab"))
    assert [number for number, _ in found] == list(range(60))
    assert found[0] == (0, (1, 2))
    assert found[-1] == (59, (0, 5))


@RE2
@pytest.mark.parametrize(
    ("patterns", "reason"),
    [
        (("a.{0,51}b",), "long gaps after few"),
        ((r"(?:\w{10}){500}",), "invalid repetition"),
        (("word" * 10 + "[а-я]{999}" * 5,), "it is too large"),
        (tuple(f"{chr(97 + n // 26)}{chr(97 + n % 26)}.{{0,99}}" for n in range(30)), "leave too many gaps open"),
        (tuple(f"word{n}[а-я]{{4}}{'[а-я]' * 400}" for n in range(150)), "too large"),
    ],
)
def test_patterns_that_take_long_are_refused(patterns: tuple[str, ...], reason: str) -> None:
    with pytest.raises(BadRule, match=reason) as refused:
        Scanner([Rule(name="fine", words=("x",)), Rule(name="wrong", patterns=patterns)], {})
    assert refused.value.rule == "wrong"


@RE2
@pytest.mark.parametrize(
    ("patterns", "reasons"),
    [
        (("cheap.{0,20}pills", r"\d{4}-\d{4}", "加(?:我)?微信"), []),
        (("a.{0,20}b",), ["long gaps after few"]),
        (tuple(f"word{n:04}.{{0,40}}b" for n in range(100)), []),
        (tuple(f"[ab]{n:04}.{{0,4}}b" for n in range(100)), ["gaps in patterns take long together"]),
        (tuple(rf"\d{n:04}\w+" for n in range(100)), []),
        (tuple(rf"\d{n:04}\w+" for n in range(120)), ["gaps in patterns take long together"]),
        (tuple(f"abcd.{{0,28}}{n}" for n in range(2)), ["2 patterns with gaps begin with 'abcd': long gaps"]),
        (("abcd.{0,28}1", "efghij.{0,28}2"), []),
        (tuple(f"abcd.{{0,9}}{n}" for n in range(20)), []),
        (("casino.*x", "(?:casino|bar.{0,7})x"), []),
        (tuple(f"word{n:04}{'[а-я]' * 100}" for n in range(200)), ["large enough together"]),
    ],
)
def test_patterns_that_may_take_long_are_told(patterns: tuple[str, ...], reasons: list[str]) -> None:
    told = [reason for _, reason in find_costly([Rule(name="x", patterns=patterns)])]
    assert len(told) == len(reasons)
    assert all(reason in each for reason, each in zip(reasons, told, strict=True))


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (tuple("a" * length for length in range(1, 10)), "9 words end alike"),
        (("x" * 401,), "more than 400 characters"),
    ],
)
def test_words_that_take_long_are_refused(words: tuple[str, ...], reason: str) -> None:
    with pytest.raises(BadRule, match=reason) as refused:
        Scanner([Rule(name="wrong", words=words)], {})
    assert refused.value.rule == "wrong"


def test_words_within_words_are_fine_as_people_have_them() -> None:
    scanner = Scanner([Rule(name="x", words=("a long phrase of many words", "many words", "words", "s" * 20))], {})
    assert scanner.scan("these are many words") == {0: (10, 20)}

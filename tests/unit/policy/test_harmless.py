"""What the standard library may run where RE2 is missing."""

import re

import pytest

from policy.harmless import compile_harmless


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("casino", "Casino", "Casino"),
        (r"https?://\S+\.(ru|cn)/\S*", "http://a.b.ru/x?y", "http://a.b.ru/x?y"),
        (r"(buy|sell)\s+cheap\s+pills", "buy cheap pills", "buy cheap pills"),
        (r"\w+\s+\w+x", "ab cdx", "ab cdx"),
        (r"(x|y)*z", "xyxz", "xyxz"),
        (r"(?:ab)+c", "ababc", "ababc"),
        (r"(?P<who>a+)b", "aab", "aab"),
        (r"[*+]a\+\]", "+a+]", "+a+]"),
        (r"[^]a]b", "xb", "xb"),
        (r"[\]\\]+x", r"\]x", r"\]x"),
        (r"a{2,}b", "aab", "aab"),
        (r"a{200,}", "a" * 200, "a" * 200),
        (r"a{1,3}?b", "aab", "aab"),
        (r"(?:a{3}-){2}", "aaa-aaa-", "aaa-aaa-"),
        (r"(?:https?://)?www\.", "http://www.", "http://www."),
        (r"\D+5", "ab5", "ab5"),
        (r"\S+\b!", "ab!", "ab!"),
        (r"[^0-9]+[0-9]", "ab1", "ab1"),
        (r"[^a-z]+(?:b|c)", "12c", "12c"),
        (r"a+(?:b|\w)", "aab", "aab"),
        (r"a+(?:b|^)", "aab", "aab"),
        (r"\W+x", "--x", "--x"),
        (r"[а-я]+ж", "аж", "аж"),
        (r"é+é", "éé", "éé"),
        (r".+$", "ab", "ab"),
        (r"(?s)a.b", "a\nb", "a\nb"),
        (r"[^x]*x+y", "abxy", "abxy"),
        (r"(a)+b", "aab", "aab"),
        (r"(?:ab)?c", "abc", "abc"),
        (r"\s*(x)", " x", " x"),
        (r"\s+x{1}y", " xy", " xy"),
        (r"(?:a{2})+b", "aaaab", "aaaab"),
    ],
)
def test_harmless_pattern_is_run(pattern: str, text: str, expected: str) -> None:
    found = compile_harmless(pattern).search(text)
    assert found is not None
    assert found.group() == expected


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        (r"(a)\1", "a backreference is not linear"),
        (r"(a)?(?(1)b|c)", "a backreference is not linear"),
        (r"(?=a)b", "look-around is not linear"),
        (r"(?<!a)b", "look-around is not linear"),
        (r"(a+)+b", "a repeat or a choice within a repeat is not linear"),
        (r"(\w+\s+)*x", "a repeat or a choice within a repeat is not linear"),
        (r"(?:ab|cd)+x", "a repeat or a choice within a repeat is not linear"),
        (r"(?:(?:a|bc){2}){2,9}x", "a repeat or a choice within a repeat is not linear"),
        (r"(?:\b)+x", "a repeat or a choice within a repeat is not linear"),
        (r"(?:)+x", "a repeat or a choice within a repeat is not linear"),
        (r"(?:(?=x)y){2}", "look-around is not linear"),
        (r"a*a*b", "its repeats and choices can share characters out in too many ways"),
        (r".*a.*b", "its repeats and choices can share characters out in too many ways"),
        (r"\S+@\S+x", "its repeats and choices can share characters out in too many ways"),
        (r"(?:\S+|y)z?\S+x", "its repeats and choices can share characters out in too many ways"),
        (r"a?" * 12 + "x", "its repeats and choices can share characters out in too many ways"),
        (r"(?:a|ab)" * 12 + "x", "its repeats and choices can share characters out in too many ways"),
        (r"(?:a{100}){100}", "it can match more than 2048 characters"),
        (r"(?x) a", "it has what RE2 does not know"),
        (r"a(?#comment)", "it has what RE2 does not know"),
        (r"(?>a)b", "it has what RE2 does not know"),
        (r"(?-i:a)", "flags cannot be taken away within a pattern"),
        (r"[[:alpha:]]", "the class [[:alpha:] could be misread; put a \\ before its [, -, &, ~ and |"),
        (r"[a&&b]", "the class [a&&b] could be misread; put a \\ before its [, -, &, ~ and |"),
        (r"a**", "multiple repeat at position 8"),
        (r"(a", "missing ), unterminated subpattern at position 0"),
        (r"\pL", r"bad escape \p at position 0"),
    ],
)
def test_pattern_that_could_take_long_is_refused_with_the_reason(pattern: str, reason: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(reason)}"):
        compile_harmless(pattern)

"""Text as it is judged, and the way back."""

import sys
from unicodedata import combining, decomposition, normalize

import pytest

from policy.normalise import _clusters, _stands_alone, normalise


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("Hello", "hello"),
        ("two\nLines", "two\nlines"),
        ("de\x7fleted", "deleted"),
        ("ＦＵＬＬ ｗｉｄｔｈ", "full width"),
        ("𝓬𝓪𝓼𝓲𝓷𝓸", "casino"),
        ("ﬁne", "fine"),
        ("Straße", "strasse"),
        ("ΣΊΣΥΦΟΣ", "σίσυφοσ"),
        ("c\u200ba\u200cs\u200di\u2060n\ufeffo", "casino"),
        ("\u202ecasino\u202c\u2066x\u2069", "casinox"),
        ("ca\u00adsi\u034fno\ufe0f", "casino"),
        ("cafe\u0301", "café"),
        ("e\u200b\u0301", "é"),
        ("ｶﾞ", "ガ"),
        ("\u1112\u1161\u11ab", "한"),
        ("赌博", "赌博"),
        ("\ud83d", "\ufffd"),
        ("\udfffx\ud800", "\ufffdx\ufffd"),
        ("\u3164\u115f", ""),
        ("a\u0000b", "ab"),
    ],
)
def test_normal_form(text: str, expected: str) -> None:
    assert normalise(text).text == expected


@pytest.mark.parametrize(
    ("text", "found", "original"),
    [
        ("buy Casino now", "casino", "Casino"),
        ("buy ca\u200bsino", "casino", "ca\u200bsino"),
        ("die Straße hier", "strasse", "Straße"),
        ("die Straße hier", "se", "ße"),
        ("ﬁne", "i", "ﬁ"),
        ("\u200b\u200bx", "x", "x"),
        ("cafe\u0301 noir", "é", "e\u0301"),
        ("x ｶﾞ y", "ガ", "ｶﾞ"),
    ],
)
def test_match_leads_back_to_what_was_written(text: str, found: str, original: str) -> None:
    normalised = normalise(text)
    start = normalised.text.rindex(found)
    ((opening, closing),) = normalised.spans([(start, start + len(found))])
    assert text[opening:closing] == original


@pytest.mark.parametrize("text", ["plain", "ﬁne", "", "\u200b"])
def test_empty_match_leads_to_an_empty_span(text: str) -> None:
    normalised = normalise(text)
    length = len(normalised.text)
    for opening, closing in normalised.spans([(0, 0), (length, length)]):
        assert opening == closing <= len(text)


def test_long_runs_of_marks_are_cut_and_short_texts_kept() -> None:
    long = normalise("a" + "\u0316" * 9_999)
    assert len(long.text) == 31
    assert len(normalise("a" + "\u0316" * 200).text) == 201


def test_characters_that_join_the_one_before_never_stand_alone() -> None:
    """Whatever Unicode composes from two, its second part must not begin a cluster."""
    seconds = set()
    for code in range(sys.maxunicode + 1):
        parts = decomposition(chr(code))
        if parts and not parts.startswith("<") and len(pair := parts.split()) == 2:
            first, second = (chr(int(part, 16)) for part in pair)
            if normalize("NFC", first + second) == chr(code):
                seconds.add(second)
    jamo = {chr(code) for code in (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))}
    assert not [hex(ord(char)) for char in seconds | jamo if _stands_alone(char)]
    assert not [char for char in map(chr, range(0x3000)) if combining(char) and _stands_alone(char)]


def test_clusters_are_small_in_plain_text() -> None:
    assert [chars for _, _, chars in _clusters("aé赌 b")] == ["a", "é", "赌", " ", "b"]

"""Text as it is judged, and the way back."""

import sys
from importlib.util import find_spec
from unicodedata import combining, decomposition, normalize

import pytest

from policy.charsets import JOINING, members
from policy.ideographs import make_simplified
from policy.normalise import make_heaps, normalise, normalise_list, show


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
        ("cheap  watches", "cheap watches"),
        ("cheap \t watches", "cheap watches"),
        ("cheap\u00a0\u3000\u2003watches", "cheap watches"),
        ("cheap\u2800watches", "cheap watches"),
        ("cheap \u200b watches", "cheap watches"),
        ("cheap \r\n\n  watches", "cheap\nwatches"),
        ("cheap\u2028watches\x85", "cheap\nwatches\n"),
        ("\x1cwatches\x1f", "\nwatches "),
        ("  both ends  ", " both ends "),
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
        ("buy cheap \r\n watches", "cheap\nwatches", "cheap \r\n watches"),
        ("a  b\t\tＣ   d", "c", "Ｃ"),
        ("a  b\t\tＣ   d", "c ", "Ｃ   "),
        ("a  b\t\tＣ   d", " d", "   d"),
        ("x" * 70 + "  \u200b \n  Ｃ", "x\nc", "x  \u200b \n  Ｃ"),
    ],
)
def test_match_leads_back_to_what_was_written(text: str, found: str, original: str) -> None:
    normalised = normalise(text)
    start = normalised.text.rindex(found)
    ((opening, closing),) = normalised.spans([(start, start + len(found))])
    assert text[opening:closing] == original


@pytest.mark.parametrize("text", ["plain", "ﬁne", "", "\u200b", "a  b", "a \t"])
def test_empty_match_leads_to_an_empty_span(text: str) -> None:
    normalised = normalise(text)
    length = len(normalised.text)
    for opening, closing in normalised.spans([(0, 0), (length, length)]):
        assert opening == closing <= len(text)


def test_long_runs_of_marks_are_cut() -> None:
    assert len(normalise("a" + "\u0316" * 9_999).text) == 31
    assert len(normalise("a" + "\u0316" * 29).text) == 30
    assert len(normalise("a" + "\u0316\u200b" * 9_999).text) == 31
    assert len(normalise("a" + "\uff9e\U0001d15e" * 9_999).text) < 30_000
    assert len(normalise("a" + "\uff9e" * 9_999).text) == 31


@pytest.mark.parametrize(("text", "expected"), [("\ufdfa x", "\ufffd x"), ("㍿", "\ufffd"), ("⑴…", "(1)...")])
def test_whole_phrases_in_one_character_do_not_make_a_text_grow(text: str, expected: str) -> None:
    assert normalise(text).text == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("去賭場賭錢", "去赌场赌钱"), ("赌场", "赌场"), ("發財 發展", "发财 发展"), ("薴", "苎"), ("\uf900", "岂")],
)
@pytest.mark.skipif(find_spec("opencc") is None, reason="opencc is not installed")
def test_traditional_ideographs_become_simplified_ones(text: str, expected: str) -> None:
    normal = normalise(text)
    assert normal.text == expected
    assert normal.spans([(1, 2)] if len(text) > 1 else []) == ([(1, 2)] if len(text) > 1 else [])


def test_without_opencc_ideographs_stay_as_they_are() -> None:
    assert make_simplified(is_installed=False) == {}


def test_characters_that_join_the_one_before_never_begin_a_cluster() -> None:
    """Whatever Unicode composes from two, its second part must be known to join."""
    joining = set(members(JOINING))
    seconds = set()
    for code in range(sys.maxunicode + 1):
        parts = decomposition(chr(code))
        if parts and not parts.startswith("<") and len(pair := parts.split()) == 2:
            first, second = (chr(int(part, 16)) for part in pair)
            if normalize("NFC", first + second) == chr(code):
                seconds.add(ord(second))
    jamo = {*range(0x1161, 0x1176), *range(0x11A8, 0x11C3)}
    marks = {code for code in range(0x20000) if combining(chr(code))}
    assert not (seconds | jamo | marks) - joining


def test_normal_form_of_every_character_is_stable() -> None:
    for code in range(sys.maxunicode + 1):
        once = normalise(chr(code)).text
        assert normalise(once).text == once


@pytest.mark.parametrize("text", ["é" * 200 + "x", "a\u200b" * 100 + "x", "ﬁ" * 100 + "x", "e\u0301\u200b" * 90 + "x"])
def test_long_texts_lead_back_too(text: str) -> None:
    normalised = normalise(text)
    end = len(normalised.text)
    assert normalised.spans([(end - 1, end)]) == [(len(text) - 1, len(text))]


def test_what_can_be_seen_is_left_as_it_was_written() -> None:
    assert show("Ｃasi\u200bno\ud800 a" + "\u0316" * 99) == "Ｃasino\ufffd a" + "\u0316" * 30


@pytest.mark.parametrize("is_compiled", [False, find_spec("re2") is not None])
def test_heaps_of_marks_are_found_by_either_engine(*, is_compiled: bool) -> None:
    found = make_heaps(is_compiled=is_compiled).finditer("a" + "\u0316" * 30 + "é" + "\u0316" * 31 + "b")
    assert [each.span() for each in found] == [(32, 63)]


@pytest.mark.parametrize(
    "words",
    [
        ("Casino", " ПРИВЕТ ", "ﬁne  wine", "賭博"),
        ("two\nlines", "one"),
        ("one", "\u200b", "three"),
        ("nothing:", "\u200b", "and two\nlines"),
        ("\u0301x", "e\u0301", "\ud800"),
        ("",),
        (),
    ],
)
def test_a_list_is_normalised_as_each_of_its_words(words: tuple[str, ...]) -> None:
    assert normalise_list(words) == [normalise(word).text.strip() for word in words]

"""Capitals, length, files and age: what a text is like rather than what it says."""

from typing import Any

import pytest

from config.settings import Age, Caps, Length, Seconds
from policy.errors import BadRule
from policy.facts import Surface
from tests.unit.policy.making import AT, facts, person, said
from tests.unit.policy.matchers.seeing import found, meets


@pytest.mark.parametrize(
    ("text", "is_met"),
    [
        ("BUY NOW, BUY HERE, BUY EVERYTHING", True),
        ("BUY NOW, BUY HERE, buy everything today", False),
        ("OK THEN", False),
        ("中文中文中文中文中文中文中文中文中文中文中文中文", False),
        ("ПОКУПАЙТЕ СЕЙЧАС И ЗДЕСЬ", True),
    ],
)
def test_shouting_is_a_share_of_enough_letters(text: str, *, is_met: bool) -> None:
    assert meets(text, caps=Caps()) is is_met


@pytest.mark.parametrize(
    ("text", "length", "shown"),
    [
        ("12345", Length(chars=5), ["12345"]),
        ("1234", Length(chars=5), []),
        ("a\nb\nc", Length(lines=3), ["a\nb\nc"]),
        ("a\nb\n\n\n", Length(lines=3), []),
        ("so looooong", Length(repeats=5), ["ooooo"]),
        ("so loooong", Length(repeats=5), []),
        ("def:\n        return", Length(repeats=5), []),
        ("abc", Length(repeats=5), []),
        ("Z\u0351\u036b\u0343!", Length(repeats=3, marks=3), ["\u0351\u036b\u0343"]),
        ("Z\u0351\u036b\u0343!", Length(marks=4), []),
    ],
)
def test_length_is_measured_in_three_ways(text: str, length: Length, shown: list[str]) -> None:
    assert found(text, length=length) == shown


@pytest.mark.parametrize(
    ("text", "kinds", "shown"),
    [
        ("https://up.example.com/a/photo.JPG", ("image",), [".JPG"]),
        ("https://up.example.com/a/photo.jpg", ("program", "video"), []),
        ("https://up.example.com/setup.exe?x=1", ("program",), [".exe"]),
        ("https://up.example.com", ("program",), []),
        ("https://up.example.com/blob", ("other",), [""]),
        ("https://up.example.com/file.qqq", ("other",), [".qqq"]),
        ("image/png1234cat", ("image",), ["image/p"]),
        ("invoice.pdf.exe", ("program",), [".exe"]),
    ],
)
def test_files_are_known_by_name_and_type(text: str, kinds: Any, shown: list[str]) -> None:  # noqa: ANN401 - literals
    what = facts(texts=said(text, surface=Surface.LINK), has_file=True)
    assert found(what, attachments=kinds) == shown


def test_a_file_without_any_text_is_of_another_kind() -> None:
    assert meets(facts(has_file=True), attachments=("other",))
    assert not meets(facts(has_file=True), attachments=("image",))


def test_no_file_is_no_attachment() -> None:
    assert not meets("photo.jpg", attachments=("image", "other"))


@pytest.mark.parametrize(
    ("age", "days", "is_met"),
    [
        (Age(under=Seconds(7 * 86400.0)), 6, True),
        (Age(under=Seconds(7 * 86400.0)), 7, False),
        (Age(over=Seconds(7 * 86400.0)), 7, True),
        (Age(over=Seconds(7 * 86400.0)), 6, False),
        (Age(over=Seconds(1 * 86400.0), under=Seconds(7 * 86400.0)), 2, True),
    ],
)
def test_age_is_since_the_person_was_verified(age: Age, days: float, *, is_met: bool) -> None:
    assert meets(facts(texts=said("hi"), person=person(verified_at=AT - days * 86400)), person_age=age) is is_met


def test_nobody_verified_has_just_come() -> None:
    assert meets(facts(texts=said("hi"), person=None), person_age=Age(under=Seconds(60.0)))
    assert not meets(facts(texts=said("hi"), person=None), person_age=Age(over=Seconds(60.0)))


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        ({"person_age": Age()}, "needs under or over"),
        ({"person_age": Age(under=Seconds(5.0), over=Seconds(5.0))}, "never met"),
        ({"length": Length()}, "needs chars, lines, repeats or marks"),
    ],
)
def test_what_can_never_be_met_is_refused(condition: Any, reason: str) -> None:  # noqa: ANN401 - any field
    with pytest.raises(BadRule, match=reason):
        meets("x", **condition)

"""Which addresses look like which."""

import pytest

from policy.shapes import shape_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("parents", "раrеnts"),  # Cyrillic
        ("parents", "ραrents"),  # Greek
        ("school", "sch00l"),
        ("hello", "he1lo"),
        ("school-news", "school_news"),
        ("school-news", r"school\20news"),
        ("school-news", "school‐news"),
        ("学校", "學校"),
    ],
)
def test_addresses_that_people_would_take_for_each_other_have_one_shape(one: str, other: str) -> None:
    assert shape_of(f"{one}@muc.example.org") == shape_of(f"{other}@muc.example.org")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("10a", "104"),
        ("class-1-1", "class-11"),
        ("café", "cafe"),
        ("parents", "parent"),
        ("a", "b"),
        (r"a\5cb", r"a\2fb"),
    ],
)
def test_addresses_that_differ_to_the_eye_have_two(one: str, other: str) -> None:
    assert shape_of(f"{one}@muc.example.org") != shape_of(f"{other}@muc.example.org")


def test_a_backslash_that_escapes_nothing_stands_for_itself() -> None:
    assert shape_of(r"a\zzb@muc.example.org") == r"a\zzb"
    assert shape_of(r"a\41b@muc.example.org") == r"a\4lb"


def test_the_service_itself_has_no_shape() -> None:
    assert shape_of("muc.example.org") == ""

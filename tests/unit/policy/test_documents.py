"""Numbers of documents: what is wrong with one by itself."""

import pytest

from config.settings import Document
from policy.documents import compile_checks
from policy.errors import BadCheck

NOW = 1_800_000_000.0  # 15 January 2027


def fault(check: str, number: str) -> str | None:
    return compile_checks({"x": Document(check=check)})["x"](number, NOW)


def closed(body: str) -> str:
    """A body of 17 digits with its check digit, worked out the other way round than the code does."""
    [digit] = [each for each in "0123456789X" if fault("gb11643", body + each) is None]
    return body + digit


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("11010519491231002X", None),  # the standard's own example
        ("440524188001010014", "document-gb11643-date"),  # right by its check digit, but nobody is that old
        ("110105194912310021", "document-check-digit"),
        ("11010519491231003X", "document-check-digit"),
        ("11010519491301002X", "document-gb11643-date"),
        ("11010519490229002X", "document-gb11643-date"),
        ("11010520270116002X", "document-gb11643-date"),  # tomorrow
        ("01010519491231002X", "document-gb11643-form"),
        ("110105491231002", "document-gb11643-form"),  # the old 15 digits
        ("11010519491231002XX", "document-gb11643-form"),
        ("１1010519491231002X", "document-gb11643-form"),
        ("11010519491231002x", "document-gb11643-form"),
        ("", "document-gb11643-form"),
        ("L898902C36", "document-gb11643-form"),
    ],
)
def test_a_chinese_number_has_a_form_a_date_and_a_check_digit(number: str, expected: str | None) -> None:
    assert fault("gb11643", number) == expected


def test_every_mistyped_digit_and_every_swap_of_neighbours_is_found() -> None:
    number = closed("31011519900307123")
    for place, digit in enumerate(number[:17]):
        for other in "0123456789":
            if other != digit:
                assert fault("gb11643", number[:place] + other + number[place + 1 :]) is not None
    for place in range(16):
        swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
        assert swapped == number or fault("gb11643", swapped) is not None


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        ("L898902C36", None),  # ICAO 9303's own example: L898902C3, check digit 6
        ("L898902C37", "document-check-digit"),
        ("D23145890<7", "document-mrz-form"),  # ten before the check digit
        ("D231458907", None),
        ("C1234567<1", "document-check-digit"),
        ("<<<<<<<<<0", "document-mrz-form"),
        ("L898902C3<", "document-mrz-form"),
        ("", "document-mrz-form"),
        ("1" * 40, "document-mrz-form"),
    ],
)
def test_a_number_of_a_machine_readable_line_has_a_check_digit(number: str, expected: str | None) -> None:
    assert fault("mrz", number) == expected


def test_fillers_count_as_nothing() -> None:
    [digit] = [each for each in "0123456789" if fault("mrz", f"AB12<{each}") is None]
    assert fault("mrz", f"AB12{digit}") is None


@pytest.mark.parametrize(
    ("number", "expected"),
    [("AB12", None), ("AB123", "document-pattern-form"), ("XAB12", "document-pattern-form"), ("CD", None)],
)
def test_a_pattern_matches_the_whole_number(number: str, expected: str | None) -> None:
    assert fault("pattern:[A-Z]{2}[0-9]{2}|CD", number) == expected


@pytest.mark.parametrize("pattern", ["(", r"(A|A)*(A|A)*(A|A)*B", r"(A)\1"])
def test_a_pattern_that_cannot_be_used_or_takes_long_is_refused_by_the_documents_name(pattern: str) -> None:
    with pytest.raises(BadCheck) as caught:
        compile_checks({"staff-card": Document(check=f"pattern:{pattern}")})
    assert caught.value.name == "staff-card"
    assert caught.value.reason

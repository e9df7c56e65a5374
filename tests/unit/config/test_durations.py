"""Durations, both ways."""

import pytest

from config.durations import format_duration, parse_duration


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("30s", 30),
        ("10m", 600),
        ("1h30m", 5400),
        ("1h 30m", 5400),
        ("7d", 604800),
        ("2w", 1209600),
        ("0.5s", 0.5),
        ("0s", 0),
        (" 5M ", 300),
    ],
)
def test_duration_is_read_as_seconds(text: str, seconds: float) -> None:
    assert parse_duration(text) == seconds


@pytest.mark.parametrize("text", ["", "10", "m", "-5m", "5 m", "5y", "1e3s", "٣s", "5m!", "9" * 400 + "d", "5m\n6"])
def test_anything_else_is_refused_with_advice(text: str) -> None:
    with pytest.raises(ValueError, match="number with a unit"):
        parse_duration(text)


def test_more_than_a_century_is_refused() -> None:
    with pytest.raises(ValueError, match="hundred years"):
        parse_duration("36501d")


@pytest.mark.parametrize("text", ["30s", "10m", "1h30m", "90d", "0.5s", "0s", "1d1s"])
def test_what_is_written_reads_back(text: str) -> None:
    assert format_duration(parse_duration(text)) == text

"""Values written for a Prosody configuration."""

import pytest

from tests.support.prosody import lua


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "nil"),
        (True, "true"),
        (5, "5"),
        (0.5, "0.5"),
        ('say "\\"', '"say \\"\\\\\\""'),
        (["a", 1], '{ "a"; 1; }'),
        ({"message": "allow"}, '{ ["message"] = "allow"; }'),
    ],
)
def test_values_are_written_as_lua(value: object, text: str) -> None:
    assert lua(value) == text

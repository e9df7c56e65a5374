"""The scanner by itself."""

import pytest

from config.settings import Rule
from policy.errors import BadRule
from policy.scan import Scanner


def test_a_list_of_nothing_is_refused() -> None:
    with pytest.raises(BadRule, match="no words and no patterns"):
        Scanner([Rule(name="x")], {})

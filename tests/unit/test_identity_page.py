"""docs/operators/identity.md: its examples are settings that Roomkeeper takes, and what it points to is there."""

import re
import tomllib
from pathlib import Path

import pytest

from component.commands import COMMANDS
from component.identity.providers import PROVIDERS
from config.checks import check
from config.reader import read_settings

CHECKOUT = Path(__file__).parents[2]
PAGE = (CHECKOUT / "docs" / "operators" / "identity.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"(?ms)^```toml\n(.*?)^```", PAGE)
XMPP = "[xmpp]\ndomain = 'keeper.example.org'\nmuc = 'rooms.example.org'\nsecret_file = 'secret'\n"


def complaints_about(text: str) -> dict[str, str]:
    complaints: dict[str, str] = {}
    settings = read_settings(tomllib.loads(text), complaints.__setitem__)
    assert settings is not None, complaints
    check(settings, complaints.__setitem__)
    return complaints


@pytest.mark.parametrize("example", EXAMPLES[1:], ids=range(1, len(EXAMPLES)))
def test_each_example_can_be_taken_as_it_is(example: str) -> None:
    assert complaints_about(XMPP + example) == {}


def test_the_first_example_names_every_provider_there_is() -> None:
    assert tomllib.loads(EXAMPLES[0])["identity"]["providers"] == list(PROVIDERS)


def test_what_the_page_points_to_is_there() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", PAGE):
        assert (CHECKOUT / "docs" / "operators" / target).exists(), target
    names = {command.name for command in COMMANDS}
    for named in ("verify", "review", "merge", "corrections"):
        assert named in names
        assert f"`{named}`" in PAGE

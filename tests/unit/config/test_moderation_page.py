"""Every example in docs/operators/moderation.md is one that Roomkeeper takes."""

import re
import tomllib
from pathlib import Path

import pytest

from component.cli import cli
from component.lint import lint
from config.loader import load
from policy.engine import compile_policy

PAGE = Path(__file__).parents[3] / "docs" / "operators" / "moderation.md"
BLOCKS = re.findall(r"^```toml\n(.*?)^```", PAGE.read_text(), re.DOTALL | re.MULTILINE)
PACK = next(block for block in BLOCKS if block.startswith("about ="))
SCHOOL = "[categories.general]\n[categories.school]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A fresh installation, with the files that the page's examples name."""
    keeper = tmp_path / "keeper"
    cli(["init", str(keeper)], standalone_mode=False)
    for name, text in (("words/pharmacy.txt", "# bought\nbargain pills\n"), ("packs/own.toml", PACK)):
        (keeper / name).parent.mkdir()
        (keeper / name).write_text(text)
    return keeper


def test_the_page_has_its_examples() -> None:
    assert len(BLOCKS) >= 10


@pytest.mark.parametrize("number", [number for number, block in enumerate(BLOCKS) if block != PACK])
def test_an_example_can_be_used_as_it_stands(folder: Path, number: int) -> None:
    block = BLOCKS[number]
    path = folder / "roomkeeper.toml"
    given = tomllib.loads(block)
    assert given
    minimal = '[xmpp]\ndomain = "keeper.example"\nmuc = "rooms.example"\nsecret_file = "secret"\n\n'
    is_named = '"school"' in block or "[categories.school.managers]" in block
    path.write_text(minimal + block + (SCHOOL if is_named and "[categories.general]" not in block else ""))
    loaded = load(path)
    compile_policy(loaded.settings, loaded.words)
    assert [warning for warning in lint(loaded) if "never reached" not in warning] == []


def test_the_pack_of_the_page_bears_its_examples_out(folder: Path) -> None:
    path = folder / "roomkeeper.toml"
    path.write_text(
        '[xmpp]\ndomain = "keeper.example"\nmuc = "rooms.example"\nsecret_file = "secret"\n\n'
        '[moderation]\npacks = ["packs/own.toml"]\n'
    )
    assert lint(load(path)) == []

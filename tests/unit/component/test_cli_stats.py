"""`rules stats` and `stats`: what operators are told of what was counted."""

import asyncio
import json
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from component.cli import cli
from config.loader import load
from policy.actions import Punish
from policy.facts import SanctionKind
from storage.discipline import Wrong
from storage.documents import Entry
from storage.rule_stats import DAY_S, RuleStat
from storage.store import Store
from tests.unit.storage.databases import enter

RULES = """
[[moderation.thresholds]]
name = "too-much"
score = 5

[[rules]]
name = "no-casino"
words = ["casino"]

[[rules]]
name = "watched"
words = ["lottery"]
shadow = true

[[rules]]
name = "young-shadow"
words = ["raffle"]
shadow = true

[[rules]]
name = "idle"
words = ["never"]
"""
NOW = time.time()
TODAY = int(NOW // DAY_S)
COUNTS = (
    RuleStat(day=TODAY - 40, rule="no-casino", hits=1000, refused=1000, last_hit_at=NOW - 40 * DAY_S),
    RuleStat(day=TODAY - 9, rule="watched", shadow_hits=2, last_hit_at=NOW - 9 * DAY_S),
    RuleStat(day=TODAY - 1, rule="young-shadow", shadow_hits=5, last_hit_at=NOW - DAY_S),
    RuleStat(day=TODAY, rule="no-casino", hits=20, refused=20, samples=4, cost_s=12e-6, last_hit_at=NOW),
    RuleStat(day=TODAY, rule="(search)", samples=4, cost_s=48e-6),
    RuleStat(day=TODAY, rule="message-rate", hits=3, refused=3, last_hit_at=NOW),
    RuleStat(day=TODAY, rule="identity", samples=4, cost_s=0.0),
    RuleStat(day=TODAY, rule="dropped", hits=1, refused=1, faults=2, last_hit_at=NOW),
    RuleStat(day=TODAY, rule="too-much", hits=7, refused=7, last_hit_at=NOW),
)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A fresh installation with rules that did something."""
    assert invoke("init", str(tmp_path / "keeper")).exit_code == 0
    path = tmp_path / "keeper" / "roomkeeper.toml"
    with path.open("a") as file:
        file.write(RULES)
    asyncio.run(fill(path, COUNTS))
    return path


async def fill(path: Path, counts: Sequence[RuleStat], overruled: int = 0) -> None:
    loaded = load(path)
    store = await Store.open(loaded.storage_url, loaded.keyring)
    await store.rule_stats.add(counts)
    punish = Punish(kind=SanctionKind.MUTE, account="a@b", person=None, room=None, rule="no-casino", lasts_s=None)
    for _ in range(overruled):
        (imposed,) = (await enter(store, punish, at=NOW)).imposed
        await store.discipline.lift(imposed.sanction.number, by="mod@b", reason="wrong", at=NOW, wrong=Wrong.LAST)
    await store.discipline.punish(punish, by="mod@b", reason="", at=NOW)
    await store.registry.put([Entry(document_type="passport", document_number="1", name="Anna")], NOW)
    await store.rooms.adopt("hall@rooms.example", NOW, ("a:a@b", "a:c@d"))
    await store.close()


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, catch_exceptions=False)


def told(config: Path, *arguments: str) -> list[str]:
    result = invoke(*arguments, "--config", str(config))
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


def cells(lines: list[str], rule: str) -> list[str]:
    return next(line for line in lines if line.split(" ")[0] == rule).split()


def test_rules_are_told_by_what_they_refused_the_busiest_first(config: Path) -> None:
    lines = told(config, "rules", "stats")
    named = [line.split()[0] for line in lines[2:] if line and not line[0].isspace()]
    assert named[:9] == [
        "rule",
        "no-casino",
        "too-much",
        "message-rate",
        "dropped",
        "young-shadow",
        "watched",
        "(search)",
        "idle",
    ]
    assert cells(lines, "no-casino")[:8] == ["no-casino", "20", "20", "-", "-", "0%", "3.0", "20%"]
    assert cells(lines, "(search)")[:8] == ["(search)", "shared", "-", "-", "-", "-", "12.0", "80%"]
    assert cells(lines, "watched")[:4] == ["watched", "shadow", "-", "-"]
    assert cells(lines, "too-much")[1] == "threshold"
    assert cells(lines, "message-rate")[1:3] == ["built", "in"]
    assert cells(lines, "dropped")[1] == "gone"
    assert "identity" not in " ".join(lines)  # of the program's own rules those that refused something


def test_what_wants_looking_at_is_told(config: Path) -> None:
    asyncio.run(fill(config, (), overruled=3))
    lines = told(config, "rules", "stats")
    assert "no-casino: moderators took back 3 of 20; mend it, or make it a shadow" in lines
    assert any(line.startswith("watched has been a shadow for 9 days and hit 2 times") for line in lines)
    assert not any(line.startswith("young-shadow has been") for line in lines)
    assert "no hit in 30 days: idle" in lines
    assert "dropped failed 2 times instead of answering: the log says why" in lines
    assert cells(lines, "no-casino")[4:6] == ["3", "15%"]


def test_days_say_how_far_back(config: Path) -> None:
    assert cells(told(config, "rules", "stats", "--days", "41"), "no-casino")[1] == "1020"
    assert cells(told(config, "rules", "stats", "--days", "40"), "no-casino")[1] == "20"
    assert "no hit in 1 days: idle, watched, young-shadow" in told(config, "rules", "stats", "--days", "1")


def test_machines_are_told_everything(config: Path) -> None:
    report = json.loads("\n".join(told(config, "rules", "stats", "--json")))
    by_name = {line["rule"]: line for line in report["rules"]}
    assert by_name["no-casino"]["refused"] == 20
    assert by_name["no-casino"]["cost_us"] == pytest.approx(3.0)
    assert by_name["identity"]["state"] == "built in"
    assert by_name["watched"]["shadow_since"] is not None
    assert by_name["idle"]["last_hit_at"] is None
    assert report["notes"]


@pytest.mark.parametrize(
    "command",
    ["rules stats", "stats", "audit verify", "keys show", "keys rotate"],
)
def test_an_installation_that_never_ran_is_told_so_and_left_as_it_is(tmp_path: Path, command: str) -> None:
    folder = tmp_path / "keeper"
    invoke("init", str(folder))
    before = sorted((path.name, path.read_bytes()) for path in folder.iterdir())
    result = invoke(*command.split(), "--config", str(folder / "roomkeeper.toml"))
    assert result.exit_code == 1
    assert (
        result.stderr == "there is no database yet: the first `roomkeeper run` makes it; until then nothing is kept\n"
    )
    assert sorted((path.name, path.read_bytes()) for path in folder.iterdir()) == before


def test_an_overview_has_a_line_for_everything(config: Path) -> None:
    lines = {line[:24].strip(): line[24:] for line in told(config, "stats")}
    assert lines["rooms"] == "1 open"
    assert lines["members"] == "2"
    assert lines["rooms by activity"] == "1 quiet, 0 active, 0 very-active"
    assert lines["messages"] == "0 this week, 0 last week"
    assert lines["people verified"] == "0 of 1 known, by 0 accounts"
    assert lines["sanctions in force"] == "1 mute"
    assert lines["refused today (UTC)"] == "20 no-casino, 7 too-much, 3 message-rate, 1 dropped"
    assert (lines["open cases"], lines["waiting for a yes"]) == ("0", "0")
    assert lines["blacklisted"] == "0"
    assert int(lines["audit entries"]) > 0
    assert lines["database"].endswith(" MiB")


def test_an_overview_for_machines_has_the_same(config: Path) -> None:
    told_ = json.loads("\n".join(told(config, "stats", "--json")))
    assert told_["rooms"] == {"open": 1}
    assert told_["sanctions"] == {"mute": 1}
    assert told_["refused_today"]["no-casino"] == 20
    assert told_["database_bytes"] > 0

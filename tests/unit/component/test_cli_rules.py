"""`rules try`, `rules lint` and `rules replay` say what rules do before they go live."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from component.cli import MISUSED, cli
from component.command_line import FAILED
from component.lint import find_costs, lint
from config.loader import load
from config.packs import PACKS

RULES = """
[[rules]]
name = "no-casino"
words = ["casino"]
strike = false

[[rules]]
name = "watched"
words = ["lottery"]
shadow = true

[[rules]]
name = "win"
words = ["win"]
weight = 6
tiers = ["standard"]

[[rules]]
name = "money"
words = ["money"]
weight = 6
shadow = true
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A fresh installation with some rules."""
    assert invoke("init", str(tmp_path / "keeper")).exit_code == 0
    path = tmp_path / "keeper" / "roomkeeper.toml"
    with path.open("a") as file:
        file.write(RULES)
    return path


def invoke(*arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(cli, arguments, input=text, catch_exceptions=False)


def tried(config: Path, *arguments: str, text: str | None = None) -> list[str]:
    result = invoke("rules", "try", *arguments, "--config", str(config), text=text)
    assert result.exit_code == 0, result.output
    return result.stdout.splitlines()


def test_try_explains_every_step(config: Path) -> None:
    lines = tried(config, "My CA\u200bSINO is open")
    assert lines[:5] == [
        "text        “My CA\\u200bSINO is open”",
        "judged as   “my casino is open”",
        f"rule        no-casino (reject), from {config}",
        "            words at 3-10: “CA\\u200bSINO”",
        "            1 of 4 rules hit",
    ]
    assert lines[5] == "decision    deny: no-casino"
    assert "breaks the rule “no-casino”" in lines[6]
    assert len(lines) == 7


def test_try_tells_shadows_weights_and_what_they_would_reach(config: Path) -> None:
    said = "\n".join(tried(config, "win money by lottery"))
    assert "watched (shadow: reject)" in said
    assert "money (shadow: weight +6)" in said
    assert "score       6: suspicious (note)\n            with shadows 12: too-suspicious (reject)" in said
    assert "decision    allow" in said
    assert "Shadow, would reject: too-suspicious" in said


def test_try_shows_what_waits_for_a_moderator_and_what_is_done_beside_a_refusal(config: Path) -> None:
    with config.open("a") as file:
        file.write("[[rules]]\nname = 'ask'\nwords = ['raffle']\naction = 'hold'\n")
        file.write("[[rules]]\nname = 'undo'\nwords = ['pills']\naction = 'retract'\nstrike = false\n")
        file.write("[[rules]]\nname = 'out'\nwords = ['brawl']\naction = 'suspend'\nstrike = false\n")
    said = "\n".join(tried(config, "a raffle"))
    assert "decision    hold: ask" in said
    assert "told        This waits for a moderator" in said
    assert "action      Hold: ask" in said
    assert "action      Retract: undo" in tried(config, "pills")
    assert "action      Punish, suspend: out" in tried(config, "brawl")


def test_try_takes_tier_surface_room_and_role_into_account(config: Path) -> None:
    assert "decision    allow" in tried(config, "win", "--tier", "trusted", "--role", "moderator", "--room", "a@b")
    assert any("deny" in line for line in tried(config, "casino", "--surface", "nick", "--kind", "nick"))
    assert any("Only verified people" in line for line in tried(config, "hello", "--tier", "unverified"))
    assert "decision    allow" in tried(config, "-", "--file", text="hello\n")


def test_try_takes_the_rooms_category_and_class_into_account(config: Path) -> None:
    with config.open("a") as file:
        file.write(
            "[categories.general]\n[[categories.school.rules]]\nname = 'no-beer'\nwords = ['beer']\n"
            "[[rules]]\nname = 'no-wine'\nwords = ['wine']\nscales = ['small']\n"
            "[[rules]]\nname = 'no-rum'\nwords = ['rum']\nactivity = ['active']\n"
        )
    assert "decision    allow" in tried(config, "beer and wine")
    assert "decision    deny: no-beer" in tried(config, "beer and wine", "--category", "school")
    assert "decision    deny: no-wine" in tried(config, "beer and wine", "--scale", "small")
    assert "decision    allow" in tried(config, "rum")
    assert "decision    deny: no-rum" in tried(config, "rum", "--activity", "active")


def test_lint_tries_the_examples_of_a_categorys_pack(config: Path) -> None:
    with config.open("a") as file:
        file.write("[categories.general]\n[categories.school]\npacks = ['gambling']\n")
    loaded = load(config)
    assert not any("the example" in warning for warning in lint(loaded))
    assert {rule.categories for rule in loaded.settings.rules if rule.name.startswith("gambling")} == {("school",)}


def test_try_asks_the_thresholds_of_the_category(config: Path) -> None:
    with config.open("a") as file:
        file.write(
            "[categories.general]\n[categories.school]\n"
            "[[rules]]\nname = 'a'\nwords = ['essay']\nweight = 3\n"
            "[[moderation.thresholds]]\nname = 'at-school'\nscore = 3\ncategories = ['school']\n"
        )
    assert "score       3: no threshold" in tried(config, "essay")
    assert "score       3: at-school (reject)" in tried(config, "essay", "--category", "school")


def test_try_shortens_what_is_long_and_shows_scores_that_reach_nothing(config: Path) -> None:
    with config.open("a") as file:
        file.write("[[rules]]\nname = 'old'\nperson_age = {over = '2000d'}\nweight = 1\n")
    lines = tried(config, "x" * 400, "--verified", "3000d")
    assert any("(400 characters)" in line for line in lines)
    assert "            person_age" in lines
    assert "score       1: no threshold" in lines


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--surface", "wall"),
        ("--category", "castle"),
        ("--scale", "vast"),
        ("--activity", "wild"),
        ("--kind", "shout"),
        ("--tier", "gold"),
        ("--verified", "long"),
    ],
)
def test_try_refuses_what_it_does_not_know(config: Path, option: str, value: str) -> None:
    result = invoke("rules", "try", "x", option, value, "--config", str(config))
    assert result.exit_code == MISUSED
    assert value in result.stderr or "duration" in result.stderr


@pytest.mark.parametrize("command", [("try", "x"), ("lint",), ("replay", "x")])
def test_a_wrong_rule_is_exit_code_2_with_file_rule_and_reason(config: Path, command: tuple[str, ...]) -> None:
    with config.open("a") as file:
        file.write("[[rules]]\nname = 'broken'\npatterns = ['(']\n")
    result = invoke("rules", *command, "--config", str(config))
    assert result.exit_code == MISUSED
    assert result.stderr.startswith(f"{config}: rules[broken]: ")


def test_a_wrong_rule_of_a_pack_is_told_by_the_packs_file(config: Path) -> None:
    config.write_text(config.read_text().replace("[moderation]", '[moderation]\npacks = ["own.toml"]'))
    (config.parent / "own.toml").write_text("about = 'x'\n[[rules]]\nname = 'broken'\npatterns = ['(']\n")
    result = invoke("rules", "lint", "--config", str(config))
    assert result.stderr.startswith(f"{config.parent / 'own.toml'}: rules[broken]: ")


def test_a_list_that_a_pack_names_in_vain_is_told_by_the_packs_file(config: Path) -> None:
    config.write_text(config.read_text().replace("[moderation]", '[moderation]\npacks = ["own.toml"]'))
    (config.parent / "own.toml").write_text("about = 'x'\n[[rules]]\nname = 'a'\nword_files = ['gone.txt']\n")
    result = invoke("rules", "lint", "--config", str(config))
    own = config.parent / "own.toml"
    assert result.exit_code == MISUSED
    assert result.stderr == f"{own}: rules[a].word_files[#1]: {own.parent / 'gone.txt'} does not exist\n"


def test_lint_of_good_rules_finds_nothing(config: Path) -> None:
    result = invoke("rules", "lint", "--config", str(config))
    assert (result.exit_code, result.stdout) == (0, "4 rules, 0 warnings\n")


@pytest.mark.parametrize(
    ("rules", "warning"),
    [
        ("[[rules]]\nname = 'a'\nwords = ['x']\nword_files = ['empty.txt']\n", "a: the list empty.txt is empty"),
        ("[[rules]]\nname = 'a'\nwords = ['x']\nkinds = ['query']\n", "a: never matches: stanzas of its kinds"),
        ("[[rules]]\nname = 'a'\nlength = {chars = 20000}\n", "a: never matches: texts are refused from 10000"),
        ("[[rules]]\nname = 'a'\nwords = ['CASINO']\n", "a: word “CASINO” stands in no-casino as well"),
        ("[[rules]]\nname = 'a'\nwords = ['casino']\nstrike = false\n", "a: is the same as no-casino"),
        (
            "[[moderation.thresholds]]\nname = 'far'\nscore = 99\n",
            "moderation.thresholds[far]: never reached: all weights together make 12",
        ),
        (
            (
                "[[rules]]\nname = 'a'\nwords = ['x']\nkinds = ['nick']\nweight = 3\n"
                "[[moderation.thresholds]]\nname = 'near'\nscore = 3\nkinds = ['post']\n"
            ),
            "a: its weight leads nowhere: no threshold holds where it does",
        ),
        (
            (
                "[[rules]]\nname = 'a'\nwords = ['x']\nkinds = ['nick']\nweight = 3\n"
                "[[moderation.thresholds]]\nname = 'near'\nscore = 13\nkinds = ['post']\n"
            ),
            "moderation.thresholds[near]: never reached: all weights together make 12",
        ),
    ],
)
def test_lint_warns_of_what_is_probably_not_meant(config: Path, rules: str, warning: str) -> None:
    (config.parent / "empty.txt").write_text("# nothing yet\n")
    with config.open("a") as file:
        file.write(rules)
    result = invoke("rules", "lint", "--config", str(config))
    assert result.exit_code == 0
    assert warning in result.stdout


def test_lint_does_not_accept_what_a_hostile_text_can_make_slow(config: Path) -> None:
    with config.open("a") as file:
        file.write("[[rules]]\nname = 'loose'\npatterns = ['c.{0,30}p']\n")
    result = invoke("rules", "lint", "--config", str(config))
    assert result.exit_code == FAILED
    assert result.stdout == "5 rules, 0 warnings\n"
    assert result.stderr.startswith(f"{config}: loose: pattern 'c.{{0,30}}p': long gaps after few characters")


def test_lint_tries_the_examples_of_packs(config: Path) -> None:
    config.write_text(config.read_text().replace("[moderation]", '[moderation]\npacks = ["own.toml"]'))
    (config.parent / "own.toml").write_text(
        "about = 'x'\n[[rules]]\nname = 'a'\nnot = {words = ['y']}\nany = [{words = ['x']}]\n"
        "[[examples]]\ntext = 'x'\nhits = []\n[[examples]]\ntext = 'z'\nhits = ['a']\n"
    )
    said = invoke("rules", "lint", "--config", str(config)).stdout
    assert "the example “x” hits a, not nothing" in said
    assert "the example “z” hits nothing, not a" in said


@pytest.mark.parametrize("pack", sorted(path.stem for path in PACKS.glob("*.toml")))
def test_packs_that_come_along_do_what_their_examples_say(config: Path, pack: str) -> None:
    config.write_text(
        config.read_text().replace("[moderation]", f'[moderation]\npacks = ["{pack}"]').replace(RULES, "")
    )
    loaded = load(config)
    assert lint(loaded) == find_costs(loaded) == []
    (used,) = loaded.packs
    hit = {name for example in used.examples for name in example.hits}
    assert hit >= used.rules, "every rule has an example it hits"
    assert sum(not example.hits for example in used.examples) >= 3


def test_replay_counts_by_rule_and_shows_what_fares_otherwise(config: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.write_text(
        "hello\ncasino\n\n{no json}\n"
        + json.dumps({"text": "Casino", "surface": "nick", "kind": "nick"})
        + "\n"
        + json.dumps({"text": "lottery", "tier": "trusted"})
        + '\n["a", "b"]\n{"a": 1}\n'
    )
    result = invoke("rules", "replay", str(corpus), "--config", str(config))
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "rule          hits",
        "no-casino        2",
        "watched          1  (shadow)",
        "money            0  (shadow)",
        "win              0",
        "texts denied     2  of 7",
    ]
    other = config.parent / "other.toml"
    other.write_text(config.read_text().replace("shadow = true", "").replace('["casino"]', '["hello"]'))
    result = invoke("rules", "replay", str(corpus), "--config", str(config), "--against", str(other))
    assert result.stdout.splitlines()[5:] == [
        "texts denied     2        2  of 7",
        "4 of 7 texts fare otherwise",
        "line 1: +no-casino denied “hello”",
        "line 2: -no-casino allowed “casino”",
        "line 5: -no-casino allowed “Casino”",
        "line 6: denied “lottery”",
    ]


LATELY = """
[[rules]]
name = "too-many"
flood = { messages = 2, within = "10s" }

[[rules]]
name = "copies"
duplicates = { copies = 2 }

[[rules]]
name = "called"
mentions = { people = 2, share = 0.5 }

[[rules]]
name = "new"
all = [{ membership_age = { under = "1d" } }, { first_message = true }]
"""


def test_try_says_what_one_text_does_not_tell_and_takes_membership_into_account(config: Path) -> None:
    config.write_text(config.read_text().replace(RULES, LATELY))
    lines = tried(config, "hello")
    assert (
        "unknown     too-many, copies, called: depend on what came before, or who is there; see `rules replay`" in lines
    )
    assert "decision    allow" in lines
    assert "decision    deny: new" in tried(config, "hello", "--member", "1h", "--first")
    assert "decision    allow" in tried(config, "hello", "--member", "1h")


def replayed(config: Path, *lines: Mapping[str, object] | str) -> dict[str, int]:
    """Hits by rule."""
    corpus = config.parent / "corpus"
    corpus.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
    result = invoke("rules", "replay", str(corpus), "--config", str(config))
    assert result.exit_code == 0, result.output
    return {line.split()[0]: int(line.split()[1]) for line in result.stdout.splitlines()[1:-1]}


def test_replay_finds_copies_in_the_order_they_come_and_floods_where_it_is_said_when(config: Path) -> None:
    config.write_text(config.read_text().replace(RULES, LATELY))
    offer = "Cheap watches for everybody, only today: https://shop.example/"
    assert replayed(config, *[offer] * 3, "ok", "ok", "ok") == {"copies": 2, "too-many": 0, "called": 0, "new": 0}
    by_ben = {"account": "ben@example.org", "text": offer}
    assert replayed(config, offer, by_ben)["copies"] == 0
    said = [{"at": 1000.0 + number, "text": str(number)} for number in range(4)]
    later = {"at": "2026-01-31T12:00:00Z", "text": "later"}
    counts = replayed(config, *said, "at the same time", later, {"account": "ben@example.org", "text": "x"})
    assert counts["too-many"] == 3
    assert replayed(config, {"text": "a", "member": "1h", "first": True})["new"] == 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"text": "x", "at": "soon"}', "line 1: at must be Unix seconds or a date and time"),
        ('{"text": "x", "at": true}', "line 1: at must be"),
        ('{"text": "x", "at": NaN}', "line 1: at must be"),
        ('{"text": "x", "member": "long"}', "line 1: member: "),
        ('{"text": "x", "rom": "y"}', 'line 1: unknown key "rom"'),
        ('{"text": 5}', "line 1: text must be text"),
        ('{"text": "x", "tier": "gold"}', 'line 1: there is no tier "gold"'),
    ],
)
def test_a_corpus_that_is_wrong_is_told_by_line(config: Path, tmp_path: Path, line: str, reason: str) -> None:
    corpus = tmp_path / "corpus"
    corpus.write_text(line)
    result = invoke("rules", "replay", str(corpus), "--config", str(config))
    assert result.exit_code == MISUSED
    assert reason in result.stderr


def test_a_corpus_that_is_not_there_is_told(config: Path) -> None:
    result = invoke("rules", "replay", "nowhere", "--config", str(config))
    assert (result.exit_code, result.stderr) == (MISUSED, "nowhere: does not exist\n")

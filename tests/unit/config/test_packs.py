"""Packs of rules: how they are named, merged and refused."""

import shutil
from pathlib import Path

import pytest

from config.errors import Problem
from config.packs import PACKS, add_packs
from config.settings import Category, Links, Moderation, Rule, Settings, Xmpp

SHIPPED = sorted(path.stem for path in PACKS.glob("*.toml"))


def merged(
    folder: Path, *rules: Rule, categories: dict[str, Category] | None = None, **moderation: tuple[str, ...]
) -> tuple[Settings, list[Problem]]:
    problems: list[Problem] = []
    settings = Settings(
        xmpp=Xmpp(domain="keeper.example.org", muc="rooms.example.org"),
        rules=rules,
        categories=categories or {"general": Category()},
        moderation=Moderation(**moderation),  # type: ignore[arg-type] # names of packs
    )
    _, settings = add_packs(settings, folder / "roomkeeper.toml", problems)
    return settings, problems


def test_packs_that_come_along_are_named_plainly_and_fit_together(tmp_path: Path) -> None:
    settings, problems = merged(tmp_path, packs=tuple(SHIPPED))
    assert problems == []
    assert SHIPPED == ["flooding", "gambling", "invites", "scams", "sexual"]
    assert {rule.name.partition("-")[0] for rule in settings.rules} == {"flood", "gambling", "invite", "scam", "sexual"}


def test_a_pack_may_be_a_file_of_ones_own_and_finds_its_lists_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "packs"
    folder.mkdir()
    (folder / "own.toml").write_text(
        "about = 'x'\n[[rules]]\nname = 'a'\nany = [{word_files = ['bad.txt']}]\n"
        "not = {links = {domain_files = ['ok.txt']}}\n"
    )
    settings, problems = merged(tmp_path, packs=("packs/own.toml",))
    assert problems == []
    (rule,) = settings.rules
    assert rule.any_of[0].word_files == (str(folder / "bad.txt"),)
    assert rule.none_of is not None
    assert rule.none_of.links == Links(domain_files=(str(folder / "ok.txt"),))


def test_a_rule_of_ones_own_wins_over_a_packs(tmp_path: Path) -> None:
    own = Rule(name="gambling-words", words=("bingo",))
    settings, problems = merged(tmp_path, own, packs=("gambling",))
    assert problems == []
    assert [rule for rule in settings.rules if rule.name == "gambling-words"] == [own]


def test_a_whole_pack_may_run_as_a_shadow(tmp_path: Path) -> None:
    settings, _ = merged(tmp_path, packs=("flooding",), shadow_packs=("gambling",))
    assert {rule.shadow for rule in settings.rules if rule.name.startswith("gambling")} == {True}
    assert {rule.shadow for rule in settings.rules if rule.name.startswith("flood")} == {False}


@pytest.mark.parametrize(
    ("text", "key", "reason"),
    [
        ("about = 'x'\nruels = []\nrules = []", "ruels", 'did you mean "rules"?'),
        ("about = 'x'\nrules = []\n[[examples]]\ntext = 'a'\nhits = ['b']", "examples[#1].hits", 'no rule "b"'),
        ("about = 'x'\n[[rules]]\nname = 'a'\n", "rules[a]", "never matches"),
        (
            "about = 'x'\n[[rules]]\nname = 'a'\nany = [{words = ['b']}, {}]\n",
            "rules[a].any[#2]",
            "never matches",
        ),
        ("about = 'x'\n[[rules]]\nname = 'a'\nwords = ['b']\ntiers = ['gold']", "rules[a].tiers[#1]", 'no tier "gold"'),
        ("about = 'x'\n" + "[[rules]]\nname = 'a'\nwords = ['b']\n" * 2, "rules", "same name"),
        ("about = x", "", "line 1"),
        ("a = " + "[" * 9999, "", "nested too deeply"),
    ],
)
def test_a_wrong_pack_is_refused_with_file_key_and_reason(tmp_path: Path, text: str, key: str, reason: str) -> None:
    (tmp_path / "own.toml").write_text(text)
    settings, problems = merged(tmp_path, packs=("own.toml",))
    assert settings.rules == ()
    assert [(problem.file, problem.key) for problem in problems] == [(tmp_path / "own.toml", key)]
    assert reason in problems[0].reason


def test_a_pack_that_is_not_there_is_told_with_what_may_have_been_meant(tmp_path: Path) -> None:
    _, problems = merged(tmp_path, packs=("gambeling", "own.toml"))
    assert 'did you mean "gambling"?' in problems[0].reason
    assert problems[1].reason == "does not exist"


def test_a_pack_named_twice_and_two_packs_with_one_rule_are_told(tmp_path: Path) -> None:
    shutil.copy(PACKS / "gambling.toml", tmp_path / "own.toml")
    _, problems = merged(tmp_path, packs=("gambling",), shadow_packs=("gambling",))
    assert [problem.key for problem in problems] == ["moderation.shadow_packs[#1]"]
    _, problems = merged(tmp_path, packs=("gambling", "own.toml"))
    assert problems[0].file == tmp_path / "own.toml"
    assert "has a rule of this name" in problems[0].reason


def test_rules_and_packs_of_a_category_hold_in_its_rooms_alone(tmp_path: Path) -> None:
    own = Rule(name="no-tea", words=("tea",))
    categories = {"school": Category(rules=(own,), packs=("gambling",)), "club": Category(packs=("gambling", "scams"))}
    settings, problems = merged(tmp_path, categories=categories, packs=("flooding",))
    assert problems == []
    scopes = {rule.name.partition("-")[0]: rule.categories for rule in settings.rules}
    assert scopes == {"flood": (), "no": ("school",), "gambling": ("school", "club"), "scam": ("club",)}


def test_a_layer_replaces_no_rule_of_another(tmp_path: Path) -> None:
    own = Rule(name="no-tea", words=("tea",))
    cases = [
        ({"a": Category(rules=(own,))}, "categories.a.rules[no-tea].name", "the platform has a rule of this name"),
        (
            {"a": Category(), "b": Category(packs=("flooding",))},
            "categories.b.packs[#1]",
            '"flooding" is named twice',
        ),
        ({"a": Category(packs=("scams", "scams"))}, "categories.a.packs[#2]", '"scams" is named twice'),
    ]
    for categories, key, reason in cases:
        settings, problems = merged(tmp_path, own, categories=categories, packs=("flooding",))
        assert [problem.key for problem in problems] == [key]
        assert reason in problems[0].reason
        assert settings.rules[0] == own


def test_a_category_and_a_pack_of_another_category_may_not_share_a_name(tmp_path: Path) -> None:
    own = Rule(name="gambling-words", words=("bingo",))
    categories = {"a": Category(rules=(own,)), "b": Category(packs=("gambling",))}
    _, problems = merged(tmp_path, categories=categories)
    assert [problem.key for problem in problems] == ["rules[gambling-words]"]
    assert problems[0].file == PACKS / "gambling.toml"
    assert "the category a has a rule of this name" in problems[0].reason

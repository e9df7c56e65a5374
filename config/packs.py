"""Packs of rules: those that come along, and an operator's own. Their rules join those of the config file.

So do the rules and packs of categories, scoped to the rooms of theirs: policy knows one list of rules.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from config.errors import Problem
from config.files import read_text
from config.reader import Complain, label, nearest, read_table
from config.rule_checks import check_rules
from config.settings import Condition, Example, Pack, Rule, Settings

C = TypeVar("C", bound=Condition)

PACKS = Path(__file__).parent / "packs"
_FILE = "the platform"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedPack:
    """A pack in use. `rules` are the names of those that no rule of the config file replaced."""

    name: str  # as the settings have it
    path: Path
    about: str
    rules: frozenset[str]
    examples: tuple[Example, ...]


def add_packs(settings: Settings, file: Path, problems: list[Problem]) -> tuple[tuple[LoadedPack, ...], Settings]:
    """The packs that the settings name, and the settings with their rules; a rule of the file wins over a pack's.

    Problems are appended, each with the file it is in. Relative paths begin at the folder of `file`.
    """
    layers = _Layers(settings, file, problems)
    moderation = settings.moderation
    for key, names in (("packs", moderation.packs), ("shadow_packs", moderation.shadow_packs)):
        for place, name in enumerate(names, 1):
            layers.add(name, f"moderation.{key}[#{place}]", is_shadow=key == "shadow_packs")
    layers.add_rules_of_categories()
    for category, its in settings.categories.items():
        for place, name in enumerate(its.packs, 1):
            layers.add(name, f"categories.{category}.packs[#{place}]", category=category)
    return layers.result()


class _Layers:
    """Rules by their names, which are given once on all layers: a name in log and audit means one rule."""

    def __init__(self, settings: Settings, file: Path, problems: list[Problem]) -> None:
        """The rules of the file itself."""
        self._settings = settings
        self._file = file
        self._problems = problems
        self._packs: dict[Path, LoadedPack] = {}
        self._rules = {rule.name: rule for rule in settings.rules}
        self._owners = dict.fromkeys(self._rules, _FILE)
        self._replaced = frozenset(self._rules)  # packs of the platform give way to the file

    def add(self, name: str, key: str, *, is_shadow: bool = False, category: str | None = None) -> None:
        """The rules of a pack; of one that several categories name, for the rooms of them all."""
        path = find_pack(name, self._file.parent)
        known = self._packs.get(path)
        if known is not None:
            if category is None or not self._widen(known, category):
                self._complain(key, f'"{name}" is named twice')
            return
        pack = read_pack(path, self._settings, self._problems)
        if pack is None:
            return
        replaced = self._replaced if category is None else ()
        fresh = [rule for rule in pack.rules if rule.name not in replaced]
        for rule in fresh:
            scoped = rule if category is None else replace(rule, categories=(category,))
            self._enter(replace(scoped, shadow=True) if is_shadow else scoped, name, f"rules[{rule.name}]", path)
        names = frozenset(rule.name for rule in fresh)
        self._packs[path] = LoadedPack(name=name, path=path, about=pack.about, rules=names, examples=pack.examples)

    def add_rules_of_categories(self) -> None:
        """Those that stand in the file itself; all of the platform's are there already."""
        for category, its in self._settings.categories.items():
            for number, rule in enumerate(its.rules, 1):
                key = label(f"categories.{category}.rules", number, rule)
                self._enter(replace(rule, categories=(category,)), f"the category {category}", f"{key}.name")

    def result(self) -> tuple[tuple[LoadedPack, ...], Settings]:
        """All packs and rules."""
        return tuple(self._packs.values()), replace(self._settings, rules=tuple(self._rules.values()))

    def _widen(self, pack: LoadedPack, category: str) -> bool:
        """Have the rules of a pack hold in one more category; False if it holds there already."""
        rules = [self._rules[name] for name in pack.rules]
        if any(not rule.categories or category in rule.categories for rule in rules):
            return False
        for rule in rules:
            self._rules[rule.name] = replace(rule, categories=(*rule.categories, category))
        return True

    def _enter(self, rule: Rule, owner: str, key: str, source: Path | None = None) -> None:
        if rule.name in self._owners:
            reason = f"{self._owners[rule.name]} has a rule of this name; layers add to each other and replace nothing"
            self._problems.append(Problem(source or self._file, key, reason))
            return
        self._rules[rule.name] = rule
        self._owners[rule.name] = owner

    def _complain(self, key: str, reason: str) -> None:
        self._problems.append(Problem(self._file, key, reason))


def find_pack(name: str, folder: Path) -> Path:
    """Where a pack is: one that comes along goes by its bare name."""
    return folder / name if name.endswith(".toml") else PACKS / f"{name}.toml"


def read_pack(path: Path, settings: Settings, problems: list[Problem]) -> Pack | None:
    """One pack with the paths of its files made absolute; None when it has problems, which are appended."""
    before = len(problems)

    def complain(key: str, reason: str) -> None:
        problems.append(Problem(path, key, reason))

    try:
        document = tomllib.loads(read_text(path))
    except RecursionError:
        complain("", "is nested too deeply")
        return None
    except ValueError as error:
        is_known = path.parent != PACKS or path.exists()
        complain("", str(error) if is_known else f"there is no such pack; {nearest(path.stem, _shipped())}")
        return None
    pack = read_table(Pack, document, complain)
    if pack is None:
        return None
    check_rules(pack.rules, settings, complain)
    _check_examples(pack, complain)
    if len(problems) > before:
        return None
    return replace(pack, rules=tuple(_relocate(rule, path.parent) for rule in pack.rules))


def files_of(condition: Condition, path: str) -> Iterator[tuple[str, str]]:
    """The files of words and domains that a condition names, each with its key's path."""
    for place, name in enumerate(condition.word_files, 1):
        yield f"{path}.word_files[#{place}]", name
    if condition.links is not None:
        for place, name in enumerate(condition.links.domain_files, 1):
            yield f"{path}.links.domain_files[#{place}]", name
    for key, inner in (("all", condition.all_of), ("any", condition.any_of)):
        for place, one in enumerate(inner, 1):
            yield from files_of(one, f"{path}.{key}[#{place}]")
    if condition.none_of is not None:
        yield from files_of(condition.none_of, f"{path}.not")


def _shipped() -> dict[str, object]:
    return {path.stem: path for path in sorted(PACKS.glob("*.toml"))}


def _check_examples(pack: Pack, complain: Complain) -> None:
    names = {rule.name for rule in pack.rules}
    if len(names) < len(pack.rules):
        complain("rules", "two rules have the same name; names must differ")
    for number, example in enumerate(pack.examples, 1):
        for name in example.hits:
            if name not in names:
                complain(f"{label('examples', number, example)}.hits", f'there is no rule "{name}" in this pack')


def _relocate(condition: C, folder: Path) -> C:
    """The condition with the paths of its files beginning at the pack's folder."""
    links = condition.links
    return replace(
        condition,
        word_files=tuple(str(folder / name) for name in condition.word_files),
        links=links and replace(links, domain_files=tuple(str(folder / name) for name in links.domain_files)),
        all_of=tuple(_relocate(one, folder) for one in condition.all_of),
        any_of=tuple(_relocate(one, folder) for one in condition.any_of),
        none_of=condition.none_of and _relocate(condition.none_of, folder),
    )

"""Packs of rules: those that come along, and an operator's own. Their rules join those of the config file."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from config.checks import check_rules
from config.errors import Problem
from config.files import read_text
from config.reader import Complain, label, nearest, read_table
from config.settings import Condition, Example, Pack, Settings

C = TypeVar("C", bound=Condition)

PACKS = Path(__file__).parent / "packs"


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
    moderation = settings.moderation
    packs: list[LoadedPack] = []
    rules = {rule.name: rule for rule in settings.rules}
    taken: dict[str, str] = {}  # rules of packs, and of which
    for key, names in (("packs", moderation.packs), ("shadow_packs", moderation.shadow_packs)):
        for place, name in enumerate(names, 1):
            path = find_pack(name, file.parent)
            if any(pack.path == path for pack in packs):
                problems.append(Problem(file, f"moderation.{key}[#{place}]", f'"{name}" is named twice'))
                continue
            pack = read_pack(path, settings, problems)
            if pack is None:
                continue
            fresh: set[str] = set()
            for rule in pack.rules:
                if rule.name in taken:
                    problems.append(Problem(path, f"rules[{rule.name}]", f"{taken[rule.name]} has a rule of this name"))
                elif rule.name not in rules:
                    rules[rule.name] = replace(rule, shadow=True) if key == "shadow_packs" else rule
                    fresh.add(rule.name)
                    taken[rule.name] = name
            packs.append(
                LoadedPack(name=name, path=path, about=pack.about, rules=frozenset(fresh), examples=pack.examples)
            )
    return tuple(packs), replace(settings, rules=tuple(rules.values()))


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

"""`rule-stats`: moderators see what the operator's rules did."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from component.dialogue import Forbidden
from component.forms import Done
from config.settings import Rule
from policy.engine import compile_policy
from storage.rule_stats import DAY_S, RuleStat
from tests.support.office import ADMIN, AUDITOR, MODERATOR, MORNING, Office, open_office

TODAY = int(MORNING // DAY_S)


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    rules = (Rule(name="no-tea", words=("tea",)), Rule(name="no-milk", words=("milk",), shadow=True))
    async with open_office(tmp_path, rules=rules) as world:
        world.policy = compile_policy(world.settings, {})
        yield world


async def told(office: Office, account: str = MODERATOR, language: str = "en") -> dict[str, tuple[str, ...]]:
    done = await office.run("rule-stats", account, language=language)
    assert isinstance(done, Done)
    assert "30" in done.note
    return {fact.var: fact.values for fact in done.facts}


async def test_rules_that_were_met_and_those_that_were_not_are_told(office: Office) -> None:
    none = ("nothing",)
    assert await told(office) == {
        "rules-met": none,
        "rules-idle": ("no-milk", "no-tea", "suspicious", "too-suspicious"),
    }
    await office.store.rule_stats.add(
        [
            RuleStat(day=TODAY, rule="no-tea", hits=1, refused=1),
            RuleStat(day=TODAY, rule="no-milk", shadow_hits=4),
            RuleStat(day=TODAY, rule="message-rate", hits=9, refused=9),
        ]
    )
    assert (await told(office))["rules-met"] == (
        "no-tea: met once, 1 refused, 0 overruled",
        "no-milk: met 0 times, 0 refused, 0 overruled; as a shadow met 4 times",
    )
    assert (await told(office, ADMIN, "zh-Hans"))["rules-met"] == (
        "no-tea：命中 1 次，拒绝 1 条，推翻 0 次",
        "no-milk：命中 0 次，拒绝 0 条，推翻 0 次；试运行命中 4 次",
    )


async def test_many_rules_are_cut_short(office: Office) -> None:
    office.settle(rules=tuple(Rule(name=f"rule-{number}", words=("x",)) for number in range(60)))
    await office.store.rule_stats.add([RuleStat(day=TODAY, rule=f"rule-{number}", hits=1) for number in range(60)])
    lines = (await told(office))["rules-met"]
    assert (len(lines), lines[-1]) == (51, "and 10 more")


@pytest.mark.parametrize("account", [AUDITOR, "a@example"])
async def test_only_moderators_are_told(office: Office, account: str) -> None:
    with pytest.raises(Forbidden):
        await office.run("rule-stats", account)

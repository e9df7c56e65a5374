"""What each rule did is counted once for a stanza, and lost neither by a write that fails nor by one that goes on."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from component.rule_counts import MOST_RULES, OTHERS, RuleCounts
from component.rule_keeper import RuleKeeper
from config.settings import Retention, Seconds
from policy.actions import Note
from policy.room_rule import OWN
from policy.verdict import Condition, Decision, Reason, RuleError, Verdict
from storage.errors import Unavailable
from storage.rule_stats import DAY_S, RuleStat
from tests.support.office import MORNING, Office, open_office

TODAY = int(MORNING // DAY_S)


def verdict(
    *, refused: Sequence[str] = (), hits: Sequence[str] = (), shadows: Sequence[str] = (), faulty: Sequence[str] = ()
) -> Verdict:
    return Verdict(
        decision=Decision.DENY if refused else Decision.ALLOW,
        reasons=tuple(Reason(rule=rule, condition=Condition.CONTENT, text="deny-content") for rule in refused),
        actions=tuple(
            Note(account="a@b", person=None, room="", rule=rule, evidence="", would="reject") for rule in shadows
        ),
        errors=tuple(RuleError(rule=rule, error="broken") for rule in faulty),
        hits=(*hits, *shadows),
    )


def shown(counts: RuleCounts) -> dict[str, tuple[int, int, int, int]]:
    return {
        rule: (count.hits, count.refused, count.shadow_hits, count.faults)
        for rule, count in counts.since_start().items()
    }


def test_a_rule_counts_once_for_a_stanza() -> None:
    counts = RuleCounts()
    counts.met(verdict(refused=("no-tea", "quotas"), hits=("no-tea", "watch"), shadows=("new",), faulty=("bad",)), 0)
    counts.met(verdict(hits=("watch",)), 0)
    assert shown(counts) == {
        "no-tea": (1, 1, 0, 0),
        "quotas": (1, 1, 0, 0),
        "watch": (2, 0, 0, 0),
        "new": (0, 0, 1, 0),
        "bad": (0, 0, 0, 1),
    }


def test_costs_are_added_up_and_are_no_hit() -> None:
    counts = RuleCounts()
    counts.spent("no-tea", 0, 0.25)
    counts.spent("no-tea", 0, 0.5)
    (count,) = counts.since_start().values()
    assert (count.samples, count.cost_s, count.hits, count.last_hit_at) == (2, 0.75, 0, None)


def test_names_are_bounded() -> None:
    counts = RuleCounts()
    for number in range(MOST_RULES + 5):
        counts.met(verdict(hits=(f"rule-{number}",)), 0)
    totals = counts.since_start()
    assert len(totals) == MOST_RULES + 1
    assert totals[OTHERS].hits == 5


def test_rooms_own_rules_count_as_one_whatever_they_are_called() -> None:
    counts = RuleCounts()
    rules = [f"{OWN}rule-{number}" for number in range(MOST_RULES + 5)]
    for rule in rules:
        counts.met(verdict(refused=(rule,)), MORNING)
    counts.met(verdict(hits=rules[:2], faulty=rules[:1]), MORNING)
    assert shown(counts) == {"own-rules": (MOST_RULES + 6, MOST_RULES + 5, 0, 1)}


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path) as world:
        yield world


async def hits_on_disk(office: Office) -> int:
    return sum([record.hits for record in await office.store.rule_stats.read(0)])


async def test_counts_are_written_once_each(office: Office) -> None:
    keeper, counts = RuleKeeper(office), office.meter.rules
    counts.met(verdict(hits=("no-tea",)), MORNING)
    await keeper.write()
    await keeper.write()
    counts.met(verdict(hits=("no-tea",)), MORNING)
    await keeper.write()
    assert await hits_on_disk(office) == 2
    assert shown(counts) == {"no-tea": (2, 0, 0, 0)}


async def test_what_cannot_be_written_waits_and_is_still_shown(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    async def add(_stats: Sequence[RuleStat]) -> None:
        counts.met(verdict(hits=("no-tea",)), MORNING + 1)
        assert shown(counts) == {"no-tea": (2, 0, 0, 0)}
        raise Unavailable("gone")

    keeper, counts = RuleKeeper(office), office.meter.rules
    counts.met(verdict(hits=("no-tea",)), MORNING)
    with monkeypatch.context() as patch:
        patch.setattr(office.store.rule_stats, "add", add)
        with pytest.raises(Unavailable):
            await keeper.write()
    assert shown(counts) == {"no-tea": (2, 0, 0, 0)}
    await keeper.write()
    assert await hits_on_disk(office) == 2


async def test_the_last_write_waits_for_the_one_that_goes_on(office: Office) -> None:
    keeper, counts = RuleKeeper(office), office.meter.rules
    counts.met(verdict(hits=("no-tea",)), MORNING)
    going_on = asyncio.create_task(keeper.write())
    await asyncio.sleep(0)
    counts.met(verdict(hits=("no-tea",)), MORNING)
    await keeper.write()
    assert await hits_on_disk(office) == 2
    await going_on


async def test_days_past_the_retention_are_forgotten_as_time_goes_on(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.settle(retention=Retention(rule_stats=Seconds(2 * DAY_S)))
    for day in range(TODAY - 4, TODAY + 1):
        await office.store.rule_stats.add([RuleStat(day=day, rule="no-tea", hits=1)])
    monkeypatch.setattr(RuleKeeper, "pause_s", 0)
    keeping = asyncio.create_task(RuleKeeper(office).keep())
    for left in (3, 2):
        async with asyncio.timeout(5):
            while await hits_on_disk(office) != left:
                await asyncio.sleep(0)
        office.clock.at += DAY_S
    keeping.cancel()

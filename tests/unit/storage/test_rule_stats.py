"""What each rule did: added up by day, read over days, forgotten when old."""

from policy.actions import Hold, Punish, Strike
from policy.facts import SanctionKind
from storage.discipline import Wrong
from storage.rule_stats import DAY_S, RuleRecord, RuleStat
from storage.store import Store
from tests.unit.storage.databases import T0, enter

DAY = int(T0 // DAY_S)


def record(rule: str, **fields: float | None) -> RuleRecord:
    nothing = {"hits": 0, "refused": 0, "shadow_hits": 0, "faults": 0, "samples": 0, "cost_s": 0.0}
    known: dict[str, float | None] = {**nothing, "last_hit_at": None, "shadow_since": None, "overruled": 0, **fields}
    return RuleRecord(rule=rule, **known)  # type: ignore[arg-type]


async def test_counts_of_a_day_are_added_up(store: Store) -> None:
    await store.rule_stats.add(
        [
            RuleStat(day=DAY, rule="no-tea", hits=2, refused=1, samples=4, cost_s=0.5, last_hit_at=T0),
            RuleStat(day=DAY, rule="no-milk", shadow_hits=7, last_hit_at=T0),
        ]
    )
    await store.rule_stats.add([RuleStat(day=DAY, rule="no-tea", hits=1, faults=3, samples=1, cost_s=0.25)])
    await store.rule_stats.add([RuleStat(day=DAY, rule="no-tea", refused=1, last_hit_at=T0 + 9)])
    assert await store.rule_stats.read(DAY) == (
        record("no-milk", shadow_hits=7, last_hit_at=T0, shadow_since=DAY),
        record("no-tea", hits=3, refused=2, faults=3, samples=5, cost_s=0.75, last_hit_at=T0 + 9),
    )


async def test_days_are_read_from_the_first_one_on(store: Store) -> None:
    for days in range(4):
        stat = RuleStat(day=DAY + days, rule="no-tea", hits=10**days, shadow_hits=int(days > 1))
        await store.rule_stats.add([stat])
    assert [(each.hits, each.shadow_since) for each in await store.rule_stats.read(DAY + 1)] == [(1110, DAY + 2)]
    assert await store.rule_stats.read(DAY + 4) == ()


async def test_old_days_are_forgotten(store: Store) -> None:
    for days in range(4):
        await store.rule_stats.add([RuleStat(day=DAY + days, rule="no-tea", hits=1)])
    assert await store.rule_stats.prune(DAY + 3) == 3
    assert [each.hits for each in await store.rule_stats.read(0)] == [1]


async def test_what_was_no_violation_counts_against_the_rule(store: Store) -> None:
    await store.rule_stats.add([RuleStat(day=DAY, rule="no-tea", hits=3)])
    strike = Strike(account="a@b", person=None, room="r@m", rule="no-tea", evidence="", expires_s=1e9)
    mute = Punish(kind=SanctionKind.MUTE, account="a@b", person=None, room=None, rule="no-tea", lasts_s=None)
    hold = Hold(account="a@b", person=None, room="r@m", rules=("no-tea", "x"), content="", evidence="", lasts_s=99.0)
    numbers = [(await enter(store, strike, mute)).imposed[0].sanction.number for _ in range(3)]
    held = (await enter(store, hold)).held
    assert held is not None
    ends = ((T0 + 1, Wrong.LAST), (T0 + 2, Wrong.NOTHING), (T0 - 2 * DAY_S, Wrong.LAST))
    for number, (at, wrong) in zip(numbers, ends, strict=True):
        await store.discipline.lift(number, by="mod@b", reason="", at=at, wrong=wrong)
    await store.holds.approve(held, by="mod@b", at=T0 + 3, lasts_s=9.0)
    assert [each.overruled for each in await store.rule_stats.read(DAY)] == [2]

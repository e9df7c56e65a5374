"""What is shown at /metrics is what was counted; nobody's name is in it."""

from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from prometheus_client.parser import text_string_to_metric_families

from component.journal import Journal
from component.meter import BOUNDS_S, SAMPLED
from component.metrics import make_app
from component.occupancy import Occupant
from component.watch import Watched
from config.settings import Metrics, Rule
from storage.errors import Unavailable
from tests.support.doorway import ROOM, SPEAKER, Doorway, open_doorway

Page = TestClient[web.Request, web.Application]
RULES = (
    Rule(name="no-tea", words=("tea",), strike=False),
    Rule(name="no-milk", words=("milk",), shadow=True),
    Rule(name="sugar", words=("sugar",), weight=1),
)


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Doorway]:
    async with open_doorway(tmp_path, *RULES, metrics=Metrics(listen="127.0.0.1:1")) as doorway:
        yield doorway


@pytest.fixture
async def page(door: Doorway) -> AsyncIterator[Page]:
    stream = SimpleNamespace(is_connected=lambda: True, losses=3)
    watched = Watched(world=door.world, stream=stream, tasks=door.tasks, journal=Journal(door.world.store))  # type: ignore[arg-type]
    async with TestClient(TestServer(make_app(watched))) as client:
        yield client


async def read(page: Page, accept: str = "") -> dict[tuple[str, ...], float]:
    """Every sample by name and labels' values."""
    async with page.get("/metrics", headers={"Accept": accept} if accept else {}) as answer:
        assert answer.status == 200
        text = await answer.text()
    assert "juliet" not in text
    assert "hall" not in text
    return {
        (sample.name, *(sample.labels[name] for name in sorted(sample.labels))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


async def test_checks_are_told_by_kind_and_outcome_and_rules_by_name(door: Doorway, page: Page) -> None:
    for body in ("hello", "tea", "milk", "sugar", "sugar and milk"):
        await door.say(body)
    told = await read(page)
    assert told["roomkeeper_checks_total", "post", "allowed"] == 4
    assert told["roomkeeper_checks_total", "post", "denied"] == 1
    assert told["roomkeeper_checks_total", "join", "allowed"] == 0
    assert told["roomkeeper_rule_hits_total", "no-tea"] == 1
    assert told["roomkeeper_rule_refused_total", "no-tea"] == 1
    assert told["roomkeeper_rule_hits_total", "sugar"] == 2
    assert told["roomkeeper_rule_refused_total", "sugar"] == 0
    assert told["roomkeeper_rule_shadow_hits_total", "no-milk"] == 2
    assert told["roomkeeper_rule_hits_total", "no-milk"] == 0


async def test_answers_times_are_told_apart_by_whether_storage_was_asked(door: Doorway, page: Page) -> None:
    for _ in range(5):
        await door.say("hello")
    told = await read(page)
    assert told["roomkeeper_answer_seconds_count", "storage"] == 1  # nobody was known yet
    assert told["roomkeeper_answer_seconds_count", "memory"] == 4
    below = [told["roomkeeper_answer_seconds_bucket", str(bound), "memory"] for bound in (*BOUNDS_S, "+Inf")]
    assert below == sorted(below)
    assert 0 < told["roomkeeper_answer_seconds_sum", "memory"] < told["roomkeeper_answer_seconds_sum", "storage"] < 5


async def test_one_answer_in_so_many_is_judged_once_more_with_a_clock(door: Doorway, page: Page) -> None:
    for _ in range(SAMPLED - 1):
        await door.say("hello")
    assert ("roomkeeper_rule_cost_seconds_count", "(search)") not in await read(page)
    await door.say("sugar")
    told = await read(page)
    for rule in ("(search)", "sugar", "message-rate"):
        assert told["roomkeeper_rule_cost_seconds_count", rule] == 1
        assert 0 < told["roomkeeper_rule_cost_seconds_sum", rule] < 1
    assert told["roomkeeper_rule_hits_total", "sugar"] == 1  # once for the stanza


async def test_a_fault_of_ours_is_no_denial(
    door: Doorway,
    page: Page,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def known(_jid: str) -> None:
        raise Unavailable("gone")

    monkeypatch.setattr(door.world.memory, "known", known)
    assert not await door.say("hello")
    told = await read(page)
    assert told["roomkeeper_checks_total", "post", "failed"] == 1
    assert told["roomkeeper_checks_total", "post", "denied"] == 0


async def test_the_state_of_every_part_is_told(door: Doorway, page: Page) -> None:
    await door.say("hello")
    await door.say("hello")
    occupancy = door.world.memory.occupancy
    for resource in ("balcony", "garden"):
        jid = f"{SPEAKER}/{resource}"
        occupancy.enter(ROOM, Occupant(jid=jid, nick=resource, role="participant", affiliation="none"))
    told = await read(page)
    assert (told["roomkeeper_occupied_rooms",], told["roomkeeper_occupants",]) == (1, 2)
    assert told["roomkeeper_present_accounts",] == 1
    assert told["roomkeeper_cache_entries", "accounts"] == 1
    assert told["roomkeeper_cache_limit", "accounts"] == door.world.settings.limits.cached_persons
    assert told["roomkeeper_cache_hits_total", "accounts"] == 1
    assert told["roomkeeper_cache_misses_total", "accounts"] >= 1
    assert told["roomkeeper_storage_writes_total",] >= told["roomkeeper_storage_commit_seconds_count",] > 0
    assert told["roomkeeper_storage_failures_total",] == 0
    assert told["roomkeeper_journal_entries",] == told["roomkeeper_journal_lost_total",] == 0
    assert told["roomkeeper_stream_up",] == 1
    assert told["roomkeeper_ready",] == 1
    door.world.meter.is_in_step = False  # a stream that was opened anew, no snapshot read on it yet
    assert (await read(page))["roomkeeper_ready",] == 0
    assert told["roomkeeper_stream_losses_total",] == 3
    assert told["roomkeeper_reloads_total", "done"] == 0
    assert told["process_resident_memory_bytes",] > 0


async def test_open_metrics_is_spoken_to_whoever_asks_for_it(page: Page) -> None:
    async with page.get("/metrics", headers={"Accept": "application/openmetrics-text; version=1.0.0"}) as answer:
        assert answer.headers["Content-Type"].startswith("application/openmetrics-text")
        assert (await answer.text()).endswith("# EOF\n")


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/", 404), ("POST", "/metrics", 405)])
async def test_nothing_else_is_answered(page: Page, method: str, path: str, status: int) -> None:
    async with page.request(method, path) as answer:
        assert answer.status == status


async def test_nobody_listens_unless_settings_say_where(door: Doorway) -> None:
    watched = Watched(world=door.world, stream=None, tasks=door.tasks, journal=Journal(door.world.store))  # type: ignore[arg-type]
    site = watched.site(door.world.settings)
    assert site is not None
    assert (site.key, site.address) == ("metrics.listen", "127.0.0.1:1")
    door.world.settle(metrics=Metrics())
    assert watched.site(door.world.settings) is None

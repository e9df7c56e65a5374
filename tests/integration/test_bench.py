"""The benchmark measures what it says on a real server."""

import asyncio

import pytest

from bench.load import BrokenRunError, Crowd
from bench.rounds import Plan, play
from bench.stage import ALLOW, BARE, DOMAIN, stage
from tests.support.prosody import Prosody


async def test_a_short_round_gives_figures_for_every_variant() -> None:
    variants = (BARE, ALLOW)
    plan = Plan(occupants=3, rounds=2, seconds=0.1, latencies=4, budget_s=5)
    async with stage(variants, plan.occupants, {}) as ready:
        series = await asyncio.to_thread(play, ready, variants, plan)
    assert set(series) == set(variants)
    for each in series.values():
        assert len(each.rates) == len(each.p50_ms) == plan.rounds
        assert min(each.rates) > 0
        assert 0 < each.p50_ms[0] <= each.p99_ms[0]


async def test_a_refusal_breaks_the_run_rather_than_spoil_the_figures() -> None:
    async with Prosody(hook=False) as prosody:
        crowd = Crowd(prosody.c2s_port, DOMAIN, ["user0"])
        crowd.connect()
        with pytest.raises(BrokenRunError, match="refused"):
            await asyncio.to_thread(crowd.join, "room@nowhere.localhost")
        crowd.close()

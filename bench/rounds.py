"""Plays the rounds: every variant once a round, in an order that turns, at each number of occupants."""

import random
import secrets
import statistics
import sys
from dataclasses import dataclass, field

from bench.figures import quantile
from bench.load import Crowd, Throughput
from bench.stage import BARE, DOMAIN, Stage, user


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How much is measured."""

    occupants: tuple[int, ...] = (2, 50, 200)
    rounds: int = 11
    seconds: float = 1.2
    warm_up_s: float = 0.2
    window: int = 50
    latencies: int = 200


@dataclass(slots=True, kw_only=True)
class Series:
    """What one variant gave at one number of occupants, round by round."""

    rates: list[float] = field(default_factory=list)
    p50_ms: list[float] = field(default_factory=list)
    p99_ms: list[float] = field(default_factory=list)
    loads: list[Throughput] = field(default_factory=list)

    def cost_us(self, name: str) -> float:
        """Return CPU time a message, over all rounds: of `server`, `component` or `own`."""
        return sum(getattr(load, f"{name}_cpu_s") for load in self.loads) / sum(each.messages for each in self.loads) * 1e6


def play(stage: Stage, variants: tuple[str, ...], plan: Plan, occupants: int) -> dict[str, Series]:
    """Measure all the variants with this many occupants in each room. Blocking."""
    crowd = Crowd(stage.prosody.c2s_port, DOMAIN, [user(number) for number in range(occupants)])
    try:
        crowd.connect()
        rooms = {variant: f"bench-{secrets.token_hex(4)}@{stage.services[variant]}" for variant in variants}
        for room in rooms.values():
            crowd.join(room)
        series = {variant: Series() for variant in variants}
        pick = random.Random(occupants)
        for number in range(plan.rounds):
            turn = number % len(variants)
            order = variants[turn:] + variants[:turn]
            for variant in order if number // len(variants) % 2 == 0 else order[::-1]:
                _measure(crowd, rooms[variant], stage, variant, plan, series[variant], pick)
            rates = ", ".join(f"{variant} {series[variant].rates[-1]:.0f}/s" for variant in variants)
            print(f"  {occupants} occupants, round {number + 1} of {plan.rounds}: {rates}", file=sys.stderr, flush=True)
        return series
    finally:
        crowd.close()


def _measure(
    crowd: Crowd, room: str, stage: Stage, variant: str, plan: Plan, series: Series, pick: random.Random
) -> None:
    component = None if variant == BARE else stage.pids[variant]
    load = crowd.throughput(
        room,
        window=plan.window,
        warm_up_s=plan.warm_up_s,
        seconds=plan.seconds,
        server=stage.prosody.pid,
        component=component,
    )
    series.loads.append(load)
    series.rates.append(load.rate)
    found = [each * 1000 for each in crowd.latencies(room, plan.latencies, pick)]
    series.p50_ms.append(statistics.median(found))
    series.p99_ms.append(quantile(found, 0.99))

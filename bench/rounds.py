"""Plays the rounds: every variant once a round, in an order that turns, at each number of occupants."""

import random
import secrets
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bench.figures import quantile
from bench.load import Crowd, Throughput
from bench.stage import BARE, DOMAIN, Stage, user

_LEAST_ROUNDS = 3
_QUIET = 0.15  # cores others may use


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How much is measured at one number of occupants; the budget ends it early on a slow machine."""

    occupants: int
    rounds: int
    seconds: float
    latencies: int
    budget_s: float
    window: int = 50


@dataclass(slots=True, kw_only=True)
class Series:
    """What one variant gave at one number of occupants, round by round."""

    rates: list[float] = field(default_factory=list)
    p50_ms: list[float] = field(default_factory=list)
    p99_ms: list[float] = field(default_factory=list)
    loads: list[Throughput] = field(default_factory=list)

    def keep(self, rounds: Sequence[int]) -> None:
        """Forget all other rounds."""
        for each in (self.rates, self.p50_ms, self.p99_ms):
            each[:] = [each[number] for number in rounds]
        self.loads[:] = [self.loads[number] for number in rounds]

    def add(self, load: Throughput, latencies_s: Sequence[float]) -> None:
        """Take up one round."""
        self.loads.append(load)
        self.rates.append(load.rate)
        self.p50_ms.append(quantile(latencies_s, 0.5) * 1000)
        self.p99_ms.append(quantile(latencies_s, 0.99) * 1000)

    def cost_us(self, whose: str) -> float:
        """Return CPU time a message, over all rounds: of `server`, `component` or `own` (the load generator's)."""
        spent: list[float] = [getattr(load, f"{whose}_cpu_s") for load in self.loads]
        return sum(spent) / sum(load.messages for load in self.loads) * 1e6


def play(stage: Stage, variants: tuple[str, ...], plan: Plan) -> dict[str, Series]:
    """Measure all the variants with this many occupants in each room. Blocking."""
    crowd = Crowd(stage.prosody.c2s_port, DOMAIN, [user(number) for number in range(plan.occupants)])
    begin = time.monotonic()
    try:
        crowd.connect()
        rooms = {variant: f"bench-{secrets.token_hex(4)}@{stage.services[variant]}" for variant in variants}
        for room in rooms.values():
            crowd.join(room)
        series = {variant: Series() for variant in variants}
        pick = random.Random(plan.occupants)
        for number, order in enumerate(_orders(variants, plan.rounds), 1):
            for variant in order:
                component = None if variant == BARE else stage.pids[variant]
                room, server = rooms[variant], stage.prosody.pid
                load = crowd.throughput(
                    room, window=plan.window, seconds=plan.seconds, server=server, component=component
                )
                series[variant].add(load, crowd.latencies(room, plan.latencies, pick))
            rates = ", ".join(f"{variant} {series[variant].rates[-1]:.0f}/s" for variant in variants)
            spent = time.monotonic() - begin
            _say(f"{plan.occupants} occupants, round {number} of {plan.rounds}: {rates} ({spent:.0f} s)")
            if number >= _LEAST_ROUNDS and spent + spent / number > plan.budget_s:
                break
        quiet = _quietest(list(series.values()))
        for each in series.values():
            each.keep(quiet)
        return series
    finally:
        crowd.close()


def _orders(variants: tuple[str, ...], rounds: int) -> Iterator[tuple[str, ...]]:
    """Turn who comes first, and the direction, so that nobody always has the better moment."""
    for number in range(rounds):
        turn = number // 2 % len(variants)
        order = variants[turn:] + variants[:turn]
        yield order if number % 2 == 0 else order[::-1]


def _quietest(series: Sequence[Series]) -> list[int]:
    """Choose the rounds in which others left us the machine, by their use of it alone, never by what was measured."""
    foreign = [max(load.foreign for load in loads) for loads in zip(*(each.loads for each in series), strict=True)]
    by_noise = sorted(range(len(foreign)), key=foreign.__getitem__)
    return sorted(number for place, number in enumerate(by_noise) if place < _LEAST_ROUNDS or foreign[number] < _QUIET)


def _say(what: str) -> None:
    print(f"  {what}", file=sys.stderr, flush=True)

"""Writes what was measured: a table for people, JSON for machines."""

import json
import os
import platform
from collections.abc import Mapping
from pathlib import Path

from bench.figures import Spread, differences, ratios
from bench.rounds import Series
from bench.stage import BARE, ROOMKEEPER

Results = Mapping[int, Mapping[str, Series]]

TARGETS = {"throughput": {50: 0.9, 200: 0.97}, "latency_ms": 1.0, "component_us": 100.0, "memory_mb": 150.0}
_HEAD = (
    "| occupants | hook asks | messages/s, ratio to bare | bare messages/s | added latency p50, ms | p50, ms (bare) "
    "| p99, ms (bare) | component CPU a check, µs | server CPU a message, ratio |"
)


def table(results: Results) -> str:
    """Return the Markdown table: medians over the rounds, with the smallest and the largest in brackets."""
    lines = [_HEAD, "|" + "---|" * (_HEAD.count("|") - 1)]
    for occupants, by_variant in results.items():
        bare = by_variant[BARE]
        for variant, series in by_variant.items():
            if variant == BARE:
                continue
            cells = (
                str(occupants),
                variant,
                ratios(series.rates, bare.rates).show(),
                Spread.of(bare.rates).show(0),
                differences(series.p50_ms, bare.p50_ms).show(),
                f"{Spread.of(series.p50_ms).median:.2f} ({Spread.of(bare.p50_ms).median:.2f})",
                f"{Spread.of(series.p99_ms).median:.2f} ({Spread.of(bare.p99_ms).median:.2f})",
                f"{series.cost_us('component'):.0f}",
                f"{series.cost_us('server') / bare.cost_us('server'):.2f}",
            )
            lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def missed(results: Results, memory_mb: float | None) -> list[str]:
    """Return what falls short of what the project promises."""
    found = []
    for occupants, by_variant in results.items():
        if ROOMKEEPER not in by_variant:
            continue
        series, bare = by_variant[ROOMKEEPER], by_variant[BARE]
        ratio, wanted = ratios(series.rates, bare.rates).median, TARGETS["throughput"].get(occupants)
        if wanted is not None and ratio < wanted:
            found.append(f"throughput at {occupants} occupants: {ratio:.2f} of the bare server, at least {wanted} wanted")
        added = differences(series.p50_ms, bare.p50_ms).median
        if added > TARGETS["latency_ms"]:
            found.append(f"latency at {occupants} occupants: {added:.2f} ms added, at most {TARGETS['latency_ms']} wanted")
        cost = series.cost_us("component")
        if cost > TARGETS["component_us"]:
            found.append(f"component CPU at {occupants} occupants: {cost:.0f} µs a check, at most 100 wanted")
    if memory_mb is not None and memory_mb > TARGETS["memory_mb"]:
        found.append(f"component memory: {memory_mb:.0f} MB, at most {TARGETS['memory_mb']:.0f} wanted")
    return found

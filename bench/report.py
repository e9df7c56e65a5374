"""Writes what was measured: a table and the rest in words for people, every round in JSON for machines."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.figures import Spread, differences, ratios
from bench.memory import Memory
from bench.rounds import Series
from bench.stage import ALLOW, BARE, ROOMKEEPER

THROUGHPUT = {50: 0.9, 200: 0.97}
LATENCY_MS = 1.0
CHECK_US = 100.0
MEMORY_MB = 150.0
_NOISE = 0.3  # cores; more, and the figures are not to be believed

_NAMES = {ALLOW: "hook, allow-all", ROOMKEEPER: "hook, Roomkeeper"}
_HEAD = (
    "occupants",
    "variant",
    "messages/s ÷ bare",
    "bare messages/s",
    "added p50, ms",
    "p50, ms (bare)",
    "p99, ms (bare)",
    "server CPU a message ÷ bare",
    "component CPU a check, µs",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All that one run found; `machine` says where."""

    machine: Mapping[str, str]
    loads: Mapping[int, Mapping[str, Series]]
    memory: Memory | None

    def table(self) -> str:
        """Return the table in Markdown: medians over the rounds, the smallest and the largest in brackets."""
        rows = [_HEAD, ("---",) * len(_HEAD)]
        for occupants, by_variant in self.loads.items():
            bare = by_variant[BARE]
            rows += [_row(occupants, name, by_variant[name], bare) for name in _NAMES if name in by_variant]
        return "\n".join("| " + " | ".join(row) + " |" for row in rows)

    def text(self) -> str:
        """Return everything, for people."""
        parts = [", ".join(f"{name} {value}" for name, value in self.machine.items()), self.table()]
        if self.memory is not None:
            memory = self.memory
            parts.append(
                f"Component memory with {memory.persons:,} persons in {memory.rooms:,} rooms: {memory.resident:.0f} MB "
                f"resident ({memory.proportional:.0f} MB proportional, {memory.peak:.0f} MB at its highest)."
            )
        noise = max(
            (load.foreign for name in self.loads.values() for each in name.values() for load in each.loads), default=0
        )
        if noise > _NOISE:
            parts.append(f"The machine was busy: others used up to {noise:.1f} of its cores. Measure again.")
        missed = self.missed()
        parts.append("\n".join(f"- {each}" for each in missed) if missed else "Every target is reached.")
        return "\n\n".join(parts) + "\n"

    def missed(self) -> list[str]:
        """Return what falls short of the targets."""
        found = []
        for occupants, by_variant in self.loads.items():
            if ROOMKEEPER not in by_variant:
                continue
            series, bare = by_variant[ROOMKEEPER], by_variant[BARE]
            ratio, wanted = ratios(series.rates, bare.rates).median, THROUGHPUT.get(occupants, 0)
            if ratio < wanted:
                found.append(f"{occupants} occupants: {ratio:.2f} of the bare server's throughput, {wanted} wanted")
            added = differences(series.p50_ms, bare.p50_ms).median
            if added > LATENCY_MS:
                found.append(f"{occupants} occupants: {added:.2f} ms added, {LATENCY_MS} at most wanted")
            cost = series.cost_us("component")
            if cost > CHECK_US:
                found.append(f"{occupants} occupants: {cost:.0f} µs of component CPU a check, {CHECK_US:.0f} wanted")
        if self.memory is not None and self.memory.resident > MEMORY_MB:
            found.append(f"component memory {self.memory.resident:.0f} MB, {MEMORY_MB:.0f} wanted")
        return found

    def write(self, folder: Path, name: str) -> Path:
        """Write `name`.md and `name`.json."""
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{name}.md"
        path.write_text(self.text())
        (folder / f"{name}.json").write_text(json.dumps(self._plain(), indent=1) + "\n")
        return path

    def _plain(self) -> dict[str, object]:
        return {
            "machine": dict(self.machine),
            "loads": {
                occupants: {name: asdict(series) for name, series in by_variant.items()}
                for occupants, by_variant in self.loads.items()
            },
            "memory": None if self.memory is None else asdict(self.memory),
            "missed": self.missed(),
        }


def _row(occupants: int, name: str, series: Series, bare: Series) -> tuple[str, ...]:
    return (
        str(occupants),
        _NAMES[name],
        ratios(series.rates, bare.rates).show(),
        Spread.of(bare.rates).show(0),
        differences(series.p50_ms, bare.p50_ms).show(),
        f"{Spread.of(series.p50_ms).median:.2f} ({Spread.of(bare.p50_ms).median:.2f})",
        f"{Spread.of(series.p99_ms).median:.2f} ({Spread.of(bare.p99_ms).median:.2f})",
        f"{series.cost_us('server') / bare.cost_us('server'):.2f}",
        f"{series.cost_us('component'):.0f}",
    )

"""The benchmark's report says what was measured and what falls short."""

import json
from pathlib import Path

import pytest

from bench.load import Throughput
from bench.memory import Memory
from bench.report import Report
from bench.rounds import Series
from bench.stage import BARE, ROOMKEEPER


def series(rate: float, latency_s: float, component_s: float = 0.0, noise: float = 0.0) -> Series:
    found = Series()
    for change in (0.9, 1.0, 1.1):
        load = Throughput(
            rate * change,
            1.0,
            server_cpu_s=0.5,
            component_cpu_s=component_s,
            own_cpu_s=0.1,
            machine_cpu_s=0.6 + component_s + noise,
        )
        found.add(load, [latency_s] * 10)
    return found


def report(hooked: Series, resident: float = 100) -> Report:
    memory = Memory(persons=10_000, rooms=1_000, empty=80, resident=resident, proportional=90, peak=resident)
    return Report(machine={"cores": "2"}, loads={50: {BARE: series(1000, 0.001), ROOMKEEPER: hooked}}, memory=memory)


def test_medians_stand_in_the_table_with_their_range() -> None:
    row = report(series(950, 0.0015, 0.0475)).table().splitlines()[-1]
    assert row == (
        "| 50 | hook, Roomkeeper | 0.95 (0.95–0.95) | 1000 (900–1100) | 0.50 (0.50–0.50) | 1.50 (1.00) "
        "| 1.50 (1.00) | 1.05 | 50 |"
    )


def test_what_reaches_every_target_is_said_to() -> None:
    assert "Every target is reached." in report(series(950, 0.0015, 0.0475)).text()


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (report(series(890, 0.001)), "0.89 of the bare server's throughput"),
        (report(series(1000, 0.0021)), "1.10 ms added"),
        (report(series(1000, 0.001, 0.12)), "120 µs of component CPU a check"),
        (report(series(1000, 0.001), resident=151), "component memory 151 MB"),
    ],
)
def test_a_missed_target_is_said(found: Report, said: str) -> None:
    (missed,) = found.missed()
    assert said in missed
    assert f"- {missed}" in found.text()


def test_results_are_written_for_people_and_machines(tmp_path: Path) -> None:
    path = report(series(950, 0.0015)).write(tmp_path / "new", "results")
    assert path.read_text().startswith("cores 2\n")
    written = json.loads(path.with_suffix(".json").read_text())
    assert written["loads"]["50"][ROOMKEEPER]["rates"] == pytest.approx([855, 950, 1045])
    assert written["memory"]["persons"] == 10_000


def test_a_busy_machine_is_said() -> None:
    assert "others used up to 0.8 of its cores" in report(series(950, 0.001, 0.05, noise=0.8)).text()
    assert "busy" not in report(series(950, 0.001, 0.05, noise=0.2)).text()

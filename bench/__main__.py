"""`python -m bench`: measure, print the table, write it to bench/results/."""

import argparse
import asyncio
import datetime as dt
import os
import platform
import re
import sys
from pathlib import Path

from bench import adoption, joins, looks, memory, moderation
from bench.load import BrokenRunError
from bench.report import Report
from bench.rounds import Plan, Series, play
from bench.stage import ALLOW, BARE, ROOMKEEPER, stage
from tests.support.prosody import CHECKOUT, find

FULL = (
    Plan(occupants=2, rounds=11, seconds=1.0, latencies=300, budget_s=45),
    Plan(occupants=50, rounds=11, seconds=1.2, latencies=196, budget_s=80),
    Plan(occupants=200, rounds=9, seconds=2.5, latencies=199, budget_s=130),
)
QUICK = (
    Plan(occupants=2, rounds=3, seconds=0.4, latencies=100, budget_s=6),
    Plan(occupants=50, rounds=3, seconds=0.6, latencies=98, budget_s=12),
    Plan(occupants=200, rounds=3, seconds=1.2, latencies=50, budget_s=24),
)


def main() -> int:
    """Return the exit status: 1 when a target was missed or no figure could be had."""
    if sys.argv[1:] == ["moderation"]:
        moderation.main()
        return 0
    if sys.argv[1:] in (["joins"], ["joins", "postgresql"]):
        return 0 if joins.main(sys.argv[2:]) else 1
    if sys.argv[1:] == ["adoption"]:
        return 0 if adoption.main() else 1
    if sys.argv[1:] == ["looks"]:
        return 0 if looks.main() else 1
    arguments = _parser().parse_args()
    if find() is None:
        print(
            "Prosody is not installed: apt install prosody, or name its program in ROOMKEEPER_PROSODY", file=sys.stderr
        )
        return 1
    try:
        report = asyncio.run(_run(arguments))
    except (BrokenRunError, TimeoutError, ConnectionError) as error:
        print(f"no figures: {error}", file=sys.stderr)
        return 1
    print(report.text())
    path = report.write(arguments.output, "quick" if arguments.quick else "results")
    print(f"written to {path} and {path.with_suffix('.json').name}", file=sys.stderr)
    return 1 if arguments.strict and report.missed() else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description="Compares a private Prosody without the hook, with the hook and a component that allows "
        "everything, and with the hook and Roomkeeper: throughput, latency, CPU and memory. About five minutes.",
        epilog="python -m bench moderation: what judging a text costs, beside other engines. About a minute. "
        "python -m bench joins: what a join costs with a thousand memberships and with a million. About two minutes. "
        "python -m bench adoption: taking over 10,000 rooms that were there first. About a minute. "
        "python -m bench looks: finding 10,000 persons whom nobody has looked up yet. Half a minute.",
    )
    parser.add_argument("--quick", action="store_true", help="less of everything: under a minute, rough figures")
    parser.add_argument("--occupants", type=int, nargs="+", choices=(2, 50, 200), help="only these")
    parser.add_argument("--no-memory", action="store_true", help="leave the component's memory out")
    parser.add_argument(
        "--gc",
        choices=("generational", "incremental"),
        default="generational",
        help="Lua's garbage collector: as `roomkeeper init` sets it, or as Prosody does by itself",
    )
    parser.add_argument("--strict", action="store_true", help="exit with 1 when a target is missed")
    parser.add_argument("--output", type=Path, default=CHECKOUT / "bench" / "results", metavar="FOLDER")
    return parser


async def _run(arguments: argparse.Namespace) -> Report:
    variants = (BARE, ROOMKEEPER) if arguments.quick else (BARE, ALLOW, ROOMKEEPER)
    plans = [
        each
        for each in (QUICK if arguments.quick else FULL)
        if each.occupants in (arguments.occupants or [each.occupants])
    ]
    options: dict[str, object] = {"gc": {"mode": arguments.gc}}
    loads: dict[int, dict[str, Series]] = {}
    async with stage(variants, max((plan.occupants for plan in plans), default=0), options) as ready:
        for plan in plans:
            loads[plan.occupants] = await asyncio.to_thread(play, ready, variants, plan)
        machine = _machine(ready.prosody.log, arguments.gc)
    measured = None
    if not arguments.no_memory:
        measured = await (memory.measure(1_000, 100) if arguments.quick else memory.measure())
    return Report(machine=machine, loads=loads, memory=measured)


def _machine(log: str, gc: str) -> dict[str, str]:
    version = re.search(r"Prosody version (\S+)", log)
    processor = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    return {
        "date": dt.datetime.now(dt.UTC).strftime("%Y-%m-%d"),
        "cores": str(os.cpu_count()),
        "processor": processor[1] if processor else platform.machine(),
        "Python": platform.python_version(),
        "Prosody": version[1] if version else "of unknown version",
        "gc": gc,
    }


if __name__ == "__main__":
    sys.exit(main())

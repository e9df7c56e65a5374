"""What judging a message costs: 100,000 words and 500 expressions, by Roomkeeper and by engines it might use.

`python -m bench.moderation`: every figure from one run on one machine; ratios are taken round by round.
"""

import importlib
import json
import os
import platform
import random
import re
import statistics
import time
from collections.abc import Callable, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any

from bench.figures import Spread, ratios
from bench.hostile import hostile_ms
from bench.recent import recent_us
from config.settings import Rule
from policy.scan import Scanner

RESULTS = Path(__file__).parent / "results"
FEW, MANY, PATTERNS, CHARS = 1_000, 100_000, 500, 100
ROUNDS, PASSES = 9, 300
TARGETS = {"median_us": 60.0, "ratio": 1.3, "ready_s": 10.0, "memory_mb": 200.0, "hostile_ms": 5.0, "recent_us": 30.0}


def main() -> None:
    """Measure, print, write."""
    chance = random.Random(7)
    few, many = make_words(chance, FEW), make_words(chance, MANY)
    patterns = make_patterns(chance)
    texts = [make_text(chance) for _ in range(PASSES)]
    before = memory_mb()
    begin = time.perf_counter()
    large = make_scanner(many, patterns)
    ready = {"mixed": time.perf_counter() - begin}
    grown = memory_mb() - before
    ready |= ready_s(chance)
    small = make_scanner(few, patterns)
    costs = measure({"few": small.scan, "many": large.scan}, texts)
    hostile = hostile_ms(large.scan, patterns, chance)
    figures: dict[str, Any] = {
        "median_us": Spread.of(costs["many"]).median,
        "ratio": ratios(costs["many"], costs["few"]).median,
        "ready_s": max(ready.values()),
        "memory_mb": grown,
        "hostile_ms": max(hostile.values()),
        "recent_us": recent_us(texts),
    }
    engines = compare(many, few, patterns, texts)
    lines = [
        "| figure | measured | wanted, at most |",
        "|---|---|---|",
        *(f"| {name} | {value:.2f} | {TARGETS[name]:g} |" for name, value in figures.items()),
        "",
        "| engine | ready, s | µs a message | ratio to Roomkeeper's |",
        "|---|---|---|---|",
        *engine_lines(engines, Spread.of(costs["many"]).median),
    ]
    table = "\n".join(lines)
    print(table)
    RESULTS.mkdir(exist_ok=True)
    machine = f"Python {platform.python_version()}, {platform.machine()}, one core of {os.cpu_count()}"
    (RESULTS / "moderation.md").write_text(f"# Moderation\n\n{machine}\n\n{table}\n", "utf-8")
    shown = {ascii(text): cost for text, cost in hostile.items()}
    data = {"figures": figures, "targets": TARGETS, "hostile_ms": shown, "ready_s": ready, "engines": engines}
    (RESULTS / "moderation.json").write_text(json.dumps(data, indent=2) + "\n", "utf-8")


def make_word(chance: random.Random) -> str:
    """Return a word in Latin letters or in ideographs."""
    if chance.random() < 0.6:
        return "".join(chance.choices("etaoinshrdlucmfwypvb", k=chance.randint(5, 12)))
    return "".join(chr(chance.randint(0x4E00, 0x6000)) for _ in range(chance.randint(2, 5)))


def make_words(chance: random.Random, count: int) -> tuple[str, ...]:
    """Return so many words, all different."""
    found: set[str] = set()
    while len(found) < count:
        found.add(make_word(chance))
    return tuple(sorted(found))


def make_patterns(chance: random.Random) -> tuple[str, ...]:
    """Return expressions as operators write them."""
    forms = (r"\b%s\s+%s\b", r"%s\d{2,6}%s", r"https?://%s\.[a-z]+/%s", r"(?:%s|%s)\s*\d+", r"%s.{0,20}%s")
    return tuple(chance.choice(forms) % (make_word(chance), make_word(chance)) for _ in range(PATTERNS))


def make_text(chance: random.Random) -> str:
    """Return a message of 100 characters: three of four in Latin letters, the others in ideographs."""
    if chance.random() < 0.75:
        return " ".join(chance.choice(("the", "you", "tomorrow", make_word(chance))) for _ in range(40))[:CHARS]
    return "".join(chr(chance.randint(0x4E00, 0x6000)) for _ in range(CHARS))


def make_scanner(words: tuple[str, ...], patterns: tuple[str, ...]) -> Scanner:
    """Return a set as Roomkeeper would make it ready."""
    return Scanner([Rule(name="words", words=words), Rule(name="patterns", patterns=patterns)], {})


def measure(judges: dict[str, Callable[[str], object]], texts: Sequence[str]) -> dict[str, list[float]]:
    """Return the median cost of a message in µs, by judge and round; judges take turns."""
    costs: dict[str, list[float]] = {name: [] for name in judges}
    for _ in range(ROUNDS):
        for name, judge in judges.items():
            spent = []
            for text in texts:
                begin = time.perf_counter_ns()
                judge(text)
                spent.append(time.perf_counter_ns() - begin)
            costs[name].append(statistics.median(spent) / 1000)
    return costs


def ready_s(chance: random.Random) -> dict[str, float]:
    """Return what as many words of one alphabet cost until they are ready, in processor time, by the alphabet."""
    found: dict[str, float] = {}
    alphabets = (("latin", 0x61, 0x7A, 12), ("cyrillic", 0x430, 0x44F, 12), ("han", 0x4E00, 0x6000, 5))
    for name, first, last, most in alphabets:
        words: set[str] = set()
        while len(words) < MANY:
            words.add("".join(chr(chance.randint(first, last)) for _ in range(chance.randint(3, most))))
        rule = Rule(name="words", words=tuple(words))
        begin = time.thread_time()
        Scanner([rule], {})
        found[name] = time.thread_time() - begin
    return found


def memory_mb() -> float:
    """Return what the process holds of the machine's memory now."""
    pages = int(Path("/proc/self/statm").read_text("utf-8").split()[1])
    return pages * 4096 / 1e6


def compare(
    many: Sequence[str], few: Sequence[str], patterns: Sequence[str], texts: Sequence[str]
) -> dict[str, dict[str, float | str]]:
    """Return what each engine takes to be ready and for a message; why, where it cannot be measured."""
    makers: dict[str, Callable[[], Callable[[str], object]]] = {
        f"re, {FEW} words": lambda: re.compile("|".join(map(re.escape, few))).search,
        f"RE2 as one, {FEW} words": lambda: _re2_as_one(few),
        f"RE2 Set, {FEW} words": lambda: _re2_set(few),
        f"RE2 Set, {MANY} words": lambda: _re2_set(many),
        f"pyahocorasick, {MANY} words": lambda: _pyahocorasick(many),
        f"ahocorasick_rs, {MANY} words": lambda: _ahocorasick_rs(many),
        f"hyperscan, {MANY} words": lambda: _hyperscan([re.escape(word) for word in many]),
        f"re, {PATTERNS} expressions": lambda: re.compile("|".join(f"(?:{each})" for each in patterns)).search,
        f"RE2 as one, {PATTERNS} expressions": lambda: _re2_as_one(patterns),
        f"RE2 Set, {PATTERNS} expressions": lambda: _re2_set(patterns),
        f"hyperscan, {PATTERNS} expressions": lambda: _hyperscan(patterns),
    }
    found: dict[str, dict[str, float | str]] = {}
    for name, make in makers.items():
        begin = time.perf_counter()
        try:
            judge = make()
        except Exception as error:  # noqa: BLE001 - an engine that refuses is a result
            found[name] = {"refused": f"{type(error).__name__}: {error}"[:80]}
            continue
        ready = time.perf_counter() - begin
        spent = []
        limit = time.perf_counter() + 3
        for text, _ in zip(cycle(texts), range(3 * PASSES), strict=False):
            start = time.perf_counter_ns()
            judge(text)
            spent.append(time.perf_counter_ns() - start)
            if time.perf_counter() > limit:
                break
        found[name] = {"ready_s": ready, "us": statistics.median(spent) / 1000}
    return found


def engine_lines(engines: dict[str, dict[str, float | str]], ours_us: float) -> list[str]:
    """Return a line of the table for each engine."""
    return [
        f"| {name} | {each['refused']} | | |"
        if "refused" in each
        else f"| {name} | {float(each['ready_s']):.2f} | {float(each['us']):.1f} | {float(each['us']) / ours_us:.2f} |"
        for name, each in engines.items()
    ]


def _re2_as_one(patterns: Sequence[str]) -> Callable[[str], object]:
    re2: Any = importlib.import_module("re2")
    search: Callable[[str], object] = re2.compile("|".join(f"(?:{each})" for each in patterns)).search
    return search


def _re2_set(patterns: Sequence[str]) -> Callable[[str], object]:
    re2: Any = importlib.import_module("re2")
    together = re2.Set.SearchSet()
    for each in patterns:
        together.Add(each)
    together.Compile()
    match: Callable[[str], object] = together.Match
    return match


def _pyahocorasick(words: Sequence[str]) -> Callable[[str], object]:
    automaton: Any = importlib.import_module("ahocorasick").Automaton()
    for number, word in enumerate(words):
        automaton.add_word(word, number)
    automaton.make_automaton()
    return lambda text: list(automaton.iter(text))


def _ahocorasick_rs(words: Sequence[str]) -> Callable[[str], object]:
    automaton: Any = importlib.import_module("ahocorasick_rs").AhoCorasick(words)
    return lambda text: automaton.find_matches_as_indexes(text, overlapping=True)


def _hyperscan(patterns: Sequence[str]) -> Callable[[str], object]:
    hyperscan: Any = importlib.import_module("hyperscan")
    base = hyperscan.Database()
    flags = hyperscan.HS_FLAG_UTF8 | hyperscan.HS_FLAG_SINGLEMATCH
    base.compile(
        expressions=[each.encode() for each in patterns],
        ids=list(range(len(patterns))),
        elements=len(patterns),
        flags=[flags] * len(patterns),
    )

    def search(text: str) -> None:
        base.scan(text.encode(), match_event_handler=lambda *_: None)

    return search


if __name__ == "__main__":
    main()

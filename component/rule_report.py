"""`roomkeeper rules stats`: what each rule did by storage's counts, as a table or as JSON."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum

from config.settings import Settings
from policy.engine import Policy
from policy.examine import SEARCH
from storage.rule_stats import DAY_S, RuleRecord

_RIPE_DAYS = 7
"""A shadow that has hit for so long has seen a week's every day."""

_MANY_OVERRULED = 3
_HIGH_RATE = 0.1
_COLUMNS = ("rule", "", "hits", "refused", "shadow", "overruled", "false", "µs", "share", "last hit")
_FIGURES = range(2, 9)
"""Columns that end in one line."""


class State(Enum):
    """What a rule is in the settings of today."""

    LIVE = "live"
    SHADOW = "shadow"
    THRESHOLD = "threshold"
    BUILT_IN = "built in"
    GONE = "gone"  # not in them any more
    SHARED = "shared"  # no rule: the search for all rules' words and patterns


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One rule over the days of a report."""

    rule: str
    state: State
    hits: int = 0
    refused: int = 0
    shadow_hits: int = 0
    overruled: int = 0
    false_rate: float | None = None  # of what was refused, the part that a moderator took back
    faults: int = 0
    cost_us: float | None = None  # mean, each time it is asked
    cost_share: float | None = None  # of all the time that judging took
    last_hit_at: float | None = None
    shadow_since: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Some days, today the last of them."""

    first_day: date
    last_day: date
    lines: tuple[Line, ...]  # those that did most first
    notes: tuple[str, ...]


def first_day(now: float, days: int) -> int:
    """The day, counted from 1970, with which a report of so many days begins."""
    return int(now // DAY_S) - days + 1


def make_report(records: Iterable[RuleRecord], settings: Settings, policy: Policy, *, now: float, days: int) -> Report:
    """Put counts and today's settings together."""
    found = {record.rule: record for record in records}
    states = _states(settings, policy, found)
    total_s = sum(record.cost_s for record in found.values())
    lines = [_line(rule, state, found.get(rule), total_s) for rule, state in states.items()]
    lines.sort(key=lambda line: (-line.refused, -line.hits, -line.shadow_hits, -(line.cost_share or 0), line.rule))
    today = int(now // DAY_S)
    return Report(
        first_day=_date(first_day(now, days)),
        last_day=_date(today),
        lines=tuple(lines),
        notes=tuple(_notes(lines, today, days)),
    )


def show(report: Report) -> list[str]:
    """The report as lines of text. Rules of the program itself stand in it when they refused something."""
    shown = [line for line in report.lines if line.state is not State.BUILT_IN or line.hits]
    rows = [_COLUMNS, *(_row(line) for line in shown)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        f"{report.first_day} to {report.last_day} (UTC)",
        "",
        *(
            "  ".join(
                _padded(cell, width, at) for at, (cell, width) in enumerate(zip(row, widths, strict=True))
            ).rstrip()
            for row in rows
        ),
        "",
        *report.notes,
    ]


def as_json(report: Report) -> dict[str, object]:
    """The report for machines: every line, times as Unix seconds."""
    return {
        "from": report.first_day.isoformat(),
        "to": report.last_day.isoformat(),
        "rules": [
            {**asdict(line), "state": line.state.value, "shadow_since": _day_or_none(line.shadow_since)}
            for line in report.lines
        ],
        "notes": list(report.notes),
    }


def _states(settings: Settings, policy: Policy, found: Iterable[str]) -> dict[str, State]:
    states = {rule.name: State.BUILT_IN for rules in policy.by_kind.values() for rule in rules if rule.pieces is None}
    states |= {threshold.name: State.THRESHOLD for threshold in settings.moderation.thresholds}
    states |= {rule.name: State.SHADOW if rule.shadow else State.LIVE for rule in settings.rules}
    for rule in found:
        states.setdefault(rule, State.SHARED if rule == SEARCH else State.GONE)
    return states


def _line(rule: str, state: State, record: RuleRecord | None, total_s: float) -> Line:
    if record is None:
        return Line(rule=rule, state=state)
    return Line(
        rule=rule,
        state=state,
        hits=record.hits,
        refused=record.refused,
        shadow_hits=record.shadow_hits,
        overruled=record.overruled,
        false_rate=min(1.0, record.overruled / record.refused) if record.refused else None,
        faults=record.faults,
        cost_us=record.cost_s / record.samples * 1e6 if record.samples else None,
        cost_share=record.cost_s / total_s if record.samples and total_s else None,
        last_hit_at=record.last_hit_at,
        shadow_since=record.shadow_since,
    )


def _notes(lines: Sequence[Line], today: int, days: int) -> Iterable[str]:
    for line in lines:
        if line.faults:
            yield f"{line.rule} failed {line.faults} times instead of answering: the log says why"
        if line.overruled >= _MANY_OVERRULED and (line.false_rate or 0) >= _HIGH_RATE:
            yield f"{line.rule}: moderators took back {line.overruled} of {line.refused}; mend it, or make it a shadow"
        if line.state is State.SHADOW and line.shadow_since is not None and today - line.shadow_since >= _RIPE_DAYS:
            yield (
                f"{line.rule} has been a shadow for {today - line.shadow_since} days and hit {line.shadow_hits} times: "
                "look at those in the audit, then promote it or drop it"
            )
    idle = sorted(
        line.rule
        for line in lines
        if line.state in {State.LIVE, State.SHADOW} and not line.hits and not line.shadow_hits
    )
    if idle:
        yield f"no hit in {days} days: {', '.join(idle)}"


def _row(line: Line) -> tuple[str, ...]:
    return (
        line.rule,
        "" if line.state is State.LIVE else line.state.value,
        *map(_number, (line.hits, line.refused, line.shadow_hits, line.overruled)),
        "" if line.false_rate is None else f"{line.false_rate:.0%}",
        "" if line.cost_us is None else f"{line.cost_us:.1f}",
        "" if line.cost_share is None else f"{line.cost_share:.0%}",
        "" if line.last_hit_at is None else f"{datetime.fromtimestamp(line.last_hit_at, UTC):%Y-%m-%d %H:%M}",
    )


def _number(count: int) -> str:
    return str(count) if count else "-"


def _padded(cell: str, width: int, column: int) -> str:
    return cell.rjust(width) if column in _FIGURES else cell.ljust(width)


def _date(day: int) -> date:
    return date(1970, 1, 1) + timedelta(days=day)


def _day_or_none(day: int | None) -> str | None:
    return None if day is None else _date(day).isoformat()

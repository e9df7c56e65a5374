"""Log lines: one entry, one line, whatever stands in it; and never more of a kind than somebody can read."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from component.logs import set_up, sum_up
from config.settings import Log

log = logging.getLogger("component.example")


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    """`set_up` is for the whole process: put back what was there."""
    root = logging.getLogger()
    handlers = root.handlers[:]
    levels = {name: logging.getLogger(name).level for name in ("", "aiosqlite", "slixmpp", "sqlalchemy")}
    root.handlers = []  # set_up closes those it finds
    yield
    root.handlers = handlers
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def test_text_is_one_line_an_entry_even_with_hostile_names(capsys: pytest.CaptureFixture[str]) -> None:
    set_up(Log())
    log.info("denied %s", "mallory\n2026-01-01T00:00:00Z INFO fake\x1b[31m")
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert "Z INFO    component.example: denied mallory\\n2026-" in lines[0]
    assert "\\x1b[31m" in lines[0]


def test_json_is_one_object_a_line_with_what_extra_brought(capsys: pytest.CaptureFixture[str]) -> None:
    set_up(Log(format="json"))
    try:
        int("k")
    except ValueError:
        log.exception("fault at %s", "房间", extra={"room": "a@b"})
    (line,) = capsys.readouterr().err.splitlines()
    entry = json.loads(line)
    assert (entry["level"], entry["logger"], entry["message"]) == ("error", "component.example", "fault at 房间")
    assert entry["room"] == "a@b"
    assert "ValueError" in entry["traceback"]
    assert set(entry) == {"time", "level", "logger", "message", "room", "traceback"}


def test_level_holds_and_libraries_stay_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    set_up(Log(level="debug"))
    log.debug("told")
    for library in ("slixmpp.xmlstream", "aiosqlite", "sqlalchemy.engine.Engine"):
        logging.getLogger(library).info("SEND: <message>private</message>")
    assert "private" not in (written := capsys.readouterr().err)
    assert "told" in written
    set_up(Log(level="error"))
    log.warning("too light")
    assert capsys.readouterr().err == ""


def lines_of(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What was written since, without the times."""
    return [line.split(": ", 1)[1] for line in capsys.readouterr().err.splitlines()]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """The time log lines are written at, to be set."""
    now = [6000.0]
    make = logging.LogRecord

    class Record(make):  # type: ignore[misc, valid-type]
        def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401 - whatever logging gives
            super().__init__(*arguments, **named)
            self.created = now[0]

    logging.setLogRecordFactory(Record)
    monkeypatch.setattr(logging, "LogRecord", Record)
    yield now
    logging.setLogRecordFactory(make)


def flood(count: int, rule: str = "no-tea") -> None:
    for number in range(count):
        log.info("denied number %d: %s", number, rule, extra={"rule": rule})


def test_a_flood_is_a_few_lines_and_a_sum(capsys: pytest.CaptureFixture[str], clock: list[float]) -> None:
    set_up(Log(most_a_minute=3))
    flood(1000)
    assert lines_of(capsys) == [f"denied number {number}: no-tea" for number in range(3)]
    clock[0] += 59
    flood(1)
    assert lines_of(capsys) == []
    clock[0] += 1
    flood(1)
    assert lines_of(capsys) == ["998 more like this: denied number 0: no-tea", "denied number 0: no-tea"]


def test_what_is_rare_is_not_buried_by_what_is_not(capsys: pytest.CaptureFixture[str], clock: list[float]) -> None:
    set_up(Log(most_a_minute=1))
    flood(10)
    flood(1, "no-milk")
    log.warning("something else")
    assert lines_of(capsys) == ["denied number 0: no-tea", "denied number 0: no-milk", "something else"]
    assert clock


def test_what_was_left_out_is_told_when_the_flood_is_over(capsys: pytest.CaptureFixture[str]) -> None:
    set_up(Log(most_a_minute=1, format="json"))
    flood(5)
    capsys.readouterr()
    sum_up()
    (entry,) = map(json.loads, capsys.readouterr().err.splitlines())
    assert (entry["more"], entry["rule"], entry["level"]) == (4, "no-tea", "info")
    assert entry["message"] == "4 more like this: denied number 4: no-tea"
    sum_up()
    assert capsys.readouterr().err == ""


def test_other_settings_lose_no_sum(capsys: pytest.CaptureFixture[str]) -> None:
    set_up(Log(most_a_minute=1))
    log.warning("once")
    log.warning("once")
    set_up(Log(most_a_minute=1))
    assert lines_of(capsys) == ["once", "1 more like this: once"]


@pytest.mark.parametrize("settings", [Log(most_a_minute=0), Log(level="debug", most_a_minute=1)])
def test_whoever_wants_every_line_gets_it(capsys: pytest.CaptureFixture[str], settings: Log) -> None:
    set_up(settings)
    flood(100)
    assert len(lines_of(capsys)) == 100


def test_kinds_are_bounded(capsys: pytest.CaptureFixture[str]) -> None:
    set_up(Log(most_a_minute=1))
    for number in range(5000):
        flood(1, f"rule-{number}")
    sum_up()
    lines = lines_of(capsys)
    assert len(lines) == 1002
    assert lines[-1].startswith("3999 more like this: ")

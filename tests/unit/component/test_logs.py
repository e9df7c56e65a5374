"""Log lines: one entry, one line, whatever stands in it."""

import json
import logging
from collections.abc import Iterator

import pytest

from component.logs import set_up
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

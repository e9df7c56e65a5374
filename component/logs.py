"""How log lines look on stderr: for people, or one JSON object a line for machines; and how many of a kind there are.

Under a flood each kind of line, and each rule's, has some lines a minute, and then one that says how many more there
were: nobody's refusals bury what else happens, nor fill the disk.
"""

import json
import logging
import time
from collections import Counter
from contextlib import nullcontext
from typing import TextIO

from config.settings import Log

_FIELDS = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}

_MOST_KINDS = 1_000
"""Rules beyond share a kind."""

_Kind = tuple[str, str, str | None]

_TALKATIVE = ("aiosqlite", "alembic.runtime.plugins", "slixmpp", "sqlalchemy")
"""At debug they tell every stanza and every value written: messages and persons have no place in a log.

Alembic's plugins only tell that they exist; which migrations run is told by its other loggers."""


class _Text(logging.Formatter):
    """Each entry on its own line, whatever a user managed to put into it."""

    def __init__(self) -> None:
        self.converter = time.gmtime
        super().__init__("%(asctime)sZ %(levelname)-7s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        record.message = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in record.message)
        return super().formatMessage(record)


class _Json(logging.Formatter):
    """time (Unix seconds), level, logger, message, what `extra` brought, and a traceback if there is one."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {key: value for key, value in record.__dict__.items() if key not in _FIELDS}
        entry |= {
            "time": round(record.created, 3),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["traceback"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False, default=str)


class Bounded(logging.StreamHandler[TextIO]):
    """Lines of one kind: from one place in the program, about one rule where the line's `extra` has a `rule`."""

    def __init__(self, most_a_minute: int) -> None:
        """0: without bounds."""
        super().__init__()
        self._most = most_a_minute
        self._minute = 0
        self._counts: Counter[_Kind] = Counter()  # in this minute
        self._last: dict[_Kind, logging.LogRecord] = {}  # of those left out

    def emit(self, record: logging.LogRecord) -> None:
        """Write it, or count it. Whoever calls holds the lock."""
        minute = int(record.created // 60)
        if minute != self._minute:
            self._sum_up()
            self._minute = minute
        kind = record.name, str(record.msg), getattr(record, "rule", None)
        if kind not in self._counts and len(self._counts) >= _MOST_KINDS:
            kind = record.name, "", None
        self._counts[kind] += 1
        if self._most and self._counts[kind] > self._most:
            self._last[kind] = record
        else:
            super().emit(record)

    def sum_up(self) -> None:
        """Say how many were left out so far, and begin anew."""
        with self.lock or nullcontext():
            self._sum_up()

    def _sum_up(self) -> None:
        for kind, last in self._last.items():
            more = self._counts[kind] - self._most
            told = "%d more like this: %s", (more, last.getMessage())
            summary = logging.LogRecord(last.name, last.levelno, last.pathname, last.lineno, *told, None)
            summary.__dict__ |= {"more": more} if kind[2] is None else {"more": more, "rule": kind[2]}
            super().emit(summary)
        self._counts.clear()
        self._last.clear()


def sum_up() -> None:
    """Have what was left out of the log so far summed up."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler, Bounded):
            handler.sum_up()


def set_up(log: Log) -> None:
    """Send the log to stderr. Again with other settings: replaces what was set up before."""
    sum_up()
    handler = Bounded(0 if log.level == "debug" else log.most_a_minute)
    handler.setFormatter(_Json() if log.format == "json" else _Text())
    logging.basicConfig(level=log.level.upper(), handlers=[handler], force=True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
        for below in [each for each in logging.root.manager.loggerDict if each.startswith(f"{name}.")]:
            logging.getLogger(below).setLevel(logging.NOTSET)  # nothing below has a mind of its own

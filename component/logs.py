"""How log lines look on stderr: for people, or one JSON object a line for machines."""

import json
import logging
import time

from config.settings import Log

_FIELDS = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}

_TALKATIVE = ("aiosqlite", "slixmpp", "sqlalchemy")
"""At debug they tell every stanza and every value written: messages and persons have no place in a log."""


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


def set_up(log: Log) -> None:
    """Send the log to stderr. Again with other settings: replaces what was set up before."""
    handler = logging.StreamHandler()
    handler.setFormatter(_Json() if log.format == "json" else _Text())
    logging.basicConfig(level=log.level.upper(), handlers=[handler], force=True)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)
        for below in [each for each in logging.root.manager.loggerDict if each.startswith(f"{name}.")]:
            logging.getLogger(below).setLevel(logging.NOTSET)  # nothing below has a mind of its own

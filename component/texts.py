"""Every text a person sees, in their language: Fluent messages in `locale/`, looked up by id.

Knows languages and how values are written in them; says nothing about when a text is sent.
"""

import logging
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import fluent_number

log = logging.getLogger(__name__)

Language = Literal["en", "zh-Hans"]
Param = str | float | datetime | None

LANGUAGES: tuple[Language, ...] = get_args(Language)
MOMENTS = frozenset(("at", "since", "until"))
"""Parameters of these names are Unix seconds, written as a date and time in UTC."""

ABSENT = "none"
"""What None, the empty text and the moment 0 read as in a message's selectors: no end, no room."""

_LOCALE = Path(__file__).parent / "locale"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_UNITS = (("days", 86400), ("hours", 3600), ("minutes", 60), ("seconds", 1))


class Texts:
    """All messages in all languages, read once."""

    def __init__(self, default: str, service: str) -> None:
        """`default` is for those who state no language we have; `service` is the component's domain."""
        self._bundles = {language: _bundle(language) for language in LANGUAGES}
        self._default: Language = "zh-Hans" if default == "zh-Hans" else "en"
        self._service = service

    def pick(self, *candidates: str | None) -> Language:
        """The first language we have among the tags (BCP 47), most wanted first; else the default.

        Every kind of Chinese reads simplified Chinese rather than English.
        """
        for candidate in candidates:
            primary = (candidate or "").replace("_", "-").partition("-")[0].lower()
            if primary == "zh":
                return "zh-Hans"
            if primary == "en":
                return "en"
        return self._default

    def get(self, language: str | None, text: str, /, **params: Param) -> str:
        """The message `text` with its parameters filled in. `service` is always there.

        Never raises, since a denial has to leave whatever its text: a fault is logged and the id stands in.
        """
        picked = self.pick(language)
        bundle = self._bundles[picked]
        if not bundle.has_message(text):
            log.error("no text %s in %s", text, picked)
            return text
        pattern = bundle.get_message(text).value
        if pattern is None:
            log.error("text %s in %s is empty", text, picked)
            return text
        written = {name: _write(name, value, picked) for name, value in params.items()}
        value, errors = bundle.format_pattern(pattern, {"service": self._service, **written})
        if errors:
            log.error("text %s in %s: %s", text, picked, "; ".join(map(str, errors)))
        return str(value)

    def moment(self, language: str | None, at: float) -> str:
        """A point in time (Unix seconds) as people read it, in UTC."""
        return _moment(at, self.pick(language))

    def duration(self, language: str | None, seconds: float) -> str:
        """A length of time in its largest whole unit, rounded up so that nobody comes back too early."""
        whole = max(1, -int(-seconds // 1))
        unit, size = next((unit, size) for unit, size in _UNITS if whole >= size)
        return self.get(language, f"duration-{unit}", count=-(-whole // size))


@cache
def _bundle(language: Language) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    for file in sorted((_LOCALE / language).glob("*.ftl")):
        bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))
    return bundle


def _write(name: str, value: Param, language: Language) -> object:
    if value is None or value == "" or (name in MOMENTS and value == 0):
        return ABSENT
    if isinstance(value, datetime):
        return _moment(value.timestamp(), language)
    if isinstance(value, str):
        return value
    if name in MOMENTS:
        return _moment(value, language)
    return fluent_number(value, useGrouping=False)  # numbers name sanctions and persons: no separators in them


def _moment(at: float, language: Language) -> str:
    try:
        moment = datetime.fromtimestamp(at, UTC)
    except (OverflowError, ValueError, OSError):
        return ABSENT
    if language == "zh-Hans":
        return f"{moment.year}年{moment.month}月{moment.day}日 {moment:%H:%M}（UTC）"
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}, {moment:%H:%M} UTC"


def words(texts: Texts, text: str, *languages: Language) -> frozenset[str]:
    """The words a message lists, parted by spaces, in these languages or in all."""
    return frozenset(
        word.casefold() for language in languages or LANGUAGES for word in texts.get(language, text).split()
    )

"""Durations as operators write them ("90s", "1h30m", "30d") and the seconds they are."""

import re

from config.settings import Seconds

_UNITS = {"w": 604_800, "d": 86_400, "h": 3_600, "m": 60, "s": 1}
_PART = r"(\d{1,12}(?:\.\d{1,6})?)([wdhms])"
_WHOLE = re.compile(rf"(?:{_PART}\s*)+", re.ASCII)
_PARTS = re.compile(_PART, re.ASCII)
_LONGEST_S = 100 * 365 * _UNITS["d"]


def parse_duration(text: str) -> Seconds:
    """Read "10m" or "1h30m" as seconds, at most a hundred years of them.

    Raises:
        ValueError: not a duration; its text tells the operator what to write.
    """
    cleaned = text.strip().lower()
    if not _WHOLE.fullmatch(cleaned):
        raise ValueError(f'"{text[:40]}" is not a number with a unit (s, m, h, d or w), such as "30s" or "7d"')
    seconds = sum(float(number) * _UNITS[unit] for number, unit in _PARTS.findall(cleaned))
    if seconds > _LONGEST_S:
        raise ValueError(f'"{text[:40]}" is more than a hundred years')
    return Seconds(seconds)


def format_duration(seconds: float) -> str:
    """Write seconds the way `parse_duration` reads them, without weeks: ninety days read best as such."""
    if seconds != int(seconds):
        return f"{seconds:g}s"
    parts = []
    left = int(seconds)
    for unit in "dhms":
        number, left = divmod(left, _UNITS[unit])
        if number:
            parts.append(f"{number}{unit}")
    return "".join(parts) or "0s"

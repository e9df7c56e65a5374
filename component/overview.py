"""`roomkeeper stats`: storage's overview as a page of text, or as JSON."""

from collections.abc import Iterator
from dataclasses import asdict

from storage.overview import Counts, Overview

_WIDTH = 24
_MIB = 1 << 20


def show(overview: Overview, size_bytes: int) -> list[str]:
    """A line for each thing."""
    return [f"{what:<{_WIDTH}}{how_many}" for what, how_many in _lines(overview, size_bytes)]


def as_json(overview: Overview, size_bytes: int) -> dict[str, object]:
    """The same for machines."""
    told = {name: dict(value) if isinstance(value, tuple) else value for name, value in asdict(overview).items()}
    return {**told, "database_bytes": size_bytes}


def _lines(overview: Overview, size_bytes: int) -> Iterator[tuple[str, str]]:
    yield "rooms", _listed(overview.rooms)
    yield "members", f"{overview.members:,}"
    yield "rooms by activity", _listed(overview.activity)
    yield "messages", _listed(overview.messages)
    yield "people verified", f"{overview.persons:,} of {overview.identities:,} known, by {overview.accounts:,} accounts"
    yield "sanctions in force", _listed(overview.sanctions)
    yield "blacklisted", f"{overview.blacklisted:,}"
    yield "lockdowns in force", f"{overview.lockdowns:,}"
    yield "open cases", f"{overview.cases:,}"
    yield "group reviews", _listed(overview.reviews)
    yield "waiting for a yes", f"{overview.held:,}"
    yield "waiting for staff", _listed(overview.waiting)
    yield "overdue", _listed(overview.overdue)
    yield "oldest that waits", ", ".join(f"{_age(age_s)} in {name}" for name, age_s in overview.oldest_s) or "none"
    yield "refused today (UTC)", _listed(overview.refused_today)
    yield "audit entries", f"{overview.audit_entries:,}"
    yield "database", f"{size_bytes / _MIB:,.1f} MiB"


def _age(age_s: int) -> str:
    days, hours = age_s // 86400, age_s // 3600
    return f"{days} d" if days else f"{hours} h" if hours else f"{age_s // 60} min"


def _listed(counts: Counts) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in counts) or "none"

"""What a commit was about, so that other instances over the same database can forget what they remember of it.

The audit names whom or what each deed was about; that is all they need, since they read anew what they want to know.
"""

from collections.abc import Iterable, Mapping

from storage.chain import AuditEntry, Json

QUIET = frozenset(("denied", "place-taken", "place-confirmed", "place-released"))
"""Deeds that change nothing which anybody remembers, and of which there are many."""

_VIEWED = "-viewed"
_NAMES = ("account", "room", "old", "new")
"""Fields of an entry's detail that name somebody or something beside its subject."""

LOCKDOWNS = "lockdowns"
"""Stands for all lockdowns."""


def touched(entries: Iterable[tuple[float, AuditEntry]]) -> frozenset[str]:
    """Holders, accounts, rooms and codes that these entries are about, and `LOCKDOWNS`."""
    names: set[str] = set()
    for _, entry in entries:
        if entry.deed in QUIET or entry.deed.endswith(_VIEWED):
            continue
        names.add(entry.subject)
        names.update(_named(entry.detail))
        if entry.deed.startswith("lockdown-"):
            names.add(LOCKDOWNS)
    return frozenset(names - {""})


def whom(subject: str) -> tuple[str, int | None]:
    """The account or the person that it may name; "" and None, if it is about something else."""
    kind, _, name = subject.partition(":")
    if kind == "p" and name.isdecimal():
        return "", int(name)
    return (name if kind == "a" else subject if "@" in subject else ""), None


def _named(detail: Mapping[str, Json]) -> Iterable[str]:
    return (value for name in _NAMES if isinstance(value := detail.get(name), str))

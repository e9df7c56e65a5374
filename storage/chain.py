"""The audit's hash chain: how entries are hashed and appended. Knows nothing of what they are about."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Executable, Result, insert, select, update

from storage.schema import audit, audit_head

GENESIS = "0" * 64
"""The hash before the first entry."""

FIELDS = ("number", "at", "actor", "deed", "subject", "detail")
"""Every column but the hash itself, in the order in which they are hashed."""

_HEAD = 1

Json = str | int | float | bool | None


class Connection(Protocol):
    """Whatever runs a statement."""

    async def execute(self, statement: Executable, rows: Sequence[Mapping[str, Any]] | None = None, /) -> Result[Any]:
        """Run it, once or for each row."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """Who did what to whom. `subject` is a holder or a room's bare JID; `detail` names no secret and no identity."""

    actor: str
    deed: str
    subject: str
    detail: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Head:
    """The newest entry's number and hash."""

    number: int
    hash: str


def serialise(detail: Mapping[str, Json]) -> str:
    """One text for one detail: sorted keys, ASCII."""
    return json.dumps(detail, sort_keys=True, separators=(",", ":"), default=str)


def digest(previous: str, fields: Sequence[object]) -> str:
    """SHA-256 over the hash before and every field (`FIELDS`), as a JSON list: no two entries read the same.

    Raises:
        TypeError: a field is of a type that no entry was ever written with.
    """
    return hashlib.sha256(json.dumps([previous, *fields], separators=(",", ":")).encode()).hexdigest()


async def read_head(connection: Connection) -> Head | None:
    """The newest entry, None before the first."""
    row = (await connection.execute(select(audit_head.c.number, audit_head.c.hash))).first()
    return None if row is None else Head(row.number, row.hash)


async def append(connection: Connection, entries: Sequence[tuple[float, AuditEntry]]) -> None:
    """Add entries, each with its time, inside the caller's transaction."""
    head = await read_head(connection)
    number, previous = (0, GENESIS) if head is None else (head.number, head.hash)
    rows = []
    for at, entry in entries:
        number += 1
        fields = (number, float(at), entry.actor, entry.deed, entry.subject, serialise(entry.detail))
        previous = digest(previous, fields)
        rows.append({**dict(zip(FIELDS, fields, strict=True)), "hash": previous})
    await connection.execute(insert(audit), rows)
    if head is None:
        await connection.execute(insert(audit_head).values(id=_HEAD, number=number, hash=previous))
    else:
        await connection.execute(update(audit_head).values(number=number, hash=previous))

"""A part of the audit as a file of its own: JSON, a line an entry, signed as a whole; checked without the database.

The first line says what was asked for, the last one is the signature over all lines before it. An entry comes with the
hash of the one before it in the audit, so that its own can be made again, and compared with the audit's.
"""

import json
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import select

from storage.chain import FIELDS, GENESIS, digest, serialise
from storage.database import Reading
from storage.schema import audit
from storage.signing import Public, Signer

FORMAT = "roomkeeper audit export 1"
_PURPOSE = "audit export 1"
_PAGE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Entries from a time on and before another one (Unix seconds), about one subject; None: all."""

    since: float | None = None
    until: float | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """An export that is what was written: how many entries, and whose signature it has (None: it has none)."""

    scope: Scope
    count: int
    key: Public | None


class NotGenuineError(ValueError):
    """A file that was changed, or never was an export; the text says where."""


async def write_lines(reading: Reading, scope: Scope, at: float, signer: Signer | None) -> AsyncIterator[str]:
    """The file, line by line without their ends."""
    running = sha256()
    head = {"format": FORMAT, "at": at, "scope": asdict(scope)}
    running.update(json.dumps(head).encode() + b"\n")
    yield json.dumps(head)
    async for line in _entries(reading, scope):
        running.update(line.encode() + b"\n")
        yield line
    signature = None if signer is None else signer.sign(_PURPOSE, running.digest()).hex()
    yield json.dumps({"key": None if signer is None else str(signer.public), "signature": signature})


def check_lines(lines: Iterable[str], keys: Sequence[Public]) -> Checked:
    """Check a whole file against the keys that may have signed it.

    Raises:
        NotGenuineError: what is wrong, and in which line.
    """
    running = sha256()
    scope = Scope()
    count = last = 0
    numbered = enumerate(lines, 1)
    for at, line in numbered:
        told = _read(line, at)
        if at == 1:
            scope = _read_head(told)
        elif "signature" in told:
            key = _check_end(told, running.digest(), keys)
            if next(numbered, None) is not None:
                raise NotGenuineError(f"line {at + 1}: something was added")
            return Checked(scope=scope, count=count, key=key)
        else:
            last = _check_entry(told, last, at)
            count += 1
        running.update(line.rstrip("\r\n").encode(errors="surrogateescape") + b"\n")
    raise NotGenuineError("it was cut off: its end, with the signature, is missing")


async def _entries(reading: Reading, scope: Scope) -> AsyncIterator[str]:
    before = audit.alias("before")
    query = (
        select(audit, before.c.hash.label("previous"))
        .outerjoin(before, before.c.number == audit.c.number - 1)
        .order_by(audit.c.number)
        .limit(_PAGE)
    )
    if scope.since is not None:
        query = query.where(audit.c.at >= scope.since)
    if scope.until is not None:
        query = query.where(audit.c.at < scope.until)
    if scope.subject is not None:
        query = query.where(audit.c.subject == scope.subject)
    last = 0
    while rows := await reading.all(query.where(audit.c.number > last)):
        for row in rows:
            told = {name: getattr(row, name) for name in FIELDS}
            told["detail"] = json.loads(row.detail)
            yield json.dumps({**told, "previous": row.previous or GENESIS, "hash": row.hash})
        last = rows[-1].number


def _read(line: str, at: int) -> dict[str, Any]:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise NotGenuineError(f"line {at}: no line of an export")
    return told


def _read_head(told: Mapping[str, Any]) -> Scope:
    try:
        if told["format"] != FORMAT:
            raise NotGenuineError(f"line 1: not a {FORMAT}")
        return Scope(**told["scope"])
    except (KeyError, TypeError):
        raise NotGenuineError("line 1: not the head of an export") from None


def _check_entry(told: Mapping[str, Any], last: int, at: int) -> int:
    try:
        number = int(told["number"])
        fields = [serialise(told[name]) if name == "detail" else told[name] for name in FIELDS]
        is_right = number > last and digest(told["previous"], fields) == told["hash"]
    except (KeyError, TypeError, ValueError):
        is_right, number = False, 0
    if not is_right:
        raise NotGenuineError(f"line {at}: this entry was changed")
    return number


def _check_end(told: Mapping[str, Any], data: bytes, keys: Sequence[Public]) -> Public | None:
    if told["signature"] is None:
        return None
    key = next((key for key in keys if str(key) == told.get("key")), None)
    if key is None:
        raise NotGenuineError("it is signed by another key than the one it is checked by")
    try:
        signature = bytes.fromhex(told["signature"])
    except (TypeError, ValueError):
        signature = b""
    if not key.has_signed(signature, _PURPOSE, data):
        raise NotGenuineError("it is not what was signed: something in it was changed, added or left out")
    return key

"""`roomkeeper people import`: lines of a CSV file become entries of the registry.

Reports the numbers of lines and what is wrong with them, never what stands in them: it is personal data.
"""

import codecs
import csv
import sys
import time
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import click

from policy.documents import Check
from storage.documents import Entry, compared_type
from storage.registry import Registry

COLUMNS = ("document_type", "document_number", "name")

_CHUNK = 1000
_LONGEST_LINE_BYTES = 8192
_LONGEST_FIELD = 200
_MOST_WARNINGS = 20


class HeaderError(Exception):
    """The file is not one of people at all; the text says why, without the file's name."""


@dataclass(frozen=True, slots=True)
class BadRow:
    """A line that says nobody, and why."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line that says somebody."""

    line: int
    entry: Entry


@dataclass(slots=True)
class Findings:
    """What is to be told of the lines in the end."""

    offered: Container[str]  # types of document that `verify` asks for
    checks: Mapping[str, Check]  # of numbers, by type
    bad: list[BadRow] = field(default_factory=list)
    unverifiable: list[int] = field(default_factory=list)  # lines

    def note(self, row: Row | BadRow) -> Entry | None:
        """The entry to load, if the line is one."""
        if isinstance(row, BadRow):
            self.bad.append(row)
            return None
        check = self.checks.get(row.entry.compared_type)
        if check is not None and check(row.entry.compared_number, time.time()) is not None:
            self.bad.append(BadRow(row.line, "document_number does not pass the check of its document_type"))
            return None
        if row.entry.compared_type not in self.offered:
            self.unverifiable.append(row.line)
        return row.entry

    def tell(self, path: Path) -> None:
        """Tell them on stderr."""
        for row in self.bad:
            click.echo(f"{path}, line {row.line}: {row.reason}; skipped", err=True)
        for line in self.unverifiable[:_MOST_WARNINGS]:
            text = "document_type is not in identity.document_types: this person cannot verify; imported all the same"
            click.echo(f"{path}, line {line}: warning: {text}", err=True)
        more = len(self.unverifiable) - _MOST_WARNINGS
        if more > 0:
            click.echo(
                f"{path}: warning: {more} more lines with a document_type not in identity.document_types", err=True
            )


async def import_file(
    path: Path, registry: Registry, document_types: Sequence[str], checks: Mapping[str, Check]
) -> bool:
    """Load a file in chunks, each committed when done; whether every line could be read.

    `document_types` are those that `verify` offers: lines with another one are loaded, and warned of. Numbers that do
    not pass the check of their type are bad: nobody could ever verify by them.

    Raises:
        HeaderError: nothing was loaded.
        StorageError: what was loaded before stays; importing again goes on from there.
    """
    findings = Findings(frozenset(map(compared_type, document_types)), checks)
    counts = {"added": 0, "unchanged": 0, "changed": 0}
    try:
        with path.open("rb") as file, click.progressbar(_bytes_of(path), label="importing", file=sys.stderr) as bar:
            for chunk in _chunks(read_rows(_lines(file, bar.update)), findings):
                result = await registry.put(chunk, time.time())
                for name in counts:
                    counts[name] += getattr(result, name)
    except OSError as error:
        raise HeaderError(f"cannot be read: {error.strerror}") from None
    finally:
        findings.tell(path)
    told = ", ".join(f"{count} {name}" for name, count in counts.items())
    click.echo(f"{told}, {len(findings.bad)} bad and skipped")
    return not findings.bad


def read_rows(lines: Iterable[bytes]) -> Iterator[Row | BadRow]:
    """Good and bad rows in the file's order; blank lines are nothing. Every row is one line.

    Raises:
        HeaderError: the first line is not the header.
    """
    order: list[int] = []
    for number, raw in enumerate(lines, 1):
        if number == 1:
            order = _read_header(raw.removeprefix(codecs.BOM_UTF8))
            continue
        try:
            fields = _split(raw)
            if fields:
                yield Row(number, _read_entry(fields, order))
        except ValueError as error:
            yield BadRow(number, str(error))
    if not order:
        raise HeaderError(f"is empty; it must begin with the header {','.join(COLUMNS)}")


def _read_header(raw: bytes) -> list[int]:
    try:
        names = [name.strip().lower() for name in _split(raw)]
    except ValueError as error:
        raise HeaderError(f"has no header that can be read: line 1 {error}") from None
    if sorted(names) != sorted(COLUMNS):
        raise HeaderError(f"must begin with the header {','.join(COLUMNS)}")
    return [names.index(column) for column in COLUMNS]


def _split(raw: bytes) -> list[str]:
    if len(raw) > _LONGEST_LINE_BYTES:
        raise ValueError(f"is longer than {_LONGEST_LINE_BYTES} bytes")
    try:
        text = raw.decode().strip()
        return [field.strip() for field in next(csv.reader([text], strict=True))] if text else []
    except UnicodeDecodeError:
        raise ValueError("is not UTF-8") from None
    except csv.Error:
        raise ValueError("has a quotation mark out of place") from None


def _read_entry(fields: list[str], order: list[int]) -> Entry:
    if len(fields) != len(COLUMNS):
        raise ValueError(f"has {len(fields)} fields instead of {len(COLUMNS)}")
    values = {column: fields[place] for column, place in zip(COLUMNS, order, strict=True)}
    for column, value in values.items():
        if not value:
            raise ValueError(f"{column} is empty")
        if len(value) > _LONGEST_FIELD:
            raise ValueError(f"{column} is longer than {_LONGEST_FIELD} characters")
        if any(c < " " or c == "\x7f" for c in value):
            raise ValueError(f"{column} has a control character")
    entry = Entry(**values)
    if not entry.is_complete:
        raise ValueError("nothing is left of a field without spaces and dashes")
    return entry


def _bytes_of(path: Path) -> range:
    return range(path.stat().st_size)  # 0 for a pipe: then the bar just moves


def _lines(file: BinaryIO, tell_size: Callable[[int], None]) -> Iterator[bytes]:
    """Lines, those past the bound cut off just after it, so that no line can fill the memory."""
    while raw := file.readline(_LONGEST_LINE_BYTES + 1):
        rest, size = raw, len(raw)
        while len(rest) > _LONGEST_LINE_BYTES and not rest.endswith(b"\n"):
            rest = file.readline(_LONGEST_LINE_BYTES + 1)
            size += len(rest)
        tell_size(size)
        yield raw


def _chunks(rows: Iterable[Row | BadRow], findings: Findings) -> Iterator[list[Entry]]:
    chunk: list[Entry] = []
    for row in rows:
        entry = findings.note(row)
        if entry is None:
            continue
        chunk.append(entry)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk

"""Looking rooms up as people do: by address, by code, by a part of their name."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Row, false, func, or_, select, update

from policy.facts import Room, RoomStatus
from policy.shapes import shape_of
from storage import codes, places
from storage.database import Database, Transaction
from storage.names import key_of
from storage.schema import rooms

_MOST_DIGITS = 9
_IS_OPEN = rooms.c.status != RoomStatus.CLOSED.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A room as it is shown."""

    room: Room
    name: str  # "" before the server has told it
    is_public: bool
    members: int
    founded: float  # of a room found on the server: when it was
    closed_at: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class InCategory:
    """Rooms for which somebody chose a category. With `others`, also those for which nobody chose one of these."""

    name: str
    others: tuple[str, ...] = ()


class Order(Enum):
    """How what was found is ordered; addresses tell apart rooms with as many members."""

    MEMBERS = "members"  # the most first
    ADDRESS = "address"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Public rooms with every one of these terms, of a category or of any; without terms: all of them."""

    terms: tuple[str, ...] = ()
    in_names: bool = True
    in_addresses: bool = True
    category: InCategory | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some of what was found, how many there are altogether, and where the page begins and ends: for `after`."""

    entries: tuple[Entry, ...]
    total: int

    @property
    def first(self) -> str:
        """Of the first entry, which must be there."""
        return _cursor(self.entries[0])

    @property
    def last(self) -> str:
        """Likewise of the last."""
        return _cursor(self.entries[-1])


class Directory:
    """Reads and writes of one database."""

    def __init__(self, database: Database) -> None:
        """Rooms of `database`."""
        self._database = database

    async def by_jid(self, jid: str) -> Entry | None:
        """The room that has this address now, one that is just being made included; a closed one never."""
        return await self._first(rooms.c.jid == jid, _IS_OPEN)

    async def by_code(self, code: str) -> Entry | None:
        """The room with this code, closed ones included, however the code was written down."""
        shown = codes.parse(code)
        return None if shown is None else await self._first(rooms.c.code == shown, ~rooms.c.is_pending)

    async def by_name(self, text: str, most: int, category: InCategory | None = None) -> tuple[Entry, ...]:
        """Public rooms of a category, or of any, with this text in their name or address, the largest first."""
        key = key_of(text)
        local = rooms.c.jid.contains(key, autoescape=True)
        graded = () if category is None else (_is_in(category),)
        query = (
            places.ROOMS.where(_IS_OPEN, ~rooms.c.is_pending, *graded, rooms.c.is_public)
            .where(rooms.c.name_key.contains(key, autoescape=True) | local)
            .order_by(rooms.c.members.desc(), rooms.c.jid)
            .limit(most)
        )
        async with self._database.read() as reading:
            return tuple(_entry(row) for row in await reading.all(query))

    async def search(self, wanted: Wanted, order: Order, *, after: str | None, most: int) -> Page:
        """A page of what is wanted, in this order, behind the entry that `after` is a page's end of.

        Raises:
            ValueError: `after` is none.
        """
        found = (_IS_OPEN, ~rooms.c.is_pending, rooms.c.is_public, *_conditions(wanted))
        behind = () if after is None else (_is_behind(order, *_position(after)),)
        ordered = (rooms.c.jid,) if order is Order.ADDRESS else (rooms.c.members.desc(), rooms.c.jid)
        query = places.ROOMS.where(*found, *behind).order_by(*ordered).limit(most)
        async with self._database.read() as reading:
            total = int(await reading.scalar(select(func.count()).select_from(rooms).where(*found)) or 0)
            return Page(entries=tuple(_entry(row) for row in await reading.all(query)), total=total)

    async def twin(self, jid: str) -> Room | None:
        """Another room whose address people would take for this one; barred and suspended ones before others."""
        query = (
            places.ROOMS.where(rooms.c.shape == shape_of(jid), rooms.c.jid != jid)
            .where(_IS_OPEN | places.IS_BARRED | rooms.c.is_kept)
            .order_by(places.IS_BARRED.desc(), rooms.c.status.desc(), rooms.c.number)
            .limit(1)
        )
        row = await self._database.look(lambda reading: reading.first(query))
        return None if row is None else places.to_room(row)

    async def describe(self, jid: str, name: str, *, is_public: bool) -> None:
        """The server shows the room by this name, and lists it or does not."""

        async def work(transaction: Transaction) -> None:
            values = {"name": name, "name_key": key_of(name), "is_public": is_public}
            await transaction.run(update(rooms).where(rooms.c.jid == jid, _IS_OPEN).values(values))

        await self._database.write(work)

    async def _first(self, *conditions: Any) -> Entry | None:  # noqa: ANN401 - SQL expressions
        row = await self._database.look(lambda reading: reading.first(places.ROOMS.where(*conditions)))
        return None if row is None else _entry(row)


def _is_in(category: InCategory) -> ColumnElement[bool]:
    chosen = rooms.c.category == category.name
    if not category.others:
        return chosen
    return chosen | rooms.c.category.is_(None) | rooms.c.category.not_in(category.others)


def _conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if wanted.category is not None:
        yield _is_in(wanted.category)
    for term in wanted.terms:
        key = key_of(term)
        places_of = [
            column.contains(key, autoescape=True)
            for column, is_meant in ((rooms.c.name_key, wanted.in_names), (rooms.c.jid, wanted.in_addresses))
            if is_meant
        ]
        yield or_(false(), *places_of)


def _cursor(entry: Entry) -> str:
    return f"{entry.members}/{entry.room.jid}"


def _position(cursor: str) -> tuple[int, str]:
    members, slash, jid = cursor.partition("/")
    if not (slash and members.isascii() and members.isdigit() and len(members) <= _MOST_DIGITS):
        raise ValueError(cursor)
    return int(members), jid


def _is_behind(order: Order, members: int, jid: str) -> ColumnElement[bool]:
    if order is Order.ADDRESS:
        return rooms.c.jid > jid
    return (rooms.c.members < members) | ((rooms.c.members == members) & (rooms.c.jid > jid))


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        room=places.to_room(row),
        name=row.name or "",
        is_public=row.is_public,
        members=row.members,
        founded=row.taken_at,
        closed_at=row.closed_at,
    )

"""What the server says is there is so: rooms, members and lists taken over by the hundred, whatever the limits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, delete, insert, select, update

from policy.facts import RoomStatus
from storage import holders, places
from storage.database import MACHINE, Database, Transaction
from storage.names import key_of
from storage.schema import accounts, affiliations, counters, memberships, rooms

_CLOSED = RoomStatus.CLOSED.value
_CHUNK = 500
_DONE = "adopted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A room as the server has it."""

    jid: str
    name: str
    is_public: bool
    holders: frozenset[str]  # whoever is inside or on a list
    affiliations: Mapping[str, str]  # by account: owner, admin, member
    founder: str | None = None  # one of the holders, if it is known who made the room


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """What was not known before, and what is no more."""

    rooms: int
    places: int
    ghosts: int  # places of those who were struck off a list meanwhile


class Adoption:
    """Writes of one database."""

    def __init__(self, database: Database) -> None:
        """Takes over into `database`."""
        self._database = database

    async def is_done(self) -> bool:
        """Whether everything that was there first was taken over once."""
        async with self._database.read() as reading:
            return await reading.scalar(select(counters.c.value).where(counters.c.name == _DONE)) is not None

    async def finish(self, at: float) -> None:
        """It was; said again it changes nothing."""

        async def work(transaction: Transaction) -> None:
            if await transaction.scalar(select(counters.c.value).where(counters.c.name == _DONE)) is None:
                await transaction.run(insert(counters).values(name=_DONE, value=int(at)))
                transaction.note(MACHINE, "rooms-taken-over", "", at)

        await self._database.write(work)

    async def take_over(self, found: Sequence[Found], at: float) -> Adopted:
        """Some hundred rooms, in one transaction; nothing is written of those that are as they were."""
        return await self._database.write(lambda transaction: _take_over(transaction, found, at))


async def _take_over(transaction: Transaction, found: Sequence[Found], at: float) -> Adopted:
    jids = [room.jid for room in found]
    open_rooms = select(rooms).where(rooms.c.jid.in_(jids), rooms.c.status != _CLOSED)
    known = {row.jid: row for row in await transaction.all(open_rooms)}
    kept = {row.jid for row in await transaction.all(select(rooms.c.jid).where(rooms.c.jid.in_(jids), rooms.c.is_kept))}
    found = [room for room in found if room.jid in known or room.jid not in kept]  # those are about to be destroyed
    missing = [room for room in found if room.jid not in known]
    if missing:
        await _make(transaction, missing, at)
        known |= {row.jid: row for row in await transaction.all(open_rooms) if row.jid not in known}
    numbers = [row.number for row in known.values()]
    held = _by_room(await transaction.all(select(memberships).where(memberships.c.room.in_(numbers))))
    listed = _by_room(await transaction.all(select(affiliations).where(affiliations.c.room.in_(numbers))))
    fresh = {room.jid for room in missing}
    added: list[dict[str, object]] = []
    ghosts = 0
    for room in found:
        row = known[room.jid]
        there = {each.holder: each for each in held.get(row.number, ())}
        strangers = sorted(room.holders - there.keys())
        is_new = room.jid in fresh
        added += [
            places.new_place(row.number, holder, at, is_creator=is_new and holder == room.founder, is_pending=False)
            for holder in strangers
        ]
        await _note(transaction, room, row, strangers, at, is_new=is_new)
        for holder in sorted(room.holders & there.keys()):
            if there[holder].is_pending or row.is_pending:
                await places.confirm_place(transaction, row, there[holder], at)
        if row.is_pending:
            await transaction.run(update(rooms).where(rooms.c.number == row.number).values(is_pending=False))
        gone = [each.account for each in listed.get(row.number, ()) if each.account not in room.affiliations]
        for holder in sorted((await _holders_of(transaction, gone)) & there.keys() - room.holders):
            await places.remove_place(transaction, row, there[holder], at)
            transaction.note("server", "room-left", holder, at, room=room.jid)
            ghosts += 1
    if added:
        await transaction.run(insert(memberships), added)
    await _write_lists(transaction, found, known, listed)
    await _write_names(transaction, found, known)
    return Adopted(rooms=len(missing), places=len(added), ghosts=ghosts)


async def _make(transaction: Transaction, missing: Sequence[Found], at: float) -> None:
    """Rooms that nobody knew, or that were closed and made anew while nobody asked us."""
    again = await places.make_held_anew(transaction, [room.jid for room in missing], at, is_pending=False)
    for room in missing:
        if room.jid in again and room.founder is not None:
            here = (rooms.c.jid == room.jid, rooms.c.status != _CLOSED)
            await transaction.run(update(rooms).where(*here).values(creator=room.founder))
    new = [
        {**places.new_room(room.jid, at, is_pending=False), "creator": room.founder}
        for room in missing
        if room.jid not in again
    ]
    if new:
        await transaction.run(insert(rooms), new)


async def _note(
    transaction: Transaction, room: Found, row: Row[Any], strangers: Sequence[str], at: float, *, is_new: bool
) -> None:
    """A room that is new is one entry; who came to one that was known is one each."""
    if is_new:
        transaction.note(MACHINE, "room-adopted", room.jid, at, code=row.code, members=len(strangers))
        return
    for holder in strangers:
        transaction.note(MACHINE, "place-adopted", holder, at, room=room.jid)


async def _holders_of(transaction: Transaction, jids: Sequence[str]) -> set[str]:
    persons: dict[str, int] = {}
    for start in range(0, len(jids), _CHUNK):
        chunk = accounts.c.jid.in_(jids[start : start + _CHUNK])
        rows = await transaction.all(select(accounts.c.jid, accounts.c.person).where(chunk))
        persons.update((row.jid, row.person) for row in rows)
    return {holders.of(jid, persons.get(jid)) for jid in jids}


async def _write_lists(
    transaction: Transaction,
    found: Sequence[Found],
    known: Mapping[str, Row[Any]],
    listed: Mapping[int, Sequence[Row[Any]]],
) -> None:
    added: list[dict[str, object]] = []
    changed: list[dict[str, object]] = []
    removed: list[dict[str, object]] = []
    for room in found:
        number = known[room.jid].number
        before = {each.account: each.affiliation for each in listed.get(number, ())}
        for account, affiliation in room.affiliations.items():
            row = {"this": number, "who": account, "now": affiliation}
            if account not in before:
                added.append({"room": number, "account": account, "affiliation": affiliation})
            elif before[account] != affiliation:
                changed.append(row)
        removed += [{"this": number, "who": account} for account in before.keys() - room.affiliations.keys()]
    here = (affiliations.c.room == bindparam("this"), affiliations.c.account == bindparam("who"))
    if added:
        await transaction.run(insert(affiliations), added)
    if changed:
        await transaction.run(update(affiliations).where(*here).values(affiliation=bindparam("now")), changed)
    if removed:
        await transaction.run(delete(affiliations).where(*here), removed)


async def _write_names(transaction: Transaction, found: Sequence[Found], known: Mapping[str, Row[Any]]) -> None:
    changed = [
        {"this": row.number, "called": room.name, "key": key_of(room.name), "lists": room.is_public}
        for room in found
        if ((row := known[room.jid]).name, row.is_public) != (room.name, room.is_public)
    ]
    if changed:
        values: dict[str, Any] = {
            "name": bindparam("called"),
            "name_key": bindparam("key"),
            "is_public": bindparam("lists"),
        }
        await transaction.run(update(rooms).where(rooms.c.number == bindparam("this")).values(values), changed)


def _by_room(rows: Sequence[Row[Any]]) -> dict[int, list[Row[Any]]]:
    sorted_out: dict[int, list[Row[Any]]] = {}
    for row in rows:
        sorted_out.setdefault(row.room, []).append(row)
    return sorted_out

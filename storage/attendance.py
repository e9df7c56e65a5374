"""Who was seen where, who stands on a room's own lists, and memberships that lapse because neither was so for long."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, delete, insert, select, update

from policy.facts import RoomStatus
from storage import holders, places
from storage.database import MACHINE, Database, Reading, Transaction
from storage.former_managers import MANAGERS
from storage.schema import accounts, affiliations, counters, memberships, rooms

LISTED = (*MANAGERS, "member")
"""Affiliations that make somebody a member, seen or not (XEP-0045 §5.2)."""

_WATCHED = "watched-until"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An account that was inside a room at a time."""

    room: str  # bare JID
    account: str
    holder: str
    nick: str
    affiliation: str
    at: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An account on a room's lists; `nick` is the one it wore when it was last seen inside, if ever."""

    account: str
    affiliation: str
    nick: str | None


@dataclass(frozen=True, slots=True)
class Due:
    """A membership that may lapse."""

    holder: str
    room: str


class Attendance:
    """Reads and writes of one database."""

    def __init__(self, database: Database) -> None:
        """Attendance in rooms of `database`."""
        self._database = database

    # the rooms' lists

    async def managers(self, room: str) -> tuple[Listed, ...]:
        """Owners and admins of a room, owners first."""
        query = (
            select(affiliations)
            .join(rooms, rooms.c.number == affiliations.c.room)
            .where(rooms.c.jid == room, rooms.c.status != RoomStatus.CLOSED.value)
            .where(affiliations.c.affiliation.in_(MANAGERS))
            .order_by(affiliations.c.affiliation.desc(), affiliations.c.account)
        )
        async with self._database.read() as reading:
            rows = await reading.all(query)
        return tuple(Listed(account=row.account, affiliation=row.affiliation, nick=row.nick) for row in rows)

    async def list(self, room: str, account: str, affiliation: str) -> None:
        """An account's affiliation is now this; below member it is on no list."""

        async def work(transaction: Transaction) -> None:
            row = await places.open_room(transaction, room)
            if row is not None:
                await _list(transaction, row.number, account, affiliation)

        await self._database.write(work)

    async def is_listed(self, room: str, those: Collection[str]) -> bool:
        """Whether one of these accounts is on one of the room's lists."""
        query = (
            select(affiliations.c.account)
            .join(rooms, rooms.c.number == affiliations.c.room)
            .where(rooms.c.jid == room, affiliations.c.account.in_(those))
        )
        async with self._database.read() as reading:
            return await reading.scalar(query.limit(1)) is not None

    # being seen

    async def note(self, seen: Sequence[Seen], at: float, step_s: float) -> None:
        """Write down who was seen, in one transaction; what would move a time by less than `step_s` writes nothing."""
        number = select(rooms.c.number).where(rooms.c.jid == bindparam("jid"), rooms.c.status != "closed")
        here = memberships.c.room == number.scalar_subquery()

        async def work(transaction: Transaction) -> None:
            await _watch(transaction, at)
            if not seen:
                return
            await transaction.run(
                update(memberships)
                .where(here, memberships.c.holder == bindparam("who"), memberships.c.seen_at < bindparam("before"))
                .values(seen_at=bindparam("when")),
                [{"jid": one.room, "who": one.holder, "before": one.at - step_s, "when": one.at} for one in seen],
            )
            for one in seen:
                if one.affiliation in MANAGERS:
                    room = await places.open_room(transaction, one.room)
                    if room is not None:
                        await _list(transaction, room.number, one.account, one.affiliation, one.nick)

        await self._database.write(work)

    async def resume(self, at: float, gap_s: float) -> float:
        """Nobody watched since the last `note`: if that was longer than `gap_s`, nobody was absent for it. The gap."""

        async def work(transaction: Transaction) -> float:
            this = counters.c.name == _WATCHED
            watched = await transaction.scalar(select(counters.c.value).where(this))
            gap = 0.0 if watched is None else at - watched
            if gap > gap_s:
                await transaction.run(update(memberships).values(seen_at=memberships.c.seen_at + gap))
                transaction.note(MACHINE, "absence-forgiven", "", at, seconds=gap)
            await _watch(transaction, at)
            return gap if gap > gap_s else 0.0

        return await self._database.write(work)

    # lapsing

    async def due(self, before: float, most: int) -> tuple[Due, ...]:
        """Memberships of those who were not seen since then, the longest absent first."""
        query = (
            select(memberships.c.holder, rooms.c.jid)
            .join(rooms, rooms.c.number == memberships.c.room)
            .where(memberships.c.seen_at < before, ~memberships.c.is_pending)
            .order_by(memberships.c.seen_at)
            .limit(most)
        )
        async with self._database.read() as reading:
            return tuple(Due(row.holder, row.jid) for row in await reading.all(query))

    async def lapse(self, due: Sequence[Due], inside: Collection[Due], before: float, at: float) -> tuple[Due, ...]:
        """End those of `due` who were still not seen, are not inside and on none of the room's lists; which they are.

        The others count as seen now, so that they are not asked about again before their time.
        """

        async def work(transaction: Transaction) -> tuple[Due, ...]:
            lapsed: list[Due] = []
            for one in due:
                room = await places.open_room(transaction, one.room)
                if room is None:
                    continue
                here = (memberships.c.room == room.number, memberships.c.holder == one.holder)
                held = await transaction.first(select(memberships).where(*here))
                if held is None or held.seen_at >= before:
                    continue
                if one in inside or await _is_listed(transaction, room.number, one.holder):
                    await transaction.run(update(memberships).where(*here).values(seen_at=at))
                    continue
                await places.remove_place(transaction, room, held, at)
                transaction.note(MACHINE, "place-lapsed", one.holder, at, room=one.room)
                lapsed.append(one)
            return tuple(lapsed)

        return await self._database.write(work)


async def _list(transaction: Transaction, room: int, account: str, affiliation: str, nick: str | None = None) -> None:
    here = (affiliations.c.room == room, affiliations.c.account == account)
    if affiliation not in LISTED:
        await transaction.run(delete(affiliations).where(*here))
        return
    values = {"affiliation": affiliation} | ({} if nick is None else {"nick": nick})
    if not await transaction.run(update(affiliations).where(*here).values(values)):
        await transaction.run(insert(affiliations).values(room=room, account=account, **values))


async def _is_listed(reading: Reading, room: int, holder: str) -> bool:
    account, person = holders.parse(holder)
    theirs = (
        affiliations.c.account == account
        if person is None
        else affiliations.c.account.in_(select(accounts.c.jid).where(accounts.c.person == person))
    )
    return await reading.scalar(select(affiliations.c.account).where(affiliations.c.room == room, theirs)) is not None


async def _watch(transaction: Transaction, at: float) -> None:
    this = counters.c.name == _WATCHED
    if not await transaction.run(update(counters).where(this).values(value=int(at))):
        await transaction.run(insert(counters).values(name=_WATCHED, value=int(at)))

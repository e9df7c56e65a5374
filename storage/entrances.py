"""How rooms are entered by those who are not members: what managers chose, applications, admissions, answers tried."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Row, Select, delete, func, insert, select, update

from policy.actions import Admit, Apply
from policy.facts import Room, RoomStatus
from policy.joining import Joining, Way
from storage import applications as filing
from storage import seals
from storage.applications import WAITS, WORDS, Filed, State, Verdict
from storage.database import Database, Reading, Transaction
from storage.errors import Tampered
from storage.schema import admissions, applications, join_answers, rooms
from storage.vault import Keyring

__all__ = ["Application", "Entrances", "Filed", "Standing", "State", "Unannounced", "Verdict"]

_OPEN = rooms.c.status != RoomStatus.CLOSED.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How somebody stands with a room."""

    admitted_by: Way | None
    waiting_since: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    number: int
    room: str
    holder: str
    account: str
    at: float
    expires_at: float
    words: str  # "" also when its key is gone
    state: State
    reason: str
    decided_at: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unannounced:
    """Applications to one room of which its managers do not know."""

    room: str
    numbers: tuple[int, ...]


class Entrances:
    """Reads and writes of one database."""

    def __init__(self, database: Database, keyring: Keyring) -> None:
        """Entrances of `database`, applicants' words sealed with keys of `keyring`."""
        self._database = database
        self._keyring = keyring

    # what rooms ask for

    async def set_joining(self, room: Room, joining: Joining | None, at: float, *, by: str) -> bool:
        """Have a room be entered like this from now on; False when it is not as `room` says any more."""
        chosen = None if joining is None else msgspec.json.encode(joining).decode()

        async def work(transaction: Transaction) -> bool:
            row = await transaction.first(
                select(rooms.c.number, rooms.c.joining).where(rooms.c.code == room.code, _OPEN)
            )
            if row is None or (None if row.joining is None else filing.decode(row.joining)) != room.joining:
                return False
            await transaction.run(update(rooms).where(rooms.c.number == row.number).values(joining=chosen))
            mode = None if joining is None else joining.mode.value
            question = joining.question or None if joining else None
            transaction.note(by, "join-mode-set", room.jid, at, code=room.code, mode=mode, question=question)
            return True

        return await self._database.write(work)

    # who stands how

    async def standing(self, holder: str, room_jid: str, at: float) -> Standing:
        """By what somebody is admitted, and whether they wait for that."""
        admitted = (
            select(admissions.c.way)
            .join(rooms, rooms.c.number == admissions.c.room)
            .where(rooms.c.jid == room_jid, _OPEN, admissions.c.holder == holder, admissions.c.expires_at > at)
        )
        waiting = (
            select(applications.c.at)
            .join(rooms, rooms.c.number == applications.c.room)
            .where(rooms.c.jid == room_jid, _OPEN, applications.c.holder == holder)
            .where(WAITS, applications.c.expires_at > at)
        )

        async def look(reading: Reading) -> Standing:
            way = await reading.scalar(admitted)
            admitted_by = None if way is None else Way(way)
            return Standing(admitted_by=admitted_by, waiting_since=await reading.scalar(waiting))

        return await self._database.look(look)

    async def admit(self, admission: Admit, at: float) -> bool:
        """Let somebody in for a time; of two alike the longer one stays. False: the room is gone."""
        return await self._database.write(lambda transaction: filing.admit(transaction, admission, at))

    async def use_admission(self, holder: str, room_jid: str) -> None:
        """They came in: whoever is removed later has to ask anew."""
        there = admissions.c.room.in_(select(rooms.c.number).where(rooms.c.jid == room_jid))

        async def work(transaction: Transaction) -> None:
            await transaction.run(delete(admissions).where(there, admissions.c.holder == holder))

        await self._database.write(work)

    async def try_answer(self, holder: str, room_jid: str, at: float, *, most: int, window_s: float) -> bool:
        """Count an answer to the room's question before it is looked at; False when there were too many."""

        async def work(transaction: Transaction) -> bool:
            room = await filing.room_number(transaction, room_jid)
            it = (join_answers.c.room == room, join_answers.c.holder == holder, join_answers.c.at > at - window_s)
            tried = await transaction.scalar(select(func.count()).select_from(join_answers).where(*it))
            if room is None or tried >= most:
                return False
            await transaction.insert(insert(join_answers).values(room=room, holder=holder, at=at))
            return True

        return await self._database.write(work)

    # applications

    async def apply(self, application: Apply, at: float) -> Filed:
        """File an application, or say why not."""
        return await self._database.write(lambda transaction: filing.file(transaction, application, at, self._keyring))

    async def waiting_for(self, room_jid: str, at: float, *, limit: int) -> tuple[Application, ...]:
        """Applications that wait for a room's managers, oldest first."""
        it = (
            rooms.c.jid == room_jid,
            _OPEN,
            WAITS,
            applications.c.expires_at > at,
        )
        return await self._read(_APPLICATIONS.where(*it).order_by(applications.c.number).limit(limit))

    async def decide(self, room_jid: str, numbers: Sequence[int], verdict: Verdict, at: float) -> tuple[int, ...]:
        """Approve or refuse applications to a room; the numbers of those that were still to be decided."""
        return await self._database.write(
            lambda transaction: filing.decide(transaction, room_jid, numbers, verdict, at)
        )

    async def settle_grant(self, holder: str, room_jid: str, at: float) -> bool:
        """Somebody was made a member in the room itself: their application, if one waits, is granted by that."""
        return await self._database.write(lambda transaction: filing.grant(transaction, holder, room_jid, at))

    # what must be said, and forgotten

    async def expire(self, at: float) -> int:
        """End applications whose time is over, or whose room is; how many. Writes only if there are any."""
        async with self._database.read() as reading:
            if await reading.scalar(filing.DUE.limit(1).params(at=at)) is None:
                return 0
        return await self._database.write(lambda transaction: filing.expire(transaction, at))

    async def untold(self, *, limit: int) -> tuple[Application, ...]:
        """Applications that ended without the applicant knowing."""
        return await self._read(
            _APPLICATIONS.where(~applications.c.is_told).order_by(applications.c.number).limit(limit)
        )

    async def note_told(self, numbers: Sequence[int]) -> None:
        """The applicants were written to."""

        async def work(transaction: Transaction) -> None:
            await transaction.run(update(applications).where(applications.c.number.in_(numbers)).values(is_told=True))

        await self._database.write(work)

    async def unannounced(self, at: float) -> tuple[Unannounced, ...]:
        """Applications that wait without the rooms' managers knowing, by room."""
        waits = (WAITS, ~applications.c.is_announced)
        query = select(rooms.c.jid, applications.c.number).join(rooms, rooms.c.number == applications.c.room)
        query = query.where(*waits, applications.c.expires_at > at).order_by(rooms.c.jid, applications.c.number)
        by_room: dict[str, list[int]] = {}
        async with self._database.read() as reading:
            for row in await reading.all(query):
                by_room.setdefault(row.jid, []).append(row.number)
        return tuple(Unannounced(room=room, numbers=tuple(numbers)) for room, numbers in by_room.items())

    async def note_announced(self, numbers: Sequence[int]) -> None:
        """The managers were written to."""

        async def work(transaction: Transaction) -> None:
            it = applications.c.number.in_(numbers)
            await transaction.run(update(applications).where(it).values(is_announced=True))

        await self._database.write(work)

    async def prune(self, at: float, *, kept_s: float, window_s: float) -> None:
        """Forget admissions that are over, answers tried before the window, applications that ended long ago."""
        await self._database.write(lambda transaction: filing.prune(transaction, at, kept_s=kept_s, window_s=window_s))

    async def _read(self, query: Select[Any]) -> tuple[Application, ...]:
        async with self._database.read() as reading:
            found = []
            for row in await reading.all(query):
                try:
                    words = await seals.open_sealed(reading, self._keyring, row.sealed_for, WORDS, row.words)
                except Tampered:  # the applicant was erased
                    words = ""
                found.append(_application(row, words))
            return tuple(found)


_APPLICATIONS = select(applications, rooms.c.jid).join(rooms, rooms.c.number == applications.c.room)


def _application(row: Row[Any], words: str) -> Application:
    return Application(
        number=row.number,
        room=row.jid,
        holder=row.holder,
        account=row.account,
        at=row.at,
        expires_at=row.expires_at,
        words=words,
        state=State(row.state),
        reason=row.reason or "",
        decided_at=row.decided_at,
    )

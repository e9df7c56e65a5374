"""Applications to found a group at an address, or for another category or class of one, and what became of them.

An approved application for a new group keeps its address for whoever made it, until the group is founded or the time
is up. Each decision is made once; whether the applicant was told of it is kept, so that a restart forgets nobody.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Row, func, insert, select, update

from policy.actions import TakePlace
from policy.facts import Permit, RoomStatus
from storage import room_rules
from storage.database import MACHINE, Database, Reading, Transaction
from storage.errors import NotFound
from storage.schema import proposals, rooms

_MOST_TOLD = 100


class Status(Enum):
    WAITING = "waiting"
    APPROVED = "approved"  # the group may be founded
    GRANTED = "granted"  # done: the group is founded, or of that grade now
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"  # nobody decided in time
    UNUSED = "unused"  # approved, but the group was not founded in time


class Turned(Enum):
    """Why an application is not taken, or cannot be decided."""

    TOO_MANY = "too-many"
    TAKEN = "taken"  # there is a group at that address, or it is kept for somebody
    TWICE = "twice"  # one for this address waits already
    OVER = "over"  # it does not wait any more, or the group is closed


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What somebody applies for."""

    holder: str
    account: str
    room: str
    code: str = ""  # of an existing group
    category: str
    scale: str
    purpose: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An application, as far as it has come."""

    number: int
    draft: Draft
    status: Status
    at: float
    until: float
    decided_by: str | None
    reason: str


class Proposals:
    """Reads and writes of one database."""

    def __init__(self, database: Database) -> None:
        """Applications in `database`."""
        self._database = database

    # looking

    async def permit(self, room: str, holder: str, at: float) -> Permit | None:
        """For whom the address is kept now, if for anybody."""
        query = select(proposals).where(proposals.c.room == room, _is(Status.APPROVED), proposals.c.until > at)
        row = await self._database.look(lambda reading: reading.first(query))
        if row is None:
            return None
        return Permit(number=row.number, is_own=row.holder == holder, category=row.category, scale=row.scale)

    async def waiting(self, at: float, limit: int) -> tuple[Proposal, ...]:
        """Those that nobody has decided on, oldest first."""
        return await self._all(limit, _is(Status.WAITING), proposals.c.until > at)

    async def open_of(self, holder: str) -> tuple[Proposal, ...]:
        """A holder's own that wait, or were approved and not made use of."""
        return await self._all(100, _is(Status.WAITING, Status.APPROVED), proposals.c.holder == holder)

    async def find(self, number: int) -> Proposal | None:
        """One by its number."""
        return next(iter(await self._all(1, proposals.c.number == number)), None)

    async def purpose_of(self, room: str, code: str) -> str:
        """What the group at this address, with this code, is for, as the last application that was granted says."""
        granted = (proposals.c.room == room, proposals.c.code.in_(("", code)), _is(Status.GRANTED))
        query = select(proposals.c.purpose).where(*granted).order_by(proposals.c.number.desc()).limit(1)
        async with self._database.read() as reading:
            return await reading.scalar(query) or ""

    async def outcomes(self, holder: str) -> dict[Status, int]:
        """How many a holder has of each status."""
        query = select(proposals.c.status, func.count().label("sum")).where(proposals.c.holder == holder)
        async with self._database.read() as reading:
            rows = await reading.all(query.group_by(proposals.c.status))
        return {Status(row.status): row.sum for row in rows}

    async def untold(self) -> tuple[Proposal, ...]:
        """Those of whose status the applicants were not told yet, a hundred at most."""
        return await self._all(_MOST_TOLD, proposals.c.is_told.is_(False))

    async def _all(self, limit: int, *conditions: ColumnElement[bool]) -> tuple[Proposal, ...]:
        query = select(proposals).where(*conditions).order_by(proposals.c.number).limit(limit)
        async with self._database.read() as reading:
            return tuple(map(_proposal, await reading.all(query)))

    # changing

    async def file(
        self, draft: Draft, at: float, *, until: float, most: int, is_granted: bool = False
    ) -> Proposal | Turned:
        """Take an application; one that needs nobody's approval `is_granted` at once."""

        async def work(transaction: Transaction) -> Proposal | Turned:
            mine = (proposals.c.holder == draft.holder, _is(Status.WAITING, Status.APPROVED))
            if await transaction.scalar(select(func.count()).select_from(proposals).where(*mine)) >= most:
                return Turned.TOO_MANY
            if await transaction.first(select(proposals.c.number).where(*mine, proposals.c.room == draft.room)):
                return Turned.TWICE
            if not await _is_free(transaction, draft):
                return Turned.TAKEN
            row = {
                "holder": draft.holder,
                "account": draft.account,
                "room": draft.room,
                "code": draft.code,
                "category": draft.category,
                "scale": draft.scale,
                "purpose": draft.purpose,
                "description": draft.description,
            }
            state = {"status": Status.WAITING.value, "at": at, "until": until, "reason": "", "is_told": True}
            number = await transaction.insert(insert(proposals).values(**row, **state))
            transaction.note(draft.account, "applied", draft.holder, at, number=number, **_graded(draft))
            if is_granted:
                await _approve(transaction, number, draft, at, until=until, by=MACHINE, reason="", is_told=True)
            return _proposal(await _row(transaction, number))

        return await self._database.write(work)

    async def approve(self, number: int, at: float, *, until: float, by: str, reason: str) -> Proposal | Turned:
        """A new group may be founded before `until`; an existing one is of that grade from now on."""

        async def work(transaction: Transaction) -> Proposal | Turned:
            row = await _row(transaction, number)
            if row is None or not _is_undecided(row, at):
                return Turned.OVER
            draft = _draft(row)
            if not await _is_free(transaction, draft):
                return Turned.TAKEN
            if not await _approve(transaction, number, draft, at, until=until, by=by, reason=reason, is_told=False):
                return Turned.OVER
            return _proposal(await _row(transaction, number))

        return await self._database.write(work)

    async def refuse(self, number: int, at: float, *, by: str, reason: str) -> Proposal | Turned:
        """It is not to be."""

        async def work(transaction: Transaction) -> Proposal | Turned:
            row = await _row(transaction, number)
            if row is None or not _is_undecided(row, at):
                return Turned.OVER
            await _end(transaction, number, Status.REFUSED, at, by=by, reason=reason, is_told=False)
            transaction.note(by, "application-refused", row.holder, at, number=number, room=row.room, reason=reason)
            return _proposal(await _row(transaction, number))

        return await self._database.write(work)

    async def withdraw(self, number: int, holder: str, at: float, *, by: str) -> bool:
        """The applicant wants it no more. False when it is not theirs, or over."""

        async def work(transaction: Transaction) -> bool:
            row = await _row(transaction, number)
            if row is None or row.holder != holder or row.status not in _OPEN:
                return False
            await _end(transaction, number, Status.WITHDRAWN, at, by=by, reason="", is_told=True)
            transaction.note(by, "application-withdrawn", holder, at, number=number, room=row.room)
            return True

        return await self._database.write(work)

    async def expire(self, at: float) -> int:
        """End those whose time is up; how many."""

        async def work(transaction: Transaction) -> int:
            due = (_is(Status.WAITING, Status.APPROVED), proposals.c.until <= at)
            over = await transaction.all(select(proposals).where(*due).order_by(proposals.c.number))
            for row in over:
                status = Status.LAPSED if row.status == Status.WAITING.value else Status.UNUSED
                await _end(transaction, row.number, status, at, by=MACHINE, reason="", is_told=False)
                transaction.note(MACHINE, "application-lapsed", row.holder, at, number=row.number, room=row.room)
            return len(over)

        return await self._database.write(work)

    async def note_told(self, number: int, status: Status) -> None:
        """The applicant knows of this status."""
        told = (proposals.c.number == number, proposals.c.status == status.value)
        await self._database.write(
            lambda transaction: transaction.run(update(proposals).where(*told).values(is_told=True))
        )


_OPEN = frozenset((Status.WAITING.value, Status.APPROVED.value))


async def keeper_of(reading: Reading, room: str) -> Row[Any] | None:
    """The application for which the address is kept."""
    return await reading.first(select(proposals).where(proposals.c.room == room, _is(Status.APPROVED)))


async def forsake(transaction: Transaction, holder: str, at: float) -> None:
    """Nobody is there any more who could found what they applied for."""
    mine = (proposals.c.holder == holder, _is(Status.WAITING, Status.APPROVED))
    values = {"status": Status.WITHDRAWN.value, "decided_at": at}
    await transaction.run(update(proposals).where(*mine).values(values))


async def grade_of_new(transaction: Transaction, place: TakePlace, holder: str) -> dict[str, str | None] | None:
    """Category and class of a group that is founded now; None when the address is kept for somebody else.

    Raises:
        NotFound: the approval it rests on has just ended.
    """
    kept = await keeper_of(transaction, place.room)
    if kept is None and place.permit is not None:
        raise NotFound(f"what allowed {place.room} to be founded is over")
    if kept is None:
        return {"scale": place.scale}
    return {"category": kept.category, "scale": kept.scale} if kept.holder == holder else None


async def founded(transaction: Transaction, room: str, holder: str, at: float) -> None:
    """The group came about: its founder's application has had its use."""
    row = await keeper_of(transaction, room)
    if row is not None and row.holder == holder:
        await _end(transaction, row.number, Status.GRANTED, at, by=row.decided_by, reason=row.reason, is_told=True)


async def _approve(
    transaction: Transaction,
    number: int,
    draft: Draft,
    at: float,
    *,
    until: float,
    by: str,
    reason: str,
    is_told: bool,
) -> bool:
    values = {"decided_at": at, "decided_by": by, "reason": reason, "is_told": is_told}
    if draft.code:
        graded = {"category": draft.category, "scale": draft.scale}
        if not await room_rules.classify(transaction, draft.code, graded, at, reason=reason, by=by):
            return False
        if by != MACHINE:  # a moderator looked at the group
            seen = (rooms.c.code == draft.code, rooms.c.review_at.is_(None))
            await transaction.run(update(rooms).where(*seen).values(reviewed_at=at, reviewed_by=by))
        values["status"] = Status.GRANTED.value
    else:
        values |= {"status": Status.APPROVED.value, "until": until}
    await transaction.run(update(proposals).where(proposals.c.number == number).values(values))
    transaction.note(by, "application-approved", draft.holder, at, number=number, **_graded(draft), reason=reason)
    return True


async def _is_free(transaction: Transaction, draft: Draft) -> bool:
    """Whether nobody has the address of a new group, nor has it kept for them."""
    if draft.code:
        return True
    here = (rooms.c.jid == draft.room, rooms.c.status != RoomStatus.CLOSED.value)
    if await transaction.first(select(rooms.c.number).where(*here)) is not None:
        return False
    return await keeper_of(transaction, draft.room) is None


async def _end(
    transaction: Transaction, number: int, status: Status, at: float, *, by: str | None, reason: str, is_told: bool
) -> None:
    values = {"status": status.value, "decided_at": at, "decided_by": by, "reason": reason, "is_told": is_told}
    await transaction.run(update(proposals).where(proposals.c.number == number).values(values))


async def _row(reading: Reading, number: int) -> Row[Any] | None:
    return await reading.first(select(proposals).where(proposals.c.number == number))


def _is(*statuses: Status) -> ColumnElement[bool]:
    return proposals.c.status.in_([status.value for status in statuses])


def _is_undecided(row: Row[Any], at: float) -> bool:
    return bool(row.status == Status.WAITING.value and row.until > at)


def _graded(draft: Draft) -> dict[str, str]:
    return {"room": draft.room, "category": draft.category, "scale": draft.scale}


def _draft(row: Row[Any]) -> Draft:
    return Draft(**{name: getattr(row, name) for name in Draft.__slots__})


def _proposal(row: Row[Any] | None) -> Proposal:
    assert row is not None  # noqa: S101 - found or written in the same transaction
    return Proposal(
        number=row.number,
        draft=_draft(row),
        status=Status(row.status),
        at=row.at,
        until=row.until,
        decided_by=row.decided_by,
        reason=row.reason,
    )

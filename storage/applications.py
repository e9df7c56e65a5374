"""The transactions behind `entrances.py`: filing, deciding and ending applications, admitting people.

INVARIANT: an application is decided once. Whoever comes second, or too late, changes nothing.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, bindparam, delete, func, insert, literal_column, or_, select, update

from policy.actions import Admit, Apply
from policy.facts import RoomStatus
from policy.joining import Filing, Joining, Way
from storage import holders, lineage, seals
from storage.database import MACHINE, Reading, Transaction
from storage.schema import admissions, applications, join_answers, rooms
from storage.vault import Keyring

log = logging.getLogger(__name__)

WORDS = "words"
"""As which kind of record an applicant's words are sealed."""


class State(Enum):
    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    GRANTED = "granted"  # a manager made them a member in the room itself
    EXPIRED = "expired"  # by time, or since the room closed


WAITS = applications.c.state == literal_column(f"'{State.WAITING.value}'")
"""Written out, so that the index of those that wait serves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """What became of an application."""

    filing: Filing
    until: float | None = None  # PAUSED: before that another one is in vain


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a manager decides of applications."""

    is_approval: bool
    by: str  # bare JID
    reason: str
    admission_s: float


def decode(document: str) -> Joining | None:
    """How a room is entered, as it was stored; what cannot be read is as if nobody had chosen, and said in the log."""
    try:
        return msgspec.json.decode(document, type=Joining)
    except msgspec.ValidationError as error:
        log.error("how a room is to be entered is left to its category, it cannot be read: %s", error)
        return None


def _is_open(jid: str) -> ColumnElement[bool]:
    return and_(rooms.c.jid == jid, rooms.c.status != RoomStatus.CLOSED.value)


async def room_number(reading: Reading, jid: str) -> int | None:
    """The number of the room that has this address now."""
    number: int | None = await reading.scalar(select(rooms.c.number).where(_is_open(jid)))
    return number


# applications


async def file(transaction: Transaction, application: Apply, at: float, keyring: Keyring) -> Filed:
    """See `Entrances.apply`."""
    room = await room_number(transaction, application.room)
    if room is None:
        return Filed(filing=Filing.CROWDED)
    holder = await lineage.current(transaction, holders.of(application.account, application.person))
    here = (applications.c.room == room, applications.c.holder == holder)
    if await transaction.scalar(select(applications.c.number).where(*here, WAITS)) is not None:
        return Filed(filing=Filing.WAITING)
    refused = select(func.max(applications.c.decided_at)).where(*here, applications.c.state == State.REFUSED.value)
    refused_at = await transaction.scalar(refused)
    if refused_at is not None and refused_at + application.pause_s > at:
        return Filed(filing=Filing.PAUSED, until=refused_at + application.pause_s)
    counted = select(func.count()).select_from(applications)
    if await transaction.scalar(counted.where(applications.c.holder == holder, WAITS)) >= application.per_person:
        return Filed(filing=Filing.TOO_MANY)
    if await transaction.scalar(counted.where(applications.c.room == room, WAITS)) >= application.per_room:
        return Filed(filing=Filing.CROWDED)
    number = await transaction.insert(
        insert(applications).values(
            room=room,
            holder=holder,
            account=application.account,
            at=at,
            expires_at=at + application.expires_s,
            sealed_for=holder,
            words=await seals.seal(transaction, keyring, holder, WORDS, application.words),
            state=State.WAITING.value,
            is_announced=False,
            is_told=True,
        )
    )
    transaction.note(application.account, "application-filed", holder, at, room=application.room, number=number)
    return Filed(filing=Filing.FILED)


async def decide(
    transaction: Transaction, room_jid: str, numbers: Sequence[int], verdict: Verdict, at: float
) -> tuple[int, ...]:
    """See `Entrances.decide`."""
    room = await room_number(transaction, room_jid)
    state = State.APPROVED if verdict.is_approval else State.REFUSED
    decided: list[int] = []
    for number in dict.fromkeys(numbers):
        it = (applications.c.number == number, applications.c.room == room)
        row = await transaction.first(select(applications).where(*it, WAITS, applications.c.expires_at > at))
        if row is None:
            continue
        await transaction.run(
            update(applications)
            .where(*it)
            .values(
                state=state.value,
                decided_at=at,
                decided_by=verdict.by,
                reason=verdict.reason,
                is_announced=True,
                is_told=False,
            )
        )
        if verdict.is_approval:
            approved = {"room": row.room, "holder": row.holder, "way": Way.APPROVAL.value, "by": verdict.by}
            await _admit(transaction, {**approved, "at": at, "expires_at": at + verdict.admission_s})
        deed = f"application-{state.value}"
        transaction.note(verdict.by, deed, row.holder, at, room=room_jid, number=number, reason=verdict.reason)
        decided.append(number)
    return tuple(decided)


async def grant(transaction: Transaction, holder: str, room_jid: str, at: float) -> bool:
    """See `Entrances.settle_grant`."""
    room = await room_number(transaction, room_jid)
    it = (applications.c.room == room, applications.c.holder == holder, WAITS)
    await transaction.run(delete(admissions).where(admissions.c.room == room, admissions.c.holder == holder))
    values = {"state": State.GRANTED.value, "decided_at": at, "decided_by": "room", "is_told": False}
    if not await transaction.run(update(applications).where(*it).values(**values, is_announced=True)):
        return False
    transaction.note("room", "application-granted", holder, at, room=room_jid)
    return True


DUE = (
    select(applications.c.number, applications.c.holder, rooms.c.jid)
    .join(rooms, rooms.c.number == applications.c.room)
    .where(
        WAITS,
        or_(applications.c.expires_at <= bindparam("at"), rooms.c.status == RoomStatus.CLOSED.value),
    )
)
"""Applications that wait though their time is over, or their room is, at the time `at`."""


async def expire(transaction: Transaction, at: float) -> int:
    """See `Entrances.expire`."""
    rows = await transaction.all(DUE.params(at=at))
    for row in rows:
        await transaction.run(
            update(applications)
            .where(applications.c.number == row.number)
            .values(state=State.EXPIRED.value, decided_at=at, is_announced=True, is_told=False)
        )
        transaction.note(MACHINE, "application-expired", row.holder, at, room=row.jid, number=row.number)
    return len(rows)


async def prune(transaction: Transaction, at: float, *, kept_s: float, window_s: float) -> None:
    """See `Entrances.prune`."""
    await transaction.run(delete(admissions).where(admissions.c.expires_at <= at))
    await transaction.run(delete(join_answers).where(join_answers.c.at <= at - window_s))
    over = (applications.c.state != State.WAITING.value, applications.c.is_told)
    await transaction.run(delete(applications).where(*over, applications.c.decided_at <= at - kept_s))


# admissions


async def admit(transaction: Transaction, admission: Admit, at: float) -> bool:
    """See `Entrances.admit`."""
    room = await room_number(transaction, admission.room)
    if room is None:
        return False
    holder = await lineage.current(transaction, holders.of(admission.account, admission.person))
    admitted = {"room": room, "holder": holder, "way": admission.way.value, "by": admission.by}
    await _admit(transaction, {**admitted, "at": at, "expires_at": at + admission.lasts_s})
    transaction.note(admission.by, "admitted", holder, at, room=admission.room, way=admission.way.value)
    return True


async def _admit(transaction: Transaction, row: dict[str, Any]) -> None:
    """A manager's word outweighs an answer; of two alike the one that lasts longer stays. The end is the later one."""
    it = (admissions.c.room == row["room"], admissions.c.holder == row["holder"])
    held = await transaction.first(select(admissions).where(*it))
    await transaction.run(delete(admissions).where(*it))
    if held is not None and held.expires_at > row["at"]:
        before = {name: getattr(held, name) for name in row}
        last = max(before["expires_at"], row["expires_at"])
        row = {**(row if _weight(row) > _weight(before) else before), "expires_at": last}
    await transaction.run(insert(admissions).values(row))


def _weight(row: Mapping[str, Any]) -> tuple[bool, float]:
    return row["way"] != Way.ANSWER.value, row["expires_at"]

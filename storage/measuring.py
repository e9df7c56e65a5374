"""The transactions behind `measures.py`: imposing and undoing, with the room's status and its places."""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from policy.facts import RoomStatus
from policy.group_ladder import FINAL, MeasureKind, RoomStrike
from policy.room_rule import OWN
from storage import blacklisting, lineage, places
from storage.database import MACHINE, Reading, Transaction
from storage.measure import End, Measure, Order, to_measure
from storage.schema import measure_strikes, measures, memberships, rooms, sanctions, strikes

UNCLAIMED = {"claimed_at": None, "claimed_by": None, "claim": None, "left_s": None}
_STATUSES = {MeasureKind.WARN: RoomStatus.OPEN, MeasureKind.SUSPEND: RoomStatus.SUSPENDED}


def running() -> tuple[Any, ...]:
    """Conditions of a measure whose clock goes."""
    return measures.c.ended_at.is_(None), measures.c.claimed_at.is_(None)


RUNNING = (
    select(measures)
    .join(rooms, rooms.c.code == measures.c.code)
    .where(*running(), rooms.c.status != RoomStatus.CLOSED.value)
)
"""Those of rooms that are there: the clock of one that was destroyed meanwhile goes on when it is made anew."""


async def standing(reading: Reading, code: str) -> Measure | None:
    """See `Measures.standing`."""
    row = await reading.first(select(measures).where(measures.c.code == code, measures.c.ended_at.is_(None)))
    return None if row is None else to_measure(row)


async def measure_of(reading: Reading, number: int) -> Measure:
    """One that is known to be."""
    row = await reading.first(select(measures).where(measures.c.number == number))
    assert row is not None  # noqa: S101 - nobody deletes them
    return to_measure(row)


async def count_strikes(reading: Reading, code: str, at: float, since: float) -> tuple[RoomStrike, ...]:
    """See `Measures.strikes`."""
    room = await reading.first(select(rooms.c.jid, rooms.c.taken_at).where(rooms.c.code == code))
    if room is None:
        return ()
    cleared = select(func.max(measures.c.ended_at)).where(
        measures.c.code == code,
        measures.c.ended_at <= at,
        measures.c.end.in_((End.RELEASED.value, End.UNDONE.value)),
    )
    since = max(since, room.taken_at - 1, await reading.scalar(cleared) or 0.0)
    by_rules = select(strikes).where(
        strikes.c.room == room.jid,
        strikes.c.at > since,
        strikes.c.expires_at > at,
        strikes.c.overruled_at.is_(None),
        ~strikes.c.rule.startswith(OWN),
    )
    by_moderators = select(sanctions).where(
        sanctions.c.room == room.jid,
        sanctions.c.at > since,
        sanctions.c.by != MACHINE,
        sanctions.c.lifted_at.is_(None),
        ~sanctions.c.rule.startswith(OWN),
    )
    found = [RoomStrike(number=row.number, holder=row.holder, at=row.at) for row in await reading.all(by_rules)]
    found += [RoomStrike(number=None, holder=row.holder, at=row.at) for row in await reading.all(by_moderators)]
    return tuple(sorted(found, key=lambda strike: strike.at))


async def impose(transaction: Transaction, order: Order, at: float) -> Measure | None:
    """See `Measures.impose`."""
    room = await transaction.first(places.ROOMS.where(rooms.c.code == order.code))
    if room is None or room.status == RoomStatus.CLOSED.value:
        return None
    before = await transaction.first(
        select(measures).where(measures.c.code == order.code, measures.c.ended_at.is_(None))
    )
    if (None if before is None else before.number) != order.after:
        return None
    if before is not None:
        await finish(transaction, before, order.ends, at, order.by)
    due_at = None if order.within_s is None or order.kind in FINAL else at + order.within_s
    row = {"code": order.code, "room": room.jid, "kind": order.kind.value, "rule": order.rule, "reason": order.reason}
    number = await transaction.insert(
        insert(measures).values(
            **row,
            checklist=json.dumps(dict(order.checklist)),
            by=order.by,
            at=at,
            due_at=due_at,
            replaces=order.after,
            status_before=room.status,
            places=json.dumps(await _places_of(transaction, room)) if order.kind in FINAL else None,
        )
    )
    if order.strikes:
        await transaction.run(
            insert(measure_strikes), [{"measure": number, "strike": strike} for strike in order.strikes]
        )
    transaction.note(order.by, "group-measure", room.jid, at, number=number, replaces=order.after, until=due_at, **row)
    if order.kind in FINAL:
        await places.close(transaction, room.jid, at, reason=order.reason, by=order.by, is_kept=True)
        if order.kind is MeasureKind.BLACKLIST:
            await blacklisting.add_room(transaction, room.jid, at, reason=order.reason, by=order.by, measure=number)
    else:
        await set_status(transaction, order.code, _STATUSES[order.kind])
    return await measure_of(transaction, number)


async def undo(transaction: Transaction, number: int, at: float, *, by: str, reason: str) -> Measure | None:
    """See `Measures.undo`."""
    row = await transaction.first(select(measures).where(measures.c.number == number, measures.c.ended_at.is_(None)))
    if row is None:
        return None
    await finish(transaction, row, End.UNDONE, at, by)
    if MeasureKind(row.kind) in FINAL:
        await _reopen(transaction, row, at, by=by, reason=reason)
    else:
        await set_status(transaction, row.code, RoomStatus(row.status_before))
    if row.replaces is not None:
        before = await transaction.first(select(measures).where(measures.c.number == row.replaces))
        assert before is not None  # noqa: S101 - nobody deletes them
        due_at = None if before.due_at is None else at + before.due_at - before.at
        again = {"ended_at": None, "ended_by": None, "end": None, "due_at": due_at, **UNCLAIMED}
        await transaction.run(update(measures).where(measures.c.number == row.replaces).values(again))
    transaction.note(by, "group-measure-undone", row.room, at, number=number, code=row.code, reason=reason)
    return await measure_of(transaction, number)


async def finish(transaction: Transaction, row: Row[Any], how: End, at: float, by: str) -> None:
    """It does not stand any more."""
    ended = {"ended_at": at, "ended_by": by, "end": how.value}
    await transaction.run(update(measures).where(measures.c.number == row.number).values(ended))


async def set_status(transaction: Transaction, code: str, status: RoomStatus) -> None:
    """Of a room that is not closed: one that its owners destroyed meanwhile stays so."""
    here = (rooms.c.code == code, rooms.c.status != RoomStatus.CLOSED.value)
    await transaction.run(update(rooms).where(*here).values(status=status.value))


# rooms that were closed


async def _places_of(reading: Reading, room: Row[Any]) -> list[tuple[str, bool, float]]:
    query = select(memberships).where(memberships.c.room == room.number, ~memberships.c.is_pending)
    return [(row.holder, row.is_creator, row.since) for row in await reading.all(query.order_by(memberships.c.since))]


async def _reopen(transaction: Transaction, row: Row[Any], at: float, *, by: str, reason: str) -> None:
    """The room is open for its founder to be made anew on the server; its members have their places again.

    Quotas are not asked: who has too many now keeps what they have. A room that nobody knows the founder of is free
    to be made by whoever comes first.
    """
    opened = {"status": row.status_before, "is_pending": True, "is_kept": False, "closed_at": None}
    room = await transaction.first(select(rooms).where(rooms.c.code == row.code))
    assert room is not None  # noqa: S101 - nobody deletes them
    await transaction.run(
        update(rooms)
        .where(rooms.c.number == room.number)
        .values(**opened, closed_by=None, close_reason=None, is_reserved=True)
    )
    seen: set[str] = set()
    for holder, is_creator, since in json.loads(row.places):
        now = await lineage.holder_now(transaction, holder)
        if now is not None and now not in seen:
            seen.add(now)
            place = places.new_place(room.number, now, at, is_creator=is_creator, is_pending=False)
            await transaction.run(insert(memberships).values(**{**place, "since": since}))
    if row.kind == MeasureKind.BLACKLIST.value:
        await blacklisting.remove_with(transaction, row.number, row.room, at, reason=reason, by=by)


async def forget(transaction: Transaction, gone: Collection[str]) -> None:
    """These holders are not to be given a place in a room that is opened again."""
    for row in await transaction.all(select(measures).where(measures.c.places.is_not(None))):
        kept = [place for place in json.loads(row.places) if place[0] not in gone]
        await transaction.run(update(measures).where(measures.c.number == row.number).values(places=json.dumps(kept)))

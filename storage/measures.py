"""Measures against rooms: imposed, missed, released, undone. Decides nothing: the ladder and moderators do.

At most one measure stands against a room; a graver one takes the place of the one before, and gives it back when it is
undone. They belong to the room's code, whoever owns the room.
"""

from collections.abc import Collection

from sqlalchemy import func, select, update

from policy.facts import RoomStatus
from policy.group_ladder import FINAL, MeasureKind, RoomStrike
from storage import measuring
from storage.database import MACHINE, Database, Transaction
from storage.measure import Claim, End, Measure, Order, to_measure
from storage.schema import measure_strikes, measures, rooms, strikes

__all__ = ["Claim", "End", "Measure", "Measures", "Order"]


class Measures:
    """Reads and writes of one database."""

    def __init__(self, database: Database) -> None:
        """Measures of `database`."""
        self._database = database

    # looking

    async def standing(self, code: str) -> Measure | None:
        """What is held against the room now."""
        async with self._database.read() as reading:
            return await measuring.standing(reading, code)

    async def find(self, number: int) -> Measure | None:
        """Any that ever was."""
        async with self._database.read() as reading:
            row = await reading.first(select(measures).where(measures.c.number == number))
        return None if row is None else to_measure(row)

    async def standing_among(self, rooms_: Collection[str]) -> tuple[Measure, ...]:
        """Measures that stand against open rooms of these addresses."""
        standing = select(measures).where(measures.c.room.in_(rooms_), measures.c.ended_at.is_(None))
        there = select(rooms.c.code).where(rooms.c.jid.in_(rooms_), rooms.c.status != RoomStatus.CLOSED.value)
        query = standing.where(measures.c.code.in_(there))
        async with self._database.read() as reading:
            return tuple(map(to_measure, await reading.all(query.order_by(measures.c.room))))

    async def history(self, code: str) -> tuple[Measure, ...]:
        """All that ever was, newest first."""
        query = select(measures).where(measures.c.code == code).order_by(measures.c.number.desc())
        async with self._database.read() as reading:
            return tuple(map(to_measure, await reading.all(query)))

    async def down_to(self, measure: Measure) -> tuple[Measure, ...]:
        """From what stands down to this one, which it replaced in the end; empty when nothing of it stands."""
        history = {each.number: each for each in await self.history(measure.code)}
        chain: list[Measure] = []
        each = next((one for one in history.values() if one.ended_at is None), None)
        while each is not None:
            chain.append(each)
            if each.number == measure.number:
                return tuple(chain)
            each = None if each.replaces is None else history[each.replaces]
        return ()

    async def strikes(self, code: str, at: float, window_s: float) -> tuple[RoomStrike, ...]:
        """What counts against the room, oldest first: of the window, and not before the last time it was cleared."""
        async with self._database.read() as reading:
            return await measuring.count_strikes(reading, code, at, at - window_s)

    async def due(self, at: float) -> tuple[Measure, ...]:
        """Those of rooms that are there whose deadline has passed while nobody claimed anything."""
        async with self._database.read() as reading:
            return tuple(map(to_measure, await reading.all(measuring.RUNNING.where(measures.c.due_at <= at))))

    async def next_due(self) -> float | None:
        """When the next deadline passes."""
        async with self._database.read() as reading:
            next_due = measuring.RUNNING.with_only_columns(func.min(measures.c.due_at))
            due_at: float | None = await reading.scalar(next_due)
        return due_at

    async def unfinished(self) -> tuple[Measure, ...]:
        """Those that stand, and whose doing in rooms and towards people is not known to be done."""
        query = (
            select(measures)
            .join(rooms, rooms.c.code == measures.c.code)
            .where(measures.c.ended_at.is_(None), measures.c.done_at.is_(None), ~rooms.c.is_pending)
        )
        async with self._database.read() as reading:
            return tuple(map(to_measure, await reading.all(query.order_by(measures.c.number))))

    # writing

    async def impose(self, order: Order, at: float) -> Measure | None:
        """Impose it, the room's status and its places with it. None: the room is closed, or somebody was quicker."""
        return await self._database.write(lambda transaction: measuring.impose(transaction, order, at))

    async def finish(self, number: int, at: float) -> None:
        """All is done that was to be done in rooms and towards people."""
        done = update(measures).where(measures.c.number == number).values(done_at=at)
        await self._database.write(lambda transaction: transaction.run(done))

    async def forgo(self, number: int, at: float) -> bool:
        """A deadline passed and the ladder leads nowhere: it is noted once, and the measure stands. False: it was."""

        async def work(transaction: Transaction) -> bool:
            this = (measures.c.number == number, *measuring.running(), measures.c.due_at <= at)
            if not await transaction.run(update(measures).where(*this).values(due_at=None)):
                return False
            room = await transaction.scalar(select(measures.c.room).where(measures.c.number == number))
            transaction.note(MACHINE, "group-deadline-missed", str(room), at, number=number)
            return True

        return await self._database.write(work)

    async def claim(self, number: int, at: float, *, by: str, words: str) -> bool:
        """Say that all is set right. False: it is over, too late, or somebody said so already."""

        async def work(transaction: Transaction) -> bool:
            row = await transaction.first(select(measures).where(measures.c.number == number, *measuring.running()))
            if row is None or MeasureKind(row.kind) in FINAL or (row.due_at is not None and row.due_at <= at):
                return False
            left_s = 0.0 if row.due_at is None else row.due_at - at
            claimed = {"claimed_at": at, "claimed_by": by, "claim": words, "left_s": left_s}
            await transaction.run(update(measures).where(measures.c.number == number).values(claimed))
            transaction.note(by, "group-claimed", row.room, at, number=number, code=row.code, claim=words)
            return True

        return await self._database.write(work)

    async def refuse(self, number: int, at: float, *, by: str, reason: str) -> Measure | None:
        """It is not set right: the clock goes on where it stood. None: nobody claims so any more."""

        async def work(transaction: Transaction) -> Measure | None:
            this = (measures.c.number == number, measures.c.ended_at.is_(None), measures.c.claimed_at.is_not(None))
            row = await transaction.first(select(measures).where(*this))
            if row is None:
                return None
            due_at = None if row.due_at is None else at + row.left_s
            await transaction.run(update(measures).where(*this).values(due_at=due_at, **measuring.UNCLAIMED))
            transaction.note(by, "group-claim-refused", row.room, at, number=number, code=row.code, reason=reason)
            return await measuring.measure_of(transaction, number)

        return await self._database.write(work)

    async def release(self, number: int, at: float, *, by: str, reason: str) -> Measure | None:
        """What was wrong is set right: nothing is held against the room any more. None: it is over, or is final."""

        async def work(transaction: Transaction) -> Measure | None:
            row = await transaction.first(
                select(measures).where(measures.c.number == number, measures.c.ended_at.is_(None))
            )
            if row is None or MeasureKind(row.kind) in FINAL:
                return None
            await measuring.finish(transaction, row, End.RELEASED, at, by)
            await measuring.set_status(transaction, row.code, RoomStatus.OPEN)
            transaction.note(by, "group-released", row.room, at, number=number, code=row.code, reason=reason)
            return await measuring.measure_of(transaction, number)

        return await self._database.write(work)

    async def undo(self, number: int, at: float, *, by: str, reason: str) -> Measure | None:
        """It was wrong: what was there before is there again, with its full time. None: it is over."""
        return await self._database.write(
            lambda transaction: measuring.undo(transaction, number, at, by=by, reason=reason)
        )

    async def resting_on_overruled(self) -> tuple[Measure, ...]:
        """Measures that were not taken back, of rooms against which one stands, and counted from what is overruled."""
        overruled = (
            select(measure_strikes.c.measure)
            .join(strikes, strikes.c.number == measure_strikes.c.strike)
            .where(strikes.c.overruled_at.is_not(None))
        )
        standing = select(measures.c.code).where(measures.c.ended_at.is_(None))
        query = select(measures).where(
            measures.c.code.in_(standing),
            measures.c.number.in_(overruled),
            measures.c.end.is_distinct_from(End.UNDONE.value),
        )
        async with self._database.read() as reading:
            return tuple(map(to_measure, await reading.all(query.order_by(measures.c.number))))

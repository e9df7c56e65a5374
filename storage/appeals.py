"""Appeals: one against each sanction, measure or blacklisting, decided once, and done with when what follows is done.

Decides nothing. What an appeal that is upheld undoes, `discipline.py`, `measures.py` and `blacklistings.py` undo.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Row, insert, or_, select, update

from policy.facts import RoomStatus
from storage import former_managers, holders, incidents, lineage, seals
from storage.database import Database, Transaction
from storage.discipline import SanctionRecord, Wrong, to_record
from storage.measure import End, Measure, to_measure
from storage.schema import appeals, manager_strikes, measures, rooms, sanction_strikes, sanctions, strikes
from storage.vault import Keyring

_MOST_EVIDENCE = 5


class State(Enum):
    WAITING = "waiting"
    UPHELD = "upheld"  # what it is against was wrong
    REJECTED = "rejected"
    FORSAKEN = "forsaken"  # whoever made it was erased


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An appeal as somebody makes it, against one of the three."""

    holder: str
    account: str
    words: str
    sanction: int | None = None
    measure: int | None = None
    blacklisting: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """One, as far as it has come."""

    number: int
    draft: Draft
    at: float
    state: State
    wrong: Wrong
    decided_by: str | None
    is_by_imposer: bool  # nobody else could decide
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What a moderator decides."""

    state: State
    wrong: Wrong
    by: str
    is_by_imposer: bool = False
    reason: str


class Appeals:
    """Reads and writes of one database."""

    def __init__(self, database: Database, keyring: Keyring) -> None:
        """Appeals in `database`, words sealed with keys of `keyring`."""
        self._database = database
        self._keyring = keyring

    # what can be appealed against

    async def sanctions_open_to(self, holder: str, since: float) -> tuple[SanctionRecord, ...]:
        """The holder's sanctions imposed since then, over or not, neither lifted nor appealed against; newest first."""
        theirs = (sanctions.c.holder == holder, sanctions.c.at > since, sanctions.c.lifted_at.is_(None))
        fresh = sanctions.c.number.not_in(select(appeals.c.sanction).where(appeals.c.sanction.is_not(None)))
        query = select(sanctions).where(*theirs, fresh).order_by(sanctions.c.number.desc())
        async with self._database.read() as reading:
            return tuple(map(to_record, await reading.all(query)))

    async def measures_open_to(
        self, account: str, person: int | None, managed: Collection[str], since: float
    ) -> tuple[Measure, ...]:
        """Likewise, measures against open rooms of these addresses, and others that somebody answered for.

        Those they made, managed when they were closed, or were struck for.
        """
        holder = holders.of(account, person)
        there = select(rooms.c.code).where(rooms.c.jid.in_(managed), rooms.c.status != RoomStatus.CLOSED.value)
        struck = select(manager_strikes.c.measure).where(
            manager_strikes.c.holder == holder, manager_strikes.c.measure.is_not(None)
        )
        fresh = measures.c.number.not_in(select(appeals.c.measure).where(appeals.c.measure.is_not(None)))
        stands = measures.c.end.is_distinct_from(End.UNDONE.value)
        async with self._database.read() as reading:
            mine = await lineage.accounts_of(reading, account, person)
            made = select(former_managers.answered_for(holder, mine).subquery().c.code)
            theirs = or_(measures.c.code.in_(there), measures.c.code.in_(made), measures.c.number.in_(struck))
            query = select(measures).where(theirs, fresh, stands, measures.c.at > since)
            return tuple(map(to_measure, await reading.all(query.order_by(measures.c.number.desc()))))

    async def managed(self, account: str, room: str) -> bool:
        """Whether an account managed a room at this address when it was closed."""
        async with self._database.read() as reading:
            return await former_managers.managed(reading, account, room)

    async def evidence_of(self, sanction: int) -> tuple[str, ...]:
        """What the sanction rests on, as far as it is on record: the newest strikes that it was counted from."""
        counted = select(sanction_strikes.c.strike).where(sanction_strikes.c.sanction == sanction)
        same = select(sanctions.c.incident).where(sanctions.c.number == sanction, sanctions.c.incident.is_not(None))
        query = select(strikes).where(or_(strikes.c.number.in_(counted), strikes.c.incident.in_(same)))
        async with self._database.read() as reading:
            rows = await reading.all(query.order_by(strikes.c.number.desc()).limit(_MOST_EVIDENCE))
            return tuple([await seals.open_evidence(reading, self._keyring, row, incidents.EVIDENCE) for row in rows])

    # appeals

    async def file(self, draft: Draft, at: float) -> int | None:
        """Put one on record; its number. None: there was one against the same before."""

        async def work(transaction: Transaction) -> int | None:
            if await transaction.scalar(select(appeals.c.number).where(_same(draft))) is not None:
                return None
            number = await transaction.insert(
                insert(appeals).values(
                    holder=draft.holder,
                    account=draft.account,
                    sanction=draft.sanction,
                    measure=draft.measure,
                    blacklisting=draft.blacklisting,
                    at=at,
                    sealed_for=draft.holder,
                    evidence=await seals.seal(
                        transaction, self._keyring, draft.holder, incidents.EVIDENCE, draft.words
                    ),
                    state=State.WAITING.value,
                    reason="",
                    is_announced=False,
                    is_told=False,
                )
            )
            kind, what = against(draft)
            transaction.note(draft.account, "appealed", draft.holder, at, number=number, **{kind: what})
            return number

        return await self._database.write(work)

    async def of(self, holder: str) -> tuple[Appeal, ...]:
        """A holder's own that wait."""
        return await self._all(appeals.c.holder == holder, appeals.c.state == State.WAITING.value, limit=100)

    async def waiting(self, *, limit: int) -> tuple[Appeal, ...]:
        """Those that nobody has decided on, oldest first."""
        return await self._all(appeals.c.state == State.WAITING.value, limit=limit)

    async def find(self, number: int) -> Appeal | None:
        """One by its number."""
        return next(iter(await self._all(appeals.c.number == number, limit=1)), None)

    async def decide(self, number: int, ruling: Ruling, at: float) -> bool:
        """Decide it; what follows is still to be done. False: it does not wait any more."""

        async def work(transaction: Transaction) -> bool:
            this = (appeals.c.number == number, appeals.c.state == State.WAITING.value)
            values = {
                "state": ruling.state.value,
                "wrong": ruling.wrong.value,
                "is_by_imposer": ruling.is_by_imposer,
                "reason": ruling.reason,
            }
            decided = update(appeals).where(*this).values(decided_at=at, decided_by=ruling.by, **values)
            if not await transaction.run(decided):
                return False
            holder = await transaction.scalar(select(appeals.c.holder).where(appeals.c.number == number))
            transaction.note(ruling.by, "appeal-decided", str(holder), at, number=number, **values)
            return True

        return await self._database.write(work)

    async def unfinished(self) -> tuple[Appeal, ...]:
        """Those decided whose consequences, and telling of them, are not known to be done; a hundred at most."""
        decided = appeals.c.state.in_((State.UPHELD.value, State.REJECTED.value))
        return await self._all(decided, appeals.c.is_told.is_(False), limit=100)

    async def finish(self, number: int) -> None:
        """They are."""
        done = update(appeals).where(appeals.c.number == number).values(is_told=True)
        await self._database.write(lambda transaction: transaction.run(done))

    async def unannounced(self) -> tuple[int, ...]:
        """Those of which moderators do not know."""
        query = select(appeals.c.number).where(
            appeals.c.state == State.WAITING.value, appeals.c.is_told.is_(False), appeals.c.is_announced.is_(False)
        )
        async with self._database.read() as reading:
            return tuple(row.number for row in await reading.all(query.order_by(appeals.c.number)))

    async def note_announced(self, numbers: Sequence[int]) -> None:
        """They do."""
        done = update(appeals).where(appeals.c.number.in_(numbers)).values(is_announced=True)
        await self._database.write(lambda transaction: transaction.run(done))

    async def _all(self, *conditions: ColumnElement[bool], limit: int) -> tuple[Appeal, ...]:
        query = select(appeals).where(*conditions).order_by(appeals.c.number).limit(limit)
        async with self._database.read() as reading:
            return tuple(
                [
                    _appeal(row, await seals.open_evidence(reading, self._keyring, row, incidents.EVIDENCE))
                    for row in await reading.all(query)
                ]
            )


def against(draft: Draft) -> tuple[str, int]:
    """What it is against: the kind, named as its column, and the number."""
    for kind, number in (("measure", draft.measure), ("blacklisting", draft.blacklisting)):
        if number is not None:
            return kind, number
    assert draft.sanction is not None  # noqa: S101 - one of them is named
    return "sanction", draft.sanction


def _same(draft: Draft) -> ColumnElement[bool]:
    kind, number = against(draft)
    return appeals.c[kind] == number


def _appeal(row: Row[Any], words: str) -> Appeal:
    return Appeal(
        number=row.number,
        draft=Draft(
            holder=row.holder,
            account=row.account,
            words=words,
            sanction=row.sanction,
            measure=row.measure,
            blacklisting=row.blacklisting,
        ),
        at=row.at,
        state=State(row.state),
        wrong=Wrong(row.wrong or Wrong.NOTHING),
        decided_by=row.decided_by,
        is_by_imposer=row.is_by_imposer,
        reason=row.reason,
    )


async def forsake(transaction: Transaction, holder: str, at: float) -> None:
    """Nobody is there any more who could be told."""
    mine = (appeals.c.holder == holder, appeals.c.state == State.WAITING.value)
    await transaction.run(update(appeals).where(*mine).values(state=State.FORSAKEN.value, decided_at=at))

"""Strikes against those who answer for a room: for each measure that is grave enough and each report left standing.

Decides nothing: what follows from them is `policy/ladder.py`'s. All that one cause led to is undone with it.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, insert, select, update

from config.settings import ManagerLadder, ManagerStep
from policy.actions import Punish
from policy.facts import Sanction, SanctionKind
from policy.ladder import next_step
from storage import credit, holders, incidents
from storage.database import MACHINE, Database, Transaction
from storage.incidents import Imposed
from storage.schema import incidents as incidents_table
from storage.schema import manager_strikes, sanctions
from storage.undoing import overrule

RULE = "managers"
"""What stands where another sanction names its rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagerTerms:
    """What the settings say of what follows."""

    ladder: ManagerLadder
    expires_s: float
    recovery_s: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """What such strikes are for: a measure against the room, or a report that was left standing."""

    room: str
    measure: int | None = None
    report: int | None = None

    @property
    def detail(self) -> dict[str, int | str | None]:
        """For the audit."""
        return {"room": self.room} | ({"measure": self.measure} if self.report is None else {"report": self.report})

    @property
    def condition(self) -> ColumnElement[bool]:
        """Rows that are for it."""
        if self.report is None:
            return manager_strikes.c.measure == self.measure
        return manager_strikes.c.report == self.report


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagerStrike:
    """One of somebody's, and whether it counts no more since its cause was undone."""

    cause: Cause
    at: float
    expires_at: float
    is_overruled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Overruled:
    """Sanctions that ended since what they rested on was wrong, and everybody whose strikes count no more."""

    ended: tuple[Imposed, ...]
    holders: tuple[str, ...]


class ManagerStrikes:
    """Reads and writes of one database."""

    def __init__(self, database: Database) -> None:
        """Of `database`."""
        self._database = database

    async def of(self, holder: str) -> tuple[ManagerStrike, ...]:
        """All of them, oldest first."""
        query = select(manager_strikes).where(manager_strikes.c.holder == holder).order_by(manager_strikes.c.number)
        async with self._database.read() as reading:
            return tuple(map(_strike, await reading.all(query)))

    async def strike(
        self, cause: Cause, managers: Mapping[str, str], at: float, terms: ManagerTerms
    ) -> tuple[Imposed, ...]:
        """One for each holder (with an account of theirs), unless this was one for them before."""
        return await self._database.write(lambda transaction: strike(transaction, cause, managers, at, terms))

    async def imposed_for(self, cause: Cause) -> tuple[Imposed, ...]:
        """The sanctions that strikes for it led to and that are not lifted, over or not."""
        for_it = select(manager_strikes.c.incident).where(cause.condition)
        query = select(sanctions).where(sanctions.c.incident.in_(for_it), sanctions.c.lifted_at.is_(None))
        async with self._database.read() as reading:
            return tuple(map(_imposed, await reading.all(query.order_by(sanctions.c.number))))

    async def overrule(self, cause: Cause, at: float, *, by: str, reason: str) -> Overruled:
        """It was wrong: none of them counts, deductions are given back."""

        async def work(transaction: Transaction) -> Overruled:
            this = (cause.condition, manager_strikes.c.overruled_at.is_(None))
            struck = await transaction.all(select(manager_strikes).where(*this))
            numbers = [row.incident for row in struck]
            live = select(sanctions).where(sanctions.c.incident.in_(numbers), *incidents.live_now(at))
            ended = tuple(map(_imposed, await transaction.all(live.order_by(sanctions.c.number))))
            await transaction.run(update(manager_strikes).where(*this).values(overruled_at=at))
            await overrule(transaction, numbers, by=by, reason=reason, at=at)
            for row in struck:
                transaction.note(by, "manager-strike-overruled", row.holder, at, **cause.detail)
            return Overruled(ended=ended, holders=tuple(row.holder for row in struck))

        return await self._database.write(work)


async def strike(
    transaction: Transaction, cause: Cause, managers: Mapping[str, str], at: float, terms: ManagerTerms
) -> tuple[Imposed, ...]:
    """See `ManagerStrikes.strike`."""
    imposed = [await _strike_one(transaction, cause, manager, at, terms) for manager in sorted(managers.items())]
    return tuple(each for each in imposed if each is not None)


async def _strike_one(
    transaction: Transaction, cause: Cause, manager: tuple[str, str], at: float, terms: ManagerTerms
) -> Imposed | None:
    holder, account = manager
    mine = manager_strikes.c.holder == holder
    before = select(manager_strikes.c.number).where(mine, cause.condition)
    if await transaction.scalar(before) is not None:
        return None
    incident = await transaction.insert(insert(incidents_table).values(holder=holder, at=at))
    row = {"holder": holder, "account": account, "at": at, **asdict(cause)}
    expires_at = at + terms.expires_s
    await transaction.run(insert(manager_strikes).values(expires_at=expires_at, incident=incident, **row))
    transaction.note(MACHINE, "manager-strike", holder, at, **cause.detail)
    counting = select(manager_strikes.c.at).where(
        mine, manager_strikes.c.expires_at > at, manager_strikes.c.overruled_at.is_(None)
    )
    times = [each.at for each in await transaction.all(counting.order_by(manager_strikes.c.at))]
    step = next_step(times, at, terms.ladder)
    if step is None:
        return None
    person = holders.parse(holder)[1]
    if step.deduct and person is not None:
        expires_at = at + terms.recovery_s
        await credit.add(
            transaction, person, -step.deduct, RULE, by=MACHINE, at=at, expires_at=expires_at, incident=incident
        )
    order = _order(step, cause, account, person)
    return await incidents.punish(transaction, order, by=MACHINE, reason=terms.reason, at=at, incident=incident)


def _order(step: ManagerStep, cause: Cause, account: str, person: int | None) -> Punish:
    """The right to make rooms is withdrawn everywhere, whatever the step says."""
    kind = SanctionKind(step.sanction)
    is_everywhere = step.everywhere or kind is SanctionKind.CREATE
    room = None if is_everywhere else cause.room
    return Punish(kind=kind, account=account, person=person, room=room, rule=RULE, lasts_s=step.lasts)


def _strike(row: Row[Any]) -> ManagerStrike:
    return ManagerStrike(
        cause=Cause(room=row.room, measure=row.measure, report=row.report),
        at=row.at,
        expires_at=row.expires_at,
        is_overruled=row.overruled_at is not None,
    )


def _imposed(row: Row[Any]) -> Imposed:
    sanction: Sanction = incidents.to_sanction(row)
    return Imposed(sanction=sanction, account=row.account, person=holders.parse(row.holder)[1])

"""Incidents that were no violations: all that they led to is taken back, in one transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select, update

from policy.facts import Sanction
from storage import credit
from storage.database import Reading, Transaction
from storage.incidents import live_now, to_sanction
from storage.schema import cases, incidents, ledger, manager_strikes, sanction_strikes, sanctions, strikes

OVERRULED = "overruled"
"""How a case ends whose incident was no violation, and why credit is given back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What was taken back, and sanctions still in force that rest on it too."""

    strikes: int = 0
    credit: int = 0
    resting: tuple[Sanction, ...] = ()


async def overrule(transaction: Transaction, numbers: Iterable[int], *, by: str, reason: str, at: float) -> Undone:
    """These incidents were no violations: strikes count no more, deductions are given back, sanctions and cases end."""
    undone = sorted(set(numbers))
    struck = await transaction.all(
        select(strikes).where(strikes.c.incident.in_(undone), strikes.c.overruled_at.is_(None))
    )
    await transaction.run(
        update(strikes).where(strikes.c.number.in_([row.number for row in struck])).values(overruled_at=at)
    )
    given = await _give_back(transaction, undone, by=by, at=at)
    managers = (manager_strikes.c.incident.in_(undone), manager_strikes.c.overruled_at.is_(None))
    await transaction.run(update(manager_strikes).where(*managers).values(overruled_at=at))
    live = (sanctions.c.incident.in_(undone), sanctions.c.lifted_at.is_(None))
    await transaction.run(update(sanctions).where(*live).values(lifted_at=at, lifted_by=by, lift_reason=reason))
    still_open = (cases.c.incident.in_(undone), cases.c.closed_at.is_(None))
    await transaction.run(update(cases).where(*still_open).values(closed_at=at, closed_by=by, outcome=OVERRULED))
    fresh = (incidents.c.number.in_(undone), incidents.c.overruled_at.is_(None))
    await transaction.run(update(incidents).where(*fresh).values(overruled_at=at, overruled_by=by))
    for row in struck:
        transaction.note(by, "overruled", row.holder, at, strike=row.number, rule=row.rule, room=row.room)
    resting = await _resting(transaction, [row.number for row in struck], at)
    return Undone(strikes=len(struck), credit=given, resting=resting)


async def _give_back(transaction: Transaction, numbers: Sequence[int], *, by: str, at: float) -> int:
    """An entry against each deduction that still weighs, which ends when the deduction would have."""
    returned = ledger.alias()
    due = await transaction.all(
        select(ledger)
        .where(ledger.c.incident.in_(numbers), ledger.c.gives_back.is_(None))
        .where(ledger.c.expires_at.is_(None) | (ledger.c.expires_at > at))
        .where(~select(returned.c.number).where(returned.c.gives_back == ledger.c.number).exists())
    )
    for row in due:
        await credit.add(
            transaction,
            row.person,
            -row.delta,
            OVERRULED,
            by=by,
            at=at,
            expires_at=row.expires_at,
            gives_back=row.number,
        )
    return sum(-int(row.delta) for row in due)


async def _resting(reading: Reading, numbers: Sequence[int], at: float) -> tuple[Sanction, ...]:
    """Sanctions in force that were counted from these strikes as well."""
    query = (
        select(sanctions)
        .where(*live_now(at))
        .where(
            sanctions.c.number.in_(select(sanction_strikes.c.sanction).where(sanction_strikes.c.strike.in_(numbers)))
        )
        .order_by(sanctions.c.number)
    )
    return tuple(to_sanction(row) for row in await reading.all(query))

"""Strikes, sanctions and cases of holders. Decides nothing: ladders do. Evidence is sealed."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, insert, select, update

from policy.actions import OpenCase, Punish, Strike
from policy.facts import Sanction, SanctionKind
from policy.room_rule import OWN
from storage import holders, seals
from storage.database import MACHINE, Database, Reading, Transaction
from storage.schema import cases, sanctions, strikes
from storage.vault import Keyring

_EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionRecord:
    """A sanction with its history; `person` is None when it is on an account nobody verified."""

    sanction: Sanction
    account: str
    person: int | None
    by: str
    at: float
    lifted_at: float | None
    lifted_by: str | None
    lift_reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A strike or a case: what rule was hit, where, and the evidence, opened."""

    number: int
    holder: str
    account: str
    room: str
    rule: str
    at: float
    evidence: str
    expires_at: float | None = None  # of a strike


class Discipline:
    """Reads and writes of one database."""

    def __init__(self, database: Database, keyring: Keyring) -> None:
        """Discipline of `database`, evidence sealed with keys of `keyring`."""
        self._database = database
        self._keyring = keyring

    # looking

    async def sanctions_of(self, holder: str, at: float) -> tuple[Sanction, ...]:
        """Those in force."""
        async with self._database.read() as reading:
            return await live_sanctions(reading, holder, at)

    async def sanction(self, number: int) -> SanctionRecord | None:
        """Any sanction ever imposed."""
        async with self._database.read() as reading:
            row = await reading.first(select(sanctions).where(sanctions.c.number == number))
        return None if row is None else _record(row)

    async def own_sanctions(self, room: str, at: float, *, limit: int) -> tuple[SanctionRecord, ...]:
        """Those in force that a room's own rules imposed there, newest first."""
        query = select(sanctions).where(sanctions.c.room == room, sanctions.c.rule.startswith(OWN), *_live(at))
        async with self._database.read() as reading:
            rows = await reading.all(query.order_by(sanctions.c.number.desc()).limit(limit))
        return tuple(map(_record, rows))

    async def strikes_of(self, holder: str) -> tuple[Report, ...]:
        """Every strike, oldest first, expired ones included."""
        query = select(strikes).where(strikes.c.holder == holder).order_by(strikes.c.number)
        async with self._database.read() as reading:
            return tuple([await self._report(reading, row) for row in await reading.all(query)])

    async def cases(
        self, *, limit: int = 50, before: int | None = None, holder: str | None = None, room: str | None = None
    ) -> tuple[Report, ...]:
        """Cases, newest first, of a holder or in a room; `before` is the number of the last one of the page before."""
        query = select(cases).order_by(cases.c.number.desc()).limit(limit)
        if before is not None:
            query = query.where(cases.c.number < before)
        if holder is not None:
            query = query.where(cases.c.holder == holder)
        if room is not None:
            query = query.where(cases.c.room == room)
        async with self._database.read() as reading:
            return tuple([await self._report(reading, row) for row in await reading.all(query)])

    async def _report(self, reading: Reading, row: Row[Any]) -> Report:
        return Report(
            number=row.number,
            holder=row.holder,
            account=row.account,
            room=row.room,
            rule=row.rule,
            at=row.at,
            evidence=await seals.open_sealed(reading, self._keyring, row.sealed_for, _EVIDENCE, row.evidence),
            expires_at=getattr(row, "expires_at", None),
        )

    # writing

    async def strike(self, strike: Strike, at: float) -> tuple[float, ...]:
        """Enter a strike; the times of the holder's strikes that count, this one included, oldest first."""
        holder = holders.of(strike.account, strike.person)

        async def work(transaction: Transaction) -> tuple[float, ...]:
            row = await self._row(transaction, strike, holder, at)
            number = await transaction.insert(insert(strikes).values(expires_at=at + strike.expires_s, **row))
            transaction.note(MACHINE, "strike", holder, at, number=number, rule=strike.rule, room=strike.room)
            live = select(strikes.c.at).where(strikes.c.holder == holder, strikes.c.expires_at > at)
            return tuple(row.at for row in await transaction.all(live.order_by(strikes.c.at)))

        return await self._database.write(work)

    async def open_case(self, case: OpenCase, at: float) -> int:
        """Open a case for the moderators; its number."""
        holder = holders.of(case.account, case.person)

        async def work(transaction: Transaction) -> int:
            number = await transaction.insert(insert(cases).values(await self._row(transaction, case, holder, at)))
            transaction.note(MACHINE, "case-opened", holder, at, number=number, rule=case.rule, room=case.room)
            return number

        return await self._database.write(work)

    async def _row(
        self, transaction: Transaction, report: Strike | OpenCase, holder: str, at: float
    ) -> dict[str, object]:
        return {
            "holder": holder,
            "account": report.account,
            "room": report.room,
            "rule": report.rule,
            "at": at,
            "sealed_for": holder,
            "evidence": await seals.seal(transaction, self._keyring, holder, _EVIDENCE, report.evidence),
        }

    async def punish(self, punish: Punish, *, by: str, reason: str, at: float, until: float | None) -> Sanction:
        """Impose a sanction; `until` None is without end."""
        holder = holders.of(punish.account, punish.person)

        async def work(transaction: Transaction) -> Sanction:
            number = await transaction.insert(
                insert(sanctions).values(
                    holder=holder,
                    account=punish.account,
                    kind=punish.kind.value,
                    room=punish.room,
                    rule=punish.rule,
                    reason=reason,
                    by=by,
                    at=at,
                    until=until,
                )
            )
            transaction.note(
                by,
                "sanctioned",
                holder,
                at,
                number=number,
                kind=punish.kind.value,
                room=punish.room,
                rule=punish.rule,
                reason=reason,
                until=until,
            )
            return Sanction(
                number=number, kind=punish.kind, room=punish.room, rule=punish.rule, reason=reason, until=until
            )

        return await self._database.write(work)

    async def lift(self, number: int, *, by: str, reason: str, at: float) -> SanctionRecord | None:
        """End a sanction early; its row stays. None when there is none by that number in force."""

        async def work(transaction: Transaction) -> SanctionRecord | None:
            this = sanctions.c.number == number
            lifted = {"lifted_at": at, "lifted_by": by, "lift_reason": reason}
            if not await transaction.run(update(sanctions).where(this, *_live(at)).values(lifted)):
                return None
            row = await transaction.first(select(sanctions).where(this))
            assert row is not None  # noqa: S101 - it was changed above
            transaction.note(by, "sanction-lifted", row.holder, at, number=number, reason=reason)
            return _record(row)

        return await self._database.write(work)


async def live_sanctions(reading: Reading, holder: str, at: float) -> tuple[Sanction, ...]:
    """A holder's sanctions in force."""
    query = select(sanctions).where(sanctions.c.holder == holder, *_live(at)).order_by(sanctions.c.number)
    return tuple(_sanction(row) for row in await reading.all(query))


def _live(at: float) -> tuple[Any, ...]:
    return sanctions.c.lifted_at.is_(None), sanctions.c.until.is_(None) | (sanctions.c.until > at)


def _sanction(row: Row[Any]) -> Sanction:
    return Sanction(
        number=row.number,
        kind=SanctionKind(row.kind),
        room=row.room,
        rule=row.rule,
        reason=row.reason,
        until=row.until,
    )


def _record(row: Row[Any]) -> SanctionRecord:
    return SanctionRecord(
        sanction=_sanction(row),
        account=row.account,
        person=holders.parse(row.holder)[1],
        by=row.by,
        at=row.at,
        lifted_at=row.lifted_at,
        lifted_by=row.lifted_by,
        lift_reason=row.lift_reason,
    )

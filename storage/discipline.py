"""Strikes, sanctions and cases of holders. Decides nothing: ladders do. Evidence is sealed."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select, update

from policy.actions import Punish
from policy.facts import Sanction, SanctionKind
from policy.room_rule import OWN
from storage import blacklisting, holders, incidents, reporting, seals
from storage.database import Database, Reading, Transaction
from storage.incidents import Imposed, Incident, Recorded, Terms
from storage.schema import (
    blacklist,
    cases,
    former_persons,
    identities,
    reports,
    sanction_strikes,
    sanctions,
    strikes,
)
from storage.undoing import OVERRULED, Undone, overrule
from storage.vault import Keyring


class Wrong(Enum):
    """What was wrong with a sanction that is lifted."""

    NOTHING = "nothing"  # it only ends early
    LAST = "last"  # the incident that led to it was no violation
    ALL = "all"  # nor was any that it was counted from


class CaseOutcome(Enum):
    UPHELD = "upheld"
    OVERRULED = OVERRULED  # the incident was no violation, and what it led to is undone


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
class Lifted:
    """A sanction that was ended or overruled, and what was undone with it."""

    record: SanctionRecord
    undone: Undone


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
    overruled_at: float | None = None  # of a strike
    closed_at: float | None = None  # of a case
    closed_by: str | None = None
    outcome: CaseOutcome | None = None
    is_reported: bool = False  # a case: people's complaints opened it, and nothing came of it by itself


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

    async def sanctions_since(self, holder: str, since: float, limit: int) -> tuple[Sanction, ...]:
        """Those imposed since then or still in force, and not lifted: the newest ones, oldest first."""
        query = (
            select(sanctions)
            .where(sanctions.c.holder == holder, sanctions.c.lifted_at.is_(None))
            .where((sanctions.c.at >= since) | sanctions.c.until.is_(None) | (sanctions.c.until > since))
            .order_by(sanctions.c.number.desc())
            .limit(limit)
        )
        async with self._database.read() as reading:
            return tuple(incidents.to_sanction(row) for row in reversed(await reading.all(query)))

    async def sanction(self, number: int) -> SanctionRecord | None:
        """Any sanction ever imposed."""
        async with self._database.read() as reading:
            row = await reading.first(select(sanctions).where(sanctions.c.number == number))
        return None if row is None else to_record(row)

    async def managers_sanctions(self, room: str, at: float, *, rule: str, limit: int) -> tuple[SanctionRecord, ...]:
        """Those in force that a room's managers imposed there, or rules of the room's own; newest first."""
        theirs = (sanctions.c.rule == rule) | sanctions.c.rule.startswith(OWN)
        return await self._sanctions_in(room, at, theirs, limit)

    async def own_sanctions(self, room: str, at: float, *, limit: int) -> tuple[SanctionRecord, ...]:
        """Those in force that a room's own rules imposed there, newest first."""
        return await self._sanctions_in(room, at, sanctions.c.rule.startswith(OWN), limit)

    async def _sanctions_in(
        self, room: str, at: float, which: ColumnElement[bool], limit: int
    ) -> tuple[SanctionRecord, ...]:
        query = select(sanctions).where(sanctions.c.room == room, which, *incidents.live_now(at))
        async with self._database.read() as reading:
            rows = await reading.all(query.order_by(sanctions.c.number.desc()).limit(limit))
        return tuple(map(to_record, rows))

    async def shut_out(self, at: float) -> frozenset[str]:
        """Holders with a ban in force, be it in one room, or on the blacklist."""
        banned = select(sanctions.c.holder).where(sanctions.c.kind == SanctionKind.BAN.value, *incidents.live_now(at))
        number = func.coalesce(former_persons.c.merged_into, identities.c.number).label("number")
        persons = (
            select(number)
            .select_from(identities)
            .outerjoin(former_persons, former_persons.c.number == identities.c.number)
            .join(blacklist, blacklist.c.subject == blacklisting.of_document("") + identities.c.blind_index)
        )
        barred = select(blacklist.c.subject).where(blacklist.c.subject.startswith(holders.of_account("")))
        async with self._database.read() as reading:
            return frozenset(
                (
                    *(row.holder for row in await reading.all(banned)),
                    *(holders.of_person(row.number) for row in await reading.all(persons)),
                    *(row.subject for row in await reading.all(barred)),
                )
            )

    async def strikes_of(self, holder: str) -> tuple[Report, ...]:
        """Every strike, oldest first, expired and overruled ones included."""
        query = select(strikes).where(strikes.c.holder == holder).order_by(strikes.c.number)
        async with self._database.read() as reading:
            return tuple([await self._report(reading, row) for row in await reading.all(query)])

    async def cases(
        self,
        *,
        limit: int = 50,
        before: int | None = None,
        holder: str | None = None,
        room: str | None = None,
        is_open: bool | None = None,
        is_moderators: bool = False,
    ) -> tuple[Report, ...]:
        """Cases, newest first, of a holder or in a room; `before` is the number of the last one of the page before.

        `is_moderators`: none that a room's managers have still time to handle.
        """
        query = select(cases).order_by(cases.c.number.desc()).limit(limit)
        if before is not None:
            query = query.where(cases.c.number < before)
        if holder is not None:
            query = query.where(cases.c.holder == holder)
        if room is not None:
            query = query.where(cases.c.room == room)
        if is_open is not None:
            query = query.where(cases.c.closed_at.is_(None) if is_open else cases.c.closed_at.is_not(None))
        if is_moderators:
            with_managers = select(reports.c.case_number).where(reports.c.due_at.is_not(None))
            query = query.where(cases.c.number.not_in(with_managers))
        async with self._database.read() as reading:
            return tuple([await self._report(reading, row) for row in await reading.all(query)])

    async def case(self, number: int) -> Report | None:
        """One case."""
        async with self._database.read() as reading:
            row = await reading.first(select(cases).where(cases.c.number == number))
            return None if row is None else await self._report(reading, row)

    async def _report(self, reading: Reading, row: Row[Any]) -> Report:
        outcome = getattr(row, "outcome", None)
        return Report(
            number=row.number,
            holder=row.holder,
            account=row.account,
            room=row.room,
            rule=row.rule,
            at=row.at,
            evidence=await seals.open_evidence(reading, self._keyring, row, incidents.EVIDENCE),
            expires_at=getattr(row, "expires_at", None),
            overruled_at=getattr(row, "overruled_at", None),
            closed_at=getattr(row, "closed_at", None),
            closed_by=getattr(row, "closed_by", None),
            outcome=None if outcome is None else CaseOutcome(outcome),
            is_reported=row.rule == reporting.RULE,
        )

    # writing

    async def record(self, incident: Incident, terms: Terms) -> Recorded:
        """What one stanza led to, all of it or nothing; asked again about the same check, it is not written twice."""
        return await self._database.write(
            lambda transaction: incidents.record(transaction, self._keyring, incident, terms)
        )

    async def punish(self, punish: Punish, *, by: str, reason: str, at: float) -> Imposed:
        """Impose a sanction that no incident on record led to."""
        return await self._database.write(
            lambda transaction: incidents.punish(transaction, punish, by=by, reason=reason, at=at)
        )

    async def lift(
        self, number: int, *, by: str, reason: str, at: float, wrong: Wrong = Wrong.NOTHING
    ) -> Lifted | None:
        """End a sanction early; its row stays. What was wrong about it is undone, and then it may be over already.

        None when there is none by that number, it was lifted before, or it is over and nothing was wrong.
        """

        async def work(transaction: Transaction) -> Lifted | None:
            this = sanctions.c.number == number
            due = (sanctions.c.lifted_at.is_(None),) if wrong is not Wrong.NOTHING else incidents.live_now(at)
            lifted = {"lifted_at": at, "lifted_by": by, "lift_reason": reason}
            if not await transaction.run(update(sanctions).where(this, *due).values(lifted)):
                return None
            row = await transaction.first(select(sanctions).where(this))
            assert row is not None  # noqa: S101 - it was changed above
            undone = Undone()
            if wrong is not Wrong.NOTHING:
                undone = await self._undo(transaction, row, by=by, reason=reason, at=at, wrong=wrong)
            transaction.note(by, "sanction-lifted", row.holder, at, number=number, reason=reason, wrong=wrong.value)
            return Lifted(record=to_record(row), undone=undone)

        return await self._database.write(work)

    async def _undo(
        self, transaction: Transaction, row: Row[Any], *, by: str, reason: str, at: float, wrong: Wrong
    ) -> Undone:
        numbers = {row.incident} - {None}
        if wrong is Wrong.ALL:
            counted = (
                select(strikes.c.incident)
                .join(sanction_strikes, sanction_strikes.c.strike == strikes.c.number)
                .where(sanction_strikes.c.sanction == row.number, strikes.c.incident.is_not(None))
            )
            numbers |= {each.incident for each in await transaction.all(counted)}
        return await overrule(transaction, numbers, by=by, reason=reason, at=at)

    async def close_case(
        self, number: int, outcome: CaseOutcome, *, by: str, reason: str, at: float
    ) -> tuple[Report, Undone] | None:
        """Close a case; one that is overruled takes back all that came of it. None: it is closed or unknown."""

        async def work(transaction: Transaction) -> tuple[Report, Undone] | None:
            this = (cases.c.number == number, cases.c.closed_at.is_(None))
            closed = {"closed_at": at, "closed_by": by, "outcome": outcome.value}
            if not await transaction.run(update(cases).where(*this).values(closed)):
                return None
            row = await transaction.first(select(cases).where(cases.c.number == number))
            assert row is not None  # noqa: S101 - it was changed above
            undone = Undone()
            if row.rule == reporting.RULE:
                await reporting.settle(transaction, number)
            elif outcome is CaseOutcome.OVERRULED and row.incident is not None:
                undone = await overrule(transaction, [row.incident], by=by, reason=reason, at=at)
            transaction.note(
                by, "case-closed", row.holder, at, number=number, rule=row.rule, outcome=outcome.value, reason=reason
            )
            return await self._report(transaction, row), undone

        return await self._database.write(work)

    async def forget_checks(self, before: float) -> None:
        """Nobody asks again about what was answered that long ago."""
        await self._database.write(lambda transaction: incidents.forget_checks(transaction, before))


async def live_sanctions(reading: Reading, holder: str, at: float) -> tuple[Sanction, ...]:
    """A holder's sanctions in force."""
    query = select(sanctions).where(sanctions.c.holder == holder, *incidents.live_now(at)).order_by(sanctions.c.number)
    return tuple(incidents.to_sanction(row) for row in await reading.all(query))


def to_record(row: Row[Any]) -> SanctionRecord:
    """From a row of the table."""
    return SanctionRecord(
        sanction=incidents.to_sanction(row),
        account=row.account,
        person=holders.parse(row.holder)[1],
        by=row.by,
        at=row.at,
        lifted_at=row.lifted_at,
        lifted_by=row.lifted_by,
        lift_reason=row.lift_reason,
    )

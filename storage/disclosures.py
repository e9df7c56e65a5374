"""Disclosing who somebody is: asked for by one identity officer, decided by another person, shown once, and told of.

Keeps who asked, who decided, when and why; what was shown is never kept.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import Row, insert, select, update

from storage import holders, identity_records, lineage
from storage.database import MACHINE, Database, Transaction
from storage.documents import Entry
from storage.schema import accounts, disclosures
from storage.vault import Keyring


class Decision(Enum):
    DONE = "done"
    GONE = "gone"  # decided, lapsed, or never asked for
    SAME_PERSON = "same-person"  # as whoever asked, by whichever account
    OWN = "own"  # it is about whoever decides
    UNVERIFIED = "unverified"  # nobody knows which person decides


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    number: int
    person: int
    case_reference: str
    reason: str
    asked_by: str
    asked_by_person: int
    asked_at: float
    lapses_at: float
    decided_by: str | None
    decided_at: float | None
    is_approved: bool | None  # None: nobody has decided
    shown_at: float | None
    notify_at: float | None
    notified_at: float | None


class Disclosures:
    """Reads and writes of one database."""

    def __init__(self, database: Database, keyring: Keyring) -> None:
        """Records of `database` are opened with keys of `keyring`."""
        self._database = database
        self._keyring = keyring

    async def ask(
        self, person: int, at: float, *, by: str, by_person: int, case_reference: str, reason: str, lasts_s: float
    ) -> Disclosure:
        """Ask for a disclosure, which lapses unless it is approved and seen in time."""

        async def work(transaction: Transaction) -> Disclosure:
            values = {
                "person": person,
                "case_reference": case_reference,
                "reason": reason,
                "asked_by": by,
                "asked_by_person": by_person,
                "asked_at": at,
                "lapses_at": at + lasts_s,
            }
            number = await transaction.insert(insert(disclosures).values(values))
            holder = holders.of_person(person)
            transaction.note(by, "disclosure-asked", holder, at, number=number, case=case_reference, reason=reason)
            return await _read(transaction, number)

        return await self._database.write(work)

    async def open(self, at: float) -> tuple[Disclosure, ...]:
        """Those that wait for a decision or for being seen, the oldest first."""
        is_open = disclosures.c.is_approved.is_not(False) & disclosures.c.shown_at.is_(None)
        query = select(disclosures).where(is_open, disclosures.c.lapses_at > at).order_by(disclosures.c.number)
        async with self._database.read() as reading:
            return tuple(map(_disclosure, await reading.all(query)))

    async def decide(
        self, number: int, at: float, *, by: str, is_approved: bool, reason: str
    ) -> tuple[Decision, Disclosure | None]:
        """Approve or refuse, by another person than the one who asked and the one it is about.

        Who the persons are is asked now: accounts may have been bound, or persons merged, since.
        """

        async def work(transaction: Transaction) -> tuple[Decision, Disclosure | None]:
            row = await transaction.first(select(disclosures).where(disclosures.c.number == number))
            if row is None or row.is_approved is not None or row.lapses_at <= at:
                return Decision.GONE, None
            decider = await transaction.scalar(select(accounts.c.person).where(accounts.c.jid == by))
            if decider is None:
                return Decision.UNVERIFIED, None
            if by == row.asked_by or decider in await _askers(transaction, row):
                return Decision.SAME_PERSON, None
            if decider == row.person:
                return Decision.OWN, None
            values = {"decided_by": by, "decided_at": at, "is_approved": is_approved}
            await transaction.run(update(disclosures).where(disclosures.c.number == number).values(values))
            deed = "disclosure-approved" if is_approved else "disclosure-refused"
            detail = {"number": number, "case": row.case_reference, "asked_by": row.asked_by, "reason": reason}
            transaction.note(by, deed, holders.of_person(row.person), at, **detail)
            return Decision.DONE, await _read(transaction, number)

        return await self._database.write(work)

    async def show(
        self, number: int, at: float, *, by: str, notify_at: float | None
    ) -> tuple[Disclosure, tuple[Entry, ...]] | None:
        """Who the person is, once, for whoever asked; None when it is not theirs to see (any more).

        That it was shown is committed before anybody sees it.

        Raises:
            BadKeys, Tampered: a record does not open; it counts as not shown.
        """

        async def work(transaction: Transaction) -> tuple[Disclosure, tuple[Entry, ...]] | None:
            row = await transaction.first(select(disclosures).where(disclosures.c.number == number))
            is_due = row is not None and row.is_approved and row.shown_at is None and row.lapses_at > at
            if row is None or not is_due or row.asked_by != by:
                return None
            decider = await transaction.scalar(select(accounts.c.person).where(accounts.c.jid == row.decided_by))
            if decider in await _askers(transaction, row):
                return None  # found to be one person since
            entries = await identity_records.entries_of(transaction, self._keyring, row.person)
            values = {"shown_at": at, "notify_at": notify_at}
            await transaction.run(update(disclosures).where(disclosures.c.number == number).values(values))
            transaction.note(
                by,
                "disclosed",
                holders.of_person(row.person),
                at,
                number=number,
                case=row.case_reference,
                approved_by=row.decided_by,
                approved_at=row.decided_at,
                notify_at=notify_at,
            )
            return await _read(transaction, number), entries

        return await self._database.write(work)

    # telling the person

    async def next_notice(self) -> Disclosure | None:
        """The disclosure of which the person is to be told first."""
        is_due = disclosures.c.notify_at.is_not(None) & disclosures.c.notified_at.is_(None)
        async with self._database.read() as reading:
            row = await reading.first(select(disclosures).where(is_due).order_by(disclosures.c.notify_at).limit(1))
        return None if row is None else _disclosure(row)

    async def untold(self, person: int) -> tuple[Disclosure, ...]:
        """Those of which the person is still to be told, whenever that is."""
        is_due = disclosures.c.notify_at.is_not(None) & disclosures.c.notified_at.is_(None)
        query = select(disclosures).where(disclosures.c.person == person, is_due).order_by(disclosures.c.number)
        async with self._database.read() as reading:
            return tuple(map(_disclosure, await reading.all(query)))

    async def notified(self, number: int, at: float) -> None:
        """The person has been told."""

        async def work(transaction: Transaction) -> None:
            row = await _read(transaction, number)
            await transaction.run(update(disclosures).where(disclosures.c.number == number).values(notified_at=at))
            transaction.note(MACHINE, "disclosure-told", holders.of_person(row.person), at, number=number)

        await self._database.write(work)


async def _askers(transaction: Transaction, row: Row[Any]) -> set[int | None]:
    """The person who asked, as they were then and as their account has it now."""
    then, _ = await lineage.person_of(transaction, row.asked_by_person)
    now = await transaction.scalar(select(accounts.c.person).where(accounts.c.jid == row.asked_by))
    return {then, now} - {None}


async def _read(transaction: Transaction, number: int) -> Disclosure:
    row = await transaction.first(select(disclosures).where(disclosures.c.number == number))
    assert row is not None  # noqa: S101 - rows are never deleted
    return _disclosure(row)


def _disclosure(row: Row[Any]) -> Disclosure:
    return Disclosure(**{name: getattr(row, name) for name in Disclosure.__slots__})

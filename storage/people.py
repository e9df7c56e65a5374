"""Accounts and the verified persons behind them, by number: credit, tier, rules, blacklist. Knows no names."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, insert, select, update

from policy.facts import Person
from storage import blacklisting, blacklistings, credit, errands, finding, holders, incidents
from storage.database import Database, Transaction
from storage.errands import ErrandKind
from storage.errors import NotFound, Refused
from storage.finding import HIGHEST, Found, read_person
from storage.schema import accounts, ledger, persons

_CHUNK = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    number: int
    at: float
    delta: int
    cause: str
    case: int | None
    by: str
    expires_at: float | None


class People:
    """Reads and writes of one database."""

    def __init__(self, database: Database) -> None:
        """People of `database`."""
        self._database = database

    # looking

    async def find(self, jid: str, at: float) -> Found:
        """What is known of an account; nothing need be."""
        return await self._database.look(lambda reading: finding.find(reading, jid, at))

    async def by_number(self, number: int, at: float) -> Person | None:
        """The person."""
        async with self._database.read() as reading:
            person, _ = await read_person(reading, number, at)
        return person

    async def accounts_of(self, number: int) -> tuple[str, ...]:
        """The accounts a person has bound, oldest first."""
        query = select(accounts.c.jid).where(accounts.c.person == number).order_by(accounts.c.bound_at, accounts.c.jid)
        async with self._database.read() as reading:
            return tuple(row.jid for row in await reading.all(query))

    async def holders_of(self, jids: Sequence[str]) -> tuple[str, ...]:
        """Who holds what each of these accounts takes, in their order: for a snapshot's thousands of occupants."""
        persons_of: dict[str, int] = {}
        async with self._database.read() as reading:
            for start in range(0, len(jids), _CHUNK):
                chunk = accounts.c.jid.in_(jids[start : start + _CHUNK])
                rows = await reading.all(select(accounts.c.jid, accounts.c.person).where(chunk))
                persons_of.update((row.jid, row.person) for row in rows)
        return tuple(holders.of(jid, persons_of.get(jid)) for jid in jids)

    async def ledger(self, number: int) -> tuple[LedgerEntry, ...]:
        """Every change of credit, oldest first, those without effect any more included."""
        query = select(ledger).where(ledger.c.person == number).order_by(ledger.c.number)
        async with self._database.read() as reading:
            return tuple(_entry(row) for row in await reading.all(query))

    # writing

    async def set_tier(
        self, number: int, tier: str, at: float, *, locked: bool | None = None, by: str = "system"
    ) -> None:
        """Move to a tier; `locked` True or False also locks or unlocks it.

        Raises:
            NotFound: no such person.
        """

        async def work(transaction: Transaction) -> None:
            row = await transaction.first(select(persons).where(persons.c.number == number))
            if row is None:
                raise NotFound(f"no person {number}")
            is_locked = row.is_tier_locked if locked is None else locked
            if (row.tier, row.is_tier_locked) == (tier, is_locked):
                return
            since = row.tier_since if row.tier == tier else at
            values = {"tier": tier, "tier_since": since, "is_tier_locked": is_locked}
            await transaction.run(update(persons).where(persons.c.number == number).values(values))
            holder = holders.of_person(number)
            transaction.note(by, "tier-set", holder, at, tier=tier, before=row.tier, is_locked=is_locked)

        await self._database.write(work)

    async def adjust_credit(
        self,
        number: int,
        delta: int,
        cause: str,
        *,
        by: str,
        at: float,
        expires_at: float | None = None,
        case: int | None = None,
    ) -> int:
        """Add an entry to the ledger and return the new score.

        Raises:
            NotFound: no such person.
            Refused: more than the whole scale at once.
        """
        if abs(delta) > HIGHEST:
            raise Refused(f"credit changes by {HIGHEST} at most")

        async def work(transaction: Transaction) -> int:
            if await transaction.scalar(select(persons.c.number).where(persons.c.number == number)) is None:
                raise NotFound(f"no person {number}")
            await credit.add(transaction, number, delta, cause, by=by, at=at, expires_at=expires_at, case_number=case)
            person, _ = await read_person(transaction, number, at)
            assert person is not None  # noqa: S101 - asked above
            return person.score

        return await self._database.write(work)

    async def accept_rules(self, number: int, version: int, at: float) -> None:
        """Record which version of the platform's rules a person accepted.

        Raises:
            NotFound: no such person.
        """

        async def work(transaction: Transaction) -> None:
            here = persons.c.number == number
            if not await transaction.run(update(persons).where(here).values(rules_accepted=version)):
                raise NotFound(f"no person {number}")
            holder = holders.of_person(number)
            transaction.note(holder, "rules-accepted", holder, at, version=version)

        await self._database.write(work)

    async def set_language(self, jid: str, language: str | None) -> None:
        """Keep the language an account is written to in. A convenience, no decision: not audited."""

        async def work(transaction: Transaction) -> None:
            here = accounts.c.jid == jid
            if not await transaction.run(update(accounts).where(here).values(language=language)):
                await transaction.run(insert(accounts).values(jid=jid, language=language))

        await self._database.write(work)

    async def blacklist(
        self, *, account: str | None = None, number: int | None = None, reason: str, by: str, at: float
    ) -> tuple[str, ...]:
        """Bar an account by its address, or a person by their document: every account, present and future.

        They are members of no room any more: of which they were. An account barred by itself leaves its person's places
        to the others.

        Raises:
            NotFound: no such person.
            Refused: both or neither named.
        """

        async def work(transaction: Transaction) -> tuple[str, ...]:
            subjects, told_as = await _subjects(transaction, account, number)
            mine = accounts.c.jid == account if number is None else accounts.c.person == number
            bound = await transaction.all(select(accounts.c.jid, accounts.c.person).where(mine))
            is_shared = number is None and any(row.person is not None for row in bound)
            jids = {row.jid for row in bound} | ({account} if account else set())
            lost = {} if is_shared else await blacklistings.what_is_lost(transaction, told_as, jids)
            await blacklisting.add_holder(transaction, subjects, told_as, at, reason=reason, by=by, lost=lost)
            left = () if is_shared else await incidents.leave_rooms(transaction, told_as, None, at, by)
            for jid in jids:
                await errands.leave(transaction, ErrandKind.BARRED, jid, reason=reason, rooms=left)
            return left

        return await self._database.write(work)

    async def unblacklist(
        self, *, account: str | None = None, number: int | None = None, reason: str, by: str, at: float
    ) -> None:
        """Lift that again.

        Raises:
            NotFound: no such person.
            Refused: both or neither named.
        """

        async def work(transaction: Transaction) -> None:
            subjects, told_as = await _subjects(transaction, account, number)
            await blacklisting.remove(transaction, subjects, told_as, at, reason=reason, by=by)

        await self._database.write(work)


async def _subjects(transaction: Transaction, account: str | None, number: int | None) -> tuple[tuple[str, ...], str]:
    """What stands on the blacklist for whom, and the audit's name for them."""
    if (account is None) == (number is None):
        raise Refused("name an account or a person")
    if number is None:
        assert account is not None  # noqa: S101 - one of them is named
        return (holders.of_account(account),), holders.of_account(account)
    subjects = tuple(row.subject for row in await transaction.all(blacklisting.subjects_of(number)))
    if not subjects:
        raise NotFound(f"no person {number}")
    return subjects, holders.of_person(number)


def _entry(row: Row[Any]) -> LedgerEntry:
    return LedgerEntry(
        number=row.number,
        at=row.at,
        delta=row.delta,
        cause=row.cause,
        case=row.case_number,
        by=row.by,
        expires_at=row.expires_at,
    )

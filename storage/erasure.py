"""Erasing a person: asked for, due after a while, then done for good.

The keys that sealed who they are and what they wrote are destroyed, and everything that tells of them goes or loses its
link to them. What stays are the blind indexes of their documents, which say nothing by themselves: by them alone
sanctions in force and the blacklist find somebody who comes back, and an import leaves them erased.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, insert, or_, select, update

from storage import appeals, blacklistings, errands, handovers, holders, lineage, measuring, proposals, reporting
from storage.database import MACHINE, Database, Transaction
from storage.errands import ErrandKind
from storage.errors import NotFound
from storage.holding import WAITING, HoldState
from storage.incidents import live_now
from storage.schema import (
    account_moves,
    accounts,
    affiliations,
    claim_attempts,
    corrections,
    erasures,
    former_persons,
    holds,
    identities,
    ledger,
    measures,
    memberships,
    merges,
    overrides,
    persons,
    rooms,
    sanctions,
    vault_keys,
    verifications,
)

_SAYS_NOTHING: Mapping[str, object] = {
    "account": "",
    "evidence": b"",
    "sealed_for": holders.NOBODY,
    "reason": "",
    "content": "",
    "purpose": "",
    "description": "",
    "is_told": True,
}
"""What stands in records of somebody erased."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """Who was; what is still to be done outside is left as errands."""

    person: int
    accounts: tuple[str, ...]


class Erasures:
    """Reads and writes of one database."""

    def __init__(self, database: Database) -> None:
        """Erasures from `database`."""
        self._database = database
        self._destroyed: dict[int, list[bytes]] = {}  # by person: wrapped keys that the file may still hold

    async def ask(self, person: int, due_at: float, at: float, *, by: str) -> float:
        """Ask for a person to be erased; when that is due, which asking again does not change.

        Raises:
            NotFound: no such person.
        """

        async def work(transaction: Transaction) -> float:
            row = await transaction.first(select(erasures).where(erasures.c.person == person))
            if row is not None:
                return float(row.due_at)
            if await transaction.scalar(select(persons.c.number).where(persons.c.number == person)) is None:
                raise NotFound(f"no person {person}")
            await transaction.run(insert(erasures).values(person=person, asked_at=at, due_at=due_at))
            transaction.note(by, "erasure-asked", holders.of_person(person), at, due_at=due_at)
            return due_at

        return await self._database.write(work)

    async def cancel(self, person: int, at: float, *, by: str) -> bool:
        """Keep the person after all; False when nothing was asked for, or it is done."""

        async def work(transaction: Transaction) -> bool:
            here = (erasures.c.person == person, erasures.c.erased_at.is_(None))
            if not await transaction.run(delete(erasures).where(*here)):
                return False
            transaction.note(by, "erasure-cancelled", holders.of_person(person), at)
            return True

        return await self._database.write(work)

    async def due_at(self, person: int) -> float | None:
        """When the person is to be erased, if they asked for it."""
        async with self._database.read() as reading:
            due: float | None = await reading.scalar(select(erasures.c.due_at).where(erasures.c.person == person))
        return due

    async def next(self) -> tuple[int, float] | None:
        """The person to be erased first, and when."""
        waiting = select(erasures).where(erasures.c.erased_at.is_(None)).order_by(erasures.c.due_at).limit(1)
        async with self._database.read() as reading:
            row = await reading.first(waiting)
        return None if row is None else (row.person, row.due_at)

    async def erase(self, person: int, at: float) -> Erased | None:
        """Erase a person who asked for it and whose time has come; None when that is not so (any more)."""

        async def work(transaction: Transaction) -> tuple[Erased, list[bytes]] | None:
            here = (erasures.c.person == person, erasures.c.erased_at.is_(None), erasures.c.due_at <= at)
            if not await transaction.run(update(erasures).where(*here).values(erased_at=at)):
                return None
            return await _erase(transaction, person, at)

        done = await self._database.write(work)
        if done is None:
            return None
        erased, destroyed = done
        self._destroyed[person] = destroyed
        return erased

    async def scrub(self) -> bool:
        """See to it that no file holds a destroyed key any more; False when that has to be tried again.

        After a restart nobody knows the destroyed keys' bytes, and the whole file is written anew.
        """
        async with self._database.read() as reading:
            done = [row.person for row in await reading.all(select(erasures).where(erasures.c.erased_at.is_not(None)))]
        if not done:
            return True
        is_all_known = self._destroyed.keys() >= set(done)
        sought = [key for person in done for key in self._destroyed[person]] if is_all_known else []
        if not await self._database.scrub(sought):
            return False

        async def work(transaction: Transaction) -> None:
            await transaction.run(delete(erasures).where(erasures.c.person.in_(done)))

        await self._database.write(work)
        for person in done:
            self._destroyed.pop(person, None)
        return True


async def _erase(transaction: Transaction, person: int, at: float) -> tuple[Erased, list[bytes]]:
    holder = holders.of_person(person)
    numbers = await lineage.numbers_of(transaction, person)
    bound = await transaction.all(select(accounts).where(accounts.c.person == person).order_by(accounts.c.jid))
    jids = [row.jid for row in bound]
    mine = memberships.c.holder == holder
    places = select(rooms.c.jid).join(memberships, memberships.c.room == rooms.c.number).where(mine)
    inside = [row.jid for row in await transaction.all(places)]
    destroyed = await _destroy_keys(transaction, holder, numbers, jids)
    await _unlink(transaction, holder, at)
    await transaction.run(update(identities).where(identities.c.number.in_(numbers)).values(record=b""))
    listed = affiliations.c.account.in_(jids)
    lists = select(rooms.c.jid).join(affiliations, affiliations.c.room == rooms.c.number).where(listed)
    inside += [row.jid for row in await transaction.all(lists) if row.jid not in inside]
    await transaction.run(delete(affiliations).where(listed))
    await transaction.run(delete(overrides).where(overrides.c.subject == holder))
    await transaction.run(delete(memberships).where(mine))
    for table in holders.ASKED:
        await transaction.run(delete(table).where(table.c.holder == holder))
    await transaction.run(update(rooms).where(rooms.c.creator == holder).values(creator=None))
    await transaction.run(delete(ledger).where(ledger.c.person == person))
    await transaction.run(delete(corrections).where(corrections.c.person == person))
    claimed = measures.c.claimed_by.in_(jids)  # that a room is set right
    await transaction.run(update(measures).where(claimed).values(claimed_by="", claim=""))
    await measuring.forget(transaction, [holder, *map(holders.of_account, jids)])
    await reporting.forget(transaction, jids)
    await handovers.forget(transaction, jids)
    await blacklistings.forget(transaction, holder, jids)
    await transaction.run(delete(account_moves).where(account_moves.c.person == person))
    await transaction.run(delete(merges).where(or_(merges.c.survivor == person, merges.c.merged == person)))
    await transaction.run(delete(claim_attempts).where(claim_attempts.c.account.in_(jids)))
    await transaction.run(delete(accounts).where(accounts.c.person == person))
    await transaction.run(delete(persons).where(persons.c.number == person))
    await transaction.run(insert(former_persons).values(number=person, at=at))
    await errands.forget(transaction, jids)
    for row in bound:
        await errands.leave(transaction, ErrandKind.ERASED, row.jid, language=row.language, rooms=inside)
    transaction.note(MACHINE, "person-erased", holder, at)
    erased = Erased(person=person, accounts=tuple(jids))
    return erased, destroyed


async def _destroy_keys(
    transaction: Transaction, holder: str, numbers: Sequence[int], jids: Sequence[str]
) -> list[bytes]:
    """Every key that anything of theirs is sealed with; the wrapped keys' bytes."""
    owners = {holders.of_person(number) for number in numbers} | {holder}
    for table in (*holders.RECORDS, *holders.ASKED):
        if "sealed_for" in table.columns:
            sealed = select(table.c.sealed_for).where(table.c.holder == holder).distinct()
            owners |= {row.sealed_for for row in await transaction.all(sealed)}
    submitted = await transaction.all(select(verifications.c.ref).where(verifications.c.account.in_(jids)))
    owners |= {holders.of_verification(row.ref) for row in submitted}
    await transaction.run(delete(verifications).where(verifications.c.account.in_(jids)))
    here = vault_keys.c.owner.in_(owners)
    wrapped = [row.wrapped for row in await transaction.all(select(vault_keys.c.wrapped).where(here))]
    await transaction.run(delete(vault_keys).where(here))
    return wrapped


async def _unlink(transaction: Transaction, holder: str, at: float) -> None:
    """What they did stays as a number in statistics; sanctions in force stay theirs, by number alone."""
    live = (sanctions.c.holder == holder, *live_now(at))
    await transaction.run(update(sanctions).where(*live).values(account=""))
    waiting = (holds.c.holder == holder, holds.c.state == WAITING)
    await transaction.run(update(holds).where(*waiting).values(state=HoldState.LAPSED.value, decided_at=at))
    await proposals.forsake(transaction, holder, at)
    await appeals.forsake(transaction, holder, at)
    for table in holders.RECORDS:
        values = {name: value for name, value in _SAYS_NOTHING.items() if name in table.columns}
        values["holder"] = holders.NOBODY
        here = table.c.holder == holder
        if table is sanctions:
            here &= table.c.number.not_in(select(sanctions.c.number).where(*live))
        await transaction.run(update(table).where(here).values(values))


async def revive(transaction: Transaction, person: int, number: int, at: float) -> int:
    """Give an erased person who came back a number of their own; what is still in force against them goes along.

    `number` is free, and there is no person by it.
    """
    old, new = holders.of_person(person), holders.of_person(number)
    await transaction.run(update(identities).where(identities.c.number == person).values(number=number))
    await transaction.run(
        update(former_persons).where(former_persons.c.merged_into == person).values(merged_into=number)
    )
    await transaction.run(update(sanctions).where(sanctions.c.holder == old).values(holder=new))
    transaction.note(MACHINE, "person-returned", new, at)
    return number

"""Persons and the accounts they have: merged and split, accounts taken off them or changed for new ones."""

import hmac
import secrets
from dataclasses import dataclass
from enum import Enum

from sqlalchemy import delete, insert, select, update

from storage import errands, former_managers, holders, lineage, merging
from storage.database import Database, Transaction
from storage.discipline import live_sanctions
from storage.errands import ErrandKind
from storage.errors import Refused
from storage.finding import read_person
from storage.merging import Merge
from storage.schema import account_moves, accounts, affiliations, merges, rooms
from storage.vault import Keyring

__all__ = ["AccountMove", "Merge", "Moved", "Persons", "Unbound"]

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_CODE_LETTERS = 10
_MOST_ATTEMPTS = 5


class Unbound(Enum):
    DONE = "done"
    NOT_BOUND = "not-bound"  # to this person
    SANCTIONED = "sanctioned"  # it would get away


class Moved(Enum):
    DONE = "done"
    REFUSED = "refused"  # no such move, or a wrong code: which, nobody is told
    BOUND = "bound"  # the new account is somebody's already


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountMove:
    """One account that was changed for another, whose rooms are to follow."""

    number: int
    person: int
    old: str
    new: str


class Persons:
    """Reads and writes of one database."""

    def __init__(self, database: Database, keyring: Keyring) -> None:
        """Codes are kept as HMACs under the index key of `keyring`."""
        self._database = database
        self._keyring = keyring

    # merging

    async def merge(self, one: int, other: int, at: float, *, by: str, reason: str) -> Merge:
        """Make one person of two: whoever was verified first survives, with all that both held.

        Raises:
            NotFound: there is no such person (any more).
            Refused: they are the same, or one of them is about to be erased.
        """
        if one == other:
            raise Refused("it is one person already")

        async def work(transaction: Transaction) -> Merge:
            first, second = [await read_person(transaction, number, at) for number in sorted((one, other))]
            earlier, later = sorted((one, other))
            if first[0] and second[0] and second[0].verified_at < first[0].verified_at:
                earlier, later = later, earlier
            return await merging.merge(transaction, earlier, later, at, by=by, reason=reason)

        return await self._database.write(work)

    async def split(self, number: int, at: float, *, by: str, reason: str) -> Merge:
        """Take back a merge: each has what was theirs, and what their accounts did since.

        Raises:
            NotFound: no such merge (any more).
            Refused: the person is about to be erased.
        """
        return await self._database.write(
            lambda transaction: merging.split(transaction, number, at, by=by, reason=reason)
        )

    async def merges_of(self, person: int) -> tuple[Merge, ...]:
        """What a split can take back, the latest first."""
        query = select(merges).where(merges.c.survivor == person).order_by(merges.c.number.desc())
        async with self._database.read() as reading:
            return tuple(merging.to_merge(row) for row in await reading.all(query))

    async def current(self, number: int) -> int:
        """Whom a person's number leads to now."""
        async with self._database.read() as reading:
            person, _ = await lineage.person_of(reading, number)
        return person

    # accounts

    async def unbind(
        self, account: str, person: int, at: float, *, by: str, reason: str, is_forced: bool = False
    ) -> Unbound:
        """Take an account off a person, who keeps all they hold.

        `is_forced`: an officer found that it is not theirs; what was done by it goes with it then, sanctions too.
        """

        async def work(transaction: Transaction) -> Unbound:
            here = (accounts.c.jid == account, accounts.c.person == person)
            if await transaction.first(select(accounts).where(*here)) is None:
                return Unbound.NOT_BOUND
            holder = holders.of_person(person)
            if not is_forced:
                known, _ = await read_person(transaction, person, at)
                if known is not None and (known.is_blacklisted or await live_sanctions(transaction, holder, at)):
                    return Unbound.SANCTIONED
            await transaction.run(update(accounts).where(*here).values(person=None, bound_at=None))
            await transaction.run(delete(account_moves).where(account_moves.c.old == account))
            if is_forced:
                for table in (each for each in holders.RECORDS if "account" in each.columns):
                    by_it = (table.c.holder == holder, table.c.account == account)
                    await transaction.run(update(table).where(*by_it).values(holder=holders.of_account(account)))
            await errands.leave(transaction, ErrandKind.UNBOUND, account, reason=reason)
            transaction.note(by, "account-unbound", holder, at, account=account, reason=reason)
            return Unbound.DONE

        return await self._database.write(work)

    async def begin_move(self, old: str, new: str, person: int, at: float, *, lasts_s: float) -> str:
        """A code by which the new account may take the place of the old one; a code given before is void.

        It is in capitals and digits without those that look alike, and is kept as an HMAC only.
        """
        code = "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LETTERS))

        async def work(transaction: Transaction) -> None:
            await transaction.run(delete(account_moves).where(account_moves.c.old == old))
            values = {
                "person": person,
                "old": old,
                "new": new,
                "code_tag": self._tag(code, old, new),
                "expires_at": at + lasts_s,
                "attempts": 0,
            }
            await transaction.run(insert(account_moves).values(values))
            transaction.note(old, "account-move-begun", holders.of_person(person), at, old=old, new=new)

        await self._database.write(work)
        return code

    async def confirm_move(self, new: str, code: str, at: float) -> tuple[Moved, AccountMove | None]:
        """Bind the new account in place of the old one. Five wrong codes end a move."""
        given = "".join(character for character in code.upper() if character.isalnum())

        async def work(transaction: Transaction) -> tuple[Moved, AccountMove | None]:
            bound = await transaction.first(select(accounts).where(accounts.c.jid == new))
            if bound is not None and bound.person is not None:
                return Moved.BOUND, None
            is_open = (account_moves.c.confirmed_at.is_(None), account_moves.c.expires_at > at)
            here = account_moves.c.new == new
            for row in await transaction.all(select(account_moves).where(here, *is_open)):
                if not hmac.compare_digest(row.code_tag, self._tag(given, row.old, new)):
                    continue
                current = await transaction.scalar(select(accounts.c.person).where(accounts.c.jid == row.old))
                person, is_erased = await lineage.person_of(transaction, row.person)
                if current != person or is_erased:
                    break  # the old account is not theirs any more
                move = AccountMove(number=row.number, person=person, old=row.old, new=new)
                await _change_account(transaction, move, at, is_known=bound is not None)
                return Moved.DONE, move
            attempts = account_moves.c.attempts + 1
            await transaction.run(update(account_moves).where(here, *is_open).values(attempts=attempts))
            worn_out = (here, account_moves.c.confirmed_at.is_(None), account_moves.c.attempts >= _MOST_ATTEMPTS)
            await transaction.run(delete(account_moves).where(*worn_out))
            transaction.note(new, "account-move-refused", holders.of_account(new), at)
            return Moved.REFUSED, None

        return await self._database.write(work)

    async def unfinished_moves(self) -> tuple[AccountMove, ...]:
        """Those whose rooms are still to follow."""
        query = select(account_moves).where(account_moves.c.confirmed_at.is_not(None)).order_by(account_moves.c.number)
        async with self._database.read() as reading:
            rows = await reading.all(query)
        return tuple(AccountMove(number=row.number, person=row.person, old=row.old, new=row.new) for row in rows)

    async def rooms_that_list(self, account: str) -> tuple[str, ...]:
        """Rooms whose own lists name the account, as the server told."""
        query = select(rooms.c.jid).join(affiliations, affiliations.c.room == rooms.c.number)
        async with self._database.read() as reading:
            rows = await reading.all(query.where(affiliations.c.account == account).distinct())
        return tuple(row.jid for row in rows)

    async def finish_move(self, move: AccountMove) -> None:
        """The rooms have followed; the old account is still to be told."""

        async def work(transaction: Transaction) -> None:
            if await transaction.run(delete(account_moves).where(account_moves.c.number == move.number)):
                await errands.leave(transaction, ErrandKind.MOVED, move.old, account=move.new)

        await self._database.write(work)

    def _tag(self, code: str, old: str, new: str) -> str:
        return self._keyring.index.tag("account-move", code, old, new)


async def _change_account(transaction: Transaction, move: AccountMove, at: float, *, is_known: bool) -> None:
    old, new = accounts.c.jid == move.old, accounts.c.jid == move.new
    row = await transaction.first(select(accounts).where(old))
    language = None if row is None else row.language
    if is_known:
        await transaction.run(update(accounts).where(new).values(person=move.person, bound_at=at))
    else:
        values = {"jid": move.new, "person": move.person, "bound_at": at, "language": language}
        await transaction.run(insert(accounts).values(values))
    await transaction.run(update(accounts).where(old).values(person=None, bound_at=None))
    person = holders.of_person(move.person)
    await holders.move(transaction, holders.of_account(move.new), person)
    await former_managers.move(transaction, move.old, move.new)
    this = account_moves.c.number == move.number
    await transaction.run(update(account_moves).where(this).values(confirmed_at=at, person=move.person))
    transaction.note(move.new, "account-moved", person, at, old=move.old, new=move.new)

"""Which numbers lead to which person: merged persons have several documents, erased ones none that says anything.

A row of `identities` keeps its number for good; whoever had it may have been merged into somebody else, or be erased.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, or_, select

from storage import holders
from storage.database import Reading
from storage.errors import Refused
from storage.schema import accounts, former_persons, identities, persons


def identities_of(person: int | ColumnElement[int]) -> Select[tuple[int]]:
    """A query for the numbers of all identities that lead to a person, their own first.

    `person` may also be the column of `persons`, in a query that this one becomes a part of.
    """
    merged = select(former_persons.c.number).where(former_persons.c.merged_into == person).correlate(persons)
    return (
        select(identities.c.number)
        .where(or_(identities.c.number == person, identities.c.number.in_(merged)))
        .order_by(identities.c.number != person, identities.c.number)
        .correlate(persons)
    )


async def numbers_of(reading: Reading, person: int) -> Sequence[int]:
    """The numbers of all identities that lead to a person, their own first."""
    return [row.number for row in await reading.all(identities_of(person))]


async def person_of(reading: Reading, number: int) -> tuple[int, bool]:
    """Whom a number leads to now, and whether they are erased."""
    while True:
        row = await reading.first(select(former_persons).where(former_persons.c.number == number))
        if row is None or row.merged_into is None:
            return number, row is not None
        number = row.merged_into


async def alive(reading: Reading, number: int) -> int:
    """Whom a number leads to now, for what was decided a moment ago.

    Raises:
        Refused: the person was erased meanwhile.
    """
    person, is_erased = await person_of(reading, number)
    if is_erased:
        raise Refused(f"person {number} has been erased")
    return person


async def current(reading: Reading, holder: str) -> str:
    """Likewise, of any holder.

    Raises:
        Refused: the person was erased meanwhile.
    """
    account, number = holders.parse(holder)
    return holders.of_account(account) if number is None else holders.of_person(await alive(reading, number))


async def holder_now(reading: Reading, holder: str) -> str | None:
    """Whoever was an account then may be a person now, or have become another's; None: they were erased."""
    account, person = holders.parse(holder)
    if person is None:
        person = await reading.scalar(select(accounts.c.person).where(accounts.c.jid == account))
        return holders.of(account, person)
    gone = await reading.first(select(former_persons).where(former_persons.c.number == person))
    if gone is None:
        return holder
    return None if gone.merged_into is None else holders.of_person(gone.merged_into)


async def accounts_of(reading: Reading, account: str, person: int | None) -> tuple[str, ...]:
    """Those of a person, or the one account that nobody verified."""
    if person is None:
        return (account,)
    return tuple(row.jid for row in await reading.all(select(accounts.c.jid).where(accounts.c.person == person)))

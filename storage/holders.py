"""Holders: the texts that name who owns places, strikes and sanctions, and how they pass from account to person."""

from typing import Any

from sqlalchemy import Row, Table, delete, select, update

from storage.database import Transaction
from storage.schema import (
    admissions,
    appeals,
    applications,
    cases,
    complaints,
    holds,
    incidents,
    join_answers,
    manager_strikes,
    memberships,
    overrides,
    proposals,
    rooms,
    sanctions,
    strikes,
)


def of_account(jid: str) -> str:
    """An account that nobody verified."""
    return f"a:{jid}"


def of_person(number: int) -> str:
    """A person."""
    return f"p:{number}"


def of(account: str, person: int | None) -> str:
    """The person, or the account when there is none."""
    return of_account(account) if person is None else of_person(person)


def parse(holder: str) -> tuple[str, int | None]:
    """What `of` was told: an account, or "" and a person; "" and none for `NOBODY`."""
    kind, _, name = holder.partition(":")
    return ("", int(name)) if kind == "p" else (name, None)


def of_verification(ref: str) -> str:
    """A verification that waits: it owns the key of what was submitted."""
    return f"v:{ref}"


def of_room(jid: str) -> str:
    """An address of a room, on the blacklist."""
    return f"r:{jid}"


RECORDS: tuple[Table, ...] = (
    strikes,
    sanctions,
    cases,
    incidents,
    holds,
    manager_strikes,
    proposals,
    complaints,
    appeals,
)
"""What a holder did: by which `account`, and `evidence` with `sealed_for`, where there is such."""

NOBODY = "n:"
"""Whose was what an erased person left."""

ASKED: tuple[Table, ...] = (applications, admissions, join_answers)
"""What a holder asked for, and by what they may come in."""


async def move(transaction: Transaction, old: str, new: str) -> None:
    """All that `old` held is held by `new`. Quotas are not asked: nobody loses a room by becoming a person."""
    twins = holds.alias()
    waits_twice = select(twins.c.content).where(twins.c.holder == new, twins.c.state == "waiting")
    old_ones = (holds.c.holder == old, holds.c.state == "waiting", holds.c.content.in_(waits_twice))
    await transaction.run(update(holds).where(*old_ones).values(state="lapsed"))
    twice = select(applications.c.room).where(applications.c.holder == new, applications.c.state == "waiting")
    mine_too = (applications.c.holder == old, applications.c.state == "waiting", applications.c.room.in_(twice))
    await transaction.run(update(applications).where(*mine_too).values(state="expired", is_told=True))
    admitted = select(admissions.c.room).where(admissions.c.holder == new)
    await transaction.run(delete(admissions).where(admissions.c.holder == old, admissions.c.room.in_(admitted)))
    for table in (*RECORDS, *ASKED):
        await transaction.run(update(table).where(table.c.holder == old).values(holder=new))
    await transaction.run(update(rooms).where(rooms.c.creator == old).values(creator=new))
    theirs_too = select(overrides.c.quota).where(overrides.c.subject == new)
    await transaction.run(  # what was decided of the person outweighs what was of one account
        delete(overrides).where(overrides.c.subject == old, overrides.c.quota.in_(theirs_too))
    )
    await transaction.run(update(overrides).where(overrides.c.subject == old).values(subject=new))
    mine = memberships.c.holder == old
    theirs = {
        row.room: row
        for row in await transaction.all(
            select(memberships).where(
                memberships.c.holder == new,
                memberships.c.room.in_(select(memberships.c.room).where(mine)),
            )
        )
    }
    for row in await transaction.all(select(memberships).where(mine)):
        if row.room not in theirs:
            continue
        twin = theirs[row.room]
        same_room = memberships.c.room == row.room
        await transaction.run(delete(memberships).where(mine, same_room))
        await transaction.run(
            update(memberships)
            .where(memberships.c.holder == new, same_room)
            .values(
                is_creator=row.is_creator or twin.is_creator,
                is_given=(row.is_given or twin.is_given) and not (_founds(row) or _founds(twin)),
                is_pending=row.is_pending and twin.is_pending,
                since=min(row.since, twin.since),
                posted_at=min((at for at in (row.posted_at, twin.posted_at) if at is not None), default=None),
                seen_at=max(row.seen_at, twin.seen_at),
            )
        )
    await transaction.run(update(memberships).where(mine).values(holder=new))


def _founds(place: Row[Any]) -> bool:
    """Whether its holder made the room, not only became its owner."""
    return bool(place.is_creator and not place.is_given)

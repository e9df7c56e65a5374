"""Owners and admins of rooms that were closed over their heads: they answer for them, and may appeal."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, delete, exists, insert, or_, select, update

from storage import holders, lineage
from storage.database import Reading, Transaction
from storage.schema import affiliations, former_managers, rooms

MANAGERS = ("owner", "admin")
"""Affiliations of those who manage a room."""


async def note(transaction: Transaction, room: int) -> None:
    """A room is being closed: whoever manages it now is kept, whoever did at an earlier time is not."""
    await transaction.run(delete(former_managers).where(former_managers.c.room == room))
    managing = (affiliations.c.room == room, affiliations.c.affiliation.in_(MANAGERS))
    for row in await transaction.all(select(affiliations.c.account).where(*managing)):
        await transaction.run(insert(former_managers).values(room=room, account=row.account))


async def move(transaction: Transaction, old: str, new: str) -> None:
    """Another account takes the place of one."""
    held = select(former_managers.c.room).where(former_managers.c.account == new)
    mine = (former_managers.c.account == old, former_managers.c.room.not_in(held))
    await transaction.run(update(former_managers).where(*mine).values(account=new))
    await transaction.run(delete(former_managers).where(former_managers.c.account == old))


async def forget(transaction: Transaction, jids: Collection[str]) -> None:
    """These accounts answer for nothing any more."""
    await transaction.run(delete(former_managers).where(former_managers.c.account.in_(jids)))


def answered_for(holder: str, jids: Collection[str]) -> Select[Any]:
    """A query for rooms' codes and addresses (the last room at each) that somebody made, or managed when closed."""
    later = rooms.alias()
    is_last = ~exists().where(later.c.jid == rooms.c.jid, later.c.number > rooms.c.number)
    managing = select(former_managers.c.room).where(former_managers.c.account.in_(jids))
    ours = or_(rooms.c.creator == holder, rooms.c.number.in_(managing))
    return select(rooms.c.code, rooms.c.jid).where(ours, is_last)


async def answering(reading: Reading, room: str) -> tuple[str, ...]:
    """Accounts that answer for the last room at an address: who manages it, or did when it was closed, or made it."""
    row = await reading.first(select(rooms).where(rooms.c.jid == room).order_by(rooms.c.number.desc()).limit(1))
    if row is None:
        return ()
    managing = (affiliations.c.room == row.number, affiliations.c.affiliation.in_(MANAGERS))
    found = [each.account for each in await reading.all(select(affiliations.c.account).where(*managing))]
    before = select(former_managers.c.account).where(former_managers.c.room == row.number)
    found += [each.account for each in await reading.all(before)]
    if row.creator is not None:
        found += await lineage.accounts_of(reading, *holders.parse(row.creator))
    return tuple(sorted(set(found)))


async def managed(reading: Reading, account: str, room: str) -> bool:
    """Whether an account managed a room at this address when it was closed."""
    query = select(former_managers.c.room).join(rooms, rooms.c.number == former_managers.c.room)
    here = (former_managers.c.account == account, rooms.c.jid == room)
    return await reading.scalar(query.where(*here).limit(1)) is not None

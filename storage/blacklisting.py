"""The blacklist's rows: accounts and rooms by address, persons by the blind index of their document.

Each row names the act that put it there; what such acts can be asked and taken back by, `blacklistings.py` knows.
"""

import json
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, insert, literal, select, update

from storage import holders, lineage
from storage.database import Transaction
from storage.schema import blacklist, blacklistings, identities


def of_document(blind_index: str) -> str:
    """A person, by the document: it outlives the person's number."""
    return f"d:{blind_index}"


def subjects_of(person: int | ColumnElement[int]) -> Select[Any]:
    """A query for how a person stands on the list: by any of their documents. See `lineage.identities_of`."""
    subject = literal(of_document("")) + identities.c.blind_index
    return select(subject.label("subject")).where(identities.c.number.in_(lineage.identities_of(person).order_by(None)))


async def add_holder(
    transaction: Transaction,
    subjects: Collection[str],
    holder: str,
    at: float,
    *,
    reason: str,
    by: str,
    lost: Mapping[str, Any],
) -> None:
    """Put an account or a person on the list, or change the reason; `lost` is what they lose by it."""
    await _add(transaction, subjects, at, {"reason": reason, "by": by}, holder=holder, lost=json.dumps(lost))
    transaction.note(by, "blacklisted", holder, at, reason=reason)


async def add_room(
    transaction: Transaction, jid: str, at: float, *, reason: str, by: str, measure: int | None = None
) -> None:
    """Put a room's address on the list, or change the reason; as part of a measure, if so."""
    await _add(transaction, (holders.of_room(jid),), at, {"reason": reason, "by": by}, room=jid, measure=measure)
    transaction.note(by, "blacklisted", jid, at, reason=reason)


async def remove(
    transaction: Transaction, subjects: Collection[str], told_as: str, at: float, *, reason: str, by: str
) -> None:
    """Take off the list, if any is there. `told_as` is the audit's name for whom the subjects stand."""
    if await _remove(transaction, blacklist.c.subject.in_(subjects), at):
        transaction.note(by, "unblacklisted", told_as, at, reason=reason)


async def remove_with(transaction: Transaction, measure: int, told_as: str, at: float, *, reason: str, by: str) -> None:
    """Take off what a measure put on the list; what was on it before stays."""
    acts = select(blacklistings.c.number).where(blacklistings.c.measure == measure)
    if await _remove(transaction, blacklist.c.blacklisting.in_(acts), at):
        transaction.note(by, "unblacklisted", told_as, at, reason=reason)


async def remove_act(transaction: Transaction, number: int, at: float) -> bool:
    """Take off what one act put on the list; whether anything was still there."""
    return await _remove(transaction, blacklist.c.blacklisting == number, at)


async def _add(
    transaction: Transaction, subjects: Collection[str], at: float, why: Mapping[str, str], **act: object
) -> None:
    """INVARIANT: whoever is on the list already stays there by the same act, which can be appealed against once."""
    here = blacklist.c.subject.in_(subjects)
    known = {row.subject: row.blacklisting for row in await transaction.all(select(blacklist).where(here))}
    number = next(iter(known.values()), None)
    if number is None:
        number = await transaction.insert(insert(blacklistings).values(at=at, **why, **act))
    else:
        await transaction.run(update(blacklistings).where(blacklistings.c.number.in_(known.values())).values(why))
        await transaction.run(update(blacklist).where(here).values(why))
    for subject in subjects:
        if subject not in known:
            await transaction.run(insert(blacklist).values(subject=subject, at=at, blacklisting=number, **why))


async def _remove(transaction: Transaction, where: ColumnElement[bool], at: float) -> bool:
    acts = {row.blacklisting for row in await transaction.all(select(blacklist.c.blacklisting).where(where))}
    await transaction.run(delete(blacklist).where(where))
    done = (blacklistings.c.number.in_(acts), blacklistings.c.number.not_in(select(blacklist.c.blacklisting)))
    await transaction.run(update(blacklistings).where(*done).values(ended_at=at))
    return bool(acts)

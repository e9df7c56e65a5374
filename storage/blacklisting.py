"""The blacklist's rows: accounts and rooms by address, persons by the blind index of their document."""

from typing import Any

from sqlalchemy import ColumnElement, Select, delete, insert, literal, select, update

from storage import lineage
from storage.database import Transaction
from storage.schema import blacklist, identities


def of_document(blind_index: str) -> str:
    """A person, by the document: it outlives the person's number."""
    return f"d:{blind_index}"


def subjects_of(person: int | ColumnElement[int]) -> Select[Any]:
    """A query for how a person stands on the list: by any of their documents. See `lineage.identities_of`."""
    subject = literal(of_document("")) + identities.c.blind_index
    return select(subject.label("subject")).where(identities.c.number.in_(lineage.identities_of(person).order_by(None)))


async def add(
    transaction: Transaction, subjects: tuple[str, ...], told_as: str, at: float, *, reason: str, by: str
) -> None:
    """Put on the list, or change the reason. `told_as` is the audit's name for whom the subjects stand."""
    values = {"reason": reason, "by": by, "at": at}
    for subject in subjects:
        here = blacklist.c.subject == subject
        if await transaction.scalar(select(blacklist.c.subject).where(here)) is None:
            await transaction.run(insert(blacklist).values(subject=subject, **values))
        else:
            await transaction.run(update(blacklist).where(here).values(values))
    transaction.note(by, "blacklisted", told_as, at, reason=reason)


async def remove(
    transaction: Transaction, subjects: tuple[str, ...], told_as: str, at: float, *, reason: str, by: str
) -> None:
    """Take off the list, if any is there."""
    if await transaction.run(delete(blacklist).where(blacklist.c.subject.in_(subjects))):
        transaction.note(by, "unblacklisted", told_as, at, reason=reason)

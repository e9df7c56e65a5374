"""The blacklist's rows: accounts and rooms by address, persons by the blind index of their document."""

from sqlalchemy import delete, insert, select, update

from storage.database import Transaction
from storage.schema import blacklist


def of_document(blind_index: str) -> str:
    """A person, by the document: it outlives the person's number."""
    return f"d:{blind_index}"


async def add(transaction: Transaction, subject: str, told_as: str, at: float, *, reason: str, by: str) -> None:
    """Put on the list, or change the reason. `told_as` is the audit's name for the subject."""
    values = {"reason": reason, "by": by, "at": at}
    here = blacklist.c.subject == subject
    if await transaction.scalar(select(blacklist.c.subject).where(here)) is None:
        await transaction.run(insert(blacklist).values(subject=subject, **values))
    else:
        await transaction.run(update(blacklist).where(here).values(values))
    transaction.note(by, "blacklisted", told_as, at, reason=reason)


async def remove(transaction: Transaction, subject: str, told_as: str, at: float, *, reason: str, by: str) -> None:
    """Take off the list, if it is there."""
    if await transaction.run(delete(blacklist).where(blacklist.c.subject == subject)):
        transaction.note(by, "unblacklisted", told_as, at, reason=reason)

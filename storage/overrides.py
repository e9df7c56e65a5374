"""Moderators' exceptions from quotas, for one holder or one room; the latest word on each quota counts."""

from dataclasses import dataclass

from sqlalchemy import bindparam, delete, insert, select, update

from policy.facts import Override, Quota
from storage.database import Database, Reading, Transaction
from storage.schema import overrides

_OF_SUBJECT = select(overrides.c.quota, overrides.c.places, overrides.c.until).where(
    overrides.c.subject == bindparam("subject")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """An exception, and who made it why."""

    override: Override
    reason: str
    by: str
    at: float


def of_code(code: str) -> str:
    """A room, by its code: whoever gets its address next does not inherit."""
    return f"c:{code}"


class Overrides:
    """Reads and writes of one database. A subject is a holder, or a room by `of_code`."""

    def __init__(self, database: Database) -> None:
        """Overrides of `database`."""
        self._database = database

    async def of(self, subject: str) -> tuple[Granted, ...]:
        """Every exception, those past their end included."""
        query = select(overrides).where(overrides.c.subject == subject).order_by(overrides.c.quota)
        async with self._database.read() as reading:
            return tuple(
                Granted(
                    override=Override(quota=Quota(row.quota), places=row.places, until=row.until),
                    reason=row.reason,
                    by=row.by,
                    at=row.at,
                )
                for row in await reading.all(query)
            )

    async def set(self, subject: str, override: Override, at: float, *, reason: str, by: str) -> None:
        """Make an exception, in place of the one before."""
        here = (overrides.c.subject == subject, overrides.c.quota == override.quota.value)
        values = {"places": override.places, "until": override.until, "reason": reason, "by": by, "at": at}

        async def work(transaction: Transaction) -> None:
            if not await transaction.run(update(overrides).where(*here).values(values)):
                row = {"subject": subject, "quota": override.quota.value, **values}
                await transaction.run(insert(overrides).values(row))
            detail = {"quota": override.quota.value, "places": override.places, "until": override.until}
            transaction.note(by, "quota-overridden", subject, at, **detail, reason=reason)

        await self._database.write(work)

    async def end(self, subject: str, quota: Quota, at: float, *, reason: str, by: str) -> bool:
        """Back to what everybody has. False when there was no exception."""
        here = (overrides.c.subject == subject, overrides.c.quota == quota.value)

        async def work(transaction: Transaction) -> bool:
            if not await transaction.run(delete(overrides).where(*here)):
                return False
            transaction.note(by, "quota-restored", subject, at, quota=quota.value, reason=reason)
            return True

        return await self._database.write(work)


async def overrides_of(reading: Reading, subject: str) -> tuple[Override, ...]:
    """What facts say of a subject."""
    rows = await reading.all(_OF_SUBJECT, subject=subject)
    return tuple(Override(quota=Quota(row.quota), places=row.places, until=row.until) for row in rows)

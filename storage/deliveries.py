"""What passes between a verification and the service that decides on it: deliveries, and answers to its challenge."""

from sqlalchemy import func, select, update

from storage.database import Database, Transaction
from storage.errors import Refused
from storage.schema import verifications
from storage.verification_rows import Status, Verification, read, waits

_MOST = 200


class Deliveries:
    """Reads and writes of one database."""

    def __init__(self, database: Database) -> None:
        """Of verifications in `database`."""
        self._database = database

    async def due(self, provider: str, at: float) -> tuple[Verification, ...]:
        """Those to be delivered by now, the longest due first."""
        query = (
            select(verifications)
            .where(waits(provider), verifications.c.next_try_at <= at, verifications.c.expires_at > at)
            .order_by(verifications.c.next_try_at)
            .limit(_MOST)
        )
        async with self._database.read() as reading:
            return tuple(read(row) for row in await reading.all(query))

    async def deliver_again(self, number: int, at: float | None) -> None:
        """One delivery was tried; the next is due `at`, or none when the service has it."""

        async def work(transaction: Transaction) -> None:
            values = {"tries": verifications.c.tries + 1, "next_try_at": at}
            await transaction.run(update(verifications).where(verifications.c.number == number).values(values))

        await self._database.write(work)

    async def challenge(self, number: int, prompt: str) -> None:
        """The service has it, and asks the applicant for something."""

        async def work(transaction: Transaction) -> None:
            this = (verifications.c.number == number, verifications.c.status == Status.WAITING.value)
            values = {"challenge": prompt, "next_try_at": None}
            await transaction.run(update(verifications).where(*this).values(values))

        await self._database.write(work)

    async def next_due(self) -> float | None:
        """When the next delivery is due."""
        waiting = verifications.c.status == Status.WAITING.value
        async with self._database.read() as reading:
            due: float | None = await reading.scalar(select(func.min(verifications.c.next_try_at)).where(waiting))
        return due

    async def count_code(self, number: int) -> int:
        """Count one more answer to its challenge; how many it is then."""

        async def work(transaction: Transaction) -> int:
            this = verifications.c.number == number
            await transaction.run(update(verifications).where(this).values(codes=verifications.c.codes + 1))
            codes: int | None = await transaction.scalar(select(verifications.c.codes).where(this))
            if codes is None:
                raise Refused(f"no verification {number}")
            return codes

        return await self._database.write(work)

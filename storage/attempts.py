"""Failed attempts at being verified: so many an account has within a window, by whatever provider."""

from sqlalchemy import delete, func, insert, select

from storage.database import Transaction
from storage.schema import claim_attempts


async def are_spent(transaction: Transaction, account: str, at: float, *, attempts: int, window_s: float) -> bool:
    """Whether the account has none left."""
    recent = claim_attempts.c.at > at - window_s
    query = select(func.count()).where(claim_attempts.c.account == account, recent)
    return bool(await transaction.scalar(query) >= attempts)


async def add(transaction: Transaction, account: str, at: float, *, window_s: float) -> None:
    """Count one more, and forget those that count no more."""
    late = claim_attempts.c.at <= at - window_s
    await transaction.run(delete(claim_attempts).where(claim_attempts.c.account == account, late))
    await transaction.run(insert(claim_attempts).values(account=account, at=at))


async def forget(transaction: Transaction, account: str) -> None:
    """They led to success in the end."""
    await transaction.run(delete(claim_attempts).where(claim_attempts.c.account == account))

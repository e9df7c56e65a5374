"""The ledger of credit: entries, never a bare number."""

from sqlalchemy import insert

from storage import holders
from storage.database import Transaction
from storage.schema import ledger


async def add(
    transaction: Transaction,
    number: int,
    delta: int,
    cause: str,
    *,
    by: str,
    at: float,
    expires_at: float | None = None,
    case_number: int | None = None,
    incident: int | None = None,
    gives_back: int | None = None,
) -> None:
    """One entry for a person. `incident`: what it is deducted for; `gives_back`: the entry that this one takes back."""
    row = {"delta": delta, "cause": cause, "by": by, "expires_at": expires_at, "case_number": case_number}
    await transaction.run(insert(ledger).values(person=number, at=at, incident=incident, gives_back=gives_back, **row))
    holder = holders.of_person(number)
    transaction.note(
        by, "credit-adjusted", holder, at, delta=delta, cause=cause, expires_at=expires_at, case=case_number
    )

"""The rows of stanzas that wait for a moderator: the same content by the same holder waits once."""

from enum import Enum

from sqlalchemy import ColumnElement, insert, select, update

from policy.actions import Hold
from storage import holders, seals
from storage.database import MACHINE, Reading, Transaction
from storage.schema import holds
from storage.vault import Keyring

EVIDENCE = "held"
_CONTENT = "held content"


class HoldState(Enum):
    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    LAPSED = "lapsed"


WAITING = HoldState.WAITING.value


async def is_waiting(reading: Reading, keyring: Keyring, hold: Hold, at: float) -> bool:
    """Whether this very content of this holder waits already."""
    query = select(holds.c.number).where(is_same(hold, keyring), holds.c.state == WAITING, holds.c.until > at)
    return await reading.scalar(query) is not None


async def add(transaction: Transaction, keyring: Keyring, hold: Hold, at: float, incident: int) -> int:
    """A new one that waits, in the place of one whose time has run out; its number."""
    holder = holders.of(hold.account, hold.person)
    late = (is_same(hold, keyring), holds.c.state == WAITING)
    await transaction.run(update(holds).where(*late).values(state=HoldState.LAPSED.value, decided_at=at))
    number = await transaction.insert(
        insert(holds).values(
            holder=holder,
            account=hold.account,
            room=hold.room,
            rules=" ".join(hold.rules),
            content=_content(hold, keyring),
            at=at,
            state=WAITING,
            until=at + hold.lasts_s,
            sealed_for=holder,
            evidence=await seals.seal(transaction, keyring, holder, EVIDENCE, hold.evidence),
            strike_expires_s=hold.strike_expires_s,
            deduct=hold.deduct,
            incident=incident,
        )
    )
    transaction.note(MACHINE, "held", holder, at, number=number, rules=" ".join(hold.rules), room=hold.room)
    return number


def is_same(hold: Hold, keyring: Keyring) -> ColumnElement[bool]:
    """The condition of rows that are this content by this holder."""
    holder = holders.of(hold.account, hold.person)
    return (holds.c.holder == holder) & (holds.c.content == _content(hold, keyring))


def _content(hold: Hold, keyring: Keyring) -> str:
    return keyring.index.tag(_CONTENT, hold.content)

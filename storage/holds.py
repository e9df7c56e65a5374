"""Stanzas that wait for a moderator, and what was decided of them. The text is sealed; content is known by its HMAC.

A yes lets the same content by the same holder pass the rules that held it, until it runs out.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, select, update

from policy.actions import AdjustCredit, Hold, Strike
from storage import holders, incidents, seals, undoing
from storage.database import MACHINE, Database, Reading, Transaction
from storage.holding import EVIDENCE, WAITING, HoldState, is_same
from storage.schema import holds
from storage.vault import Keyring


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A stanza that waits or waited, its evidence opened. `person` is None while nobody verified wrote it."""

    number: int
    account: str
    person: int | None
    room: str
    rules: tuple[str, ...]
    at: float
    state: HoldState
    until: float
    evidence: str
    decided_by: str | None = None
    reason: str | None = None

    @property
    def holder(self) -> str:
        """Who wrote it."""
        return holders.of(self.account, self.person)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision that stands, and what followed from it."""

    held: Held
    recorded: incidents.Recorded


class Holds:
    """Reads and writes of one database."""

    def __init__(self, database: Database, keyring: Keyring) -> None:
        """Evidence is sealed with keys of `keyring`, contents are known by its index key."""
        self._database = database
        self._keyring = keyring

    async def find(self, number: int) -> Held | None:
        """Any that there ever was."""
        async with self._database.read() as reading:
            row = await reading.first(select(holds).where(holds.c.number == number))
            return None if row is None else await self._open(reading, row)

    async def waiting(self, at: float, *, newest_first: bool, limit: int) -> tuple[Held, ...]:
        """Those that wait now."""
        order = holds.c.number.desc() if newest_first else holds.c.number
        query = select(holds).where(holds.c.state == WAITING, holds.c.until > at).order_by(order).limit(limit)
        async with self._database.read() as reading:
            return tuple([await self._open(reading, row) for row in await reading.all(query)])

    async def count_waiting(self, at: float) -> int:
        """How many wait now."""
        query = select(func.count()).where(holds.c.state == WAITING, holds.c.until > at)
        async with self._database.read() as reading:
            return int(await reading.scalar(query))

    async def approved(self, hold: Hold, at: float) -> frozenset[str]:
        """The rules that a moderator's yes lets this very content pass."""
        query = select(holds.c.rules).where(
            is_same(hold, self._keyring), holds.c.state == HoldState.APPROVED.value, holds.c.until > at
        )
        rows = await self._database.look(lambda reading: reading.all(query))
        return frozenset(rule for row in rows for rule in row.rules.split())

    async def approve(self, number: int, *, by: str, at: float, lasts_s: float) -> Decided | None:
        """Let it pass for so long; a strike that it led to at once was none. None: it waits no more."""

        async def work(transaction: Transaction) -> Decided | None:
            row = await self._decide(transaction, number, HoldState.APPROVED, by=by, at=at, until=at + lasts_s)
            if row is None:
                return None
            if row.incident is not None:
                await undoing.overrule(transaction, [row.incident], by=by, reason="", at=at)
            return Decided(held=await self._open(transaction, row), recorded=incidents.Recorded())

        return await self._database.write(work)

    async def refuse(self, number: int, *, by: str, reason: str, at: float, terms: incidents.Terms) -> Decided | None:
        """Refuse it, which is a hit of its rule as that rule has it. None: it waits no more."""

        async def work(transaction: Transaction) -> Decided | None:
            row = await self._decide(transaction, number, HoldState.REFUSED, by=by, at=at, until=at, reason=reason)
            if row is None:
                return None
            held = await self._open(transaction, row)
            actions: list[Strike | AdjustCredit] = []
            rule = held.rules[0]
            if row.strike_expires_s is not None:
                actions.append(
                    Strike(
                        account=held.account,
                        person=held.person,
                        room=held.room,
                        rule=rule,
                        evidence=held.evidence,
                        expires_s=row.strike_expires_s,
                    )
                )
            if row.deduct and held.person is not None:
                expires_s = terms.recovery_s
                actions.append(AdjustCredit(person=held.person, delta=-row.deduct, cause=rule, expires_s=expires_s))
            recorded = await incidents.record(
                transaction, self._keyring, incidents.Incident(actions=actions, at=at), terms
            )
            return Decided(held=held, recorded=recorded)

        return await self._database.write(work)

    async def lapse(self, at: float, limit: int) -> tuple[Held, ...]:
        """Let those go that nobody decided in time, the oldest first; those it were."""

        async def work(transaction: Transaction) -> tuple[Held, ...]:
            due = select(holds).where(holds.c.state == WAITING, holds.c.until <= at).order_by(holds.c.number)
            rows = await transaction.all(due.limit(limit))
            these = holds.c.number.in_([row.number for row in rows])
            await transaction.run(update(holds).where(these).values(state=HoldState.LAPSED.value, decided_at=at))
            for row in rows:
                transaction.note(MACHINE, "hold-lapsed", row.holder, at, number=row.number, room=row.room)
            return tuple([await self._open(transaction, row) for row in rows])

        return await self._database.write(work)

    async def _decide(
        self,
        transaction: Transaction,
        number: int,
        state: HoldState,
        *,
        by: str,
        at: float,
        until: float,
        reason: str | None = None,
    ) -> Row[Any] | None:
        """The row, decided; None when somebody was quicker or its time had run out."""
        this = holds.c.number == number
        values = {"state": state.value, "decided_by": by, "decided_at": at, "until": until, "reason": reason}
        waits = (this, holds.c.state == WAITING, holds.c.until > at)
        if not await transaction.run(update(holds).where(*waits).values(values)):
            return None
        row = await transaction.first(select(holds).where(this))
        assert row is not None  # noqa: S101 - it was changed above
        deed = f"hold-{state.value}"
        transaction.note(by, deed, row.holder, at, number=number, rules=row.rules, room=row.room, reason=reason)
        return row

    async def _open(self, reading: Reading, row: Row[Any]) -> Held:
        return Held(
            number=row.number,
            account=row.account,
            person=holders.parse(row.holder)[1],
            room=row.room,
            rules=tuple(row.rules.split()),
            at=row.at,
            state=HoldState(row.state),
            until=row.until,
            evidence=await seals.open_evidence(reading, self._keyring, row, EVIDENCE),
            decided_by=row.decided_by,
            reason=row.reason,
        )

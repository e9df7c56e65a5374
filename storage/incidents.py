"""Incidents: what one stanza led to, written in one transaction, found again when it is asked twice, and undone as one.

Decides nothing: what follows from strikes is `policy/ladder.py`'s.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from sqlalchemy import BindParameter, Row, insert, select, update

from config.settings import Ladder
from policy.actions import Action, AdjustCredit, Hold, OpenCase, Punish, Strike
from policy.facts import Sanction, SanctionKind
from policy.ladder import next_step, sanction_of
from storage import credit, holders, holding, lineage, places, seals
from storage.database import MACHINE, Reading, Transaction
from storage.schema import cases, incidents, memberships, rooms, sanction_strikes, sanctions, strikes
from storage.vault import Keyring

EVIDENCE = "evidence"


_WEIGHTY = (Strike, Punish, AdjustCredit, OpenCase, Hold)
_Weighty = Strike | Punish | AdjustCredit | OpenCase | Hold
_A = TypeVar("_A", bound=_Weighty)


@dataclass(frozen=True, slots=True, kw_only=True)
class Imposed:
    """A sanction in force, on whom, and the rooms they are a member of no more by it."""

    sanction: Sanction
    account: str
    person: int | None
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What an incident led to. `held`: a stanza that waits for a moderator now and did not before."""

    imposed: tuple[Imposed, ...] = ()
    held: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the settings say of what follows."""

    ladder: Ladder
    recovery_s: float | None  # a deduction that a ladder makes is given back after this
    reason_of: Callable[[str], str]  # what a machine's sanction gives as its reason, by rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """What one stanza is to lead to. `check` is the id of the question about it, None when a moderator decided."""

    actions: Collection[Action]
    at: float
    check: str | None = None


async def record(transaction: Transaction, keyring: Keyring, incident: Incident, terms: Terms) -> Recorded:
    """Write all of it, unless the check with this id was answered before: then what it led to is told again.

    A second stanza with a content that waits for a moderator leads to nothing more.
    """
    if incident.check is not None:
        known = await transaction.scalar(select(incidents.c.number).where(incidents.c.check_id == incident.check))
        if known is not None:
            return await _recall(transaction, known)
    weighty = [
        await _for_whom_they_are(transaction, action) for action in incident.actions if isinstance(action, _WEIGHTY)
    ]
    hold = next((action for action in weighty if isinstance(action, Hold)), None)
    if not weighty or (hold is not None and await holding.is_waiting(transaction, keyring, hold, incident.at)):
        return Recorded()
    holder = _holder_of(weighty[0])
    number = await transaction.insert(insert(incidents).values(check_id=incident.check, holder=holder, at=incident.at))
    scribe = _Scribe(transaction, keyring, terms, incident.at, number)
    for action in weighty:
        match action:
            case Strike():
                await scribe.strike(action)
            case Punish():
                await scribe.punish(action)
            case AdjustCredit():
                await scribe.adjust(action.person, action.delta, action.cause, action.expires_s)
            case OpenCase():
                await scribe.open_case(action)
            case Hold():
                scribe.held = await holding.add(transaction, keyring, action, incident.at, number)
    return Recorded(imposed=tuple(scribe.imposed), held=scribe.held)


async def punish(
    transaction: Transaction, order: Punish, *, by: str, reason: str, at: float, incident: int | None = None
) -> Imposed:
    """Impose a sanction; one that ends memberships frees their places."""
    order = await _for_whom_they_are(transaction, order)
    holder = holders.of(order.account, order.person)
    until = order.until(at)
    row = {"kind": order.kind.value, "room": order.room, "rule": order.rule, "reason": reason, "until": until}
    written = insert(sanctions).values(holder=holder, account=order.account, by=by, at=at, incident=incident, **row)
    number = await transaction.insert(written)
    transaction.note(by, "sanctioned", holder, at, number=number, **row)
    left = await leave_rooms(transaction, holder, order.room, at, by) if order.ends_membership else ()
    sanction = Sanction(number=number, kind=order.kind, room=order.room, rule=order.rule, reason=reason, until=until)
    return Imposed(sanction=sanction, account=order.account, person=order.person, left=left)


async def leave_rooms(transaction: Transaction, holder: str, room: str | None, at: float, by: str) -> tuple[str, ...]:
    """Free the holder's place in a room, or in all of them; the rooms it was."""
    mine = select(rooms.c.jid).join(memberships, memberships.c.room == rooms.c.number)
    mine = mine.where(memberships.c.holder == holder).order_by(rooms.c.jid)
    if room is not None:
        mine = mine.where(rooms.c.jid == room)
    left = tuple(row.jid for row in await transaction.all(mine))
    for jid in left:
        await places.leave(transaction, holder, jid, at, by)
    return left


async def forget_checks(transaction: Transaction, before: float) -> None:
    """Nobody asks again about what was answered that long ago."""
    old = (incidents.c.check_id.is_not(None), incidents.c.at < before)
    await transaction.run(update(incidents).where(*old).values(check_id=None))


def live_now(at: float | BindParameter[float]) -> tuple[Any, ...]:
    """Conditions of a sanction in force."""
    return sanctions.c.lifted_at.is_(None), sanctions.c.until.is_(None) | (sanctions.c.until > at)


def to_sanction(row: Row[Any]) -> Sanction:
    """What policy knows of a sanction."""
    return Sanction(
        number=row.number,
        kind=SanctionKind(row.kind),
        room=row.room,
        rule=row.rule,
        reason=row.reason,
        until=row.until,
    )


# how


async def _for_whom_they_are(reading: Reading, action: _A) -> _A:
    """The action, on whoever its person is now: they may have been merged since it was decided.

    Raises:
        Refused: the person was erased meanwhile.
    """
    if action.person is None:
        return action
    person = await lineage.alive(reading, action.person)
    return action if person == action.person else replace(action, person=person)


def _holder_of(action: _Weighty) -> str:
    """Whose incident it is: one stanza has one sender."""
    if isinstance(action, AdjustCredit):
        return holders.of_person(action.person)
    return holders.of(action.account, action.person)


class _Scribe:
    """Writes one incident, and keeps what came of it."""

    def __init__(self, transaction: Transaction, keyring: Keyring, terms: Terms, at: float, incident: int) -> None:
        self._transaction = transaction
        self._keyring = keyring
        self._terms = terms
        self._at = at
        self._incident = incident
        self.imposed: list[Imposed] = []
        self.held: int | None = None

    async def strike(self, strike: Strike) -> None:
        """Enter it, and climb the ladder."""
        transaction, at = self._transaction, self._at
        holder = holders.of(strike.account, strike.person)
        row = await self._row(holder, strike)
        number = await transaction.insert(insert(strikes).values(expires_at=at + strike.expires_s, **row))
        transaction.note(MACHINE, "strike", holder, at, number=number, rule=strike.rule, room=strike.room)
        counting = select(strikes.c.number, strikes.c.at).where(
            strikes.c.holder == holder, strikes.c.expires_at > at, strikes.c.overruled_at.is_(None)
        )
        rows = await transaction.all(counting.order_by(strikes.c.at, strikes.c.number))
        step = next_step([row.at for row in rows], at, self._terms.ladder)
        if step is None:
            return
        if step.deduct and strike.person is not None:
            await self.adjust(strike.person, -step.deduct, strike.rule, self._terms.recovery_s)
        sanction = await self.punish(sanction_of(step, strike))
        counted = [{"sanction": sanction, "strike": row.number} for row in rows if at - step.window < row.at]
        await transaction.run(insert(sanction_strikes), counted)

    async def punish(self, order: Punish) -> int:
        reason = self._terms.reason_of(order.rule)
        imposed = await punish(
            self._transaction, order, by=MACHINE, reason=reason, at=self._at, incident=self._incident
        )
        self.imposed.append(imposed)
        return imposed.sanction.number

    async def adjust(self, person: int, delta: int, cause: str, expires_s: float | None) -> None:
        expires_at = None if expires_s is None else self._at + expires_s
        await credit.add(
            self._transaction,
            person,
            delta,
            cause,
            by=MACHINE,
            at=self._at,
            expires_at=expires_at,
            incident=self._incident,
        )

    async def open_case(self, case: OpenCase) -> None:
        holder = holders.of(case.account, case.person)
        number = await self._transaction.insert(insert(cases).values(await self._row(holder, case)))
        self._transaction.note(MACHINE, "case-opened", holder, self._at, number=number, rule=case.rule, room=case.room)

    async def _row(self, holder: str, report: Strike | OpenCase) -> dict[str, object]:
        return {
            "holder": holder,
            "account": report.account,
            "room": report.room,
            "rule": report.rule,
            "at": self._at,
            "sealed_for": holder,
            "evidence": await seals.seal(self._transaction, self._keyring, holder, EVIDENCE, report.evidence),
            "incident": self._incident,
        }


async def _recall(reading: Reading, incident: int) -> Recorded:
    """Sanctions of an incident that are not lifted: whoever died before answering may not have carried them out."""
    query = select(sanctions).where(sanctions.c.incident == incident, sanctions.c.lifted_at.is_(None))
    return Recorded(
        imposed=tuple(
            Imposed(
                sanction=to_sanction(row),
                account=row.account,
                person=holders.parse(row.holder)[1],
                left=() if row.room is None else (row.room,),
            )
            for row in await reading.all(query.order_by(sanctions.c.number))
        )
    )

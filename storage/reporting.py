"""The transactions behind `reports.py`: filing a complaint, and what becomes of the case that it opened."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from sqlalchemy import delete, func, insert, select, update

from policy.complaint import Grounds, Handling, Subject
from storage import credit, holders, incidents, manager_strikes, seals
from storage.database import MACHINE, Reading, Transaction
from storage.incidents import Imposed
from storage.manager_strikes import Cause, ManagerTerms
from storage.schema import cases, complaints, ledger, report_managers, reports
from storage.undoing import OVERRULED
from storage.vault import Keyring

RULE = "people:report"
"""What stands where other cases name the rule that opened them."""

HANDLED = "report-handled"
"""The cause of credit for it."""

UPHELD = "upheld"
_MATTER = "matter of a complaint"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A complaint as somebody makes it."""

    holder: str  # who complains
    account: str
    room: str
    code: str
    subject: Subject
    matter: str  # what complaints about the same have in common
    about: tuple[str, int | None] | None  # account and person; None: the room, or nobody knows whom
    evidence: str  # what it is about, as others saw it
    grounds: Grounds
    words: str
    managers: tuple[str, ...] = ()  # accounts that are to handle it; none: moderators are


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the settings say. `most` complaints within `window_s`; managers have `response_s`."""

    most: int
    window_s: float
    response_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A complaint that is on record: its number, whether it was before, and until when managers have to handle it."""

    number: int
    is_new: bool
    due_at: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reward:
    """Credit for a report handled: so much, as long as it was not more than `most` within `window_s`."""

    points: int
    most: int
    window_s: float
    lasts_s: float


async def file(transaction: Transaction, keyring: Keyring, draft: Draft, at: float, terms: Terms) -> Filed | None:
    """See `Reports.file`."""
    draft = replace(draft, matter=keyring.index.tag(_MATTER, draft.subject.value, draft.matter))
    standing = await transaction.first(
        select(reports.c.case_number, reports.c.due_at)
        .join(cases, cases.c.number == reports.c.case_number)
        .where(reports.c.code == draft.code, reports.c.matter == draft.matter, cases.c.closed_at.is_(None))
    )
    if standing is not None:
        mine = (complaints.c.report == standing.case_number, complaints.c.holder == draft.holder)
        before = await transaction.scalar(select(complaints.c.number).where(*mine))
        if before is not None:
            return Filed(number=before, is_new=False, due_at=standing.due_at)
    lately = (complaints.c.holder == draft.holder, complaints.c.at > at - terms.window_s)
    if await transaction.scalar(select(func.count()).select_from(complaints).where(*lately)) >= terms.most:
        return None
    if standing is not None:
        report, due_at = standing.case_number, standing.due_at
    else:
        report, due_at = await _open(transaction, keyring, draft, at, terms)
    number = await transaction.insert(
        insert(complaints).values(
            report=report,
            holder=draft.holder,
            account=draft.account,
            at=at,
            grounds=draft.grounds.value,
            sealed_for=draft.holder,
            evidence=await seals.seal(transaction, keyring, draft.holder, incidents.EVIDENCE, draft.words),
            is_told=False,
        )
    )
    transaction.note(draft.account, "complained", draft.holder, at, number=number, report=report, room=draft.room)
    return Filed(number=number, is_new=True, due_at=due_at)


async def _open(
    transaction: Transaction, keyring: Keyring, draft: Draft, at: float, terms: Terms
) -> tuple[int, float | None]:
    holder = holders.NOBODY if draft.about is None else holders.of(*draft.about)
    sealed_for = holders.of_room(draft.room) if draft.about is None else holder
    number = await transaction.insert(
        insert(cases).values(
            holder=holder,
            account="" if draft.about is None else draft.about[0],
            room=draft.room,
            rule=RULE,
            at=at,
            sealed_for=sealed_for,
            evidence=await seals.seal(transaction, keyring, sealed_for, incidents.EVIDENCE, draft.evidence),
        )
    )
    again = (reports.c.code == draft.code, reports.c.matter == draft.matter, reports.c.handling.is_not(None))
    is_theirs = draft.managers and terms.response_s and await transaction.first(select(reports).where(*again)) is None
    due_at = at + terms.response_s if is_theirs else None
    row = {"case_number": number, "code": draft.code, "subject": draft.subject.value, "matter": draft.matter}
    passed_at = at if due_at is None else None
    await transaction.run(
        insert(reports).values(**row, due_at=due_at, passed_at=passed_at, is_announced=False, is_settled=True)
    )
    if due_at is not None:
        answering = [{"report": number, "account": account} for account in sorted(set(draft.managers))]
        await transaction.run(insert(report_managers), answering)
    transaction.note(MACHINE, "case-opened", holder, at, number=number, rule=RULE, room=draft.room)
    return number, due_at


async def is_waiting(reading: Reading, number: int, at: float) -> bool:
    """Whether it is open, and its room's managers have still time to handle it."""
    query = select(reports.c.due_at).join(cases, cases.c.number == reports.c.case_number)
    due_at = await reading.scalar(query.where(reports.c.case_number == number, cases.c.closed_at.is_(None)))
    return due_at is not None and due_at > at


async def handle(
    transaction: Transaction,
    number: int,
    handling: Handling,
    at: float,
    *,
    by: str,
    holder: str,
    reward: Reward,
) -> int | None:
    """See `Reports.handle`."""
    if not await is_waiting(transaction, number, at):
        return None
    outcome = OVERRULED if handling is Handling.NOTHING_WRONG else UPHELD
    closed = {"closed_at": at, "closed_by": by, "outcome": outcome}
    await transaction.run(update(cases).where(cases.c.number == number).values(closed))
    await settle(transaction, number, handling=handling.value)
    case = await transaction.first(select(cases).where(cases.c.number == number))
    assert case is not None  # noqa: S101 - it waited
    transaction.note(by, HANDLED, case.holder, at, number=number, room=case.room, handling=handling.value)
    return await _reward(transaction, number, holder, at, reward)


async def _reward(transaction: Transaction, report: int, holder: str, at: float, reward: Reward) -> int:
    """Nobody earns anything by what they complained of themselves."""
    person = holders.parse(holder)[1]
    own = (complaints.c.report == report, complaints.c.holder == holder)
    if person is None or not reward.points or await transaction.scalar(select(complaints.c.number).where(*own)):
        return 0
    lately = (ledger.c.person == person, ledger.c.cause == HANDLED, ledger.c.at > at - reward.window_s)
    earned = await transaction.scalar(select(func.coalesce(func.sum(ledger.c.delta), 0)).where(*lately))
    points = min(reward.points, reward.most - int(earned))
    if points <= 0:
        return 0
    await credit.add(
        transaction,
        person,
        points,
        HANDLED,
        by=MACHINE,
        at=at,
        expires_at=at + reward.lasts_s,
        case_number=report,
    )
    return points


async def pass_on(transaction: Transaction, number: int, at: float, *, by: str) -> bool:
    """See `Reports.pass_on`."""
    if not await is_waiting(transaction, number, at):
        return False
    await settle(transaction, number, passed_at=at, is_announced=False)
    room = await transaction.scalar(select(cases.c.room).where(cases.c.number == number))
    transaction.note(by, "report-passed-on", str(room), at, number=number)
    return True


async def escalate(
    transaction: Transaction, number: int, managers: Mapping[str, str], at: float, terms: ManagerTerms
) -> tuple[Imposed, ...] | None:
    """See `Reports.escalate`."""
    late = (reports.c.case_number == number, reports.c.due_at <= at)
    room = await transaction.scalar(
        select(cases.c.room)
        .join(reports, reports.c.case_number == cases.c.number)
        .where(*late, cases.c.closed_at.is_(None))
    )
    if room is None:
        return None
    await settle(transaction, number, passed_at=at, is_announced=False, is_settled=not managers)
    transaction.note(MACHINE, "report-left-standing", room, at, number=number, managers=len(managers))
    return await manager_strikes.strike(transaction, Cause(room=room, report=number), managers, at, terms)


async def settle(transaction: Transaction, number: int, **values: object) -> None:
    """Its room's managers have nothing more to do with it."""
    await transaction.run(delete(report_managers).where(report_managers.c.report == number))
    await transaction.run(update(reports).where(reports.c.case_number == number).values(due_at=None, **values))


async def forget(transaction: Transaction, accounts: Collection[str]) -> None:
    """These accounts belong to nobody any more."""
    await transaction.run(delete(report_managers).where(report_managers.c.account.in_(accounts)))

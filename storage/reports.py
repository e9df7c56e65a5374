"""What people complain of: the cases that this opens, first the room's managers', then the moderators'.

Complaints about the same open one case. Who complained is known to nobody but them, and told to nobody else.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, update

from policy.complaint import Grounds, Handling, Subject
from storage import incidents, reporting, seals
from storage.database import Database
from storage.incidents import Imposed
from storage.manager_strikes import ManagerTerms
from storage.reporting import Draft, Filed, Reward, Terms
from storage.schema import cases, complaints, manager_strikes, report_managers, reports
from storage.undoing import OVERRULED
from storage.vault import Keyring

__all__ = ["Complaint", "Draft", "Filed", "Outcome", "Reports", "Reward", "Terms", "Waiting"]

_MOST_TOLD = 100
_MOST_WORDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """What one of those who complained says; not who it is."""

    grounds: Grounds
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What is said of one matter: some of it, and by how many."""

    subject: Subject
    complaints: tuple[Complaint, ...]
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A report that a room's managers are to handle."""

    number: int
    at: float
    due_at: float
    evidence: str
    heard: Heard


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How a complaint ended, for whoever made it."""

    number: int
    account: str
    holder: str
    room: str
    is_upheld: bool
    is_by_managers: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Unannounced:
    """Reports of which those who are to look at them do not know; `room` of managers, "" for moderators."""

    room: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """A report left standing past its time, and the accounts that managed the room when it came."""

    number: int
    room: str
    managers: frozenset[str]


class Reports:
    """Reads and writes of one database."""

    def __init__(self, database: Database, keyring: Keyring) -> None:
        """Reports in `database`, words and evidence sealed with keys of `keyring`."""
        self._database = database
        self._keyring = keyring

    # complaining

    async def file(self, draft: Draft, at: float, terms: Terms) -> Filed | None:
        """Put a complaint on record; what was complained of before is answered by its number. None: too many lately."""
        return await self._database.write(
            lambda transaction: reporting.file(transaction, self._keyring, draft, at, terms)
        )

    async def untold(self) -> tuple[Outcome, ...]:
        """Complaints that are decided without those who made them knowing, a hundred at most."""
        query = (
            select(complaints, cases.c.room, cases.c.outcome, reports.c.handling)
            .join(cases, cases.c.number == complaints.c.report)
            .join(reports, reports.c.case_number == complaints.c.report)
            .where(complaints.c.is_told.is_(False), cases.c.closed_at.is_not(None))
            .order_by(complaints.c.number)
            .limit(_MOST_TOLD)
        )
        async with self._database.read() as reading:
            rows = await reading.all(query)
        return tuple(
            Outcome(
                number=row.number,
                account=row.account,
                holder=row.holder,
                room=row.room,
                is_upheld=row.outcome != OVERRULED,
                is_by_managers=row.handling is not None,
            )
            for row in rows
        )

    async def note_told(self, numbers: Sequence[int]) -> None:
        """They know."""
        told = update(complaints).where(complaints.c.number.in_(numbers)).values(is_told=True)
        await self._database.write(lambda transaction: transaction.run(told))

    # looking

    async def heard(self, numbers: Collection[int]) -> dict[int, Heard]:
        """What is said of these cases, as far as complaints opened them."""
        async with self._database.read() as reading:
            found = {}
            query = select(reports.c.case_number, reports.c.subject).where(reports.c.case_number.in_(numbers))
            for report in await reading.all(query):
                mine = complaints.c.report == report.case_number
                count = await reading.scalar(select(func.count()).select_from(complaints).where(mine))
                some = select(complaints).where(mine).order_by(complaints.c.number).limit(_MOST_WORDS)
                said = [
                    Complaint(
                        grounds=Grounds(row.grounds),
                        words=await seals.open_evidence(reading, self._keyring, row, incidents.EVIDENCE),
                    )
                    for row in await reading.all(some)
                ]
                found[report.case_number] = Heard(subject=Subject(report.subject), complaints=tuple(said), count=count)
        return found

    async def waiting_for(self, code: str, at: float, *, but: str, limit: int | None) -> tuple[Waiting, ...]:
        """Reports for the managers of the room with this code, the most urgent first; `but` none about this holder."""
        query = (
            select(cases, reports.c.due_at)
            .join(reports, reports.c.case_number == cases.c.number)
            .where(reports.c.code == code, reports.c.due_at > at, cases.c.closed_at.is_(None), cases.c.holder != but)
            .order_by(reports.c.due_at)
            .limit(limit)
        )
        async with self._database.read() as reading:
            rows = await reading.all(query)
            evidence = [await seals.open_evidence(reading, self._keyring, row, incidents.EVIDENCE) for row in rows]
        heard = await self.heard([row.number for row in rows])
        return tuple(
            Waiting(number=row.number, at=row.at, due_at=row.due_at, evidence=text, heard=heard[row.number])
            for row, text in zip(rows, evidence, strict=True)
        )

    # what managers do, and what they leave

    async def handle(
        self, number: int, handling: Handling, at: float, *, by: str, holder: str, reward: Reward
    ) -> int | None:
        """A manager has dealt with it: the case is closed. The credit earned by it; None: it is theirs no more."""
        return await self._database.write(
            lambda transaction: reporting.handle(transaction, number, handling, at, by=by, holder=holder, reward=reward)
        )

    async def pass_on(self, number: int, at: float, *, by: str) -> bool:
        """A manager leaves it to the moderators; False when it is theirs no more."""
        return await self._database.write(lambda transaction: reporting.pass_on(transaction, number, at, by=by))

    async def late(self, at: float) -> tuple[Late, ...]:
        """Those whose managers have let their time pass."""
        query = (
            select(reports.c.case_number, cases.c.room)
            .join(cases, cases.c.number == reports.c.case_number)
            .where(reports.c.due_at <= at, cases.c.closed_at.is_(None))
            .order_by(reports.c.case_number)
        )
        async with self._database.read() as reading:
            rows = await reading.all(query)
            answering: dict[int, set[str]] = {row.case_number: set() for row in rows}
            theirs = select(report_managers).where(report_managers.c.report.in_(answering))
            for row in await reading.all(theirs):
                answering[row.report].add(row.account)
        return tuple(
            Late(number=row.case_number, room=row.room, managers=frozenset(answering[row.case_number])) for row in rows
        )

    async def next_due(self) -> float | None:
        """When the time of the next one passes."""
        query = (
            select(func.min(reports.c.due_at))
            .join(cases, cases.c.number == reports.c.case_number)
            .where(reports.c.due_at.is_not(None), cases.c.closed_at.is_(None))
        )
        async with self._database.read() as reading:
            due_at: float | None = await reading.scalar(query)
        return due_at

    async def escalate(
        self, number: int, managers: Mapping[str, str], at: float, terms: ManagerTerms
    ) -> tuple[Imposed, ...] | None:
        """It is the moderators' now, and one strike for each of these holders (with an account of theirs).

        What that leads to; None: it was handled, or passed on before.
        """
        return await self._database.write(
            lambda transaction: reporting.escalate(transaction, number, managers, at, terms)
        )

    async def unsettled(self) -> tuple[tuple[int, str], ...]:
        """Those left standing whose sanctions are not known to be carried out, and their rooms."""
        query = (
            select(reports.c.case_number, cases.c.room)
            .join(cases, cases.c.number == reports.c.case_number)
            .where(reports.c.is_settled.is_(False))
        )
        async with self._database.read() as reading:
            return tuple((row.case_number, row.room) for row in await reading.all(query))

    async def note_settled(self, number: int) -> None:
        """They are."""
        done = update(reports).where(reports.c.case_number == number).values(is_settled=True)
        await self._database.write(lambda transaction: transaction.run(done))

    async def baseless(self) -> tuple[tuple[int, str], ...]:
        """Those for which strikes count though there was nothing wrong, and their rooms."""
        query = (
            select(manager_strikes.c.report, cases.c.room)
            .join(cases, cases.c.number == manager_strikes.c.report)
            .where(manager_strikes.c.overruled_at.is_(None), cases.c.outcome == OVERRULED)
            .distinct()
        )
        async with self._database.read() as reading:
            return tuple((row.report, row.room) for row in await reading.all(query))

    # telling of new ones

    async def unannounced(self) -> tuple[Unannounced, ...]:
        """Open ones of which nobody was told, by room, and those for moderators."""
        query = (
            select(reports.c.case_number, reports.c.due_at, cases.c.room)
            .join(cases, cases.c.number == reports.c.case_number)
            .where(reports.c.is_announced.is_(False), cases.c.closed_at.is_(None))
            .order_by(reports.c.case_number)
        )
        by_room: dict[str, list[int]] = {}
        async with self._database.read() as reading:
            for row in await reading.all(query):
                by_room.setdefault("" if row.due_at is None else row.room, []).append(row.case_number)
        return tuple(Unannounced(room=room, numbers=tuple(numbers)) for room, numbers in by_room.items())

    async def note_announced(self, numbers: Sequence[int]) -> None:
        """They were told."""
        done = update(reports).where(reports.c.case_number.in_(numbers)).values(is_announced=True)
        await self._database.write(lambda transaction: transaction.run(done))

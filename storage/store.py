"""One open database: what the rest of Roomkeeper sees of storage."""

import time
from collections.abc import AsyncGenerator
from functools import partial
from typing import Self

from config.settings import Settings
from policy.activity import week_of
from storage import migrate as migration
from storage import seals
from storage.activity import Activity
from storage.adoption import Adoption
from storage.appeals import Appeals
from storage.attendance import Attendance
from storage.audit import Audit
from storage.blacklistings import Blacklistings
from storage.corrections import Corrections
from storage.database import Database
from storage.deliveries import Deliveries
from storage.directory import Directory
from storage.discipline import Discipline
from storage.disclosures import Disclosures
from storage.entrances import Entrances
from storage.erasure import Erasures
from storage.errands import Errands
from storage.expiry import Expiry
from storage.growth import Growth
from storage.handovers import Handovers
from storage.holds import Holds
from storage.lockdowns import Lockdowns
from storage.manager_strikes import ManagerStrikes
from storage.measures import Measures
from storage.overrides import Overrides
from storage.overview import Overview, look_over
from storage.own_data import OwnData
from storage.people import People
from storage.persons import Persons
from storage.proposals import Proposals
from storage.queues import Queues
from storage.registry import Registry
from storage.reports import Reports
from storage.reviews import Reviews
from storage.rooms import Rooms
from storage.rotation import Rotation
from storage.rule_stats import RuleStats
from storage.vault import Keyring
from storage.verifications import Verifications

_BUSY_TIMEOUT_S = 3.0


class Store:
    """Every method of its parts raises StorageError and nothing else; a write that returned is on disk."""

    def __init__(self, database: Database, keys: Keyring) -> None:
        """Use `open`."""
        self._database = database
        self.people = People(database)
        self.registry = Registry(database, keys)
        self.expiry = Expiry(database)
        self.verifications = Verifications(database, keys)
        self.deliveries = Deliveries(database)
        self.rooms = Rooms(database)
        self.directory = Directory(database)
        self.attendance = Attendance(database)
        self.adoption = Adoption(database)
        self.activity = Activity(database)
        self.overrides = Overrides(database)
        self.growth = Growth(database)
        self.entrances = Entrances(database, keys)
        self.proposals = Proposals(database)
        self.handovers = Handovers(database)
        self.discipline = Discipline(database, keys)
        self.manager_strikes = ManagerStrikes(database)
        self.reports = Reports(database, keys)
        self.appeals = Appeals(database, keys)
        self.blacklistings = Blacklistings(database)
        self.queues = Queues(database)
        self.measures = Measures(database)
        self.reviews = Reviews(database)
        self.lockdowns = Lockdowns(database)
        self.rule_stats = RuleStats(database)
        self.audit = Audit(database, keys)
        self.holds = Holds(database, keys)
        self.traffic = database.traffic
        self.rotation = Rotation(database, keys)
        self.persons = Persons(database, keys)
        self.erasures = Erasures(database)
        self.errands = Errands(database)
        self.disclosures = Disclosures(database, keys)
        self.corrections = Corrections(database, keys)
        self.own_data = OwnData(database, keys)

    @classmethod
    async def open(
        cls, url: str, keys: Keyring, *, busy_timeout_s: float = _BUSY_TIMEOUT_S, migrate: bool = True
    ) -> Self:
        """Open `sqlite:///PATH`, made if need be, or `postgresql://…`; its tables brought up to date if `migrate`.

        Raises:
            Unavailable: locked, full, or no database.
            BadKeys: not the keys this database was written with.
            Refused: another kind of database, or one made by a newer Roomkeeper; without `migrate` also an older one.
            Absent: without `migrate`, there is none.
        """
        database = Database.connect(url, busy_timeout_s, may_make=migrate)
        store = cls(database, keys)
        try:
            await database.run_sync(partial(migration.upgrade, may_migrate=migrate))
            await database.write(partial(seals.prove, keyring=keys))
            await store.audit.begin(time.time())
        except BaseException:
            await database.close()
            raise
        return store

    async def overview(self, at: float, settings: Settings) -> Overview:
        """What there is, in numbers; rooms by activity as these settings have it."""
        weeks = await self.activity.weeks_of_all(week_of(at) - 1)
        waiting, overdue = await self.reviews.count(at - settings.reviews.within)
        reviews = (("waiting", waiting), ("overdue", overdue))
        return await look_over(self._database, at, weeks, reviews, settings)

    def news(self) -> AsyncGenerator[frozenset[str] | None, None] | None:
        """What other instances commit is about: see `Database.news`."""
        return self._database.news()

    async def size(self) -> int:
        """Bytes of the database on the disk."""
        return await self._database.size()

    async def close(self) -> None:
        """Let what is being written finish, and let go of the files."""
        await self._database.close()

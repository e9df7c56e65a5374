"""The whole config file: which tables it has, in the order they are told to operators."""

import msgspec

from config.settings.credit import Credit, Membership, Quotas
from config.settings.emergency import Emergency
from config.settings.identity import Disclosure, Identity
from config.settings.ladders import Ladders
from config.settings.moderation import Moderation
from config.settings.requests import Appeals, Applications, Joining, Manager, Queues, Reports, Reviews
from config.settings.rooms import ACTIVITY, CATEGORIES, SCALES, Activity, Category, Hats, Rooms, Scale
from config.settings.rules import Rule
from config.settings.running import Limits, Log, Metrics, Retention, Staff, Storage, Web, Xmpp
from config.settings.shared import Section, Slug


class Settings(Section, frozen=True, kw_only=True):
    """The whole file."""

    xmpp: Xmpp
    storage: Storage = Storage()
    identity: Identity = Identity()
    disclosure: Disclosure = Disclosure()
    quotas: Quotas = Quotas()
    membership: Membership = Membership()
    credit: Credit = Credit()
    moderation: Moderation = Moderation()
    rules: tuple[Rule, ...] = ()
    rooms: Rooms = Rooms()
    joining: Joining = Joining()
    hats: Hats = Hats()
    categories: dict[Slug, Category] = msgspec.field(default_factory=CATEGORIES.copy)
    scales: dict[Slug, Scale] = msgspec.field(default_factory=SCALES.copy)
    activity: dict[Slug, Activity] = msgspec.field(default_factory=ACTIVITY.copy)
    reviews: Reviews = Reviews()
    applications: Applications = Applications()
    reports: Reports = Reports()
    manager: Manager = Manager()
    appeals: Appeals = Appeals()
    queues: Queues = Queues()
    ladders: Ladders = Ladders()
    emergency: Emergency = Emergency()
    staff: Staff = Staff()
    retention: Retention = Retention()
    limits: Limits = Limits()
    web: Web = Web()
    log: Log = Log()
    metrics: Metrics = Metrics()

"""Every setting: its type, default, bounds and meaning, in one place. Pure values; `config/loader.py` reads the files.

One file for each group of tables. Durations are strings in the file ("30d", "10m") and seconds (`Seconds`) here. The
reference page docs/operators/settings.md is generated from these descriptions.
"""

from config.settings.conditions import Age, Caps, Condition, Duplicates, Files, Flood, Length, Links, Mentions
from config.settings.credit import TIERS, Credit, Membership, Quotas, Tier
from config.settings.emergency import Emergency
from config.settings.identity import ASKED, Asked, Disclosure, Document, Http, Identity, Oidc, Review
from config.settings.ladders import GroupLadder, GroupStep, Ladder, Ladders, ManagerLadder, ManagerStep, Step
from config.settings.moderation import Managers, Moderation
from config.settings.packs import Example, Pack
from config.settings.requests import Applications, Joining, Manager, Queues, Reports, Reviews
from config.settings.rooms import Activity, Category, ForcedConfig, Founding, Hats, Rooms, Scale
from config.settings.rules import Rule, Threshold
from config.settings.running import Limits, Log, Metrics, Retention, Staff, Web, Xmpp
from config.settings.shared import Seconds, Section, Surfaces
from config.settings.whole import Settings

__all__ = [
    "ASKED",
    "TIERS",
    "Activity",
    "Age",
    "Applications",
    "Asked",
    "Caps",
    "Category",
    "Condition",
    "Credit",
    "Disclosure",
    "Document",
    "Duplicates",
    "Emergency",
    "Example",
    "Files",
    "Flood",
    "ForcedConfig",
    "Founding",
    "GroupLadder",
    "GroupStep",
    "Hats",
    "Http",
    "Identity",
    "Joining",
    "Ladder",
    "Ladders",
    "Length",
    "Limits",
    "Links",
    "Log",
    "Manager",
    "ManagerLadder",
    "ManagerStep",
    "Managers",
    "Membership",
    "Mentions",
    "Metrics",
    "Moderation",
    "Oidc",
    "Pack",
    "Queues",
    "Quotas",
    "Reports",
    "Retention",
    "Review",
    "Reviews",
    "Rooms",
    "Rule",
    "Scale",
    "Seconds",
    "Section",
    "Settings",
    "Staff",
    "Step",
    "Surfaces",
    "Threshold",
    "Tier",
    "Web",
    "Xmpp",
]

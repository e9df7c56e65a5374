"""Who may run which commands, by the roles of `[staff]`. A role gives commands, never the right to break a rule.

What the managers of rooms may run, `World.may` knows.
"""

import logging
from enum import Enum

from config.settings import Staff

log = logging.getLogger(__name__)


class Audience(Enum):
    """Those whom a command is for."""

    EVERYONE = "everyone"
    MANAGERS = "managers"  # of any room, and moderators
    MODERATORS = "moderators"
    IDENTITY_OFFICERS = "identity-officers"
    AUDITORS = "auditors"
    ADMINS = "admins"


def may(account: str, audience: Audience, staff: Staff) -> bool:
    """Whether a role puts the account (bare JID) into the audience; admins belong to all but identity officers."""
    if audience is Audience.IDENTITY_OFFICERS:
        return account in staff.identity_officers
    if audience is Audience.EVERYONE or account in staff.admins:
        return True
    if audience is Audience.ADMINS:
        return False
    return account in (staff.auditors if audience is Audience.AUDITORS else staff.moderators)


def is_staff(account: str, staff: Staff) -> bool:
    """Whether the account has any role: only admins may sanction it."""
    return any(account in role for role in (staff.moderators, staff.identity_officers, staff.auditors, staff.admins))


def deciders(staff: Staff) -> tuple[str, ...]:
    """Those who decide as moderators do, admins among them."""
    return tuple(dict.fromkeys((*staff.moderators, *staff.admins)))


def lone_decider(staff: Staff) -> str | None:
    """What operators should know when appeals against somebody's decisions can be decided by nobody else."""
    known = deciders(staff)
    if len(known) != 1:
        return None
    return (
        f"staff: {known[0]} alone decides on appeals, also on those against their own decisions: "
        "name a second moderator or admin"
    )


def warn_of_lone_decider(staff: Staff) -> None:
    """Say so in the log, if there is one."""
    advice = lone_decider(staff)
    if advice is not None:
        log.warning(advice)

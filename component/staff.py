"""Who may run which commands, by the roles of `[staff]`. A role gives commands, never the right to break a rule.

What the managers of rooms may run, `World.may` knows.
"""

from enum import Enum

from config.settings import Staff


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

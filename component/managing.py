"""Who may manage a room by commands: its owners and admins, unless that right was withdrawn; what they answer by."""

from typing import TYPE_CHECKING

from policy.facts import SanctionKind
from policy.rules.sanctions import ban_of, in_force
from storage.manager_strikes import ManagerTerms

if TYPE_CHECKING:
    from component.world import World


def manages(world: "World", account: str, room: str) -> bool:
    """Whether an account (bare JID) is an owner or admin of a room and may act as one.

    What is not in memory of an account withdraws nothing: whoever runs a command was looked up for it.
    """
    if not world.memory.affiliations.manages(account, room):
        return False
    known = world.memory.recall(account)
    held = () if known is None else in_force(known.account, known.person, room, world.now())
    return all(sanction.kind is not SanctionKind.MANAGE for sanction in held)


async def able_managers(world: "World", room: str) -> tuple[str, ...]:
    """Accounts of those who may manage a room now and can: neither banned there nor blacklisted."""
    found = []
    for account in sorted(world.memory.affiliations.managers_of(room)):
        known = await world.memory.known(account)
        is_banned = ban_of(known.account, known.person, room, world.now()) is not None
        if manages(world, account, room) and not known.is_blacklisted and not is_banned:
            found.append(account)
    return tuple(found)


def manager_terms(world: "World", reason: str, /, **params: str) -> ManagerTerms:
    """What the settings in force say of what follows from a strike against managers; `reason` is the text's id."""
    settings = world.settings
    return ManagerTerms(
        ladder=settings.ladders.manager,
        expires_s=settings.ladders.manager.expires,
        recovery_s=settings.credit.recovery,
        reason=world.texts.get(settings.xmpp.language, reason, **params),
    )

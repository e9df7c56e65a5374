"""Who may manage a room by commands: its owners and admins, unless that right was withdrawn."""

from component.world import World
from policy.facts import SanctionKind
from policy.rules.sanctions import in_force


def manages(world: World, account: str, room: str) -> bool:
    """Whether an account (bare JID) is an owner or admin of a room and may act as one.

    What is not in memory of an account withdraws nothing: whoever runs a command was looked up for it.
    """
    if not world.memory.affiliations.manages(account, room):
        return False
    known = world.memory.recall(account)
    held = () if known is None else in_force(known.account, known.person, room, world.now())
    return all(sanction.kind is not SanctionKind.MANAGE for sanction in held)

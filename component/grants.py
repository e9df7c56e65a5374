"""Those whom somebody puts on a list of a room, as facts."""

from component.world import World
from policy.facts import Account, Target


async def target_of(world: World, room: str, account: str, affiliation: str) -> Target:
    """Somebody who is to have an affiliation; nobody can be told where the server resolves a nickname.

    Raises:
        StorageError: it could not be read.
    """
    if not account:
        return Target(account=Account(jid=""), person=None, affiliation=affiliation)
    known, rooms = await world.memory.known(account), world.store.rooms
    return Target(
        account=known.account,
        person=known.person,
        affiliation=affiliation,
        is_member=await world.memory.holds_place(known.holder, room),
        is_creator=affiliation == "owner" and await rooms.is_creator(known.holder, room),
        counts=await rooms.counts(known.holder, room),
    )

"""What follows when nobody verified stands behind an account any more: its verification ended, or was withdrawn."""

from collections.abc import Sequence

from component.texts import Param
from component.world import World
from policy.facts import Deed

_INSIDE = {Deed.JOIN.value, Deed.POST.value}


async def lose(world: World, accounts: Sequence[str], notice: str, /, **params: Param) -> None:
    """Tell them, and put them out of rooms where `identity.on_loss` says so. Memberships stay.

    Whoever stays inside is silenced by the gate itself, which asks who they are with every stanza.
    """
    identity = world.settings.identity
    is_put_out = identity.on_loss == "remove" and not _INSIDE.isdisjoint(identity.required_for)
    reach = world.performer.reach
    for account in accounts:
        world.memory.forget(account)
        text = await reach.tell(account, notice, **params)
        for room in world.memory.whereabouts(account) if is_put_out else ():
            reach.remove(account, room, text)

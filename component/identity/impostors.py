"""Accounts whose addresses read like those of somebody verified, by letters of other scripts for Latin ones."""

from component.world import World
from policy.lookalikes import LATIN
from storage import holders
from storage.audit import AuditEntry


def reading_of(account: str) -> str:
    """The address as somebody would read it who knows Latin letters only."""
    return "".join(char if char.isascii() else LATIN.get(ord(char), char) for char in account)


async def is_impostor(world: World, account: str) -> bool:
    """Whether it reads like another account, behind which there is a person; that it tried is audited."""
    reading = reading_of(account)
    if reading == account or (await world.memory.known(reading)).person is None:
        return False
    entry = AuditEntry(
        actor=account,
        deed="identity-refused",
        subject=holders.of_account(account),
        detail={"why": "reads like another account", "account": reading},
    )
    await world.store.audit.append([entry], world.now())
    return True

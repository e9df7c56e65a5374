"""The blacklist's effects: whoever is on it is told, put out of every room, and a member of none any more."""

from collections.abc import Sequence

from component.outreach import Outreach
from component.world import World
from policy.facts import Room
from storage import holders


class Blacklisting:
    """Of one world."""

    def __init__(self, world: World, reach: Outreach) -> None:
        """People are found by `reach`."""
        self._world = world
        self._reach = reach

    async def bar_account(self, account: str, *, by: str, reason: str) -> None:
        """Bar one account, and take it out of every room."""
        at = self._world.now()
        left = await self._world.store.people.blacklist(account=account, reason=reason, by=by, at=at)
        await self._bar(account, None, left)

    async def lift_account(self, account: str, *, by: str, reason: str) -> None:
        """Lift that again."""
        await self._world.store.people.unblacklist(account=account, reason=reason, by=by, at=self._world.now())
        await self._unbar(account, None, reason)

    async def bar_person(self, number: int, *, by: str, reason: str) -> None:
        """Bar a person by whatever account, also those to come, and take them all out of every room."""
        at = self._world.now()
        left = await self._world.store.people.blacklist(number=number, reason=reason, by=by, at=at)
        await self._bar("", number, left)

    async def lift_person(self, number: int, *, by: str, reason: str) -> None:
        """Lift that again."""
        await self._world.store.people.unblacklist(number=number, reason=reason, by=by, at=self._world.now())
        await self._unbar("", number, reason)

    async def bar_room(self, room: Room, *, by: str, reason: str) -> None:
        """Bar a room's address, and take everybody out of the room that has it, if there is one."""
        await self._world.store.rooms.blacklist(room.jid, self._world.now(), reason=reason, by=by)
        self._world.memory.forget_room(room.jid)
        await self._tell_creator(room, "notice-room-blacklisted", reason)
        for account in {occupant.jid.partition("/")[0] for occupant in self._world.memory.occupants(room.jid)}:
            text = await self._reach.write(account, "notice-room-blacklisted", room=room.jid, reason=reason)
            self._reach.remove(account, room.jid, text)

    async def lift_room(self, room: Room, *, by: str, reason: str) -> None:
        """Lift that again."""
        await self._world.store.rooms.unblacklist(room.jid, self._world.now(), reason=reason, by=by)
        self._world.memory.forget_room(room.jid)
        await self._tell_creator(room, "notice-room-unblacklisted", reason)

    async def _bar(self, account: str, person: int | None, left: Sequence[str]) -> None:
        """They are told and put out by errands, which were left with the entry."""
        self._reach.forget(account, person)
        for room in left:
            self._world.memory.forget_member(holders.of(account, person), room)
            self._world.memory.forget_room(room)
        await self._world.registrar.errands.run()

    async def _unbar(self, account: str, person: int | None, reason: str) -> None:
        self._reach.forget(account, person)
        for jid in await self._reach.accounts(account, person):
            known = await self._world.memory.known(jid)
            if not known.account.is_blacklisted and not (known.person and known.person.is_blacklisted):
                await self._reach.tell(jid, "notice-unblacklisted", reason=reason)

    async def _tell_creator(self, room: Room, notice: str, reason: str) -> None:
        holder = await self._world.store.rooms.creator_of(room.code)
        if holder is None:
            return
        for jid in await self._reach.accounts(*holders.parse(holder)):
            await self._reach.tell(jid, notice, room=room.jid, reason=reason)

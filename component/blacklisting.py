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
        managers = self._world.memory.affiliations.managers_of(room.jid)
        await self._world.store.rooms.blacklist(room.jid, self._world.now(), reason=reason, by=by, managers=managers)
        self._world.memory.forget_room(room.jid)
        for account in {occupant.jid.partition("/")[0] for occupant in self._world.memory.occupants(room.jid)}:
            text = await self._reach.write(account, "notice-room-blacklisted", room=room.jid, reason=reason)
            self._reach.remove(account, room.jid, text)
        await self._world.registrar.errands.run()

    async def lift_room(self, room: Room, *, by: str, reason: str) -> None:
        """Lift that again."""
        await self._world.store.rooms.unblacklist(room.jid, self._world.now(), reason=reason, by=by)
        self._world.memory.forget_room(room.jid)
        await self._tell_answering(room.jid, reason)

    async def overrule(self, number: int, *, by: str, reason: str) -> None:
        """Take back what was wrong, and give back what was lost by it; nothing, if that is done."""
        done = await self._world.store.blacklistings.overrule(number, self._world.now(), by=by, reason=reason)
        if done is not None:
            for jid in done.accounts:
                self._world.memory.forget(jid)
            if done.holder is not None:
                self._reach.forget(*holders.parse(done.holder))
            for room in done.rooms:
                self._world.memory.forget_room(room)
                if done.holder is None:
                    await self._tell_answering(room, reason)
        await self._world.registrar.errands.run()

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
            if not (await self._world.memory.known(jid)).is_blacklisted:
                await self._reach.tell(jid, "notice-unblacklisted", reason=reason)

    async def _tell_answering(self, room: str, reason: str) -> None:
        for jid in await self._world.store.blacklistings.answering(room):
            await self._reach.tell(jid, "notice-room-unblacklisted", room=room, reason=reason)

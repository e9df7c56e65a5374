"""What officers and persons do with persons and accounts: storage first, then memory, then rooms and people."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from component.acts import Acts
from component.persons.errands import Errands
from component.texts import Param
from component.world import World
from storage.erasure import Erased
from storage.persons import AccountMove, Merge, Moved, Unbound

if TYPE_CHECKING:
    from component.outreach import Outreach

_HELD = ("owner", "admin", "member")


class Registrar:
    """Keeps the persons of one world."""

    def __init__(self, world: World, acts: Acts) -> None:
        """Effects in rooms go through `acts`."""
        self._world = world
        self._acts = acts
        self.errands = Errands(world, acts)

    @property
    def _reach(self) -> "Outreach":
        return self._world.performer.reach

    # merging

    async def merge(self, one: int, other: int, *, by: str, reason: str) -> Merge:
        """Make one person of two, and tell all their accounts.

        Raises:
            NotFound, Refused: see `storage.persons.Persons.merge`.
        """
        merge = await self._world.store.persons.merge(one, other, self._world.now(), by=by, reason=reason)
        self._forget(merge.survivor, merge.merged)
        await self._tell_all(merge.survivor, "notice-merged", reason=reason)
        return merge

    async def split(self, number: int, *, by: str, reason: str) -> Merge:
        """Take a merge back, and tell all accounts of both.

        Raises:
            NotFound, Refused: see `storage.persons.Persons.split`.
        """
        merge = await self._world.store.persons.split(number, self._world.now(), by=by, reason=reason)
        self._forget(merge.survivor, merge.merged)
        for person in (merge.survivor, merge.merged):
            await self._tell_all(person, "notice-split", reason=reason)
        return merge

    # accounts

    async def unbind(self, account: str, person: int, *, by: str, reason: str, is_forced: bool = False) -> Unbound:
        """Take an account off a person; in its rooms it is what `identity.on_loss` says."""
        at = self._world.now()
        done = await self._world.store.persons.unbind(account, person, at, by=by, reason=reason, is_forced=is_forced)
        if done is Unbound.DONE:
            self._forget(person)
            self._world.memory.forget(account)
            self._world.duties.set()
        return done

    async def begin_move(self, old: str, new: str, person: int) -> str:
        """The code by which the new account may take the old one's place."""
        lasts_s = self._world.settings.identity.move_within
        return await self._world.store.persons.begin_move(old, new, person, self._world.now(), lasts_s=lasts_s)

    async def confirm_move(self, new: str, code: str) -> Moved:
        """Bind the new account in place of the old one; rooms follow, now or whenever they can be reached."""
        moved, move = await self._world.store.persons.confirm_move(new, code, self._world.now())
        if move is not None:
            self._forget(move.person)
            self._world.memory.forget(new)
            self._world.memory.forget(move.old)
            self._world.duties.set()
        return moved

    async def follow(self, move: AccountMove) -> None:
        """Give the new account what the old one was to its rooms. Doing it again does no harm.

        Raises:
            RoomRefusedError: a room is out of reach; those before it have followed.
            StorageError: as storage has it.
        """
        holder = (await self._world.store.people.holders_of((move.new,)))[0]
        rooms = {place.room.jid for place in await self._world.store.rooms.memberships_of(holder)}
        listed = await self._world.store.persons.rooms_that_list(move.old)
        banned = self._world.memory.affiliations.barred_from(move.old)
        for room in sorted({*rooms, *listed, *banned, *self._world.memory.whereabouts(move.old)}):
            affiliation = await self._acts.affiliation_of(room, move.old)
            if affiliation != "none":
                await self._acts.affiliate(room, move.new, affiliation)
            if affiliation in _HELD:  # whoever is banned stays so, by both
                await self._acts.affiliate(room, move.old, "none")
        await self._world.store.persons.finish_move(move)

    # erasure

    async def ask_erasure(self, person: int, *, by: str) -> float:
        """Have a person erased after the cooling-off time, and tell all their accounts; when that will be."""
        at = self._world.now()
        due_at = at + self._world.settings.identity.erase_after
        due_at = await self._world.store.erasures.ask(person, due_at, at, by=by)
        self._world.duties.set()
        await self._tell_all(person, "notice-erasure-asked", until=due_at)
        return due_at

    async def cancel_erasure(self, person: int, *, by: str) -> bool:
        """Keep them after all; False when it is too late."""
        is_kept = await self._world.store.erasures.cancel(person, self._world.now(), by=by)
        if is_kept:
            await self._tell_all(person, "notice-erasure-cancelled")
        return is_kept

    async def erase(self, person: int) -> Erased | None:
        """Erase whoever is due, from the vault and from memory, and leave it to errands to take them out of every room.

        None when they are not due.
        """
        erased = await self._world.store.erasures.erase(person, self._world.now())
        if erased is not None:
            self._forget(person)
            for account in erased.accounts:
                self._world.memory.forget(account)
        return erased

    # how

    def _forget(self, *persons: int) -> None:
        for person in persons:
            self._world.memory.forget_person(person)
            self._world.memory.forget_holder(person)

    async def _tell_all(self, person: int, notice: str, /, **params: Param) -> Sequence[str]:
        accounts = await self._world.store.people.accounts_of(person)
        for account in accounts:
            await self._reach.tell(account, notice, **params)
        return accounts

"""Who was seen in which room, written down in batches; and memberships that lapse when somebody was not for long."""

import logging

from component.occupancy import Occupant
from component.world import World
from storage import holders
from storage.attendance import Due, Seen
from storage.errors import StorageError

log = logging.getLogger(__name__)

_MOST_NOTED = 100_000
_BATCH = 500
_MOST_DUE = 5_000
STEP = 30
"""When somebody was last seen is written when it moved by this part of `membership.lapse`: daily, not at each visit."""


class Attendance:
    """Of one world. What is noted and not yet written can be lost: it is noted again by the next visit or snapshot."""

    def __init__(self, world: World) -> None:
        """Nobody seen."""
        self._world = world
        self._noted: dict[tuple[str, str], tuple[float, Occupant]] = {}
        self._due: tuple[Due, ...] = ()

    def note(self, room: str, occupant: Occupant) -> None:
        """Somebody is or was inside just now."""
        if len(self._noted) < _MOST_NOTED:
            self._noted[room, occupant.jid.partition("/")[0]] = self._world.now(), occupant

    async def resume(self) -> None:
        """Forgive everybody the time in which nobody watched; before anything lapses."""
        lapse_s = self._world.settings.membership.lapse
        gap_s = await self._world.store.attendance.resume(self._world.now(), lapse_s / STEP)
        if gap_s:
            log.info("nobody watched for %.0f s: memberships lapse that much later", gap_s)

    async def write(self) -> None:
        """Write all that is noted.

        Raises:
            StorageError: it stays noted.
        """
        noted, self._noted = self._noted, {}
        step_s = self._world.settings.membership.lapse / STEP
        try:
            for start in range(0, max(1, len(noted)), _BATCH):
                await self._write(list(noted.items())[start : start + _BATCH], step_s)
        except StorageError:
            self._noted = {**noted, **self._noted}
            raise

    async def sweep(self) -> None:
        """Write what is noted; let lapse what was due at the sweep before and still is.

        In between lies time for whoever was just let in to be seen: nobody lapses at the door.
        """
        await self.write()
        world, now = self._world, self._world.now()
        lapse_s = world.settings.membership.lapse
        if not lapse_s:
            return
        inside = [due for due in self._due if await self._is_inside(due)]
        for gone in await world.store.attendance.lapse(self._due, inside, now - lapse_s, now):
            world.memory.forget_member(gone.holder, gone.room)
        self._due = await world.store.attendance.due(now - lapse_s, _MOST_DUE)
        world.memory.let_lapse(self._due)

    async def _write(self, noted: list[tuple[tuple[str, str], tuple[float, Occupant]]], step_s: float) -> None:
        accounts = tuple({account for (_, account), _ in noted})
        holder_of = dict(zip(accounts, await self._world.store.people.holders_of(accounts), strict=True))
        seen = [
            Seen(
                room=room,
                account=account,
                holder=holder_of[account],
                nick=occupant.nick,
                affiliation=occupant.affiliation,
                at=at,
            )
            for (room, account), (at, occupant) in noted
        ]
        await self._world.store.attendance.note(seen, self._world.now(), step_s)

    async def _is_inside(self, due: Due) -> bool:
        account, person = holders.parse(due.holder)
        accounts = (account,) if person is None else await self._world.store.people.accounts_of(person)
        return any(self._world.memory.occupancy.is_in(due.room, each) for each in accounts)

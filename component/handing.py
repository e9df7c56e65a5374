"""Rooms managed by others from now on: by command, and under the same rules as a grant by any client (XEP-0045 §10).

An offer that was accepted is on record before the server is told; whoever is killed in between does it when it is back.
"""

import logging
from collections.abc import Callable
from uuid import uuid4

from component.acts import Acts, RoomRefusedError
from component.grants import target_of
from component.managing import manages
from component.outreach import Outreach
from component.world import World
from policy.engine import decide
from policy.facts import Facts, Kind, Room
from policy.verdict import Decision, Reason, Verdict
from storage.database import MACHINE
from storage.handovers import Handover, State

log = logging.getLogger(__name__)

_RETRY_S = 5.0


class Handing:
    """Of one world."""

    def __init__(self, world: World, acts: Acts, reach: Outreach) -> None:
        """Rooms are told by `acts`, people by `reach`."""
        self._world = world
        self._acts = acts
        self._reach = reach
        self.on_change: Callable[[], None] = lambda: None  # something is to be done, or due at another time

    async def forbids(self, room: Room, giver: str, taker: str, affiliation: str) -> Reason | None:
        """Why an owner may not make somebody that."""
        _, verdict = await self._judge(room, giver, taker, affiliation)
        return verdict.reasons[0] if verdict.reasons else None

    async def appoint(self, room: Room, giver: str, taker: str) -> Reason | bool:
        """Make somebody an admin: whether they are one now, or why they may not be.

        Raises:
            RoomRefusedError: the room cannot be asked now.
        """
        reason = await self._take(room, giver, taker, "admin")
        return await self._raise(room.jid, taker, "admin") if reason is None else reason

    async def dismiss(self, room: Room, who: str) -> None:
        """Make an admin a member.

        Raises:
            RoomRefusedError: the room cannot be asked now.
        """
        await self._acts.affiliate(room.jid, who, "member")

    async def offer(self, room: Room, giver: str, taker: str) -> int:
        """Offer the room to somebody, and tell them; the offer's number."""
        world = self._world
        until = world.now() + world.settings.manager.offer_lasts
        number = await world.store.handovers.offer(
            room.code, room.jid, world.now(), giver=giver, taker=taker, until=until
        )
        await self._reach.tell(taker, "notice-room-offered", room=room.jid, account=giver, until=until)
        self.on_change()
        return number

    async def accept(self, handover: Handover, room: Room) -> Reason | bool:
        """It shall be theirs: what that takes is held for them. Why it cannot be; False: it is over."""
        world = self._world
        await world.memory.known(handover.giver)
        is_owner = world.memory.affiliations.affiliation(handover.giver, room.jid) == "owner"
        if not is_owner or not manages(world, handover.giver, room.jid):
            return False
        reason = await self._take(room, handover.giver, handover.taker, "owner")
        if reason is not None:
            return reason
        is_settled = await world.store.handovers.settle(
            handover.number, State.WAITING, State.ACCEPTED, world.now(), by=handover.taker
        )
        if not is_settled:
            await self._lower(handover)
        self.on_change()
        return is_settled

    async def refuse(self, handover: Handover) -> bool:
        """They do not want it; False: it is over."""
        is_settled = await self._world.store.handovers.settle(
            handover.number, State.WAITING, State.REFUSED, self._world.now(), by=handover.taker
        )
        if is_settled:
            await self._report(handover, "refused")
        return is_settled

    async def keep(self) -> float | None:
        """Do what was accepted and end what waits too long; when there will be more (Unix seconds).

        Raises:
            StorageError: the rest waits for the next time.
        """
        world, handovers = self._world, self._world.store.handovers
        if not world.meter.is_in_step:  # nobody would hear it
            return world.now() + _RETRY_S
        retry_at = None
        for handover in await handovers.accepted():
            try:
                await self._carry_out(handover)
            except RoomRefusedError as error:
                log.warning("a room is handed over later: %s", error)
                retry_at = world.now() + _RETRY_S
        for handover in await handovers.lapsed(world.now()):
            if await handovers.settle(handover.number, State.WAITING, State.LAPSED, world.now(), by=MACHINE):
                await self._report(handover, "lapsed")
        return min((at for at in (retry_at, await handovers.next_due()) if at is not None), default=None)

    async def _carry_out(self, handover: Handover) -> None:
        """The new owner first, so that the room is never without one."""
        if not await self._raise(handover.room, handover.taker, "owner"):
            is_settled = await self._world.store.handovers.settle(
                handover.number, State.ACCEPTED, State.FAILED, self._world.now(), by=MACHINE
            )
            if is_settled:
                await self._lower(handover)
                await self._report(handover, "failed")
            return
        await self._acts.affiliate(handover.room, handover.giver, "admin")
        await self._report(handover, "done")
        await self._reach.tell(handover.taker, "notice-room-yours", room=handover.room)
        await self._world.store.handovers.complete(handover, self._world.now())
        self._world.memory.forget_room(handover.room)

    async def _raise(self, room: str, account: str, affiliation: str) -> bool:
        await self._acts.affiliate(room, account, affiliation)
        return await self._acts.affiliation_of(room, account) == affiliation

    async def _take(self, room: Room, giver: str, taker: str, affiliation: str) -> Reason | None:
        """Have all rules judge it, and hold what it takes; why it may not be."""
        facts, verdict = await self._judge(room, giver, taker, affiliation)
        if verdict.decision is Decision.ALLOW:
            verdict = (await self._world.performer.record(str(uuid4()), facts, verdict)).verdict
        return verdict.reasons[0] if verdict.reasons else None

    async def _judge(self, room: Room, giver: str, taker: str, affiliation: str) -> tuple[Facts, Verdict]:
        by = await self._world.memory.known(giver)
        facts = Facts(
            at=self._world.now(),
            kind=Kind.AFFILIATION,
            account=by.account,
            person=by.person,
            room_jid=room.jid,
            room=room,
            affiliation="owner",
            is_member=True,
            targets=(await target_of(self._world, room.jid, taker, affiliation),),
            lockdowns=self._world.memory.lockdowns,
        )
        return facts, decide(facts, self._world.policy)

    async def _lower(self, handover: Handover) -> None:
        known = await self._world.memory.known(handover.taker)
        await self._world.store.rooms.set_owner(known.holder, handover.room, is_owner=False)

    async def _report(self, handover: Handover, outcome: str) -> None:
        """Tell whoever offered it what became of that."""
        await self._reach.tell(
            handover.giver, "notice-handover", room=handover.room, account=handover.taker, outcome=outcome
        )

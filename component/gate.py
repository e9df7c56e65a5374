"""A stanza's way, from question to answer, on one page.

    check → read → look up → decide → record → answer → act

The hook (server/) holds a stanza and asks. `take` is the hot path: an allowed message of somebody known is
answered from memory, without a task, a lock or a database read. Everything else goes through `consider`:
the same steps with room to wait for storage. What a verdict promises (a place, a sanction, a case) is
committed before the verdict leaves.
"""

import logging
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import replace
from time import perf_counter
from xml.etree.ElementTree import Element

from component.answering import Answering
from component.ask import Ask
from component.describing import describe
from component.edge import RequestError
from component.entrance import come_to_door, is_at_door
from component.grants import target_of
from component.lookback import asks_for_stay, look_back, may_be_noted, opens
from component.memory import Known
from component.parse import MalformedCheckError, read
from component.performer import Recorded, is_only_noted
from component.resync import AdoptingError
from component.room_desk import RoomDesk
from component.stream import Stream
from component.tasks import Tasks
from component.turns import Turns
from component.world import World
from policy.asks import FIRSTS
from policy.engine import decide
from policy.facts import DEED_OF, NOTHING_LATELY, Deed, Facts, Kind, Permit, Room
from policy.rule import TAKES_PLACE
from policy.verdict import ALLOW, Condition, Decision, Reason, Verdict
from storage.errors import StorageError
from storage.rooms import Stay

log = logging.getLogger(__name__)

RETURNS = TAKES_PLACE - {Kind.CREATE}
"""Kinds that take nothing from somebody remembered as a member: a server's restart costs no database read."""

ADOPTING = Reason(rule="adopting", condition=Condition.INTERNAL, text="deny-adopting")

FAULT = Reason(rule="fault", condition=Condition.INTERNAL, text="deny-fault")

MOST_TARGETS = 100
"""Each is looked up: one stanza that names thousands must not keep the others waiting."""

TOO_MANY = Reason(rule="grants", condition=Condition.CONTENT, text="deny-too-many", params=(("limit", MOST_TARGETS),))


class Gate:
    """Answers every check of one MUC service."""

    def __init__(self, world: World, stream: Stream, tasks: Tasks, catch_up: Callable[[], Awaitable[None]]) -> None:
        """Answers leave by `stream`; slow ones are worked out in `tasks`.

        `catch_up` waits until storage knows of all that the server told before: a room just destroyed holds no place.
        """
        self._world = world
        self._catch_up = catch_up
        self._memory = world.memory
        self._meter = world.meter
        self._tasks = tasks
        self._answering = Answering(world, stream)
        self._desk = RoomDesk(world)
        self.dialogues = self._desk.dialogues
        self._turns = Turns()
        self.is_draining = False
        stream.on_check = self.take

    def take(self, iq: Element) -> None:
        """Answer at once what needs nothing but memory; leave the rest to `consider`."""
        if self.is_draining:
            return  # the hook holds it and asks whoever comes after us
        asked_at = perf_counter()
        try:
            ask = read(iq)
        except MalformedCheckError as error:
            self._meter.malformed += 1
            log.error("not a check: %s", error)
            return
        ask.asked_at = asked_at
        if len(ask.targets) > MOST_TARGETS:
            self._answering.deny(ask, TOO_MANY, self._memory.recall(ask.account))
            return
        if ask.is_info_query:
            if self._is_full():
                self._answering.describe(ask, None)
            else:
                self._tasks.start(self._describe(ask))
            return
        facts = None if ask.request is not None else self._recall(ask)
        if facts is not None:
            verdict = decide(facts, self._world.policy)
            if verdict is ALLOW:
                self._answering.allow(ask, facts)
                return
            if is_only_noted(verdict):  # nobody waits, nothing is refused for want of a place in the queue
                self._answering.allow(ask, facts)
                self._note(facts, verdict)
                return
        if self._is_full():
            self._answering.deny(ask, FAULT, None)
            return
        self._tasks.start(self.consider(ask, facts))

    def _is_full(self) -> bool:
        return len(self._tasks) >= self._world.settings.limits.waiting_checks

    async def consider(self, ask: Ask, facts: Facts | None) -> None:
        """Take one check through all its steps."""
        ask.is_late = True
        known: Known | None = None
        try:
            known = await self._memory.known(ask.account)
            async with self._turn(ask, known):
                if facts is None:
                    facts = await self._look_up(ask, known)
                verdict = decide(facts, self._world.policy)
                approved = await self._world.performer.holding.approved(verdict, facts.at)
                if approved:
                    verdict = decide(replace(facts, approved=approved), self._world.policy)
                recorded = await self._world.performer.record(ask.id, facts, verdict)
                await self._note_first(ask, known, facts, recorded.verdict)
        except AdoptingError:
            self._answering.deny(ask, ADOPTING, known)
        except StorageError as error:
            log.error("denied, storage is out of reach: %s", error)
            self._answering.deny(ask, FAULT, known)
        except Exception:
            log.exception("denied, a fault of our own")
            self._answering.deny(ask, FAULT, known)
        else:
            self._world.performer.emergency.watch(facts, recorded.verdict)
            self._note(facts, verdict)
            if ask.request is not None and recorded.verdict.decision is Decision.ALLOW:
                await self._serve(ask, facts, known)
                return
            if recorded.verdict is not verdict and recorded.filing is None:
                self._meter.rules.met(recorded.verdict, facts.at)
            self._answering.answer(ask, facts, recorded, known)
            await self._act(recorded)

    async def _serve(self, ask: Ask, facts: Facts, known: Known) -> None:
        """Answer for the room what it is asked about its commands, or let it answer itself."""
        try:
            payload = None if facts.room is None else await self._desk.answer(ask, facts.room, known.language)
        except RequestError as error:
            self._answering.refuse(ask, error, known)
        except StorageError as error:
            log.error("a room's command failed, storage is out of reach: %s", error)
            self._answering.deny(ask, FAULT, known)
        except Exception:
            log.exception("a fault of our own in a room's command")
            self._answering.deny(ask, FAULT, known)
        else:
            if payload is None:
                self._answering.allow(ask, facts)
            else:
                self._answering.give(ask, payload)

    async def _describe(self, ask: Ask) -> None:
        """Whoever may reach a room may know what it is; without storage it says what it says by itself."""
        try:
            fields = await describe(self._world, ask.room)
        except StorageError as error:
            log.error("a room is not described, storage is out of reach: %s", error)
            fields = None
        self._answering.describe(ask, fields)

    async def _act(self, recorded: Recorded) -> None:
        """What was committed holds whether or not this succeeds: the gate itself refuses whoever is still inside."""
        try:
            await self._world.performer.act(recorded)
        except StorageError as error:
            log.error("a sanction is in force, but its notice or removal failed: %s", error)

    def _note(self, facts: Facts, verdict: Verdict) -> None:
        """Count the rules that were met, and have what is only to be recorded recorded."""
        self._meter.rules.met(verdict, facts.at)
        self._world.performer.note_hits(facts, verdict)

    def _turn(self, ask: Ask, known: Known) -> AbstractAsyncContextManager[None]:
        """Whether a message is somebody's first is not known before the one ahead of it is judged."""
        asks = self._world.policy.asks
        is_due = asks is not None and asks.firsts and ask.kind in FIRSTS
        return self._turns.take((known.holder, ask.room)) if is_due else nullcontext()

    async def _note_first(self, ask: Ask, known: Known, facts: Facts, verdict: Verdict) -> None:
        lately = facts.lately
        if lately.is_first and verdict.decision is Decision.ALLOW and opens(ask) and lately.member_since is not None:
            await self._world.store.rooms.note_posted(known.holder, ask.room, facts.at)
            self._memory.note_posted(known.holder, ask.room)

    # look up

    def _recall(self, ask: Ask) -> Facts | None:
        """Facts from memory alone, or None when something has to be read or a place is at stake."""
        known = self._memory.recall(ask.account)
        if known is None or ask.targets:
            return None
        is_member = ask.kind in RETURNS and self._memory.is_member(known.holder, ask.room)
        if ask.kind in TAKES_PLACE and not is_member:
            return None
        asks, stay = self._world.policy.asks, None
        if asks_for_stay(asks, ask):
            stay = self._memory.recall_stay(known.holder, ask.room)
            if stay is None or may_be_noted(asks, ask, stay):
                return None
        room = None
        if ask.room and ask.exists:
            room = self._memory.recall_room(ask.room)
            if room is None or is_at_door(self._world, ask, known.holder, room):
                return None
        return self._facts(ask, known, room, stay, is_member=is_member)

    async def _look_up(self, ask: Ask, known: Known) -> Facts:
        """Facts with whatever storage has to say."""
        if ask.kind in TAKES_PLACE or ask.targets:
            await self._catch_up()
        room = await self._memory.room(ask.room) if ask.room else None
        rooms = self._world.store.rooms
        if room is None and ask.room and ask.exists:  # made while nobody asked us
            room = await rooms.adopt(ask.room, self._world.now(), ())
        stay = None
        if asks_for_stay(self._world.policy.asks, ask):
            stay = await self._memory.stay(known.holder, ask.room)
        if ask.kind not in TAKES_PLACE and not ask.targets:
            return await come_to_door(self._world, self._facts(ask, known, room, stay), known.holder, ask.answer)
        facts = replace(
            self._facts(ask, known, room, stay),
            is_member=await self._memory.holds_place(known.holder, ask.room),
            twin=await self._world.store.directory.twin(ask.room) if ask.kind is Kind.CREATE else None,
            permit=await self._permit(ask, known),
            counts=await rooms.counts(known.holder, ask.room) if ask.kind in TAKES_PLACE else None,
            targets=tuple([await target_of(self._world, ask.room, *each) for each in ask.targets]),
        )
        return await come_to_door(self._world, facts, known.holder, ask.answer)

    async def _permit(self, ask: Ask, known: Known) -> Permit | None:
        if ask.kind is not Kind.CREATE:
            return None
        return await self._world.store.proposals.permit(ask.room, known.holder, self._world.now())

    def _facts(self, ask: Ask, known: Known, room: Room | None, stay: Stay | None, *, is_member: bool = False) -> Facts:
        at = self._world.now()
        asks = self._world.policy.asks
        return Facts(
            at=at,
            kind=ask.kind,
            account=known.account,
            person=known.person,
            room_jid=ask.room,
            room=room,
            role=ask.role,
            affiliation=ask.affiliation,
            is_member=is_member,
            is_within_rate=DEED_OF.get(ask.kind) is not Deed.POST or self._memory.spend(known, at),
            is_encrypted=ask.is_encrypted,
            has_file=ask.has_file,
            texts=ask.texts,
            readings=ask.readings,
            lockdowns=self._memory.lockdowns,
            wants_form=ask.wants_form,
            config=ask.config,
            lately=NOTHING_LATELY
            if asks is None
            else look_back(self._memory, asks, ask, known.holder, stay=stay, at=at),
        )

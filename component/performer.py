"""Performs what verdicts ask for: storage first, then memory, then rooms and people.

The one place where actions (values) become effects; what moderators ask for by commands goes through its parts:
`sanctions`, `holding`, `retracting`, `blacklisting`.
"""

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from component.activity_classes import ActivityClasses
from component.acts import Acts
from component.appeals import Appeals
from component.blacklisting import Blacklisting
from component.complaints import Complaints
from component.corrections import tell_corrected
from component.emergency import Emergency
from component.entrance import let_in
from component.founding import Founding
from component.group_ladder import GroupLadder
from component.growth import Growth
from component.handing import Handing
from component.hats import Hats
from component.holding import Holding
from component.journal import Journal
from component.outreach import Outreach
from component.queues import Queues
from component.retracting import Retracting
from component.reviewing import Reviewing
from component.sanctions import Sanctions
from component.world import World
from policy.actions import AdjustCredit, Correct, Hold, Note, OpenCase, Punish, Retract, Strike, TakePlace
from policy.facts import Facts
from policy.joining import Filing
from policy.rules.quotas import full
from policy.rules.room_config import forced_fields
from policy.verdict import Decision, Verdict
from storage import holders, incidents
from storage.audit import AuditEntry
from storage.rooms import Full, Taken

log = logging.getLogger(__name__)

_WOULD = {
    "note": "would have noted",
    "hold": "would have held",
    "reject": "would have rejected",
    "retract": "would have retracted for",
    "mute": "would have muted for",
    "suspend": "would have suspended posting for",
    "kick": "would have kicked for",
    "remove": "would have removed for",
    "ban": "would have banned for",
    "weigh": "would have weighed",
}
"""What shadows' actions are called in log and audit."""

_DEEDS = (Strike, Punish, AdjustCredit, OpenCase, Hold)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A verdict whose promises are committed; what is still to be done in rooms."""

    verdict: Verdict
    imposed: tuple[incidents.Imposed, ...] = ()
    filing: Filing | None = None  # what became of an application; the verdict says it


def is_only_noted(verdict: Verdict) -> bool:
    """Whether nobody is touched: all there is to do is to record."""
    return verdict.decision is Decision.ALLOW and all(isinstance(action, Note) for action in verdict.actions)


class Performer:
    """Performs for one world."""

    def __init__(self, world: World, acts: Acts, journal: Journal) -> None:
        """Effects in rooms go through `acts`; denials are written by `journal`."""
        self._world = world
        self._acts = acts
        self._reach = Outreach(world, acts)
        self._journal = journal
        self.shadow_hits: Counter[str] = Counter()  # by rule, since the start
        self.emergency = Emergency(world, self._reach)
        self.founding = Founding(world, self._reach)
        self.sanctions = Sanctions(world, acts, self._reach)
        self.holding = Holding(world, self._reach, self.sanctions)
        self.retracting = Retracting(world, acts, self._reach)
        self.blacklisting = Blacklisting(world, self._reach)
        self.group_ladder = GroupLadder(world, acts, self._reach)
        self.reviewing = Reviewing(world, self._reach, self.group_ladder)
        self.growth = Growth(world, self._reach)
        self.activity_classes = ActivityClasses(world)
        self.complaints = Complaints(world, self._reach)
        self.appeals = Appeals(world, self._reach)
        self.handing = Handing(world, acts, self._reach)
        self.queues = Queues(world, self._reach)
        self.hats = Hats(world, acts)

    @property
    def reach(self) -> Outreach:
        """For what is told or done to people by time alone."""
        return self._reach

    # for the gate

    async def record(self, check: str, facts: Facts, verdict: Verdict) -> Recorded:
        """Commit what the verdict promises. A place lost to somebody quicker turns an allowance into a denial.

        What a check with this id led to before is not done twice.

        Raises:
            StorageError: nothing is promised; places taken so far lapse by themselves.
        """
        new: list[tuple[TakePlace, Taken]] = []
        for action in verdict.actions:
            if not isinstance(action, TakePlace):
                continue
            taken = await self._world.store.rooms.take(action, facts.at)
            if isinstance(taken, Full):
                await self._give_back(new)
                denial = Verdict(decision=Decision.DENY, reasons=(full(taken.which, action),))
                return Recorded(verdict=denial)
            if taken.is_new or taken.is_raised:
                new.append((action, taken))
            if taken.is_new:
                self.growth.note(action, taken.members)
            self._world.memory.note_place(holders.of(action.account, action.person), action.room)
            self._world.memory.forget_room(action.room)
        verdict, filing = await let_in(self._world, verdict, facts.at)
        if not any(isinstance(action, _DEEDS) for action in verdict.actions):
            return Recorded(verdict=verdict, filing=filing)
        incident = incidents.Incident(actions=verdict.actions, at=facts.at, check=check)
        recorded = await self._world.store.discipline.record(incident, self.sanctions.terms())
        self._reach.forget(facts.account.jid, None if facts.person is None else facts.person.number)
        for imposed in recorded.imposed:
            self.sanctions.take_effect(imposed)
        if recorded.held is not None:
            self.holding.announce()
        return Recorded(verdict=verdict, imposed=recorded.imposed, filing=filing)

    def note_hits(self, facts: Facts, verdict: Verdict) -> None:
        """Have what is only to be recorded audited with the next batch, and log what shadows and faulty rules did."""
        for error in verdict.errors:
            log.error("rule %s is faulty: %s", error.rule, error.error, extra={"rule": error.rule})
        for action in verdict.actions:
            if not isinstance(action, Note):
                continue
            detail = {"rule": action.rule, "room": action.room}
            self._note(_WOULD.get(action.would, "noted"), action.account, action.person, detail, facts.at)
            if action.would:
                hits = self.shadow_hits[action.rule] = self.shadow_hits[action.rule] + 1
                log.info(
                    "shadow rule %s %s a %s by %s in %s (hit %d since the start)",
                    action.rule,
                    _WOULD[action.would],
                    facts.kind.value,
                    action.account,
                    action.room,
                    hits,
                    extra={"rule": action.rule},
                )

    def note_denial(self, facts: Facts, verdict: Verdict) -> None:
        """Have a denial audited with the next batch."""
        rules = [reason.rule for reason in verdict.reasons]
        person = None if facts.person is None else facts.person.number
        detail = {"kind": facts.kind.value, "rules": " ".join(rules), "room": facts.room_jid}
        self._note("denied", facts.account.jid, person, detail, facts.at)

    async def act(self, recorded: Recorded) -> None:
        """Carry out in rooms what was committed, after the verdict has left."""
        for imposed in recorded.imposed:
            await self.sanctions.carry_out(imposed)
        for action in recorded.verdict.actions:
            if isinstance(action, Retract):
                await self.retracting.follow(action)
            elif isinstance(action, Correct) and action.told:
                await tell_corrected(self._reach, action)
        for room in {action.room for action in recorded.verdict.actions if isinstance(action, Strike)}:
            await self.group_ladder.count(room)

    # for users' commands

    async def leave(self, account: str, person: int | None, room: str, *, by: str) -> None:
        """End a membership for good: the place is free, the affiliation withdrawn, occupants removed."""
        holder = holders.of(account, person)
        await self._world.store.rooms.leave(holder, room, self._world.now(), by)
        self._world.memory.forget_member(holder, room)
        for jid in await self._reach.accounts(account, person):
            self._reach.remove(jid, room, await self._reach.write(jid, "notice-left"))
            self._acts.withdraw_affiliation(room, jid)

    def configure(self, room: str) -> None:
        """Have a new room be what its category forces: where rooms open without a form, nobody else would."""
        fields = forced_fields(self._world.memory.recall_room(room), self._world.settings)
        if fields:
            self._acts.configure(room, fields)

    async def adjust_credit(self, person: int, delta: int, cause: str, *, by: str, expires_s: float | None) -> int:
        """Change a credit score by an entry in the ledger; the new score."""
        at = self._world.now()
        expires_at = None if expires_s is None else at + expires_s
        score = await self._world.store.people.adjust_credit(person, delta, cause, by=by, at=at, expires_at=expires_at)
        self._world.memory.forget_person(person)
        return score

    def outdate_descriptions(self, room: str | None = None) -> None:
        """A room's disco#info, or that of all, says what is not so any more."""
        self._acts.outdate_descriptions(room)

    def send_chat(self, to: str, text: str, language: str) -> None:
        """Write to somebody."""
        self._acts.send_chat(to, text, language)

    # how

    def _note(self, deed: str, account: str, person: int | None, detail: Mapping[str, str], at: float) -> None:
        self._journal.note(AuditEntry(actor=account, deed=deed, subject=holders.of(account, person), detail=detail), at)

    async def _give_back(self, places: Sequence[tuple[TakePlace, Taken]]) -> None:
        """Release places taken for a stanza that is denied in the end; those that were a member's are so again."""
        for place, taken in places:
            holder = holders.of(place.account, place.person)
            if taken.is_raised:
                await self._world.store.rooms.set_owner(holder, place.room, is_owner=False)
            self._world.memory.settle_place(holder, place.room)
            await self._world.store.rooms.release(holder, place.room)
            self._world.memory.forget_room(place.room)

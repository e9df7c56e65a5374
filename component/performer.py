"""Performs what verdicts and moderators ask for: storage first, then memory, then rooms and people.

The one place where actions (values) become effects.
"""

import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from component.acts import Acts
from component.emergency import Emergency
from component.journal import Journal
from component.outreach import Outreach
from component.world import World
from policy.actions import AdjustCredit, Note, OpenCase, Punish, Strike, TakePlace
from policy.facts import Facts, Room, Sanction, SanctionKind
from policy.ladder import next_step
from policy.room_rule import OWN, is_own
from policy.rules.quotas import full
from policy.verdict import Decision, Verdict
from storage import holders
from storage.audit import AuditEntry
from storage.rooms import Full

log = logging.getLogger(__name__)

MACHINE = "roomkeeper"
_WOULD = {
    "note": "would have noted",
    "reject": "would have rejected",
    "mute": "would have muted for",
    "kick": "would have kicked for",
    "ban": "would have banned for",
    "weigh": "would have weighed",
}
"""What shadows' actions are called in log and audit."""

_NOTICES = {
    SanctionKind.MUTE: "notice-muted",
    SanctionKind.KICK: "notice-kicked",
    SanctionKind.BAN: "notice-banned",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Imposed:
    """A sanction in force, and on whom."""

    sanction: Sanction
    account: str
    person: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A verdict whose promises are committed; what is still to be done in rooms."""

    verdict: Verdict
    imposed: tuple[Imposed, ...] = ()


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

    # for the gate

    async def record(self, facts: Facts, verdict: Verdict) -> Recorded:
        """Commit what the verdict promises. A place lost to somebody quicker turns an allowance into a denial.

        Raises:
            StorageError: nothing is promised; places taken so far lapse by themselves.
        """
        imposed: list[Imposed] = []
        new: list[TakePlace] = []
        at = facts.at
        for action in verdict.actions:
            match action:
                case TakePlace():
                    taken = await self._world.store.rooms.take(action, at)
                    if isinstance(taken, Full):
                        await self._give_back(new)
                        denial = Verdict(decision=Decision.DENY, reasons=(full(taken.which, action),))
                        return Recorded(verdict=denial)
                    if taken.is_new:
                        new.append(action)
                    self._world.memory.note_place(holders.of(action.account, action.person), action.room)
                    self._world.memory.forget_room(action.room)
                case Strike():
                    imposed.extend(await self._strike(action, at))
                case Punish():
                    reason = self._rule_text(action)
                    imposed.append(await self._impose(action, by=MACHINE, reason=reason, at=at))
                case AdjustCredit():
                    await self.adjust_credit(
                        action.person, action.delta, action.cause, by=MACHINE, expires_s=action.expires_s
                    )
                case OpenCase():
                    await self._world.store.discipline.open_case(action, at)
                case Note():
                    pass  # promises nothing: `note_hits` has it
        return Recorded(verdict=verdict, imposed=tuple(imposed))

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
            await self._carry_out(imposed)

    # for moderators' and users' commands

    async def punish(self, punish: Punish, *, by: str, reason: str) -> Sanction:
        """Impose a sanction and carry it out."""
        imposed = await self._impose(punish, by=by, reason=reason, at=self._world.now())
        await self._carry_out(imposed)
        return imposed.sanction

    async def lift(self, number: int, *, by: str, reason: str) -> Sanction | None:
        """End a sanction early and tell whom it was on; None when there is none by that number."""
        lifted = await self._world.store.discipline.lift(number, by=by, reason=reason, at=self._world.now())
        if lifted is None:
            return None
        account, person = lifted.account, lifted.person
        self._reach.forget(account, person)
        for jid in await self._reach.accounts(account, person):
            await self._tell(jid, "notice-lifted", lifted.sanction, reason)
        return lifted.sanction

    async def leave(self, account: str, person: int | None, room: str, *, by: str) -> None:
        """End a membership for good: the place is free, the affiliation withdrawn, occupants removed."""
        holder = holders.of(account, person)
        await self._world.store.rooms.leave(holder, room, self._world.now(), by)
        self._world.memory.forget_member(holder, room)
        for jid in await self._reach.accounts(account, person):
            self._reach.remove(jid, room, await self._reach.write(jid, "notice-left"))
            self._acts.withdraw_affiliation(room, jid)

    async def adjust_credit(self, person: int, delta: int, cause: str, *, by: str, expires_s: float | None) -> int:
        """Change a credit score by an entry in the ledger; the new score."""
        at = self._world.now()
        expires_at = None if expires_s is None else at + expires_s
        score = await self._world.store.people.adjust_credit(person, delta, cause, by=by, at=at, expires_at=expires_at)
        self._world.memory.forget_person(person)
        return score

    async def blacklist_account(self, account: str, *, by: str, reason: str) -> None:
        """Bar one account, and take it out of every room."""
        await self._world.store.people.blacklist(account=account, reason=reason, by=by, at=self._world.now())
        await self._bar(account, None, reason)

    async def unblacklist_account(self, account: str, *, by: str, reason: str) -> None:
        """Lift that again."""
        await self._world.store.people.unblacklist(account=account, reason=reason, by=by, at=self._world.now())
        await self._unbar(account, None, reason)

    async def blacklist_person(self, number: int, *, by: str, reason: str) -> None:
        """Bar a person by whatever account, also those to come, and take them all out of every room."""
        await self._world.store.people.blacklist(number=number, reason=reason, by=by, at=self._world.now())
        await self._bar("", number, reason)

    async def unblacklist_person(self, number: int, *, by: str, reason: str) -> None:
        """Lift that again."""
        await self._world.store.people.unblacklist(number=number, reason=reason, by=by, at=self._world.now())
        await self._unbar("", number, reason)

    async def blacklist_room(self, room: Room, *, by: str, reason: str) -> None:
        """Bar a room's address, and take everybody out of the room that has it, if there is one."""
        await self._world.store.rooms.blacklist(room.jid, self._world.now(), reason=reason, by=by)
        self._world.memory.forget_room(room.jid)
        await self._tell_creator(room, "notice-room-blacklisted", reason)
        for account in {occupant.jid.partition("/")[0] for occupant in self._world.memory.occupants(room.jid)}:
            text = await self._reach.write(account, "notice-room-blacklisted", room=room.jid, reason=reason)
            self._reach.remove(account, room.jid, text)

    async def unblacklist_room(self, room: Room, *, by: str, reason: str) -> None:
        """Lift that again."""
        await self._world.store.rooms.unblacklist(room.jid, self._world.now(), reason=reason, by=by)
        self._world.memory.forget_room(room.jid)
        await self._tell_creator(room, "notice-room-unblacklisted", reason)

    def outdate_descriptions(self, room: str | None = None) -> None:
        """A room's disco#info, or that of all, says what is not so any more."""
        self._acts.outdate_descriptions(room)

    def send_chat(self, to: str, text: str, language: str) -> None:
        """Write to somebody."""
        self._acts.send_chat(to, text, language)

    # how

    def _note(self, deed: str, account: str, person: int | None, detail: Mapping[str, str], at: float) -> None:
        self._journal.note(AuditEntry(actor=account, deed=deed, subject=holders.of(account, person), detail=detail), at)

    async def _strike(self, strike: Strike, at: float) -> list[Imposed]:
        times = await self._world.store.discipline.strike(strike, at)
        step = next_step(times, at, self._world.settings.ladders.member)
        if step is None:
            return []
        punish = Punish(
            kind=SanctionKind(step.sanction),
            account=strike.account,
            person=strike.person,
            room=None if step.everywhere else strike.room,
            rule=strike.rule,
            lasts_s=step.lasts,
        )
        if step.deduct and strike.person is not None:
            recovery = self._world.settings.credit.recovery
            await self.adjust_credit(strike.person, -step.deduct, strike.rule, by=MACHINE, expires_s=recovery)
        return [await self._impose(punish, by=MACHINE, reason=self._rule_text(punish), at=at)]

    async def _impose(self, punish: Punish, *, by: str, reason: str, at: float) -> Imposed:
        lasts_s = 0.0 if punish.kind is SanctionKind.KICK else punish.lasts_s
        until = None if lasts_s is None else at + lasts_s
        sanction = await self._world.store.discipline.punish(punish, by=by, reason=reason, at=at, until=until)
        self._reach.forget(punish.account, punish.person)
        return Imposed(sanction=sanction, account=punish.account, person=punish.person)

    async def _carry_out(self, imposed: Imposed) -> None:
        sanction = imposed.sanction
        for jid in await self._reach.accounts(imposed.account, imposed.person):
            notice = "notice-own-muted" if is_own(sanction.rule) else _NOTICES[sanction.kind]
            text = await self._tell(jid, notice, sanction, sanction.reason)
            if sanction.kind is SanctionKind.MUTE:
                continue
            for room in self._world.memory.whereabouts(jid) if sanction.room is None else (sanction.room,):
                self._reach.remove(jid, room, text)

    async def _tell(self, jid: str, notice: str, sanction: Sanction, reason: str) -> str:
        return await self._reach.tell(
            jid,
            notice,
            rule=sanction.rule.removeprefix(OWN),
            reason=reason,
            until=sanction.until,
            number=sanction.number,
            room=sanction.room,
        )

    async def _bar(self, account: str, person: int | None, reason: str) -> None:
        self._reach.forget(account, person)
        for jid in await self._reach.accounts(account, person):
            text = await self._reach.tell(jid, "notice-blacklisted", reason=reason)
            for room in self._world.memory.whereabouts(jid):
                self._reach.remove(jid, room, text)

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

    async def _give_back(self, places: Sequence[TakePlace]) -> None:
        """Release places taken for a stanza that is denied in the end."""
        for place in places:
            holder = holders.of(place.account, place.person)
            self._world.memory.settle_place(holder, place.room)
            await self._world.store.rooms.release(holder, place.room)
            self._world.memory.forget_room(place.room)

    def _rule_text(self, punish: Punish) -> str:
        text = "reason-own-rule" if is_own(punish.rule) else "reason-rule"
        return self._world.texts.get(self._world.settings.xmpp.language, text, rule=punish.rule.removeprefix(OWN))

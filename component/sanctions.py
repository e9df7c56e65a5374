"""Sanctions: imposed, carried out in rooms, ended or overruled, and whoever is inside in spite of one put out."""

from component.acts import Acts
from component.outreach import Outreach
from component.world import World
from policy.actions import Punish
from policy.facts import PUTTING_OUT, Sanction, SanctionKind
from policy.room_rule import OWN, is_own
from policy.rules.sanctions import ban_of
from storage import holders
from storage.discipline import CaseOutcome, Lifted, Wrong
from storage.incidents import Imposed, Terms
from storage.manager_strikes import Cause
from storage.undoing import Undone

_NOTICES = {
    SanctionKind.NOTICE: "notice-warned",
    SanctionKind.MANAGE: "notice-managing-withdrawn",
    SanctionKind.CREATE: "notice-creating-withdrawn",
    SanctionKind.MUTE: "notice-muted",
    SanctionKind.SUSPEND: "notice-posting-suspended",
    SanctionKind.KICK: "notice-kicked",
    SanctionKind.REMOVE: "notice-removed",
    SanctionKind.BAN: "notice-banned",
}


class Sanctions:
    """Of one world."""

    def __init__(self, world: World, acts: Acts, reach: Outreach) -> None:
        """Effects in rooms go through `acts`, people are found by `reach`."""
        self._world = world
        self._acts = acts
        self._reach = reach

    def terms(self) -> Terms:
        """What the settings in force say of what follows from a hit."""
        settings, texts = self._world.settings, self._world.texts
        return Terms(
            ladder=settings.ladders.member,
            recovery_s=settings.credit.recovery,
            reason_of=lambda rule: texts.get(
                settings.xmpp.language,
                "reason-own-rule" if is_own(rule) else "reason-rule",
                rule=rule.removeprefix(OWN),
            ),
        )

    async def impose(self, punish: Punish, *, by: str, reason: str) -> Sanction:
        """Impose a sanction and carry it out."""
        imposed = await self._world.store.discipline.punish(punish, by=by, reason=reason, at=self._world.now())
        self.take_effect(imposed)
        await self.carry_out(imposed)
        if punish.room is not None:
            await self._world.performer.group_ladder.count(punish.room)
        return imposed.sanction

    def take_effect(self, imposed: Imposed) -> None:
        """What memory holds of them is not so any more."""
        self._reach.forget(imposed.account, imposed.person)
        holder = holders.of(imposed.account, imposed.person)
        for room in imposed.left:
            self._world.memory.forget_member(holder, room)
            self._world.memory.forget_room(room)

    async def carry_out(self, imposed: Imposed) -> None:
        """Tell them, put them out where the sanction says so, and withdraw affiliations where it ends memberships."""
        sanction = imposed.sanction
        for jid in await self._reach.accounts(imposed.account, imposed.person):
            notice = "notice-own-muted" if is_own(sanction.rule) else _NOTICES[sanction.kind]
            text = await self._tell(jid, notice, sanction, sanction.reason)
            if sanction.kind not in PUTTING_OUT:
                continue
            for room in self._world.memory.whereabouts(jid) if sanction.room is None else (sanction.room,):
                self._reach.remove(jid, room, text)
            for room in imposed.left:
                self._acts.withdraw_affiliation(room, jid)

    async def lift(
        self, number: int, *, by: str, reason: str, wrong: Wrong = Wrong.NOTHING, is_quiet: bool = False
    ) -> Lifted | None:
        """End a sanction, or overrule it, and tell whom it was on unless `is_quiet`; None: there is nothing to lift."""
        lifted = await self._world.store.discipline.lift(
            number, by=by, reason=reason, at=self._world.now(), wrong=wrong
        )
        if lifted is None:
            return None
        record = lifted.record
        self._reach.forget(record.account, record.person)
        if lifted.undone.strikes:
            self._world.performer.group_ladder.on_change()
        notice = "notice-lifted" if wrong is Wrong.NOTHING else "notice-overruled"
        for jid in () if is_quiet else await self._reach.accounts(record.account, record.person):
            await self._tell(jid, notice, record.sanction, reason, lifted.undone)
        return lifted

    async def take_back_strikes(self, cause: Cause, *, by: str, reason: str) -> None:
        """What managers were struck for was wrong; whoever is free of a sanction by that is told."""
        overruled = await self._world.store.manager_strikes.overrule(cause, self._world.now(), by=by, reason=reason)
        for holder in overruled.holders:
            self._reach.forget(*holders.parse(holder))
        for imposed in overruled.ended:
            for jid in await self._reach.accounts(imposed.account, imposed.person):
                await self._tell(jid, "notice-lifted", imposed.sanction, reason)

    async def close_case(self, number: int, outcome: CaseOutcome, *, by: str, reason: str) -> Undone | None:
        """Close a case; what an overruled one led to is undone, and whom it was about is told. None: it is closed."""
        at = self._world.now()
        closed = await self._world.store.discipline.close_case(number, outcome, by=by, reason=reason, at=at)
        if closed is None:
            return None
        case, undone = closed
        if undone.strikes:
            self._world.performer.group_ladder.on_change()
        if case.is_reported:
            self._world.performer.complaints.on_change()
        elif outcome is CaseOutcome.OVERRULED:
            account, person = holders.parse(case.holder)
            self._reach.forget(case.account, person)
            for jid in await self._reach.accounts(account, person):
                await self._reach.tell(
                    jid,
                    "notice-case-overruled",
                    room=case.room,
                    rule=case.rule,
                    reason=reason,
                    strikes=undone.strikes,
                    credit=undone.credit,
                )
        return undone

    async def turn_out(self, room: str, account: str) -> bool:
        """Put somebody out who is barred; whether they were.

        They were let in a moment before the ban, or by the server's own policy while nobody asked us.
        """
        known = await self._world.memory.known(account)
        person = known.person
        ban = ban_of(known.account, person, room, self._world.now())
        if ban is not None:
            text = await self._reach.write(account, "deny-banned", until=ban.until, reason=ban.reason)
        elif known.is_blacklisted:
            text = await self._reach.write(account, "deny-blacklisted")
        else:
            return False
        self._reach.remove(account, room, text)
        return True

    async def _tell(
        self,
        jid: str,
        notice: str,
        sanction: Sanction,
        reason: str,
        undone: Undone = Undone(),  # noqa: B008 - frozen
    ) -> str:
        return await self._reach.tell(
            jid,
            notice,
            rule=sanction.rule.removeprefix(OWN),
            reason=reason,
            until=sanction.until,
            number=sanction.number,
            room=sanction.room,
            strikes=undone.strikes,
            credit=undone.credit,
        )

"""Taking back what somebody wrote (XEP-0425): the server's hook does it, since it alone remembers who wrote what."""

import logging
from collections.abc import Sequence

from component.acts import Acts, Retraction
from component.outreach import Outreach
from component.world import World
from policy.actions import Retract
from storage import holders
from storage.audit import AuditEntry
from storage.chain import Json

log = logging.getLogger(__name__)

MACHINE = "roomkeeper"


class Retracting:
    """Of one world."""

    def __init__(self, world: World, acts: Acts, reach: Outreach) -> None:
        """The hook is asked through `acts`; people are found by `reach`."""
        self._world = world
        self._acts = acts
        self._reach = reach

    async def follow(self, action: Retract) -> None:
        """What a rule asks for. Whoever wrote it is told, if there was anything."""
        reason = self._world.texts.get(self._world.settings.xmpp.language, "reason-rule", rule=action.rule)
        taken = await self.take_back(
            action.account, action.person, action.room, action.back_s, by=MACHINE, reason=reason
        )
        if taken is None:
            log.warning("what %s wrote in %s could not be taken back", action.account, action.room or "all rooms")

    async def take_back(
        self, account: str, person: int | None, room: str | None, back_s: float, *, by: str, reason: str
    ) -> Retraction | None:
        """All that somebody wrote lately by any account, in a room or in all; None: the server gave no answer.

        `since` of the answer: what is older is remembered by nobody.
        """
        answers = [
            await self._acts.retract_from(jid, room, back_s, reason)
            for jid in await self._reach.accounts(account, person)
        ]
        taken = _together([answer for answer in answers if answer is not None])
        if taken is None or not taken.rooms:
            return taken
        rooms = " ".join(sorted(set(taken.rooms)))
        detail: dict[str, Json] = {"count": len(taken.rooms), "rooms": rooms, "reason": reason}
        entry = AuditEntry(actor=by, deed="retracted", subject=holders.of(account, person), detail=detail)
        await self._world.store.audit.append([entry], self._world.now())
        for jid in await self._reach.accounts(account, person):
            await self._reach.tell(jid, "notice-retracted", room=room, count=len(taken.rooms), reason=reason)
        return taken

    async def take_back_one(self, room: str, stanza_id: str, *, by: str, reason: str) -> Retraction | None:
        """One message by the id that the room gave it (XEP-0359), also one that nobody remembers; None as above."""
        taken = await self._acts.retract_one(room, stanza_id, reason)
        if taken is not None and taken.rooms:
            entry = AuditEntry(actor=by, deed="retracted", subject=room, detail={"id": stanza_id, "reason": reason})
            await self._world.store.audit.append([entry], self._world.now())
        return taken


def _together(answers: Sequence[Retraction]) -> Retraction | None:
    if not answers:
        return None
    return Retraction(
        rooms=tuple(room for answer in answers for room in answer.rooms),
        since=max((answer.since for answer in answers if answer.since is not None), default=None),
        is_announced=all(answer.is_announced for answer in answers),
    )

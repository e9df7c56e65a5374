"""Applications to found or regrade groups: what is over ends, and every applicant hears of what became of theirs.

What happened is on record before anybody is told; who was not told yet is told at the next sweep, also after a restart.
"""

import asyncio
import logging

from component.grading import category_title, scale_title
from component.outreach import Outreach
from component.staff import deciders
from component.texts import Param
from component.world import World
from storage.proposals import Draft, Proposal, Status

log = logging.getLogger(__name__)

_NOTICES = {
    Status.APPROVED: "notice-founding-approved",
    Status.GRANTED: "notice-founding-granted",
    Status.REFUSED: "notice-founding-refused",
    Status.LAPSED: "notice-founding-lapsed",
    Status.UNUSED: "notice-founding-unused",
}


class Founding:
    """Of one world."""

    def __init__(self, world: World, reach: Outreach) -> None:
        """People are told by `reach`."""
        self._world = world
        self._reach = reach
        self._telling = asyncio.Lock()

    async def keep(self) -> None:
        """End those whose time is up, and tell whoever was not told.

        Raises:
            StorageError: the rest waits for the next time.
        """
        await self._world.store.proposals.expire(self._world.now())
        await self.tell()

    async def tell(self) -> None:
        """Tell applicants what became of their applications, each once unless we are killed in between."""
        async with self._telling:
            for proposal in await self._world.store.proposals.untold():
                text = _NOTICES[proposal.status]
                await self._reach.tell(proposal.draft.account, text, **await self._terms(proposal))
                await self._world.store.proposals.note_told(proposal.number, proposal.status)

    async def announce(self, proposal: Proposal) -> None:
        """Tell the moderators that one waits for them."""
        for account in deciders(self._world.settings.staff):
            await self._reach.tell(account, "notice-founding-waits", **await self._terms(proposal, account))

    def regraded(self, draft: Draft) -> None:
        """An existing group is of another category or class: memory and its page say so from now on."""
        self._world.memory.forget_room(draft.room)
        self._world.performer.outdate_descriptions(draft.room)

    async def _terms(self, proposal: Proposal, reader: str = "") -> dict[str, Param]:
        draft = proposal.draft
        language = self._world.texts.pick((await self._world.memory.known(reader or draft.account)).language)
        category, scale = titles(self._world, language, draft)
        return {
            "number": proposal.number,
            "room": draft.room,
            "category": category,
            "scale": scale,
            "until": proposal.until,
            "reason": proposal.reason,
        }


def titles(world: World, language: str, draft: Draft) -> tuple[str, str]:
    """What the category and class asked for are called; their names where the settings no longer know them."""
    settings = world.settings
    category = draft.category
    scale = draft.scale
    return (
        category_title(world, language, category) if category in settings.categories else category,
        scale_title(world, language, scale) if scale in settings.scales else scale,
    )

"""Texts that nobody sent, in the order they would have come, through the memory a running component has.

`rules replay` and the examples of packs go this way. Nothing here outlasts it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import count

from msgspec import structs

from component.ask import Ask
from component.lookback import look_back
from component.occupancy import Occupancy, Occupant
from component.recent import Recent
from config.settings import Limits
from policy.asks import Asks
from policy.facts import Account, Facts, Text
from storage import holders


class Rehearsal:
    """One memory, as far as these rules ask for any."""

    def __init__(self, asks: Asks | None, limits: Limits, occupants: Sequence[str] = ()) -> None:
        """`occupants` are the nicknames of who is in every room, the writers left out."""
        self._asks = asks
        self._occupants = occupants
        self._numbers = count(1)
        self.recent = Recent(limits)
        self.occupancy = Occupancy()

    def play(self, facts: Facts) -> Facts:
        """The facts with what memory adds to them; they come after all that was played before."""
        if self._asks is None:
            return facts
        for nick in self._occupants:
            occupant = Occupant(jid=f"{nick}@localhost/x", nick=nick, role="participant", affiliation="none")
            self.occupancy.enter(facts.room_jid, occupant)
        number = str(next(self._numbers))
        ask = Ask(
            id=number,
            address="",
            kind=facts.kind,
            sender=f"{facts.account.jid}/x",
            account=facts.account.jid,
            room=facts.room_jid,
            language=None,
            exists=True,
            role=facts.role,
            affiliation=facts.affiliation,
            texts=facts.texts,
            is_encrypted=facts.is_encrypted,
            has_file=facts.has_file,
            message=number,
        )
        lately = look_back(self, self._asks, ask, holders.of_account(ask.account), stay=None, at=facts.at)
        about = facts.lately  # what is said of the writer's membership
        return replace(facts, lately=structs.replace(lately, member_since=about.member_since, is_first=about.is_first))

    def play_before(self, facts: Facts, texts: Iterable[str], *, are_others: bool) -> None:
        """Texts that come ahead of these facts, a second apart: the writer's own, or each somebody else's."""
        earlier = tuple(texts)
        surface = facts.texts[0].surface
        for place, text in enumerate(earlier):
            account = Account(jid=f"other{place}@example.org") if are_others else facts.account
            at = facts.at - (len(earlier) - place)
            self.play(replace(facts, at=at, account=account, texts=(Text(surface=surface, value=text),)))

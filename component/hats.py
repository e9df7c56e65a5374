"""Hats (XEP-0317) of those who are inside: set anew when who they are changes, or when some came in unasked.

Those of whoever comes in stand in the answer to their join. Nothing is kept: what was not told before a stop is told
after the next snapshot, and the hook shows only what changes.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from component.acts import Acts
from component.world import World
from policy.facts import Facts, Kind
from policy.hats import Hat, hats_of

_AT_ONCE = 100
"""Wearers in one stanza."""

_RETRY_S = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Wearer:
    """An account (bare JID) in a room, and its hats with their titles."""

    room: str
    account: str
    hats: tuple[tuple[Hat, str], ...]


class Hats:
    """Of one world."""

    def __init__(self, world: World, acts: Acts) -> None:
        """They are told through `acts`."""
        self._world = world
        self._acts = acts
        self._accounts: set[str] = set()
        self._persons: set[int] = set()
        self._is_all = False
        self.on_change: Callable[[], None] = lambda: None  # something is to be told
        world.memory.on_forgotten = self.note

    def note(self, subject: str | int) -> None:
        """Who an account is has changed, or a person has, by number."""
        if not self._world.settings.hats.wear:
            return
        if isinstance(subject, int):
            self._persons.add(subject)
        else:
            self._accounts.add(subject)
        self.on_change()

    def note_all(self) -> None:
        """Everybody may wear other hats than they should."""
        self._is_all = True
        self.on_change()

    async def keep(self) -> float | None:
        """Tell what is to be told; when there will be more (Unix seconds).

        Raises:
            StorageError: it waits for the next time.
        """
        world = self._world
        if not (self._is_all or self._accounts or self._persons):
            return None
        if not world.meter.is_in_step:  # a snapshot follows, and everybody with it
            return world.now() + _RETRY_S
        is_all, accounts, persons = self._is_all, self._accounts, self._persons
        self._is_all, self._accounts, self._persons = False, set(), set()
        try:
            for number in persons:
                accounts.update(await world.store.people.accounts_of(number))
            inside = self._everybody() if is_all else self._where(accounts)
            wearers = [await self._wearer(room, account) for room, account in inside]
        except BaseException:
            self._is_all |= is_all
            self._accounts |= accounts
            self._persons |= persons
            raise
        self._tell(wearers)
        return None

    def _everybody(self) -> list[tuple[str, str]]:
        memory = self._world.memory
        return [
            (room, account)
            for room in memory.occupancy.rooms()
            for account in {occupant.jid.partition("/")[0] for occupant in memory.occupants(room)}
        ]

    def _where(self, accounts: Iterable[str]) -> list[tuple[str, str]]:
        return [(room, account) for account in accounts for room in self._world.memory.whereabouts(account)]

    async def _wearer(self, room: str, account: str) -> Wearer:
        world = self._world
        known = await world.memory.known(account)
        facts = Facts(
            at=world.now(),
            kind=Kind.JOIN,
            account=known.account,
            person=known.person,
            room_jid=room,
            room=await world.memory.room(room),
        )
        return Wearer(room=room, account=account, hats=titled(world, hats_of(facts, world.settings)))

    def _tell(self, wearers: Sequence[Wearer]) -> None:
        for begin in range(0, len(wearers), _AT_ONCE):
            self._acts.show_hats([(each.room, each.account, each.hats) for each in wearers[begin : begin + _AT_ONCE]])


def titled(world: World, hats: Iterable[Hat]) -> tuple[tuple[Hat, str], ...]:
    """Hats with what they are called: everybody in the room reads the same."""
    return tuple((hat, world.texts.get(world.settings.xmpp.language, f"hat-{hat.name}")) for hat in hats)

"""Finding whoever a deed is about: all their accounts, each in its language, and their occupants in rooms."""

from component.acts import Acts
from component.texts import Param
from component.world import World

_MOST_MANAGERS = 10


def next_batch(told_at: float | None, now: float, every_s: float) -> float | None:
    """When they may be told again, who were told a moment ago; None: at once, also if the clock was set back."""
    return told_at + every_s if told_at is not None and told_at <= now < told_at + every_s else None


class Outreach:
    """Reaches people of one world."""

    def __init__(self, world: World, acts: Acts) -> None:
        """Effects in rooms go through `acts`."""
        self._world = world
        self._acts = acts

    async def accounts(self, account: str, person: int | None) -> tuple[str, ...]:
        """Every account that a deed holds for; none when it was on somebody erased."""
        if person is None:
            return (account,) if account else ()
        return await self._world.store.people.accounts_of(person)

    def managers_of(self, room: str) -> tuple[str, ...]:
        """Owners and admins whom something about their room is told: those who are in it, or any if none is."""
        memory = self._world.memory
        managers = sorted(memory.affiliations.managers_of(room))
        present = [jid for jid in managers if memory.occupancy.is_in(room, jid)]
        return tuple((present or managers)[:_MOST_MANAGERS])

    async def write(self, jid: str, text: str, /, **params: Param) -> str:
        """A text in the account's language."""
        known = await self._world.memory.known(jid)
        return self._world.texts.get(self._world.texts.pick(known.language), text, **params)

    async def tell(self, jid: str, text: str, /, **params: Param) -> str:
        """Send an account a text in its language; what was sent."""
        language = self._world.texts.pick((await self._world.memory.known(jid)).language)
        written = self._world.texts.get(language, text, **params)
        self._acts.send_chat(jid, written, language)
        return written

    def remove(self, account: str, room: str, reason: str) -> None:
        """Take every occupant of an account out of a room."""
        for nick in self.nicks(account, room):
            self._acts.remove_occupant(room, nick, reason)

    def nicks(self, account: str, room: str) -> frozenset[str]:
        """The nicknames under which an account is in a room."""
        occupants = self._world.memory.occupants(room)
        return frozenset(each.nick for each in occupants if each.jid.partition("/")[0] == account)

    def forget(self, account: str, person: int | None) -> None:
        """Have what is known of them read anew."""
        self._world.memory.forget(account)
        if person is not None:
            self._world.memory.forget_person(person)

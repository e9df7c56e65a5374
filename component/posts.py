"""How many messages were let into which room, by whom: what waits to be added to storage's counts."""

from policy.facts import Facts
from storage import holders

_MOST = 100_000
"""People in rooms at once that are told apart: memory has a bound, whoever floods."""


class Posts:
    """Since the last `take`."""

    def __init__(self) -> None:
        """None yet."""
        self._counts: dict[tuple[str, str | int], int] = {}

    def note(self, facts: Facts) -> None:
        """A message is let into its room. On the way of every message: an addition, nothing else."""
        person, counts = facts.person, self._counts
        key = facts.room_jid, facts.account.jid if person is None else person.number
        count = counts.get(key)
        if count is not None:
            counts[key] = count + 1
        elif len(counts) < _MOST:
            counts[key] = 1

    def take(self) -> dict[tuple[str, str], int]:
        """Messages by room and holder; they are forgotten here."""
        taken, self._counts = self._counts, {}
        return {(room, _holder(who)): count for (room, who), count in taken.items()}

    def give_back(self, taken: dict[tuple[str, str], int]) -> None:
        """They could not be written."""
        for (room, holder), count in taken.items():
            account, person = holders.parse(holder)
            key = room, account if person is None else person
            self._counts[key] = self._counts.get(key, 0) + count


def _holder(who: str | int) -> str:
    return holders.of(who, None) if isinstance(who, str) else holders.of_person(who)

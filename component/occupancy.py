"""Who is in which room now. Told by the hook, lost at every stop, rebuilt from its snapshot."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupant:
    jid: str  # full
    nick: str
    role: str
    affiliation: str


class Occupancy:
    """Who is in which room now, as the hook tells it."""

    def __init__(self) -> None:
        """Nobody is anywhere."""
        self._rooms: dict[str, dict[str, Occupant]] = {}
        self._whereabouts: dict[str, dict[str, int]] = {}  # bare JID → room → sessions in it

    def clear(self) -> None:
        """Forget all, before a snapshot."""
        self._rooms.clear()
        self._whereabouts.clear()

    def enter(self, room: str, occupant: Occupant) -> None:
        """Somebody is in the room, or has changed there."""
        inside = self._rooms.setdefault(room, {})
        if occupant.jid not in inside:
            places = self._whereabouts.setdefault(occupant.jid.partition("/")[0], {})
            places[room] = places.get(room, 0) + 1
        inside[occupant.jid] = occupant

    def leave(self, room: str, jid: str) -> None:
        """A session has left the room."""
        inside = self._rooms.get(room, {})
        if inside.pop(jid, None) is None:
            return
        if not inside:
            del self._rooms[room]
        bare = jid.partition("/")[0]
        places = self._whereabouts[bare]
        places[room] -= 1
        if not places[room]:
            del places[room]
        if not places:
            del self._whereabouts[bare]

    def empty(self, room: str) -> None:
        """Nobody is in the room any more."""
        for jid in list(self._rooms.get(room, {})):
            self.leave(room, jid)

    def occupants(self, room: str) -> tuple[Occupant, ...]:
        """Everybody in a room."""
        return tuple(self._rooms.get(room, {}).values())

    def rooms_of(self, bare: str) -> tuple[str, ...]:
        """The rooms an account is in."""
        return tuple(self._whereabouts.get(bare, ()))

    def count(self) -> tuple[int, int, int]:
        """Rooms with somebody in them, sessions in rooms, accounts in rooms."""
        return len(self._rooms), sum(map(len, self._rooms.values())), len(self._whereabouts)

    def is_in(self, room: str, bare: str) -> bool:
        """Whether any session of the account is in the room."""
        return room in self._whereabouts.get(bare, ())

"""Who is in which room now. Told by the hook, lost at every stop, rebuilt from its snapshot."""

from dataclasses import dataclass

from component.names import Names


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
        self._names: dict[str, Names] = {}  # of rooms where somebody asked for them

    def clear(self) -> None:
        """Forget all, before a snapshot."""
        self._rooms.clear()
        self._names.clear()
        self._whereabouts.clear()

    def enter(self, room: str, occupant: Occupant) -> None:
        """Somebody is in the room, or has changed there."""
        inside = self._rooms.setdefault(room, {})
        before = inside.get(occupant.jid)
        names = self._names.get(room)
        if names is not None and (before is None or before.nick != occupant.nick):
            names.enter(occupant.nick)
            if before is not None:
                names.leave(before.nick)
        if before is None:
            places = self._whereabouts.setdefault(occupant.jid.partition("/")[0], {})
            places[room] = places.get(room, 0) + 1
        inside[occupant.jid] = occupant

    def leave(self, room: str, jid: str) -> None:
        """A session has left the room."""
        inside = self._rooms.get(room, {})
        occupant = inside.pop(jid, None)
        if occupant is None:
            return
        if room in self._names:
            self._names[room].leave(occupant.nick)
        if not inside:
            del self._rooms[room]
            self._names.pop(room, None)
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

    def rooms(self) -> tuple[str, ...]:
        """Those with somebody in them."""
        return tuple(self._rooms)

    def nick_of(self, room: str, jid: str) -> str | None:
        """The nickname of a session, or of some session of a bare JID; None when it is not there."""
        inside = self._rooms.get(room, {})
        occupant = inside.get(jid)
        if occupant is None and "/" not in jid and self.is_in(room, jid):
            occupant = next(each for each in inside.values() if each.jid.partition("/")[0] == jid)
        return None if occupant is None else occupant.nick

    def names(self, room: str) -> Names:
        """The nicknames in a room; kept up to date from the first time on."""
        names = self._names.get(room)
        if names is None:
            names = Names()
            inside = self._rooms.get(room)
            if inside is not None:
                self._names[room] = names
                for occupant in inside.values():
                    names.enter(occupant.nick)
        return names

    def rooms_of(self, bare: str) -> tuple[str, ...]:
        """The rooms an account is in."""
        return tuple(self._whereabouts.get(bare, ()))

    def count(self) -> tuple[int, int, int]:
        """Rooms with somebody in them, sessions in rooms, accounts in rooms."""
        return len(self._rooms), sum(map(len, self._rooms.values())), len(self._whereabouts)

    def is_in(self, room: str, bare: str) -> bool:
        """Whether any session of the account is in the room."""
        return room in self._whereabouts.get(bare, ())

"""Who manages which room, its owners and admins, and whom it has banned (XEP-0045 §5.2), whether or not they are in it.

Told by the hook, lost at every stop, rebuilt from its snapshot; so it is as new as the server's own word.
"""

from collections.abc import Mapping

from policy.own_rules import GRANTED as MANAGING


class Affiliations:
    """Owners, admins and outcasts by room, as the hook tells them. JIDs bare."""

    def __init__(self) -> None:
        """Nobody manages anything, nobody is banned."""
        self._rooms: dict[str, dict[str, str]] = {}  # room → account → affiliation
        self._managed: dict[str, set[str]] = {}  # account → rooms
        self._barred: dict[str, set[str]] = {}  # account → rooms
        self._told: set[tuple[str, str]] | None = None  # what events said while a snapshot is read

    def note(self, room: str, account: str, affiliation: str) -> None:
        """An event says that an account's affiliation is this now."""
        if self._told is not None:
            self._told.add((room, account))
        self._set(room, account, affiliation)

    def fill(self, room: str, account: str, affiliation: str) -> None:
        """A snapshot says so; what events told meanwhile is newer, and stays."""
        if self._told is None or (room, account) not in self._told:
            self._set(room, account, affiliation)

    def _set(self, room: str, account: str, affiliation: str) -> None:
        if affiliation == "outcast":
            self._barred.setdefault(account, set()).add(room)
        else:
            self._pardon(room, account)
        if affiliation in MANAGING:
            self._rooms.setdefault(room, {})[account] = affiliation
            self._managed.setdefault(account, set()).add(room)
        elif account in self._rooms.get(room, ()):
            self._remove(room, account)

    def forget(self, room: str) -> None:
        """The room is gone."""
        for account in tuple(self._rooms.get(room, ())):
            self._remove(room, account)
        for account in [each for each, rooms in self._barred.items() if room in rooms]:
            self._pardon(room, account)

    def begin(self) -> None:
        """Forget all: a snapshot follows."""
        self._rooms.clear()
        self._managed.clear()
        self._barred.clear()
        self._told = set()

    def end(self) -> None:
        """The snapshot is read, or will not be."""
        self._told = None

    def manages(self, account: str, room: str) -> bool:
        """Whether the account is an owner or admin of the room."""
        return room in self._managed.get(account, ())

    def affiliation(self, account: str, room: str) -> str:
        """Owner or admin, or "" for whoever is neither."""
        return self._rooms.get(room, {}).get(account, "")

    def managed_by(self, account: str) -> tuple[str, ...]:
        """The rooms an account manages, by address."""
        return tuple(sorted(self._managed.get(account, ())))

    def barred_from(self, account: str) -> tuple[str, ...]:
        """The rooms that have banned an account themselves."""
        return tuple(sorted(self._barred.get(account, ())))

    def managers(self) -> Mapping[str, frozenset[str]]:
        """Everybody who manages a room, and which."""
        return {account: frozenset(rooms) for account, rooms in self._managed.items()}

    def managers_of(self, room: str) -> tuple[str, ...]:
        """A room's owners and admins."""
        return tuple(self._rooms.get(room, ()))

    def _pardon(self, room: str, account: str) -> None:
        rooms = self._barred.get(account)
        if rooms is None:
            return
        rooms.discard(room)
        if not rooms:
            del self._barred[account]

    def _remove(self, room: str, account: str) -> None:
        managers, managed = self._rooms[room], self._managed[account]
        del managers[account]
        managed.discard(room)
        if not managers:
            del self._rooms[room]
        if not managed:
            del self._managed[account]

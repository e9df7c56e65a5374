"""A bounded map: what it drops can be read again."""

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Cache(Generic[K, V]):
    """A bounded map that drops the oldest entry first."""

    def __init__(self, bound: int) -> None:
        """Hold at most `bound` entries."""
        self.bound = bound
        self._entries: dict[K, V] = {}
        self.hits = 0
        self.misses = 0

    def __len__(self) -> int:
        """How many entries there are."""
        return len(self._entries)

    def get(self, key: K) -> V | None:
        """The entry, or None."""
        entry = self._entries.get(key)
        if entry is None:
            self.misses += 1
        else:
            self.hits += 1
        return entry

    def put(self, key: K, value: V) -> None:
        """Keep an entry; the oldest one makes place."""
        entries = self._entries
        if key not in entries and len(entries) >= self.bound:
            del entries[next(iter(entries))]
        entries[key] = value

    def renew(self, key: K, value: V) -> None:
        """Keep an entry as the newest."""
        self._entries.pop(key, None)
        self.put(key, value)

    def drop(self, key: K) -> None:
        """Forget an entry, if it is there."""
        self._entries.pop(key, None)

    def drop_where(self, is_due: Callable[[V], bool]) -> None:
        """Forget every entry the function says yes to."""
        for key in [key for key, value in self._entries.items() if is_due(value)]:
            del self._entries[key]

    def values(self) -> Iterable[V]:
        """Every entry."""
        return self._entries.values()

    def clear(self) -> None:
        """Forget everything."""
        self._entries.clear()

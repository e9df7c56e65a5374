"""The nicknames in one room, to be looked for in texts: as quickly with a thousand occupants as with ten."""

from collections import Counter
from operator import add

from policy.normalise import normalise
from policy.words import is_letter

_HEAD = 2
"""A nickname is looked for by its first characters; shorter ones are not looked for, being in every text."""

_MOST_LOOKS, _MOST_LOOKS_HEAD = 12_000, 3_000
"""What a text costs is bounded, even in a room whose occupants chose their nicknames for that."""


class Names:
    """Nicknames as they are judged: in normal form, each with the number of sessions that have it."""

    def __init__(self) -> None:
        """Nobody is there."""
        self._sessions: Counter[str] = Counter()
        self._by_head: dict[str, dict[int, set[str]]] = {}  # by first characters, by length

    def __len__(self) -> int:
        return len(self._sessions)

    def enter(self, nick: str) -> None:
        """Somebody has this nickname, maybe with several sessions."""
        name = judged(nick)
        self._sessions[name] += 1
        if len(name) >= _HEAD:
            self._by_head.setdefault(name[:_HEAD], {}).setdefault(len(name), set()).add(name)

    def leave(self, nick: str) -> None:
        """A session that had it is gone."""
        name = judged(nick)
        self._sessions[name] -= 1
        if self._sessions[name] > 0:
            return
        del self._sessions[name]
        by_length = self._by_head.get(name[:_HEAD], {})
        others = by_length.get(len(name), set())
        others.discard(name)
        if not others:
            by_length.pop(len(name), None)
        if not by_length:
            self._by_head.pop(name[:_HEAD], None)

    def find(self, text: str) -> set[str]:
        """Those that stand in a text in normal form, as whole words where its script shows where words end."""
        by_head = self._by_head
        found: set[str] = set()
        if len(by_head) < len(text) and not any(head in text for head in by_head):
            return found
        letters = frozenset(filter(is_letter, set(text)))
        looks = dict.fromkeys(by_head.keys() & set(map(add, text, text[1:])), _MOST_LOOKS_HEAD)
        left = _MOST_LOOKS
        for place, head in enumerate(map(add, text, text[1:])):
            if looks.get(head, 0) <= 0 or (head[0] in letters and place > 0 and text[place - 1] in letters):
                continue
            by_length = by_head[head]
            for length, names in by_length.items():
                name = text[place : (end := place + length)]
                if name in names and not (name[-1] in letters and end < len(text) and text[end] in letters):
                    found.add(name)
                    if len(by_length) == len(names) == 1:  # no other begins so
                        looks[head] = 0
            looks[head] -= len(by_length)
            left -= len(by_length)
            if left <= 0:
                break
        return found


def judged(nick: str) -> str:
    """The nickname as texts are compared with it."""
    return normalise(nick).text

"""The nicknames in one room, to be looked for in texts: as quickly with a thousand occupants as with ten."""

from collections import Counter
from operator import add

from policy.normalise import normalise
from policy.words import is_whole

_HEAD = 2
"""A nickname is looked for by its first characters; shorter ones are not looked for, being in every text."""

_MOST_LOOKS = 20
"""A text made of parts of one nickname costs no more than so many looks."""


class Names:
    """Nicknames as they are judged: in normal form, each with the number of sessions that have it."""

    def __init__(self) -> None:
        """Nobody is there."""
        self._sessions: Counter[str] = Counter()
        self._by_head: dict[str, set[str]] = {}

    def __len__(self) -> int:
        return len(self._sessions)

    def enter(self, nick: str) -> None:
        """Somebody has this nickname, maybe with several sessions."""
        name = judged(nick)
        self._sessions[name] += 1
        if len(name) >= _HEAD:
            self._by_head.setdefault(name[:_HEAD], set()).add(name)

    def leave(self, nick: str) -> None:
        """A session that had it is gone."""
        name = judged(nick)
        self._sessions[name] -= 1
        if self._sessions[name] > 0:
            return
        del self._sessions[name]
        others = self._by_head.get(name[:_HEAD], set())
        others.discard(name)
        if not others:
            self._by_head.pop(name[:_HEAD], None)

    def find(self, text: str) -> set[str]:
        """Those that stand in a text in normal form, as whole words where its script shows where words end."""
        by_head = self._by_head
        if len(by_head) < len(text):
            heads = {head for head in by_head if head in text}
        else:
            heads = by_head.keys() & set(map(add, text, text[1:]))
        return {name for head in heads for name in by_head[head] if name in text and _stands_in(name, text)}


def judged(nick: str) -> str:
    """The nickname as texts are compared with it."""
    return normalise(nick).text


def _stands_in(name: str, text: str) -> bool:
    start = -1
    for _ in range(_MOST_LOOKS):
        start = text.find(name, start + 1)
        if start < 0:
            return False
        if is_whole(text, start, start + len(name)):
            return True
    return False

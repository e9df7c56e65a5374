"""What makes two stanzas the same content: where it would stand, and what others would read there.

Somebody whose text a moderator let pass sends it again, perhaps from another client: the same to a reader is the same.
"""

from policy.facts import Facts, Kind
from policy.normalise import normalise

_ENTRANCE = "presence"
_PRESENCES = frozenset((Kind.CREATE, Kind.JOIN, Kind.NICK, Kind.STATUS, Kind.REGISTER, Kind.SUBSCRIBE))
"""A nickname that may be seen may be seen whichever way it comes."""


def fingerprint(facts: Facts) -> str:
    """Room, door and texts in normal form. It holds what was written: to be kept under a keyed hash only."""
    door = _ENTRANCE if facts.kind in _PRESENCES else facts.kind.value
    texts = sorted({(text.surface.value, normalise(text.value).text) for text in facts.texts})
    return repr((facts.room_jid, door, facts.has_file, facts.is_encrypted, texts))

"""Whether a stanza puts something before others, by whatever door."""

from policy.facts import Facts, Kind, Surface

_ALWAYS = frozenset((Kind.POST, Kind.PRIVATE, Kind.SUBJECT, Kind.NICK, Kind.INVITE, Kind.VOICE, Kind.CONFIG))
_ENTRANCES = frozenset((Kind.CREATE, Kind.JOIN, Kind.REGISTER, Kind.SUBSCRIBE, Kind.APPLY, Kind.STATUS))
_UNHEARD = frozenset((Surface.NICK, Surface.OTHER))
"""A nickname comes with any entrance, and what else a presence carries is read by programs (XEP-0115, XEP-0390)."""


def is_speech(facts: Facts) -> bool:
    """Whether others would read, see or hear something new.

    A change of presence, a kick or a grant speaks only if it carries words. So somebody who is muted may still go
    away and come back: bouncing that would look to their client like being thrown out. Nor is an answer speech, which
    a client gives by itself to whoever asks it: rules of moderation judge its words, nothing else does.
    """
    kind = facts.kind
    if kind is Kind.ANSWER:
        return False
    if kind in _ALWAYS:
        return True
    if facts.has_file or facts.is_encrypted:
        return True
    if kind in _ENTRANCES:
        return any(text.surface not in _UNHEARD for text in facts.texts)
    return any(text.surface is not Surface.NICK for text in facts.texts)

"""How many places there are for somebody, or in a room: what everybody has, unless a moderator made an exception."""

from policy.facts import Override, Quota


def places_allowed(overrides: tuple[Override, ...], quota: Quota, base: int | None, at: float) -> int:
    """The moderators' exception while there is one, else what everybody has."""
    for override in overrides:
        if override.quota is quota and (override.until is None or at < override.until):
            return override.places
    return base or 0

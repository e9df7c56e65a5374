"""Where rules and thresholds hold, compared with each other."""

from config.settings import Rule, Threshold

_KEYS = ("kinds", "rooms", "categories", "scales", "activity", "tiers", "roles")


def is_scoped(one: Rule | Threshold) -> bool:
    """Whether there is anywhere or anybody that it does not hold for."""
    return any(getattr(one, key) for key in _KEYS)


def may_meet(one: Rule | Threshold, other: Rule | Threshold) -> bool:
    """Whether there may be a stanza that both hold for. Patterns of rooms are not compared."""
    return not any(
        getattr(one, key) and getattr(other, key) and set(getattr(one, key)).isdisjoint(getattr(other, key))
        for key in _KEYS
        if key != "rooms"
    )

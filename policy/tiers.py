"""What a credit score permits, and when a tier is won or lost."""

from collections.abc import Sequence

from msgspec.structs import replace

from config.settings import Settings, Tier
from policy.facts import Person

STAY = 0.9
"""A tier is lost below this part of its threshold only, so that nobody flaps between two."""


def rights(person: Person | None, settings: Settings) -> Tier:
    """What a person may do, quotas filled in; an account without a person gets base quotas and default rates.

    A tier that the settings no longer name reads as the highest that the score reaches.
    """
    if person is None:
        return fill(Tier(name="", threshold=0), settings)
    tiers = settings.credit.tiers
    name = person.tier
    for tier in tiers:
        if tier.name == name:
            return fill(tier, settings)
    return fill(tiers[_reached(person.score, tiers)], settings)


def fill(tier: Tier, settings: Settings) -> Tier:
    """The tier with the base quotas where it names none of its own."""
    if tier.rooms_created is None:
        tier = replace(tier, rooms_created=settings.quotas.rooms_created)
    if tier.rooms_joined is None:
        tier = replace(tier, rooms_joined=settings.quotas.rooms_joined)
    return tier


def tier_for(
    *,
    score: int,
    current: str,
    tier_since: float,
    verified_at: float,
    at: float,
    is_locked: bool,
    tiers: Sequence[Tier],
) -> str:
    """The tier somebody should be in now.

    Won at its threshold, after its tenure since verification and since the last change of tier; lost below 0.9 of the
    threshold; kept as it is while a moderator has locked it.
    """
    index = next((index for index, tier in enumerate(tiers) if tier.name == current), None)
    if index is None:
        return tiers[_reached(score, tiers)].name
    if is_locked:
        return current
    while index > 0 and score < STAY * tiers[index].threshold:
        index -= 1
    tenure_s = at - max(verified_at, tier_since)
    for higher in range(len(tiers) - 1, index, -1):
        if score >= tiers[higher].threshold and tenure_s >= tiers[higher].tenure:
            return tiers[higher].name
    return tiers[index].name


def _reached(score: int, tiers: Sequence[Tier]) -> int:
    return max((index for index, tier in enumerate(tiers) if score >= tier.threshold), default=0)

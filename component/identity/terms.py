"""What the settings in force say of a binding."""

from config.settings import Settings
from policy.tiers import tier_for
from storage.binding import Terms


def terms(settings: Settings, at: float) -> Terms:
    """For somebody who is bound now."""
    tiers = settings.credit.tiers
    tier = tier_for(
        score=settings.credit.start,
        current=tiers[0].name,
        tier_since=at,
        verified_at=at,
        at=at,
        is_locked=False,
        tiers=tiers,
    )
    return Terms(max_accounts=settings.identity.max_accounts, start_score=settings.credit.start, tier=tier)

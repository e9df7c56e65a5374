"""Who may found a group of which category and scale class, and who has to ask for it."""

from config.settings import Founding, Settings
from policy.facts import Person
from policy.grading import default_scale
from policy.tiers import rights
from policy.verdict import Condition, Reason

NAME = "founding"
_UNVERIFIED = "unverified"


def needs_approval(category: str, scale: str, settings: Settings) -> bool:
    """Whether a moderator decides."""
    return any(founding.approval for founding in _demands(category, scale, settings))


def unmet(person: Person | None, category: str, scale: str, at: float, settings: Settings) -> Reason | None:
    """Why somebody may neither found such a group nor ask for it; None when they may."""
    if _rank(scale, settings) > _rank(largest_scale(person, settings), settings):
        return _reason("deny-founding-scale")
    for demand in _demands(category, scale, settings):
        if demand.tiers and (_UNVERIFIED if person is None else rights(person, settings).name) not in demand.tiers:
            return _reason("deny-founding-tier")
        if person is not None:
            spans = ((person.verified_at, demand.verified_for), (person.tier_since, demand.tenure))
            until = max((since + span for since, span in spans if span), default=at)  # a clock set back denies nobody
            if until > at:
                return _reason("deny-founding-early", until)
        elif demand.verified_for or demand.tenure:
            params = (("deed", "create"),)
            return Reason(rule=NAME, condition=Condition.REGISTRATION_REQUIRED, text="deny-unverified", params=params)
    return None


def largest_scale(person: Person | None, settings: Settings) -> str:
    """The largest class of groups that somebody's tier lets them found; of one without a person, any."""
    return rights(person, settings).largest_scale or next(reversed(settings.scales))


def plain_scale(person: Person | None, settings: Settings) -> str:
    """The class of a group that is founded without asking: the default one, as far as the founder's tier reaches."""
    return min(default_scale(settings), largest_scale(person, settings), key=lambda scale: _rank(scale, settings))


def _demands(category: str, scale: str, settings: Settings) -> tuple[Founding, Founding]:
    return settings.categories[category], settings.scales[scale]


def _rank(scale: str, settings: Settings) -> int:
    return list(settings.scales).index(scale)


def _reason(text: str, until: float | None = None) -> Reason:
    params = () if until is None else (("until", until),)
    return Reason(rule=NAME, condition=Condition.NOT_ALLOWED, text=text, params=params)

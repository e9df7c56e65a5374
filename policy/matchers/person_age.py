"""How long ago the person was verified."""

from config.settings import Age
from policy.matchers.view import Match, Matcher, Matches, View

NAME = "person_age"
_MET = (Match(NAME),)


def make(age: Age) -> Matcher:
    """`under` and `over`; nobody verified counts as just come.

    Raises:
        ValueError: it could never be met.
    """
    under, over = age.under, age.over
    if under is None and over is None:
        raise ValueError("person_age needs under or over")
    if under is not None and over is not None and over >= under:
        raise ValueError("person_age is never met: over must be less than under")

    def match(view: View) -> Matches | None:
        person = view.facts.person
        age_s = 0.0 if person is None else view.facts.at - person.verified_at
        return _MET if (under is None or age_s < under) and (over is None or age_s >= over) else None

    return match

"""How long ago the person was verified."""

from config.settings import Age
from policy.matchers.ages import make_age
from policy.matchers.view import Match, Matcher, Matches, View

NAME = "person_age"
_MET = (Match(NAME),)


def make(age: Age) -> Matcher:
    """`under` and `over`; nobody verified counts as just come.

    Raises:
        ValueError: it could never be met.
    """
    holds = make_age(NAME, age)

    def match(view: View) -> Matches | None:
        person = view.facts.person
        return _MET if holds(0.0 if person is None else view.facts.at - person.verified_at) else None

    return match

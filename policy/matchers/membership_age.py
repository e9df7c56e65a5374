"""How long ago the membership of this room began (docs/glossary.md)."""

from config.settings import Age
from policy.matchers.ages import make_age
from policy.matchers.view import Match, Matcher, Matches, View

NAME = "membership_age"
_MET = (Match(NAME),)


def make(age: Age) -> Matcher:
    """`under` and `over`; whoever is no member counts as just come.

    Raises:
        ValueError: it could never be met.
    """
    holds = make_age(NAME, age)

    def match(view: View) -> Matches | None:
        since = view.facts.lately.member_since
        return _MET if holds(0.0 if since is None else view.facts.at - since) else None

    return match

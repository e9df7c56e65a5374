"""The first that somebody writes as a member of a room."""

from policy.matchers.view import Match, Matcher, Matches, View

NAME = "first_message"
_MET = (Match(NAME),)


def make() -> Matcher:
    """Whether nothing came to the room before; whoever is no member of it has written nothing there."""

    def match(view: View) -> Matches | None:
        return _MET if view.facts.lately.is_first else None

    return match

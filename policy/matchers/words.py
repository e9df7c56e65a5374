"""Words and patterns: the scanner found those of all rules beforehand, in one pass; here one rule asks for its own."""

from policy.matchers.view import Match, Matcher, Matches, View

NAME = "words"


def make(leaf: int) -> Matcher:
    """Whether the scanner's list of this number was found."""

    def match(view: View) -> Matches | None:
        found = tuple(Match(NAME, text, *hits[leaf]) for text, hits in (*view.texts, *view.readings) if leaf in hits)
        return found or None

    return match

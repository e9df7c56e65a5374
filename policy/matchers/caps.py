"""Shouting in capitals. Scripts without case never shout."""

from config.settings import Caps
from policy.matchers.view import Matcher, Matches, View, whole

NAME = "caps"


def make(caps: Caps) -> Matcher:
    """`share` of at least `letters` letters that have two cases."""

    def match(view: View) -> Matches | None:
        return tuple(whole(NAME, text) for text, _ in view.texts if _shouts(text.value, caps)) or None

    return match


def _shouts(text: str, caps: Caps) -> bool:
    upper = sum(map(str.isupper, text))
    return upper >= caps.share * caps.letters and _is_share(upper, sum(map(str.islower, text)), caps)


def _is_share(upper: int, lower: int, caps: Caps) -> bool:
    return upper + lower >= caps.letters and upper >= caps.share * (upper + lower)

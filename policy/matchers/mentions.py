"""Messages that call many people at once, by their nicknames, by references (XEP-0372) or by a word for everybody."""

import re
from collections.abc import Iterator

from config.settings import Mentions
from policy.facts import Lately
from policy.matchers.view import Match, Matcher, Matches, View, whole
from policy.normalise import normalise

NAME = "mentions"
_FEWEST = 3
"""Of two or three people anybody may name all."""

_EVERYONE = re.compile(
    r"(?<![\w.])[@!](?:all|channel|chat|everybody|everyone|group|here|room)(?![\w@-]|\.\w)|@(?:所有人|全体|全員|全员|大家|みんな|모두)"
)


def make(mentions: Mentions) -> Matcher:
    """Any of `people`, `share` and `everyone`.

    Raises:
        ValueError: none is given.
    """
    if mentions == Mentions():
        raise ValueError("mentions needs people, share or everyone")

    def match(view: View) -> Matches | None:
        lately = view.facts.lately
        if (mentions.everyone and lately.is_room_named) or _is_crowd(lately, mentions):
            return tuple(whole(NAME, text) for text, _ in view.texts) or (Match(NAME),)
        return tuple(_calls(view)) or None if mentions.everyone else None

    return match


def _is_crowd(lately: Lately, mentions: Mentions) -> bool:
    if mentions.people is not None and lately.named >= mentions.people:
        return True
    return mentions.share is not None and lately.named >= max(_FEWEST, mentions.share * lately.others)


def _calls(view: View) -> Iterator[Match]:
    for text, _ in view.texts:
        if "@" in text.value or "!" in text.value or "＠" in text.value or "！" in text.value:
            normalised = normalise(text.value)
            found = _EVERYONE.search(normalised.text)
            if found is not None:
                ((start, end),) = normalised.spans([found.span()])
                yield Match(NAME, text, start, end)

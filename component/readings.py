"""What the texts of a stanza become in clients that leave a part of them out, or show several as one.

A word may be split over two bodies, a caption over a body and a file's description, and a quotation for old clients
(XEP-0428) may stand in the middle of a word. Only what stands near the seams is kept: all else is judged as it is.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, combinations
from xml.etree.ElementTree import Element

from policy.facts import Surface, Text

FALLBACK = "{urn:xmpp:fallback:0}fallback"

_FALLBACK_BODY = "{urn:xmpp:fallback:0}body"
_FOR = "for"
_NEAR_CHARS = 64
_MOST_RANGES = 8
_MOST_FEATURES = 3
"""More ranges or bodies, or features that a client may know or not, are only left out all together."""

_ALONE = frozenset((Surface.LINK, Surface.NICK, Surface.REACTION))
"""What no client shows as a part of the text beside it."""

_MOST_TEXTS = 24
"""No client sends so many; more are judged as one for each surface, so that none costs more than its characters."""

Range = tuple[int, int]


def gather(texts: Sequence[Text]) -> tuple[Text, ...]:
    """The texts without repeats, and never too many."""
    if len(texts) <= _MOST_TEXTS:
        return tuple(dict.fromkeys(texts))
    values: dict[Surface, list[str]] = {}
    for text in texts:
        values.setdefault(text.surface, []).append(text.value)
    return tuple(Text(surface=surface, value="\n".join(listed)) for surface, listed in values.items())


def find_readings(
    texts: Sequence[Text], parted: Sequence[tuple[Surface, list[str]]], fallbacks: Sequence[Element]
) -> tuple[Text, ...]:
    """Every other reading, once. `parted`: lines of one payload; `fallbacks`: the elements of XEP-0428."""
    bodies = [text.value for text in texts if text.surface is Surface.BODY]
    found = [Text(surface=surface, value="".join(map(_ends, lines))) for surface, lines in parted]
    if len(set(bodies)) > 1:
        found.append(Text(surface=Surface.BODY, value="".join(map(_ends, bodies))))
    parts = list(dict.fromkeys(text.value for text in texts if text.surface not in _ALONE))
    if len(parts) > 1:
        found.append(Text(surface=Surface.OTHER, value="\n".join(map(_ends, parts))))
    if fallbacks:
        ranges = _ranges(fallbacks)
        is_few = len(ranges) <= _MOST_FEATURES and max(len(bodies), sum(map(len, ranges.values()))) <= _MOST_RANGES
        for body in bodies:
            stripped = _strip(body, list(ranges.values()), is_few=is_few)
            found += [Text(surface=Surface.BODY, value=value) for value in stripped if value]
    known = set(texts)
    return gather([text for text in found if text not in known])


def _ranges(fallbacks: Sequence[Element]) -> dict[str, list[Range]]:
    """What is for old clients only, by the feature that others know; in characters, as XEP-0426 counts them."""
    found: dict[str, list[Range]] = {}
    for fallback in fallbacks:
        for body in fallback.iterfind(_FALLBACK_BODY):
            start, end = body.get("start", "0"), body.get("end")
            if start.isdecimal() and end is not None and end.isdecimal() and len(start) + len(end) < _NEAR_CHARS:
                found.setdefault(fallback.get(_FOR, ""), []).append((int(start), int(end)))
    return found


def _strip(body: str, ranges: Sequence[list[Range]], *, is_few: bool) -> Iterator[str]:
    """The body without what one or several features make superfluous."""
    for size in range(1, len(ranges) + 1) if is_few else (len(ranges),):
        for features in combinations(ranges, size):
            yield "".join(map(_ends, _without(body, sorted(chain.from_iterable(features)))))


def _without(body: str, ranges: Sequence[Range]) -> Iterator[str]:
    place = 0
    for start, end in ranges:
        if start > place:
            yield body[place:start]
        place = max(place, end)
    yield body[place:]


def _ends(text: str) -> str:
    """The beginning and the end of a text, by whole words where it has any."""
    if len(text) <= 2 * _NEAR_CHARS:
        return text
    head, tail = text[:_NEAR_CHARS], text[-_NEAR_CHARS:]
    return "\n".join((*head.rsplit(None, 1)[:1], *tail.split(None, 1)[-1:]))

"""Evidence: all that a stanza would have shown, with what was found in it marked, within bounds.

Whoever decides by it sees what the others would have seen, not a snippet.
"""

from collections.abc import Iterable, Sequence

from policy.facts import Surface, Text
from policy.matchers.view import Match

OPEN, CLOSE = "⟦", "⟧"
"""What stands around whatever was found."""

_MOST_CHARS = 4_000
_MOST_MARKS = 100
_BEFORE_CHARS = 500
"""So much of a text that is too long is shown before the first thing that was found."""

_CUT = "…"


def exhibit(texts: Sequence[Text], matches: Iterable[Match]) -> str:
    """Every text in a paragraph, those with something found first; all but bodies say where they would have stood.

    What was found in a reading of the texts (`Facts.readings`) is shown in that reading, too.
    """
    found: dict[Text, list[tuple[int, int]]] = {}
    for match in matches:
        if match.text is not None:
            found.setdefault(match.text, []).append((match.start, match.end))
    left = _MOST_CHARS
    paragraphs: list[str] = []
    shown_texts = dict.fromkeys((*found, *texts))
    for text in shown_texts:
        if left <= 0:
            paragraphs.append(_CUT)
            break
        spans = _joined(found.get(text, ()))
        shown = _mark(text.value, spans, left)
        left -= min(left, len(text.value))
        paragraphs.append(shown if text.surface is Surface.BODY else f"{text.surface.value}: {shown}")
    return "\n".join(paragraphs)


def plain(evidence: str) -> str:
    """Evidence without the marks, for whoever wrote it."""
    return evidence.replace(OPEN, "").replace(CLOSE, "")


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """In order, those that touch made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans)[:_MOST_MARKS]:
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((start, end))
    return joined


def _mark(value: str, spans: Sequence[tuple[int, int]], most: int) -> str:
    """The part that there is place for; a text found as a whole needs no marks."""
    first = 0
    if len(value) > most and spans:
        first = max(0, min(spans[0][0] - _BEFORE_CHARS, len(value) - most))
    last = min(len(value), first + most)
    parts = [_CUT if first else ""]
    place = first
    for start, end in spans if list(spans) != [(0, len(value))] else ():
        if start >= last:
            break
        shown_to = min(end, last)
        parts += (value[place:start], OPEN, value[start:shown_to], CLOSE)
        place = shown_to
    return "".join((*parts, value[place:last], _CUT if last < len(value) else ""))

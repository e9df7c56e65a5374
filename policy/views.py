"""Other readings of a text that was written to be misread: each a text, and where it stands in the normal form.

A text that nothing calls for it has none: ordinary messages cost one search. What a view shows is only a guess;
`policy.evidence` judges whether a hit in it was disguised, or merely happens to look so.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from policy import marks
from policy.lookalikes import BACK, LATIN, LATIN_L
from policy.marks import Call, Calls, Pattern
from policy.normalise import normalise

_CALLS = Calls()
_MOST_CHARS = 30_000
"""So much is read of a long text in all its views together; the likeliest come first."""
_LETTERED = frozenset((Call.LEET, Call.STACKED, Call.FOREIGN, Call.ACCENTED, Call.APART, Call.WITHIN))
"""What calls for other letters to be read."""

_APART = (
    ("signs between letters", marks.BY_SIGNS),
    ("spaces between letters", marks.BY_SPACES),
    ("signs and spaces between letters", marks.BY_BOTH),
)


class View:
    """One reading, by what was done last."""

    def __init__(self, step: str, text: str, parent: "View | None" = None, cut: Pattern | None = None) -> None:
        self.step = step
        self.text = text
        self.is_across: bool = parent is not None and parent.is_across
        self._parent = parent
        self._cut = cut
        self._places: Sequence[int] | None = None if parent else range(len(text))

    @property
    def places(self) -> Sequence[int]:
        """Where each character stands in the normal form; found out when a hit asks for it."""
        if self._places is None:
            places: Sequence[int] = () if self._parent is None else self._parent.places
            if self._parent is not None and self._cut is not None:
                spans = (found.span() for found in self._cut.finditer(self._parent.text))
                edges = (0, *chain.from_iterable(spans), len(places))
                kept = zip(edges[::2], edges[1::2], strict=True)
                places = list(chain.from_iterable(places[start:end] for start, end in kept))
            self._places = places
        return self._places

    def without(self, step: str, cut: Pattern) -> "View":
        """The same without some parts."""
        return View(step, cut.sub("", self.text), self, cut)

    def translate(self, step: str, table: Mapping[int, str]) -> "View":
        """Other letters in the same places."""
        return View(step, self.text.translate(table), self)


def find_views(text: str, *, is_across: bool = False) -> list[View]:
    """Every other reading of a normal form; with `is_across` also one that joins ideographs over clause marks."""
    calls = _CALLS.find(text)
    if not calls or (len(calls) == 1 and Call.ACROSS in calls and not is_across):
        return []
    left = _MOST_CHARS
    found = {text}
    views: list[View] = []
    for view in _readings(View("", text), calls, is_across=is_across):
        if view.text not in found:
            found.add(view.text)
            views.append(view)
        if view.text is not text:
            left -= len(view.text)
        if left < 0:
            break
    return views


def _readings(plain: View, calls: frozenset[int], *, is_across: bool) -> Iterator[View]:
    if Call.STACKED in calls:
        plain = plain.without("marks", marks.STACKED)
    if is_across and Call.ACROSS in calls:
        across = plain.without("across punctuation", marks.ACROSS)
        across.is_across = True
        yield across
    if Call.SPREAD in calls:
        plain = plain.without("signs between ideographs", marks.SPREAD)
    has_repeats = Call.REPEATED in calls or Call.APART in calls
    for joined in _join(plain, calls):
        for reading in _translate(joined, calls):
            yield reading
            if has_repeats:
                yield reading.without("repeats (two left)", marks.THIRD)
                yield reading.without("repeats (one left)", marks.SECOND)


def _join(plain: View, calls: frozenset[int]) -> Iterator[View]:
    yield plain
    if Call.WITHIN in calls:
        yield plain.without("signs within words", marks.WITHIN)
    if Call.APART in calls:
        for step, cut in _APART:
            yield plain.without(step, cut)


def _translate(joined: View, calls: frozenset[int]) -> Iterator[View]:
    yield joined
    if not calls & _LETTERED:
        return
    yield joined.translate("look-alikes", LATIN)
    if marks.ELL.search(joined.text):
        yield joined.translate("look-alikes (1 as l)", LATIN_L)
    if not joined.text.isascii():
        for script, table in BACK.items():
            if marks.MIXED[script].search(joined.text):
                yield joined.translate(f"look-alikes ({script.lower()})", table)


def explain(original: str, *, is_across: bool = False) -> list[tuple[str, str]]:
    """What was done to a text before it was judged, step by step, and the text after each."""
    plain = normalise(original).text
    steps = [("as written", original), ("normal form", plain)]
    return steps + [(view.step, view.text) for view in find_views(plain, is_across=is_across)]

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
from policy.offsets import Span

_CALLS = Calls()
_MOST_CHARS = 22_500
"""So much is read of a text in all its views together; the likeliest come first, of each part of a long text."""

_PART_CHARS = 512
_LONG_CHARS = 2 * _PART_CHARS
_OVERLAP_CHARS = 96
"""What asks for a second look in one part of a long text asks for none in another; words over an edge are in both."""

_LETTERED = frozenset((Call.LEET, Call.STACKED, Call.FOREIGN, Call.ACCENTED, Call.APART, Call.WITHIN))
"""What calls for other letters to be read."""

_MIXING = frozenset((Call.LEET, Call.FOREIGN, Call.APART, Call.WITHIN))
"""What calls for letters of other alphabets."""

_APART = (
    ("signs between letters", marks.BY_SIGNS),
    ("spaces between letters", marks.BY_SPACES),
    ("signs and spaces between letters", marks.BY_BOTH),
)


_MARKS = ("marks", marks.STACKED)


class Budget:
    """How many more characters may be read."""

    def __init__(self, left: int) -> None:
        self.left = left


class View:
    """One reading of a part of a text, by what was done last."""

    def __init__(self, step: str, text: str, parent: "View | None" = None, cut: Pattern | None = None) -> None:
        self.step = step
        self.text = text
        self.is_across: bool = parent is not None and parent.is_across
        self.is_cut_before: bool = parent is not None and parent.is_cut_before
        self.is_cut_after: bool = parent is not None and parent.is_cut_after
        self._parent = parent
        self._cut = cut
        self._slice: slice | None = None
        self._places: Sequence[int] | None = None
        self.budget: Budget = parent.budget if parent is not None else Budget(0)

    @classmethod
    def whole(cls, plain: str, budget: Budget) -> "View":
        """A normal form as it stands."""
        view = cls("", plain)
        view._places = range(len(plain))
        view.budget = budget
        return view

    def part(self, start: int, end: int) -> "View":
        """Some of it, for free."""
        view = View(self.step, self.text[start:end], self)
        view._slice = slice(start, end)
        view.is_cut_before, view.is_cut_after = start > 0, end < len(self.text)
        return view

    @property
    def places(self) -> Sequence[int]:
        """Where each character stands in the normal form; found out when a hit asks for it."""
        if self._places is None:
            places: Sequence[int] = () if self._parent is None else self._parent.places
            if self._slice is not None:
                places = places[self._slice]
            elif self._parent is not None and self._cut is not None:
                spans = (found.span() for found in self._cut.finditer(self._parent.text))
                edges = (0, *chain.from_iterable(spans), len(places))
                kept = zip(edges[::2], edges[1::2], strict=True)
                places = list(chain.from_iterable(places[start:end] for start, end in kept))
            self._places = places
        return self._places

    def is_at_edge(self, start: int, end: int) -> bool:
        """Whether something that is not seen here stands next to `text[start:end]`: the next part has it whole."""
        return (start == 0 and self.is_cut_before) or (end == len(self.text) and self.is_cut_after)

    def without(self, step: str, cut: Pattern) -> "View":
        """The same without some parts."""
        self.budget.left -= len(self.text)
        return View(step, cut.sub("", self.text), self, cut)

    def translate(self, step: str, table: Mapping[int, str]) -> "View":
        """Other letters in the same places."""
        self.budget.left -= len(self.text)
        return View(step, self.text.translate(table), self)


def find_views(text: str, *, is_across: bool = False) -> list[View]:
    """Every other reading of a normal form; with `is_across` also one that joins ideographs over clause marks."""
    calls = _CALLS.find(text)
    if not _asks(calls, is_across=is_across):
        return []
    whole = View.whole(text, Budget(_MOST_CHARS))
    if Call.STACKED in calls and len(text) > _LONG_CHARS:  # heaps of marks would be longer than a part
        whole = whole.without(*_MARKS)
    views: list[View] = []
    waiting: list[Iterator[View | None]] = []
    for start, end in _parts(len(whole.text)):
        plain = whole.part(start, end)
        calls = _CALLS.find(plain.text)
        if whole.step or _asks(calls, is_across=is_across):
            waiting.append(_different(plain, calls, is_across=is_across))
    while waiting and whole.budget.left > 0:
        waiting = [readings for readings in waiting if whole.budget.left > 0 and _take_one(readings, views)]
    return views


def _asks(calls: frozenset[int], *, is_across: bool) -> bool:
    return bool(calls) and (is_across or len(calls) > 1 or Call.ACROSS not in calls)


def _parts(length: int) -> Iterator[Span]:
    if length <= _LONG_CHARS:
        yield 0, length
        return
    for start in range(0, length, _PART_CHARS):
        yield start, start + _PART_CHARS + _OVERLAP_CHARS


def _take_one(readings: Iterator[View | None], views: list[View]) -> bool:
    """The next reading, where there is one; parts take turns, so that none is read only after all of another."""
    try:
        view = next(readings)
    except StopIteration:
        return False
    if view is not None:
        views.append(view)
    return True


def _different(plain: View, calls: frozenset[int], *, is_across: bool) -> Iterator[View | None]:
    """All readings; None for one that is the same as one before."""
    found = set[str]() if plain.step else {plain.text}
    for view in _readings(plain, calls, is_across=is_across):
        is_new = view.text not in found
        found.add(view.text)
        yield view if is_new else None


def _readings(plain: View, calls: frozenset[int], *, is_across: bool) -> Iterator[View]:
    if Call.STACKED in calls:
        plain = plain.without(*_MARKS)
    if is_across and Call.ACROSS in calls:
        across = plain.without("across punctuation", marks.ACROSS)
        across.is_across = True
        yield across
    if Call.SPREAD in calls:
        plain = plain.without("signs between ideographs", marks.SPREAD)
    for joined in _join(plain, calls):
        for reading in _translate(joined, calls):
            yield reading
            if Call.REPEATED in calls or joined is not plain:
                yield reading.without("repeats (two left)", marks.THIRD)
                yield reading.without("repeats (one left of three)", marks.THRICE)
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
    if calls & _MIXING and not joined.text.isascii():
        for script, table in BACK.items():
            if marks.MIXED[script].search(joined.text):
                yield joined.translate(f"look-alikes ({script.lower()})", table)


def explain(original: str, *, is_across: bool = False) -> list[tuple[str, str]]:
    """What was done to a text before it was judged, step by step, and the text after each."""
    plain = normalise(original).text
    steps = [("as written", original), ("normal form", plain)]
    return steps + [(view.step, view.text) for view in find_views(plain, is_across=is_across)]

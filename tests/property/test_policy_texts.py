"""The normaliser, the searchers and the stand-ins, on whatever a client may send."""

from contextlib import suppress
from importlib.util import find_spec
from unicodedata import normalize

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from config.settings import Rule
from policy.harmless import compile_harmless
from policy.marks import Calls
from policy.normalise import normalise
from policy.patterns import BadPattern, Patterns
from policy.scan import Scanner
from policy.views import explain, find_views
from policy.words import Ends, is_whole, make_words
from tests.property import strategies

CALLS_OF_RE2, CALLS_OF_RE = Calls(), Calls(is_compiled=False)
wordlists = st.lists(st.text("abc赌博é ", min_size=1, max_size=5), min_size=1, max_size=20)
haystacks = st.text("abc赌博é ", max_size=40)
pieces = st.lists(
    st.sampled_from(["a", "b", ".", r"\w", r"\s", "[ab]", "[^a]", "*", "+", "?", "{2,}", "(", ")", "|", "$", r"\b"]),
    max_size=8,
).map("".join)


@given(strategies.troublesome | strategies.anything)
def test_normaliser_never_crashes_and_leaves_nothing_invisible(text: str) -> None:
    normal = normalise(text).text
    normal.encode()  # no half characters are left
    assert not set(normal) & set("\u200b\u200d\u00ad\u202e\ufeff\x7f")


@given(strategies.troublesome, st.data())
def test_offsets_map_back(text: str, data: st.DataObject) -> None:
    normalised = normalise(text)
    start = data.draw(st.integers(0, len(normalised.text)))
    end = data.draw(st.integers(start, len(normalised.text)))
    ((opening, closing),) = normalised.spans([(start, end)])
    assert 0 <= opening <= closing <= len(text)
    assert normalised.text[start:end] in normalise(text[opening:closing]).text


@given(strategies.troublesome)
def test_whole_text_maps_to_all_that_is_visible(text: str) -> None:
    normalised = normalise(text)
    seen = [index for index, char in enumerate(text) if normalise(char).text]
    if seen:
        assert normalised.spans([(0, len(normalised.text))]) == [(seen[0], seen[-1] + 1)]


@given(strategies.troublesome)
def test_ways_of_writing_the_same_read_the_same(text: str) -> None:
    plain = "".join(char for char in text if normalise(char).text)
    assert normalise(plain).text == normalise(normalize("NFD", plain)).text == normalise(text).text


@pytest.mark.skipif(find_spec("ahocorasick_rs") is None, reason="ahocorasick_rs is not installed")
@given(wordlists, haystacks)
def test_stand_in_finds_the_same_words(words: list[str], text: str) -> None:
    found = sorted(make_words(words, is_compiled=False).find(text))
    assert found == sorted(make_words(words, is_compiled=True).find(text))
    for number, start, end in found:
        assert text[start:end] == words[number]
        is_whole(text, start, end)


@pytest.mark.skipif(find_spec("re2") is None, reason="google-re2 is not installed")
@given(pieces, st.text("ab .", max_size=20))
def test_stand_in_agrees_with_re2_on_what_it_takes(pattern: str, text: str) -> None:
    try:
        ours = Patterns([pattern], is_compiled=False)
        theirs = Patterns([pattern], is_compiled=True)
    except BadPattern:
        return
    assert [number for number, _ in ours.find(text)] == [number for number, _ in theirs.find(text)]


@example("[[")
@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_any_text_as_a_pattern_is_compiled_or_refused(pattern: str) -> None:
    for is_compiled in {False, find_spec("re2") is not None}:
        with suppress(BadPattern):
            list(Patterns([pattern], is_compiled=is_compiled).find("some text"))


@given(pieces)
def test_what_is_called_harmless_is_quick_on_hostile_text(pattern: str) -> None:
    """Counted, not timed: on the worst texts the search ends; a pattern that could hang would stop the run."""
    try:
        compiled = compile_harmless(pattern)
    except ValueError:
        return
    for hostile in ("a" * 400, "ab" * 200, "a" * 399 + "!", " a" * 200):
        compiled.search(hostile)


@given(strategies.troublesome | strategies.anything)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text).text
    assert normalise(once).text == once


@given(strategies.disguised | strategies.anything)
def test_every_reading_leads_back_to_the_normal_form(text: str) -> None:
    plain = normalise(text).text
    for view in find_views(plain, is_across=True):
        assert len(view.places) == len(view.text)
        assert all(0 <= place < len(plain) for place in view.places)
        assert list(view.places) == sorted(set(view.places))
    assert explain(text)[0] == ("as written", text)


@given(text=strategies.disguised | strategies.anything, whole=st.booleans(), across=st.booleans())
def test_scanner_never_crashes_and_points_into_the_text(text: str, *, whole: bool, across: bool) -> None:
    rule = Rule(name="any", words=("ab", "赌博", "casino"), whole_word=whole, across_punctuation=across)
    for start, end in Scanner([rule], {}).scan(text).values():
        assert 0 <= start < end <= len(text)


@pytest.mark.skipif(find_spec("re2") is None, reason="google-re2 is not installed")
@given(strategies.disguised | strategies.anything)
def test_calls_are_the_same_without_re2(text: str) -> None:
    plain = normalise(text).text
    assert CALLS_OF_RE2.find(plain) == CALLS_OF_RE.find(plain)


@pytest.mark.parametrize("hostile", ["\u0316" * 65_536, "a\u0338" * 32_768, "\ufdfa" * 65_536, "\ud800" * 65_536])
def test_hostile_texts_of_64_kb_are_read(hostile: str) -> None:
    """The time limit of the test run holds it to account."""
    Scanner([Rule(name="any", words=("casino",))], {}).scan(hostile)


@given(strategies.troublesome | strategies.anything, st.data())
def test_ends_of_words_are_the_same_by_both_ways(text: str, data: st.DataObject) -> None:
    plain = normalise(text + "a").text
    start = data.draw(st.integers(0, len(plain) - 1))
    end = data.draw(st.integers(start + 1, len(plain)))
    ends = Ends(plain)
    assert ends.is_whole(start, end) == is_whole(plain, start, end)
    assert not (ends.is_never_whole(plain[start:end]) and is_whole(plain, start, end))

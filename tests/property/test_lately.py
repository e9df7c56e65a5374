"""What is remembered of the recent past: never more than its bounds, never what is older, whatever comes."""

from hypothesis import given
from hypothesis import strategies as st

from component.recent import Recent
from config.settings import Duplicates, Flood, Limits, Rule, Seconds
from policy.asks import asks_of
from policy.facts import Kind
from policy.normalise import normalise
from policy.sketch import similarity, sketch
from policy.tally import Crowd, Tally
from tests.property.strategies import anything, disguised, troublesome
from tests.unit.component.asking import ask

steps = st.lists(st.tuples(st.floats(min_value=-5, max_value=30), st.integers(min_value=0, max_value=9)), max_size=200)
windows = st.floats(min_value=0.5, max_value=60)
names = st.sampled_from(("p:1", "p:2", "a:x@example"))
kinds = st.sampled_from((Kind.POST, Kind.PRIVATE, Kind.JOIN, Kind.NICK, Kind.SUBSCRIBE))
said = st.sampled_from(("", "ok", "You really have to see this wonderful garden", "Cheap watches for you only today"))


@given(steps, windows)
def test_a_tally_counts_nothing_older_and_misses_little_that_is_newer(
    moves: list[tuple[float, int]], within_s: float
) -> None:
    tally, now = Tally(), 1000.0
    log: list[tuple[float, int]] = []
    for move, amount in moves:
        now += max(0.0, move)
        log.append((now, amount))
        tally = tally.add(now, amount, within_s)
        assert tally.total <= sum(each for at, each in log if at > now - within_s)
        assert tally.total >= sum(each for at, each in log if at > now - within_s * 63 / 64 + 1e-6)
        assert tally.total == sum(each for _, each in tally.marks)


@given(steps, windows)
def test_a_tally_stays_small_whatever_the_clock_does(moves: list[tuple[float, int]], within_s: float) -> None:
    tally, now = Tally(), 1000.0
    for move, amount in moves:
        now += move / 100
        tally = tally.add(now, amount, within_s)
        assert len(tally.marks) <= 66
        assert all(now - within_s < at <= now for at, _ in tally.marks)


@given(st.lists(st.tuples(st.floats(min_value=-5, max_value=30), names), max_size=60), windows, st.integers(1, 3))
def test_a_crowd_is_of_different_people_within_the_window(
    moves: list[tuple[float, str]], within_s: float, most: int
) -> None:
    crowd, now = Crowd(), 1000.0
    for move, name in moves:
        now += move
        crowd = crowd.add(now, name, within_s, most)
        assert len(crowd.seen) == len({each for _, each in crowd.seen}) <= most
        assert all(now - within_s < at <= now for at, _ in crowd.seen)


@given(troublesome | disguised | anything, troublesome | anything)
def test_any_text_has_a_sketch_and_is_most_like_itself(one: str, other: str) -> None:
    ours, theirs = sketch(normalise(one).text), sketch(normalise(other).text)
    assert similarity(ours, ours.pack()) == 1
    assert 0 <= similarity(ours, theirs.pack()) == similarity(theirs, ours.pack()) <= 1
    assert ours.letters >= 0
    assert len(ours.parts) <= 128
    assert len(ours.keys) <= 6


@given(st.lists(st.tuples(names, kinds, said, st.booleans()), max_size=60), st.permutations(range(4)))
def test_neither_the_order_of_rules_nor_asking_twice_matters(
    deeds: list[tuple[str, Kind, str, bool]], order: list[int]
) -> None:
    rules = [
        Rule(name="a", flood=Flood(messages=3, within=Seconds(20))),
        Rule(name="b", flood=Flood(joins=1, chars=100)),
        Rule(name="c", duplicates=Duplicates(copies=2)),
        Rule(name="d", duplicates=Duplicates(by="anybody", copies=3, within=Seconds(15))),
    ]
    one, other = asks_of(rules), asks_of([rules[place] for place in order])
    assert one is not None
    assert other is not None
    first, second = Recent(Limits()), Recent(Limits())
    for now, (name, kind, text, is_asked_again) in enumerate(deeds):
        question = ask(text, kind)
        found = first.note(one, question, name, now)
        assert second.note(other, question, name, now) == found
        if is_asked_again:
            assert second.note(other, question, name, now + 5) == found


def test_a_thousand_accounts_do_not_make_the_memory_grow_past_its_bounds() -> None:
    limits = Limits(cached_persons=100, cached_rooms=100, remembered_texts=200)
    asks = asks_of(
        [
            Rule(name="a", flood=Flood(messages=3, chars=5000, joins=200, within=Seconds(86400))),
            Rule(name="b", duplicates=Duplicates(by="anybody", copies=100, within=Seconds(86400))),
        ]
    )
    assert asks is not None
    recent = Recent(limits)
    for number in range(12_000):
        kind = Kind.JOIN if number % 3 == 0 else Kind.POST
        begin = "".join(chr(97 + number // 26**place % 26) for place in range(40))
        text = f"{begin} word{chr(97 + number % 26)} again"
        question = ask(text, kind, account=f"a{number % 1000}@example", room=f"r{number % 1700}@muc")
        recent.note(asks, question, f"a:a{number % 1000}@example", number * 0.01)
    assert sizes(recent) == {"_tallies": 200, "_crowds": 100, "_answered": 10_000, "_sent": 100, "_book": 200}


def sizes(recent: Recent) -> dict[str, int]:
    """How many entries each part of the memory has."""
    parts = vars(recent)
    several = ("_tallies", "_crowds")
    caches = {name: sum(len(vars(cache)["_entries"]) for cache in parts[name].values()) for name in several}
    single = {name: len(vars(parts[name])["_entries"]) for name in ("_answered", "_sent")}
    return {**caches, **single, "_book": len(parts["_book"])}

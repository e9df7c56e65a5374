"""What texts cost that are made to be costly: 10,000 characters each, in milliseconds of processor time."""

import random
import statistics
import time
from bisect import bisect
from collections.abc import Callable, Sequence
from functools import partial
from itertools import permutations, product

from component.names import Names
from config.settings import Links, Rule
from policy.bounds import check_patterns, find_costly
from policy.errors import BadRule
from policy.facts import Account, Facts, Kind, Surface, Text
from policy.matchers import links
from policy.matchers.view import View
from policy.scan import Scanner

LONG = 10_000
LETTERS = "abcdefghijklmno"
GAPS = {
    "1.{0,7}": "ad",
    "11221122.{0,20}": ("aabbaabb", "b", "aab", "d"),
    "[12].{0,3}": LETTERS,
    "(?:1|2).{0,9}": "abde",
    r"12\w+": LETTERS * 3 + " ",
    "[12].*": LETTERS * 6 + "\n",
    "12.?.?.?": LETTERS * 3 + " ",
}
"""Forms of patterns, 1 and 2 being letters, and what texts are made of that are full of their beginnings."""

HOSTILE = (
    "c4 fr3 ", "a.b.c.", "赌*博.a", "aaabbb", "саs1 ", "é\u0338á\u0338", "f🎰r🎰", "a\u0338", "赌 博 ", "\ufdfa㌀",
    "㌔", "賭",
    "\U0001f201", "\u0130", "\u01c6", "ｶﾞ½", "\u0435\u0301", "\u2474\U0001f201é\uff9e", "c a s i n o sooo ca*si*no c4 ",
    "a", "\u0316", "a\u200b", "Cassino sooo c4 ", "casino", "ｃ4ѕі𝐧0 ", "1l|!i", "\ud800x", "ﬁ", "क्‍",
)  # fmt: skip


def hostile_ms(scan: Callable[[str], object], patterns: Sequence[str], chance: random.Random) -> dict[str, float]:
    """Return what each kind of text costs, by what it is made of; `scan` knows the patterns."""
    found = {piece: turned_ms(scan, (piece * LONG)[:LONG]) for piece in HOSTILE}
    found |= {"beginnings of patterns": beginnings_ms(scan, patterns, chance)} | narrow_sets_ms() | gaps_ms(chance)
    return found | links_ms(chance) | {"mentions": mentions_ms(chance)}


def turned_ms(judge: Callable[[str], object], text: str) -> float:
    """Return what a text made to be costly costs, each time turned a little: the median, in processor time."""
    spent = []
    for turn in range(15):
        turned = text[turn:] + text[:turn]
        begin = time.thread_time_ns()
        judge(turned)
        spent.append(time.thread_time_ns() - begin)
    return statistics.median(spent) / 1e6


def beginnings_ms(judge: Callable[[str], object], patterns: Sequence[str], chance: random.Random) -> float:
    """Return what texts cost that many patterns might begin to match everywhere, each text new to their automaton."""
    words = [pattern.partition(".{")[0] for pattern in patterns if ".{" in pattern]
    return fresh_ms(judge, lambda: "".join(chance.choices(words, k=LONG)))


def narrow_sets_ms() -> dict[str, float]:
    """Return what sets cost that lint lets pass and that are made to be found everywhere."""
    letters = tuple(map(chr, range(97, 123)))
    nested = Scanner([Rule(name="nested", words=tuple("a" * length for length in range(1, 9)))], {})
    shared = Scanner([Rule(name=f"rule-{number}", words=letters) for number in range(200)], {})
    single = Scanner([Rule(name=f"rule-{number}", patterns=(f"z{{{number % 5 + 1}}}$",)) for number in range(500)], {})
    return {
        "nested words": turned_ms(nested.scan, ("a" * 200 + "b") * 49),
        "words of 200 rules": turned_ms(shared.scan, "ax" * (LONG // 2)),
        "patterns of 500 rules": turned_ms(single.scan, "a" * (LONG - 10) + "z" * 10),
    }


def gaps_ms(chance: random.Random) -> dict[str, float]:
    """Return what patterns with gaps cost, of each kind as many as lint accepts, on texts full of their beginnings."""
    ends = tuple(map("".join, product("pqrstuv", repeat=3)))
    pairs = tuple(permutations(LETTERS, 2))
    found = {}
    for form, pieces in GAPS.items():
        patterns = tuple(
            form.replace("1", one).replace("2", two) + end for (one, two), end in zip(pairs, ends, strict=False)
        )
        count = most_accepted(patterns)
        scan = Scanner([Rule(name="gaps", patterns=patterns[:count])], {}).scan
        needed = " ".join(ends[:count]) + "\n"
        found[f"{count} patterns such as {form}"] = fresh_ms(scan, partial(full_of, needed, pieces, chance))
    return found


def full_of(needed: str, pieces: Sequence[str], chance: random.Random) -> str:
    """Return what the patterns need, and then their beginnings."""
    return needed + "".join(chance.choices(pieces, k=LONG))


def most_accepted(patterns: tuple[str, ...]) -> int:
    """Return how many of these lint accepts together."""
    return bisect(range(1, len(patterns) + 1), 0, key=lambda count: not is_accepted(patterns[:count]))


def is_accepted(patterns: tuple[str, ...]) -> bool:
    """Return whether lint has nothing against them."""
    rules = [Rule(name="x", patterns=patterns)]
    try:
        check_patterns(rules)
    except BadRule:
        return False
    return not any(find_costly(rules))


def links_ms(chance: random.Random) -> dict[str, float]:
    """Return what texts of nothing but hosts cost, each text and each host new."""
    matcher = links.make(Links(punycode=True, domains=("example.net",)), {})
    account = Account(jid="anna@example.org")
    facts = Facts(at=0, kind=Kind.POST, account=account, person=None, room_jid="hall@rooms.example")

    def judge(text: str) -> object:
        return matcher(View(facts, ((Text(surface=Surface.BODY, value=text), {}),)))

    def make(before: str, letters: str, count: int, after: str) -> str:
        return " ".join(before + "".join(chance.choices(letters, k=count)) + after for _ in range(LONG // 4))

    return {
        "links, encoded": fresh_ms(judge, lambda: make("xn--", "abcdefghij0123456789", 5, ".to")),
        "links, in letters": fresh_ms(judge, lambda: make("", "дщжéüſ", 3, ".рф")),
    }


def mentions_ms(chance: random.Random) -> float:
    """Return what a text made of nicknames costs in a room full of those."""
    names = Names()
    for _ in range(1_000):
        names.enter("ab" * 10 + "".join(chance.choices("ab", k=chance.randint(1, 40))))
    return fresh_ms(names.find, lambda: "ab" * LONG)


def fresh_ms(judge: Callable[[str], object], make: Callable[[], str]) -> float:
    """Return what texts cost that are made anew each time: the median, in processor time."""
    spent = []
    for _ in range(15):
        text = make()[:LONG]
        begin = time.thread_time_ns()
        judge(text)
        spent.append(time.thread_time_ns() - begin)
    return statistics.median(spent) / 1e6

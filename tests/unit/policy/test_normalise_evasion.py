"""Ways of writing a listed word so that it is not recognised, in several scripts; and writing that only looks so."""

from importlib.util import find_spec

import pytest

from config.settings import Rule
from policy.evidence import is_disguised
from policy.marks import Calls
from policy.scan import Scanner
from policy.views import explain, find_views

OPENCC = pytest.mark.skipif(find_spec("opencc") is None, reason="opencc is not installed")
WORDS = (
    "casino", "free", "free money", "viagra", "porn", "sex", "loan", "bitcoin", "credit",
    "赌博", "博彩", "加微信", "казино", "кредит", "카지노", "도박", "καζίνο", "カジノ",
)  # fmt: skip
BY_DEFAULT = Scanner([Rule(name="spam", words=WORDS)], {})
INSIDE_WORDS = Scanner([Rule(name="spam", words=WORDS, whole_word=False)], {})
ACROSS = Scanner([Rule(name="spam", words=WORDS, across_punctuation=True)], {})


def found(text: str, by: Scanner = BY_DEFAULT) -> str | None:
    """What was written where a listed word was found."""
    hits = by.scan(text)
    return text[slice(*hits[0])] if hits else None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("casino", id="plain"),
        pytest.param("CaSiNo", id="case"),
        pytest.param("ＣＡＳＩＮＯ", id="full width"),
        pytest.param("𝕔𝕒𝕤𝕚𝕟𝕠", id="mathematical letters"),
        pytest.param("ⓒⓐⓢⓘⓝⓞ", id="letters in circles"),
        pytest.param("🅒🅐🅢🅘🅝🅞", id="letters in black circles"),
        pytest.param("🅲🅰🆂🅸🅽🅾", id="letters in black squares"),
        pytest.param("🇨🇦🇸🇮🇳🇴", id="flags"),
        pytest.param("ᴄᴀsɪɴᴏ", id="small capitals"),
        pytest.param("c\u200ba\u200bs\u200bi\u200bn\u200bo", id="zero width spaces"),
        pytest.param("c\u200da\u2060s\ufeffi\u00adn\u034fo", id="joiners and soft hyphens"),
        pytest.param("\u202ec\u202ca\u2066s\u2069ino", id="bidi controls"),
        pytest.param("c\ufe0fa\ufe0fsino", id="variation selectors"),
        pytest.param("c\U000e0061asino", id="tags"),
        pytest.param("c̶a̶s̶i̶n̶o̶", id="struck through"),
        pytest.param("c̴̷͚͈a̶̵s̷i̵n̶̴o̸", id="stacked marks"),
        pytest.param("cásïnö", id="accents"),
        pytest.param("саsino", id="Cyrillic letters"),
        pytest.param("СASINО", id="Cyrillic capitals"),
        pytest.param("cαsinο", id="Greek letters"),
        pytest.param("cаsіnо", id="every vowel Cyrillic"),
        pytest.param("cаsinо", id="first and last"),
        pytest.param("casιno", id="Greek iota"),
        pytest.param("cɑsino", id="script a"),
        pytest.param("c4sino", id="digit"),
        pytest.param("c4s1n0", id="digits"),
        pytest.param("c@$ino", id="signs"),
        pytest.param("ca$1n0", id="signs and digits"),
        pytest.param("cas!no", id="exclamation mark"),
        pytest.param("с4s1nо", id="digits and Cyrillic letters"),
        pytest.param("c.a.s.i.n.o", id="stops"),
        pytest.param("c-a-s-i-n-o", id="hyphens"),
        pytest.param("c_a_s_i_n_o", id="underscores"),
        pytest.param("c*a*s*i*n*o", id="stars"),
        pytest.param("c a s i n o", id="spaces"),
        pytest.param("c   a   s   i   n   o", id="wide spaces"),
        pytest.param("c. a. s. i. n. o.", id="stops and spaces"),
        pytest.param("c🎰a🎰s🎰i🎰n🎰o", id="emoji"),
        pytest.param("c🎰a🎲s🃏i♠️n♥️o", id="several emoji"),
        pytest.param("c\na\ns\ni\nn\no", id="lines"),
        pytest.param("c 4 5 1 n 0", id="digits apart"),
        pytest.param("с.а.s.i.n.о", id="Cyrillic letters apart"),
        pytest.param("c a s i n o b o n u s", id="with more letters apart"),
        pytest.param("ca*si*no", id="marks of style"),
        pytest.param("*ca*_si_~no~", id="marks of style at the ends, too"),
        pytest.param("ca`sin`o", id="back ticks"),
        pytest.param("ca🎰sino", id="one emoji"),
        pytest.param("cas|ino", id="a line"),
        pytest.param("cas·ino", id="a dot in the middle"),
        pytest.param("ca**s1**no", id="marks of style and a digit"),
        pytest.param("са*sino", id="marks of style and Cyrillic letters"),
        pytest.param("ca⠀s⠀i⠀n⠀o".replace("ca", "c⠀a"), id="Braille's spaces"),
        pytest.param("casinooooo", id="last letter again and again"),
        pytest.param("cccasino", id="first letter again and again"),
        pytest.param("caaasiiinooo", id="letters again and again"),
        pytest.param("ccaassiinnoo", id="every letter twice"),
    ],
)
@pytest.mark.parametrize("around", ["{}", "Play at the {} today", "来{}玩吧", "({})!"])
def test_disguised_word_is_found(text: str, around: str) -> None:
    assert found(around.format(text)) is not None


@pytest.mark.parametrize(
    ("text", "original"),
    [
        ("get f r e e stuff", "f r e e"),
        ("get F.R.E.E now", "F.R.E.E"),
        ("f r e e   m o n e y", None),
        ("free    money", "free"),
        ("f*re*e", "f*re*e"),
        ("fr33 m0n3y", "fr33"),
        ("freeee stuff", "eee"),
        ("v1@gr@", "v1@gr@"),
        ("vlagra or v|agra", "v|agra"),
        ("p0rn", "p0rn"),
        ("s3x", "s3x"),
        ("1oan now", "1oan"),
        ("b1tc0in", "b1tc0in"),
        pytest.param("去賭博吧", "賭博", marks=OPENCC),
        ("去赌*博吧", "赌*博"),
        pytest.param("去賭·博吧", "賭·博", marks=OPENCC),
        ("赌🎰博", "赌🎰博"),
        ("真人赌 博", "赌 博"),
        ("在 线 赌 博", "赌 博"),
        ("赌.博", "赌.博"),
        ("赌_博", "赌_博"),
        ("赌\u200b博", "赌\u200b博"),
        ("赌|||博", "赌|||博"),
        ("去赌\u0336博\u0336吧", "赌\u0336博\u0336"),
        ("去赌\u20dd博吧", "赌\u20dd博"),
        ("ka\u0336지노, 카\u0336지노\u0336", "카\u0336지노\u0336"),
        ("c\u05b0a\u05b0s\u05b0ino", "c\u05b0a\u05b0s\u05b0ino"),
        ("c\u064ba\u0651sino", "c\u064ba\u0651sino"),
        ("c\u0e34a\u0e48sino", "c\u0e34a\u0e48sino"),
        ("c\u0901a\u094dsino", "c\u0901a\u094dsino"),
        ("赌\u064b博", "赌\u064b博"),
        (("\u0336\u0489\u20dd" * 150).join("casino"), None),
        ("カ\u0336シ\u3099ノ", "カ\u0336シ\u3099ノ"),
        ("加+微+信", "加+微+信"),
        ("加 微 信", "加 微 信"),
        ("казинo", "казинo"),
        ("KАЗИНO", "KАЗИНO"),
        ("ка3ино", "ка3ино"),
        ("к а з и н о", "к а з и н о"),
        ("к.а.з.и.н.о", "к.а.з.и.н.о"),
        ("казинооо", "казинооо"),
        ("кpeдит", "кpeдит"),
        ("카 지 노", "카 지 노"),
        ("카.지.노", "카.지.노"),
        ("카🎰지🎰노", "카🎰지🎰노"),
        ("도-박", "도-박"),
        ("カ*ジ*ノ", "カ*ジ*ノ"),
        ("ｶｼﾞﾉ", "ｶｼﾞﾉ"),
        ("Κ Α Ζ Ί Ν Ο", "Κ Α Ζ Ί Ν Ο"),
        ("kαζίνο", "kαζίνο"),
    ],
)
def test_evidence_is_what_was_written(text: str, original: str | None) -> None:
    shown = found(text)
    assert shown is not None
    assert original is None or shown.endswith(original)


@pytest.mark.parametrize(
    "text",
    [
        "casinos everywhere",
        "Monte Cassino is sooo nice",
        "ecasino2",
        "Essex, Sussex and Middlesex",
        "A55, M25, i5, mp3, covid19, B2B, 4x4, 10t",
        "10 an hour for an 8 hour day",
        "freedom is not freely given",
        "e.g. an U.S.A. citizen, J. R. R. Tolkien, a.m. and p.m.",
        "options a, b, c and d; 1 2 3 4",
        "Ai no corrida, x y z",
        "Tôi bị loạn thần kinh",
        "crédit agricole, s'il vous plaît",
        "sıkıntı yok, görüşürüz",
        "我们打赌，博客明天更新",
        "我们打赌。博客明天更新",
        "我们打赌！博客明天更新",
        "我们打赌 博客明天更新了",
        "我们打赌😂博客明天更新了",
        "我们打赌\n博客明天更新了",
        "我们打赌～博客明天更新了",
        "增加微型信号",
        "Сех закрыли, а сеx нет".replace("x", "х"),
        "сор, рот, ухо, хор, сосна и роса",
        "مى‌خواهم بروم",
        "किताब कहाँ है, क्‍या हुआ",
        "👩‍👩‍👧‍👦 🏳️‍🌈 🇩🇪🇫🇷 👍🏽",
        "그 집 앞 큰 길",
        "im in my thirties and sexton is my name",
        "s e x t o n",
        "aaaaaargh, hmmmm, yesss, coool, 哈哈哈哈",
        "committee bookkeeper addressee",
        "the variables s_ex_id, is_freed and fr_ee2",
        "yes|no, this+that, up=down, a~b, col·legi, 5*6*7",
        "thanks😂fr for lunch? ok👍no, f😂r😂e",
        "*fre* and _mo_ are no words, nor is lo*a",
        "reply to alice@example.org or bob_1@example.net",
        "https://example.org/a1b2c3/?q=4&r=5",
        "$100 or 50€ or £20, 3+4=7, C++, a|b, !important",
    ],
)
def test_ordinary_writing_is_left_alone(text: str) -> None:
    assert found(text) is None


PHRASES = Scanner([Rule(name="spam", words=("cheap  watches", "免费 领取"))], {})


@pytest.mark.parametrize(
    "between",
    [" ", "  ", "\n", "\r\n", "\n\n\n", " \n ", "\t", "\u00a0", "\u00a0 ", "\u3000", "\u2028", "\u00ad \u200b "],
)
def test_a_phrase_is_one_over_any_white_space(between: str) -> None:
    text = f"Buy cheap{between}watches here"
    assert found(text, PHRASES) == f"cheap{between}watches"
    assert found(f"免费{between}领取", PHRASES) == f"免费{between}领取"
    assert found(f"Buy ch3ap{between}w4tches here", PHRASES) == f"ch3ap{between}w4tches"


def test_a_phrase_needs_its_white_space_and_its_ends() -> None:
    assert found("cheapwatches", PHRASES) is None
    assert found("cheap, watches", PHRASES) is None
    assert found("a cheap\nwatchesmith", PHRASES) is None


def test_word_inside_a_longer_one_is_found_where_the_rule_says_so() -> None:
    assert found("superc4s1n0bonus", INSIDE_WORDS) == "c4s1n0"
    assert found("superc4s1n0bonus") is None
    assert found("supercasinobonus casino", INSIDE_WORDS) == "casino"
    assert INSIDE_WORDS.scan("supercasinobonus casino") == {0: (5, 11)}


def test_ideographs_over_a_clause_mark_are_found_where_the_rule_says_so() -> None:
    assert found("我们打赌，博客", ACROSS) == "赌，博"
    assert found("我们打赌 博客", ACROSS) == "赌 博"
    both = Scanner([Rule(name="a", words=("赌博",)), Rule(name="b", words=("赌博",), across_punctuation=True)], {})
    assert list(both.scan("打赌，博客")) == [1]


def test_words_are_explained_step_by_step() -> None:
    assert explain("C.4.s.1.n.0") == [
        ("as written", "C.4.s.1.n.0"),
        ("normal form", "c.4.s.1.n.0"),
        ("look-alikes", "c.a.s.i.n.o"),
        ("look-alikes (1 as l)", "c.a.s.l.n.o"),
        ("signs between letters", "c4s1n0"),
        ("look-alikes", "casino"),
        ("look-alikes (1 as l)", "caslno"),
    ]
    assert explain("hello there") == [("as written", "hello there"), ("normal form", "hello there")]


def test_closer_looks_at_one_word_are_numbered() -> None:
    innocent = "Monte Cassino is sooo nice. " * 40
    assert found(innocent) is None
    assert found("c4sino " + innocent) == "c4sino"


def test_closer_looks_at_all_words_are_numbered() -> None:
    many = Scanner([Rule(name="spam", words=tuple(f"{chr(97 + n // 26)}{chr(97 + n % 26)}o" for n in range(500)))], {})
    assert many.scan(" ".join(f"x{chr(97 + n // 26)}{chr(97 + n % 26)}0x" for n in range(500))) == {}


def test_a_long_text_is_read_in_other_ways_only_so_far() -> None:
    dense = "fr33 w.0.r.d.1 соde sooo 赌*博 "
    read = [sum(len(view.text) for view in find_views(dense * times)) for times in (1, 30, 400, 4_000)]
    assert read == sorted(read)
    assert max(read) < 30_000


@pytest.mark.parametrize("start", [0, 400, 500, 505, 508, 511, 512, 590, 605, 611, 5_000, 9_980])
@pytest.mark.parametrize("written", ["c a s i n o", "c4s1n0", "саsinо", "cаsino", "ca*si*no", "赌 博"])
def test_a_long_text_hides_no_word_by_what_stands_elsewhere_in_it(start: int, written: str) -> None:
    text = "sooo many w0rds, a b c, " * 20 + "and on and on it goes, " * 420
    assert found(text) is None
    assert found(f"{text[:start].rsplit(' ', 1)[0]} {written} {text[start:].split(' ', 1)[-1]}") == written


def test_edges_of_parts_of_a_long_text_are_no_ends_of_words() -> None:
    for start in range(495, 520):
        text = "y" * start + "c4sino" + "y" * 600
        assert found(text) is None
        assert found(text, INSIDE_WORDS) == "c4sino"


@pytest.mark.skipif(find_spec("re2") is None, reason="google-re2 is not installed")
@pytest.mark.parametrize("is_compiled", [True, False])
def test_nothing_calls_for_a_second_look_at_plain_writing(*, is_compiled: bool) -> None:
    assert not Calls(is_compiled=is_compiled).find("good morning, how are you?")


def test_mere_latin_letters_are_no_disguise_of_another_script() -> None:
    views = find_views("cop a3б")
    shown = [(view, view.text.index("сор")) for view in views if "сор" in view.text]
    assert shown
    assert not any(is_disguised("cop a3б", view, start, start + 3) for view, start in shown)


@pytest.mark.parametrize(
    ("word", "text"),
    [("ass", "the A55 to Chester"), ("cope", "хсоре"), ("pope", "ароре")],
)
def test_chance_likeness_inside_a_word_is_no_disguise(word: str, text: str) -> None:
    assert Scanner([Rule(name="spam", words=(word,), whole_word=False)], {}).scan(text) == {}


@pytest.mark.parametrize("text", ["ax" * 5000, "xa" * 5000, "4ab" * 3000])
def test_text_made_of_parts_of_listed_words_has_no_match(text: str) -> None:
    assert Scanner([Rule(name="spam", words=("a", "aab"))], {}).scan(text) == {}


def test_word_is_found_behind_many_that_only_contain_it() -> None:
    text = "afree " * 500 + "free free"
    assert BY_DEFAULT.scan(text) == {0: (3000, 3004)}
    assert found("casino casino") == "casino"


@pytest.mark.parametrize(
    ("word", "text", "is_found"),
    [("cope", "you соре", True), ("boot", "a воот", False), ("macko", "маско here", True), ("sex", "ѕех", False)],
)
def test_word_wholly_of_look_alikes_must_be_long_enough(word: str, text: str, *, is_found: bool) -> None:
    assert bool(Scanner([Rule(name="spam", words=(word,))], {}).scan(text)) is is_found

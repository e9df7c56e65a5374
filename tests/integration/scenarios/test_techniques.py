"""Ways of writing a listed word so that it is not recognised, on a real server; and ordinary writing that looks so."""

from collections.abc import AsyncIterator
from xml.sax.saxutils import escape

import pytest
import pytest_asyncio

from tests.integration.scenarios.meeting import Meeting, open_meeting
from tests.integration.scenarios.site import UNHURRIED, Site

pytestmark = pytest.mark.asyncio(loop_scope="module")

CONFIG = (
    """
[[rules]]
name = "no-gambling"
words = ["casino", "free money", "赌博", "казино", "カジノ", "카지노"]
strike = false

[[rules]]
name = "no-bad-sites"
links = { domains = ["example.com", "сайт.рф"], shorteners = true }
strike = false

[[rules]]
name = "no-odd-names"
links = { punycode = true, allow = ["münchen.de"] }
strike = false

[[rules]]
name = "no-odd-letters"
mixed_script = true
strike = false
"""
    + UNHURRIED
)

TECHNIQUES = {
    "plain": ("casino", "cassino, occasion"),
    "case": ("CaSiNo", "CaSe"),
    "zero-width spaces": ("ca\u200bsi\u200bno", "ca\u200bse"),
    "joiners": ("c\u200da\u2060s\ufeffino", "می‌خواهم بروم"),
    "soft hyphens": ("ca\u00adsino", "Kasi\u00adnaden"),
    "bidi controls": ("\u202eca\u202csino", "\u2067שלום\u2069 to all"),
    "variation selectors": ("ca\ufe0fsino", "❤️ and ☀️"),
    "invisible tags": ("ca\U000e0061sino", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"),
    "stacked marks": ("c̴̷͚a̶̵s̷i̵n̶̴o̸", "Tiếng Việt đẹp lắm"),
    "struck through": ("c̶a̶s̶i̶n̶o̶", "b̶a̶d̶ good"),
    "accents": ("cásïnö", "cañón"),
    "full width": ("ｃａｓｉｎｏ", "ｃａｓｅ"),
    "mathematical letters": ("𝓬𝓪𝓼𝓲𝓷𝓸", "𝓬𝓪𝓼𝓮"),
    "letters in circles": ("ⓒⓐⓢⓘⓝⓞ", "① and ⓐ"),
    "small capitals": ("ᴄᴀsɪɴᴏ", "ᴄᴀsᴇ"),
    "flags": ("🇨🇦🇸🇮🇳🇴", "🇨🇦 beats 🇸🇪"),
    "Cyrillic look-alikes": ("саsinо", "сало и сосна"),
    "Latin look-alikes in Cyrillic": ("кaзинo", "каша и зима"),
    "Greek look-alikes": ("cαsinο", "λ-calculus and α"),
    "digits": ("c4s1n0", "c4 and B2B at 10am"),
    "signs": ("c@$ino", "mail c@example.org, $5"),
    "stops between letters": ("c.a.s.i.n.o", "e.g. the U.S.A."),
    "spaces between letters": ("c a s i n o", "a b c d e f"),
    "lines between letters": ("c\na\ns\ni\nn\no", "a\nb\nc"),
    "emoji between letters": ("c🎰a🎰s🎰i🎰n🎰o", "a🎉b🎉c"),
    "an emoji within": ("cas🎰ino", "case🎰in"),
    "marks of style within": ("ca*si*no", "re*al*ly snake_case_name"),
    "letters again and again": ("casinoooo", "soooo nice"),
    "letters doubled": ("ccaassiinnoo", "bookkeeper, committee"),
    "a phrase over two lines": ("it is free\nmoney", "it is free.\nMoney is not"),
    "a phrase over odd spaces": ("free\u00a0\u3000money", "free  of  money"),
    "traditional ideographs": ("去賭博吧", "去圖書館吧"),
    "signs between ideographs": ("赌*博", "我打赌，博物馆明天开门"),
    "spaces between ideographs": ("赌 博", "我们打赌 博客明天更新了"),
    "struck-through ideographs": ("赌\u0336博\u0336", "书\u0336 is struck through"),
    "emoji between ideographs": ("赌🎰博", "打赌😂博客更新了"),
    "half-width kana": ("ｶｼﾞﾉ", "ｶｼﾞ"),
    "apart in Hangul": ("카.지.노", "카페 지금 노래"),
    "conjoining Hangul": ("\u110f\u1161\u110c\u1175\u1102\u1169", "\u1112\u1161\u11ab국"),
}
SITES = {
    "a plain address": ("see https://example.com/x", "see https://example.org/x"),
    "below it": ("www.example.com", "www.notexample.com"),
    "with a port and a name before it": ("http://example.org@example.com:80/", "http://anna@example.org:80/"),
    "with invisible characters": ("https://ex\u200bample.co\u00adm/", "https://ne\u00adws.example/"),
    "in full width": ("https://ｅｘａｍｐｌｅ．ｃｏｍ/", "https://ｅｘａｍｐｌｅ．ｏｒｇ/"),
    "with an ideographic stop": ("https://example。com/", "example。org 不是网站吗"),
    "in capitals": ("HTTPS://EXAMPLE.COM", "EXAMPLE, COME"),
    "not quite a scheme": ("hxxps://example.com", "hxxps://example.org"),
    "in its own letters": ("сайт.рф", "сайт работает"),
    "in punycode": ("https://xn--80aswg.xn--p1ai/", "https://xn--mnchen-3ya.de/"),
    "a shortener": ("https://bit.ly/abc", "a bit.lying down"),
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def meeting(shared_site: Site) -> AsyncIterator[Meeting]:
    """One room for all cases."""
    opened = await open_meeting(shared_site)
    yield opened
    await shared_site.dismiss()


@pytest.mark.parametrize("technique", TECHNIQUES)
async def test_a_disguised_word_reaches_nobody(meeting: Meeting, technique: str) -> None:
    disguised, innocent = TECHNIQUES[technique]
    await meeting.is_refused(body(f"Play {disguised} now"), "no-")
    await meeting.is_refused(body(disguised), "no-", is_private=True)
    await meeting.is_heard(body(innocent))


@pytest.mark.parametrize("technique", SITES)
async def test_a_disguised_link_reaches_nobody(meeting: Meeting, technique: str) -> None:
    disguised, innocent = SITES[technique]
    await meeting.is_refused(body(f"Play at {disguised} now"), "no-bad-sites")
    await meeting.is_heard(body(innocent))


async def test_names_with_letters_of_their_own_are_refused_where_a_rule_says_so(meeting: Meeting) -> None:
    await meeting.is_refused(body("https://xn--e1awd7f.com/"), "no-odd-names")
    await meeting.is_refused(body("müller.com"), "no-odd-names")
    await meeting.is_heard(body("https://www.münchen.de/"))


async def test_letters_of_two_scripts_in_a_word_are_refused_where_a_rule_says_so(meeting: Meeting) -> None:
    await meeting.is_refused(body("pаypal"), "no-odd-letters")
    await meeting.is_heard(body("USB-порт и Wi-Fi"))


def body(text: str) -> str:
    return f"<body>{escape(text)}</body>"

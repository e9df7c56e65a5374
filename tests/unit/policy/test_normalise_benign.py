"""Everyday writing in many languages, held against what spam is made of, at full strength: nothing may match."""

from collections import Counter
from pathlib import Path

import pytest

from config.settings import Rule
from policy.scan import Scanner

CORPUS = Path(__file__).parents[2] / "corpus" / "benign.txt"
GAMBLING = (
    "casino", "casinos", "poker", "bet", "bets", "betting", "jackpot", "slots", "slot machine", "roulette",
    "bookmaker", "free spins", "bonus", "gamble", "gambling", "lottery", "赌博", "博彩", "赌场", "网赌", "下注",
    "投注", "彩票", "六合彩", "时时彩", "百家乐", "老虎机", "真人荷官", "棋牌", "德州扑克", "返水", "首存",
    "充值送", "казино", "ставки", "카지노", "도박", "カジノ",
)  # fmt: skip
SCAM = (
    "bitcoin", "crypto", "investment", "loan", "loans", "credit", "free money", "earn money", "work from home",
    "profit", "gift card", "western union", "wire transfer", "winner", "click here", "password",
    "verify your account", "telegram", "whatsapp", "airdrop", "double your", "cash", "cheap", "buy now",
    "discount", "offer", "加微信", "加我微信", "刷单", "兼职", "日赚", "贷款", "无抵押", "办证", "代开发票",
    "套现", "信用卡", "投资理财", "稳赚", "高额回报", "免费领取", "点击链接", "扫码", "客服", "代理", "返利",
    "кредит", "заработок",
)  # fmt: skip
SEXUAL = (
    "sex", "sexy", "porn", "porno", "xxx", "nude", "nudes", "escort", "viagra", "cialis", "milf", "hot girls",
    "camgirl", "onlyfans", "hookup", "dating", "裸聊", "约炮", "援交", "色情", "成人电影", "黄片", "一夜情",
    "上门服务", "包夜",
)  # fmt: skip
RULES = [Rule(name=name, words=words) for name, words in (("gambling", GAMBLING), ("scam", SCAM), ("sexual", SEXUAL))]
STRONGEST = Scanner(RULES, {})
ACROSS = Scanner([Rule(name="gambling", words=GAMBLING, across_punctuation=True)], {})


def lines() -> dict[str, list[str]]:
    """The lines by language."""
    found: dict[str, list[str]] = {}
    section: list[str] = []
    for line in CORPUS.read_text("utf-8").splitlines():
        if line.startswith("# "):
            section = found.setdefault(line[2:], [])
        elif line:
            section.append(line)
    return found


def test_corpus_is_large_and_without_doubles() -> None:
    by_language = lines()
    every = [line for section in by_language.values() for line in section]
    assert len(every) >= 1000
    assert len(by_language) >= 20
    assert min(map(len, by_language.values())) >= 40
    assert [line for line, count in Counter(every).items() if count > 1] == []


@pytest.mark.parametrize("language", lines())
def test_ordinary_writing_has_no_match(language: str) -> None:
    for line in lines()[language]:
        hits = STRONGEST.scan(line)
        assert not hits, (line, [line[slice(*span)] for span in hits.values()])


def test_a_match_would_be_seen() -> None:
    assert STRONGEST.scan("免费领取，加薇信？不，加·微·信") != {}
    assert STRONGEST.scan("h0t g1rls") != {}


def test_only_words_across_punctuation_may_be_ordinary() -> None:
    every = [line for section in lines().values() for line in section]
    assert [line for line in every if ACROSS.scan(line)] == ["我打赌，博物馆今天一定人很多。"]

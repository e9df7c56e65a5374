"""Links, by where they lead."""

import pytest

from config.settings import Links, Rule
from policy.errors import BadRule
from policy.facts import Surface
from policy.matchers.hosts import canonical, find_hosts
from tests.unit.policy.matchers.seeing import examined, found, meets

EVERY = Links()


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ("see https://example.org/a?b#c now", ["example.org"]),
        ("https://example.org", ["example.org"]),
        ("example.com", ["example.com"]),
        ("EXAMPLE.Com!", ["EXAMPLE.Com"]),
        ("www.blog.it", ["www.blog.it"]),
        ("blog.it/today", ["blog.it"]),
        ("请访问example.com领取", ["example.com"]),
        ("ｅｘａｍｐｌｅ．ｃｏｍ", ["ｅｘａｍｐｌｅ．ｃｏｍ"]),
        ("exam\u200bple.\u2060com", ["exam\u200bple.\u2060com"]),
        ("пример.рф и всё", ["пример.рф"]),
        ("例子。中国", ["例子。中国"]),
        ("http://192.0.2.7:8080/x", ["192.0.2.7:8080"]),
        ("hxxp://example.org", ["example.org"]),
    ],
)
def test_a_link_is_found_where_it_stands(text: str, hosts: list[str]) -> None:
    assert found(text, links=EVERY) == hosts


@pytest.mark.parametrize(
    "text",
    [
        "plain words",
        "It is done.So it is",
        "edit README.md and main.rs, then run.sh",
        "version 3.11.2 at 12.30",
        "e.g. this, i.e. that...",
        "mail anna@example.com please",
        "no.such-top-level-domain-here",
        "...",
        "a:b",
        "http://localhost/",
        "http://.../",
    ],
)
def test_what_only_has_dots_is_no_link(text: str) -> None:
    assert found(text, links=EVERY) == []


def test_who_really_answers_is_behind_the_at_sign() -> None:
    assert found("https://bank.example.com@evil.example.net/", links=Links(domains=("example.net",))) == [
        "evil.example.net"
    ]


@pytest.mark.parametrize(
    ("name", "domains", "is_met"),
    [
        ("bad.example.com", ("example.com",), True),
        ("example.com", ("example.com",), True),
        ("example.com", ("*.example.com",), True),
        ("notexample.com", ("example.com",), False),
        ("example.com.evil.org", ("example.com",), False),
        ("https://x.zip/", ("zip",), True),
        ("https://x.org/", ("zip",), False),
        ("https://müller.example.de/", ("xn--mller-kva.example.de",), True),
        ("https://xn--mller-kva.example.de/", ("müller.example.de",), True),
    ],
)
def test_a_domain_holds_for_all_below_it_and_nothing_beside_it(
    name: str, domains: tuple[str, ...], *, is_met: bool
) -> None:
    assert meets(name, links=Links(domains=domains)) is is_met


def test_what_is_allowed_never_counts() -> None:
    links = Links(allow=("example.org",))
    assert not meets("https://wiki.example.org/page", links=links)
    assert found("https://wiki.example.org and https://example.net", links=links) == ["example.net"]


def test_an_allowed_domain_must_belong_to_somebody() -> None:
    for name in ("co.uk", "github.io", "com", "nosuchtld"):
        with pytest.raises(BadRule, match="anybody may have a name below"):
            meets("x", links=Links(allow=(name,)))


@pytest.mark.parametrize("name", ["https://x.org", "a b.org", "", "a@b.org"])
def test_what_is_no_domain_is_refused(name: str) -> None:
    with pytest.raises(BadRule, match="is not a domain"):
        meets("x", links=Links(domains=(name,)))


def test_shorteners_and_foreign_letters_are_named_by_a_key_each() -> None:
    assert found("go to bit.ly/x or example.com", links=Links(shorteners=True)) == ["bit.ly"]
    assert found("https://аррӏе.com or https://apple.com", links=Links(punycode=True)) == ["аррӏе.com"]


@pytest.mark.parametrize(
    "text",
    ["请访问example.org吧", "大家好。example.org 不错", "见https://example.org/页", "公式サイトはexample.orgです"],
)
def test_a_sentence_that_runs_into_a_link_is_no_part_of_it(text: str) -> None:
    assert not meets(text, links=Links(punycode=True))
    assert not meets(text, links=Links(allow=("example.org",)))
    assert meets(text, links=Links(domains=("example.org",)))


def test_domains_come_from_files_too() -> None:
    rule = Rule(name="x", links=Links(domain_files=("bad.txt",)))
    assert examined("see example.net", rule, **{"bad.txt": ("example.net",)}).hits
    assert not examined("see example.org", rule, **{"bad.txt": ("example.net",)}).hits
    assert not examined("see example.org", rule, **{"bad.txt": ()}).hits
    with pytest.raises(BadRule, match=r"the domains of bad\.txt were not read"):
        examined("x", rule)


def test_a_link_counts_on_other_surfaces() -> None:
    assert found("https://example.net/x.png", Surface.LINK, links=EVERY) == ["example.net"]


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("XN--MLLER-KVA.example.de", "müller.example.de"),
        ("ＭÜller。example．de.", "müller.example.de"),
        ("xn--\u00fc.com", "xn--ü.com"),
        ("xn--99999999999.com", "xn--99999999999.com"),
        ("ab.xn--.com", "ab..com"),
    ],
)
def test_a_name_has_one_spelling(name: str, read: str) -> None:
    assert canonical(name) == read


def test_names_that_cannot_be_are_none() -> None:
    assert find_hosts("http://" + "ü" * 100 + "/") == ()
    assert find_hosts("等等。" + "我们还有很多话要说" * 5) == ()


def test_a_host_is_told_once_where_it_is_first_and_once_where_it_is_first_a_link() -> None:
    assert [host[:3] for host in find_hosts("www.a.com http://www.a.com/ www.a.com")] == [("www.a.com", 0, 9)]
    twice = find_hosts("x@a.com, a.com, http://a.com/")
    assert [(host.start, host.is_link) for host in twice] == [(2, False), (9, True)]


def test_a_name_among_hundreds_that_are_encoded_is_met_whether_it_is_decoded_or_not() -> None:
    many = " ".join(f"xn--{number}a-kva.org" for number in range(400))
    for text in (f"xn--mller-kva.com {many}", f"{many} xn--mller-kva.com"):
        assert len(found(text, links=Links(domains=("müller.com",)))) == 1
    assert found(f"{many} xn--mller-kva.com.example.net", links=Links(punycode=True))[-1] == "xn--399a-kva.org"

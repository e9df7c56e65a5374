"""The hosts a text names, however spelt: with a scheme, bare, with letters beyond ASCII, with invisible characters.

Which names exist is told by the Public Suffix List, as it comes along with a kept library; nothing is ever fetched.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from operator import itemgetter
from typing import NamedTuple
from unicodedata import is_normalized, normalize

from publicsuffixlist import PublicSuffixList

from policy.matchers.spans import Span

_HIDDEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
_DOTS = ".\u3002\uff0e\uff61"
_AUTHORITY = re.compile(r"(?:https?|ftps?|xmpp|hxxps?)[:：]\s?[/／]{2}([^\s/／?#<>\"'”’）)\]]{1,512})", re.IGNORECASE)
_ASCII_NAME = re.compile(r"(?<![a-z0-9_-])[a-z0-9_][a-z0-9_-]{0,62}+(?:\.[a-z0-9_-]{1,63}+){1,20}+", re.IGNORECASE)
_ANY_NAME = re.compile(rf"(?<![\w{_HIDDEN}-])[\w{_HIDDEN}-]{{1,128}}+(?:[{_DOTS}][\w{_HIDDEN}-]{{1,128}}+){{1,20}}+")
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_GLUED = re.compile(f"[{_UNSPACED}][a-z0-9]|[a-z0-9][{_UNSPACED}]", re.IGNORECASE)
"""Where a sentence without spaces runs into a name: the name is the part in ASCII, which is found by itself."""

_HIDE = re.compile(f"[{_HIDDEN}]")
_LONGEST_TOP = 24
_MOST_DECODED = 200
"""Labels of one text; decoding takes longer than all else about a name."""

_PORT = re.compile(r":\d{0,5}$")
_OBVIOUS = frozenset(
    (
        *("com", "net", "org", "info", "biz", "io", "me", "app", "dev", "xyz", "top", "site", "online", "shop", "club"),
        *("vip", "cc", "tv", "co", "ai", "cn", "ru", "de", "uk", "eu", "us", "fr", "jp", "br", "nl", "pl", "su", "pw"),
        *("win", "icu", "bet", "casino", "poker", "live", "store", "link", "click", "gg", "ly", "tk", "ml", "cf", "gq"),
        *("рф", "中国", "公司", "网络"),
    )
)
"""Top-level domains that make a bare name a link; with others it takes a scheme, `www.` or a path: "done.So it"."""

_GOES_ON = frozenset(":/／?#")
_FOLLOWS = re.compile(r"(?::\d{1,5})?[/／?#][\w%.-]")


class Host(NamedTuple):
    """A host named in a text, as people read it, and where. `is_link`: they would take it for something to open."""

    name: str
    start: int
    end: int
    is_link: bool


@cache
def suffixes() -> PublicSuffixList:
    """The list, read once; names under unlisted top-level domains have none."""
    found = PublicSuffixList(accept_unknown=False)
    found.publicsuffix("x.рф")  # reads tables for letters beyond ASCII, which takes long the first time
    return found


def find_hosts(text: str) -> tuple[Host, ...]:
    """Every host, in order of its place, once where it is first and once where it is first a link; never fails."""
    if not any(char in text for char in ".:" + _DOTS[1:]):
        return ()
    found: dict[tuple[str, bool], Host] = {}
    for host in _find(text):
        known = found.setdefault((host.name, host.is_link), host)
        if host.start < known.start:
            found[host.name, host.is_link] = host
    links = {host.name: host.start for host in found.values() if host.is_link}
    needed = (host for host in found.values() if host.is_link or host.start < links.get(host.name, len(text)))
    return tuple(sorted(needed, key=itemgetter(1, 0)))


def _find(text: str) -> Iterator[Host]:
    read = _reader(text)
    for url in _AUTHORITY.finditer(text):
        begin = url.start(1) + url[1].rfind("@") + 1
        name = read(_PORT.sub("", text[begin : url.end(1)]))
        if "." in name:
            yield Host(name, begin, url.end(1), is_link=True)
    for pattern in (_ASCII_NAME,) if text.isascii() else (_ASCII_NAME, _ANY_NAME):
        for bare in pattern.finditer(text):
            written = bare.group()
            if pattern is _ANY_NAME and _GLUED.search(written) is not None:
                continue
            name = read(written)
            top = name.rpartition(".")[2]
            if top != name and _is_listed(top):
                yield Host(name, *bare.span(), is_link=_is_obvious(text, bare.span(), name, top))


def _reader(text: str) -> Callable[[str], str]:
    """What reads the names of a text: most have nothing to be made plain, which is found out once for all.

    So many labels are decoded; names with more stay as they are written, in ASCII.
    """
    left = _MOST_DECODED

    def fold(plain: str) -> str:
        nonlocal left
        if "xn--" in plain and left > 0:
            left -= plain.count("xn--")
            return _fold(plain)
        return plain.casefold().strip(".-_")

    if _HIDE.search(text) is not None or "。" in text:
        return lambda name: fold(_make_plain(name))
    return fold if is_normalized("NFKC", text) else lambda name: fold(normalize("NFKC", name))


def _is_obvious(text: str, span: Span, name: str, top: str) -> bool:
    if name.startswith("www."):
        return True
    if text[span[1] : span[1] + 1] in _GOES_ON and _FOLLOWS.match(text, span[1]) is not None:
        return True
    return top in _OBVIOUS and text[span[0] - 1 : span[0]] != "@"


@lru_cache(maxsize=4096)
def _is_listed(top: str) -> bool:
    """Whether there is such a top-level domain; none is as long as a sentence."""
    return len(top) <= _LONGEST_TOP and suffixes().publicsuffix(f"x.{top}") is not None


def canonical(name: str) -> str:
    """One spelling of a host's name: lower case, its own letters (RFC 5891's U-labels), nothing invisible."""
    return _fold(_make_plain(name))


def encode(name: str) -> str:
    """A name as `canonical` gives it with its letters beyond ASCII as they are sent (RFC 5891's A-labels)."""
    return ".".join(each if each.isascii() else f"xn--{each.encode('punycode').decode()}" for each in name.split("."))


def _make_plain(name: str) -> str:
    return name if name.isascii() else normalize("NFKC", _HIDE.sub("", name)).replace("。", ".")


def _fold(plain: str) -> str:
    plain = plain.casefold().strip(".-_")
    return ".".join(map(_read_label, plain.split("."))) if "xn--" in plain else plain


@lru_cache(maxsize=1024)
def _read_label(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode().decode("punycode")
    except UnicodeError:
        return label

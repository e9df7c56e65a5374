"""The hosts a text names, however spelt: with a scheme, bare, with letters beyond ASCII, with invisible characters.

Which names exist is told by the Public Suffix List, as it comes along with a kept library; nothing is ever fetched.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from unicodedata import normalize

from publicsuffixlist import PublicSuffixList

from policy.normalise import Span

_HIDDEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
_DOTS = ".\u3002\uff0e\uff61"
_AUTHORITY = re.compile(r"(?:https?|ftps?|xmpp|hxxps?)[:：]\s?[/／]{2}([^\s/／?#<>\"'”’）)\]]{1,512})", re.IGNORECASE)
_ASCII_NAME = re.compile(r"(?<![a-z0-9_-])[a-z0-9_][a-z0-9_-]{0,62}+(?:\.[a-z0-9_-]{1,63}+){1,20}+", re.IGNORECASE)
_ANY_NAME = re.compile(rf"(?<![\w{_HIDDEN}-])[\w{_HIDDEN}-]{{1,128}}+(?:[{_DOTS}][\w{_HIDDEN}-]{{1,128}}+){{1,20}}+")
_HIDE = re.compile(f"[{_HIDDEN}]")
_PORT = re.compile(r":\d{0,5}$")
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_OBVIOUS = frozenset(
    (
        *("com", "net", "org", "info", "biz", "io", "me", "app", "dev", "xyz", "top", "site", "online", "shop", "club"),
        *("vip", "cc", "tv", "co", "ai", "cn", "ru", "de", "uk", "eu", "us", "fr", "jp", "br", "nl", "pl", "su", "pw"),
        *("win", "icu", "bet", "casino", "poker", "live", "store", "link", "click", "gg", "ly", "tk", "ml", "cf", "gq"),
        *("рф", "中国", "公司", "网络"),
    )
)
"""Top-level domains that make a bare name a link; with others it takes a scheme, `www.` or a path: "done.So it"."""

_FOLLOWS = re.compile(r"(?::\d{1,5})?[/／?#][\w%.-]")


@dataclass(frozen=True, slots=True)
class Host:
    """A host named in a text, in ASCII (RFC 5891), and where. `is_link`: people would take it for something to open."""

    name: str
    start: int
    end: int
    is_link: bool


@cache
def suffixes() -> PublicSuffixList:
    """The list, read once; names under unlisted top-level domains have none."""
    return PublicSuffixList(accept_unknown=False)


def find_hosts(text: str) -> tuple[Host, ...]:
    """Every host, in order of its place; never fails."""
    if not any(char in text for char in ".:" + _DOTS[1:]):
        return ()
    found: dict[tuple[str, int], Host] = {}
    for host in _find(text):
        known = found.get((host.name, host.start))
        if known is None or host.is_link:
            found[host.name, host.start] = host
    return tuple(sorted(found.values(), key=lambda host: (host.start, host.name)))


def _find(text: str) -> Iterator[Host]:
    for url in _AUTHORITY.finditer(text):
        authority = url[1]
        begin = url.start(1) + authority.rfind("@") + 1
        name = to_ascii(_PORT.sub("", text[begin : url.end(1)]))
        if name and (_ADDRESS.fullmatch(name) or "." in name):
            yield Host(name, begin, url.end(1), is_link=True)
    for pattern in (_ASCII_NAME,) if text.isascii() else (_ASCII_NAME, _ANY_NAME):
        for bare in pattern.finditer(text):
            name = to_ascii(bare.group())
            if name and suffixes().publicsuffix(name) not in {None, name}:
                yield Host(name, *bare.span(), is_link=_is_obvious(text, bare.span(), name))


def _is_obvious(text: str, span: Span, name: str) -> bool:
    if name.startswith("www.") or _FOLLOWS.match(text, span[1]) is not None:
        return True
    return text[span[0] - 1 : span[0]] != "@" and from_ascii(name).rpartition(".")[2] in _OBVIOUS


def to_ascii(name: str) -> str:
    """A host's name as the network knows it, lower case, `xn--` where needed; "" if it can be none."""
    plain = normalize("NFKC", _HIDE.sub("", name)).casefold().replace("。", ".").strip(".-_")
    if plain.isascii():
        return plain
    try:
        return plain.encode("idna").decode()
    except UnicodeError:
        return ""


def from_ascii(name: str) -> str:
    """The name as people read it."""
    try:
        return name.encode().decode("idna")
    except UnicodeError:
        return name

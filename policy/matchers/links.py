"""Links by where they lead: domains with all below them, shorteners, names that are not what they look like."""

from collections.abc import Iterable, Mapping

from config.settings import Links
from policy.matchers.hosts import Host, canonical, encode, find_hosts, suffixes
from policy.matchers.view import Match, Matcher, Matches, View

NAME = "links"
_SHORTENERS = frozenset(
    (
        *(
            "bit.ly",
            "bl.ink",
            "buff.ly",
            "clck.ru",
            "cutt.ly",
            "dlvr.it",
            "dub.sh",
            "dwz.cn",
            "goo.gl",
            "goo.su",
            "is.gd",
        ),
        *(
            "j.mp",
            "kutt.it",
            "lnkd.in",
            "mrw.so",
            "ow.ly",
            "qr.ae",
            "rb.gy",
            "rebrand.ly",
            "reurl.cc",
            "s.id",
            "shorturl.at",
        ),
        *("sina.lt", "suo.im", "suo.nz", "t.cn", "t.co", "t.ly", "t2m.io", "tiny.cc", "tinyurl.com", "u.to", "url.cn"),
        *("v.gd", "vk.cc", "x.gd"),
    )
)


def make(links: Links, files: Mapping[str, tuple[str, ...]]) -> Matcher:
    """`domains`, `domain_files`, `shorteners` or `punycode`, any of them; without one, every link that is not allowed.

    Raises:
        ValueError: something in the lists is no domain, or would allow what anybody may register under.
    """
    suffixes()  # read now, not while a message waits
    listed = [entry for name in links.domain_files for entry in files[name]]
    denied = _prepare((*links.domains, *listed))
    allowed = _prepare(links.allow)
    for name in sorted(allowed):
        if "." not in name or suffixes().publicsuffix(name) in {name, None}:
            raise ValueError(f'links.allow: anybody may have a name below "{name}"')
    if links.shorteners:
        denied |= _SHORTENERS
    is_every = not denied and not links.punycode and not links.domain_files

    def is_meant(host: Host) -> bool:
        if _is_below(host.name, allowed):
            return False
        return (
            (is_every and host.is_link) or (links.punycode and _is_foreign(host.name)) or _is_below(host.name, denied)
        )

    def match(view: View) -> Matches | None:
        found = tuple(
            Match(NAME, text, host.start, host.end)
            for text, _ in (*view.texts, *view.readings)
            for host in _hosts(view, text.value)
            if is_meant(host)
        )
        return found or None

    return match


def _is_foreign(name: str) -> bool:
    """Whether the part somebody registered has letters beyond ASCII; what stands before it may be a sentence's end."""
    if name.isascii():
        return "xn--" in ".".join(name.rsplit(".", 3)[-3:])  # undecoded: one of very many, or badly made
    last = name.rsplit(".", 2)[-2:]  # are always a part of it
    return not (".".join(last).isascii() and (suffixes().privatesuffix(name) or name).isascii())


def _hosts(view: View, text: str) -> tuple[Host, ...]:
    hosts = view.hosts.get(text)
    if hosts is None:
        hosts = view.hosts[text] = find_hosts(text)
    return hosts


def _prepare(entries: Iterable[str]) -> set[str]:
    names: set[str] = set()
    for entry in entries:
        name = canonical(entry.strip().removeprefix("*").removeprefix("."))
        if not name or any(char in "/:@ " for char in name):
            raise ValueError(f'links: "{entry}" is not a domain')
        names |= {name, encode(name)}
    return names


def _is_below(name: str, domains: Iterable[str]) -> bool:
    """Whether the name is one of the domains, or below one."""
    if not domains:
        return False
    while name not in domains:
        name = name.partition(".")[2]
        if not name:
            return False
    return True

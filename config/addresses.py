"""Addresses as an operator writes them: domains and bare JIDs, and sockets.

The former two are brought into the form servers compare (RFC 7622, in outline).
"""

import fnmatch
import re
import unicodedata
from collections.abc import Iterable

_MAX_PART_BYTES = 1023
_SOCKET = re.compile(r"(?:\[(?P<ipv6>[0-9A-Fa-f:.]+)\]|(?P<host>[A-Za-z0-9._-]+)):(?P<port>[0-9]{1,5})", re.ASCII)
_BAD_LOCAL = re.compile(r"[\s\"&'/:<>@\x00-\x1f\x7f]")
_BAD_DOMAIN = re.compile(r"[\s\"&'/<>@\x00-\x1f\x7f]|\.\.|^\.")


def prepare_domain(text: str) -> str:
    """Lower case, without the root's dot.

    Raises:
        ValueError: not a domain.
    """
    domain = unicodedata.normalize("NFKC", text).lower().removesuffix(".")
    if not domain or _BAD_DOMAIN.search(domain) or len(domain.encode()) > _MAX_PART_BYTES:
        raise ValueError(f'"{text[:80]}" is not a domain, such as "chat.example.org"')
    return domain


def prepare_bare_jid(text: str) -> str:
    """`local@domain` in lower case.

    Raises:
        ValueError: not a bare JID of an account.
    """
    local, at, domain = unicodedata.normalize("NFKC", text).lower().partition("@")
    if not at or not local or _BAD_LOCAL.search(local) or len(local.encode()) > _MAX_PART_BYTES:
        raise ValueError(f'"{text[:80]}" is not a bare JID, such as "alice@example.org"')
    try:
        return f"{local}@{prepare_domain(domain)}"
    except ValueError:
        raise ValueError(f'"{text[:80]}" is not a bare JID, such as "alice@example.org"') from None


def parse_socket(text: str) -> tuple[str, int]:
    """Host and port of `host:port`; an IPv6 address stands in brackets.

    Raises:
        ValueError: not such an address.
    """
    found = _SOCKET.fullmatch(text)
    if found is None or not 0 < int(found["port"]) < 1 << 16:
        raise ValueError(f'"{text[:80]}" is not an address to listen on, such as "127.0.0.1:9280" or "[::1]:9280"')
    return found["ipv6"] or found["host"], int(found["port"])


def is_domain_among(domain: str, patterns: Iterable[str]) -> bool:
    """Whether a prepared domain is one of these, `*` for any characters."""
    return any(fnmatch.fnmatchcase(domain, pattern) for pattern in patterns)

"""Domains and bare JIDs as an operator writes them, brought into the form servers compare (RFC 7622, in outline)."""

import re
import unicodedata

_MAX_PART_BYTES = 1023
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

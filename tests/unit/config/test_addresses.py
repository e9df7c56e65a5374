"""Domains and bare JIDs as operators write them."""

import pytest

from config.addresses import prepare_bare_jid, prepare_domain


@pytest.mark.parametrize(
    ("written", "prepared"),
    [
        ("alice@example.org", "alice@example.org"),
        ("Alice@Example.ORG", "alice@example.org"),
        ("alice@example.org.", "alice@example.org"),
        ("小明@例子.中国", "小明@例子.中国"),
        ("a.b-c+d@localhost", "a.b-c+d@localhost"),
    ],
)
def test_bare_jid_is_brought_into_the_form_servers_compare(written: str, prepared: str) -> None:
    assert prepare_bare_jid(written) == prepared


@pytest.mark.parametrize(
    "written",
    [
        "",
        "alice",
        "@example.org",
        "alice@",
        "alice@example.org/phone",
        "a b@example.org",
        "a@b@c",
        "a'b@example.org",
        "a@.org",
        "a" * 1024 + "@b",
    ],
)
def test_what_is_no_bare_jid_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="is not a bare JID"):
        prepare_bare_jid(written)


@pytest.mark.parametrize("written", ["", ".", "a b", "a@b", "a/b", "a..b", ".a", "x" * 1024])
def test_what_is_no_domain_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="is not a domain"):
        prepare_domain(written)

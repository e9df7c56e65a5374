"""Domains, bare JIDs and sockets as operators write them."""

import pytest

from config.addresses import parse_socket, prepare_bare_jid, prepare_domain


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


@pytest.mark.parametrize(
    ("written", "host", "port"),
    [
        ("127.0.0.1:9280", "127.0.0.1", 9280),
        ("localhost:1", "localhost", 1),
        ("[::1]:65535", "::1", 65535),
        ("192.0.2.1:80", "192.0.2.1", 80),
    ],
)
def test_sockets_have_a_host_and_a_port(written: str, host: str, port: int) -> None:
    assert parse_socket(written) == (host, port)


@pytest.mark.parametrize(
    "written",
    ["", "9280", ":9280", "localhost", "localhost:", "::1:80", "a b:80", "a:0", "a:65536", "a:８０", "a:80\n"],
)
def test_what_is_no_socket_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="is not an address to listen on"):
        parse_socket(written)

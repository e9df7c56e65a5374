"""A raw component stream (XEP-0114), blocking."""

import hashlib
import re
import socket

_ID = re.compile(rb" id=['\"]([^'\"]*)")
_PATIENCE_S = 30


def connect_component(port: int, domain: str, secret: str) -> socket.socket:
    """Connect and shake hands."""
    connection = socket.create_connection(("127.0.0.1", port), _PATIENCE_S)
    connection.sendall(
        f"<?xml version='1.0'?><stream:stream xmlns='jabber:component:accept' "
        f"xmlns:stream='http://etherx.jabber.org/streams' to='{domain}'>".encode()
    )
    data = b""
    while not (found := _ID.search(data)):
        data += read_more(connection)
    digest = hashlib.sha1(found[1] + secret.encode()).hexdigest()  # noqa: S324 - XEP-0114 says so
    connection.sendall(f"<handshake>{digest}</handshake>".encode())
    data = b""
    while b"<handshake" not in data:
        data += read_more(connection)
    return connection


def read_more(connection: socket.socket) -> bytes:
    """Return what came, or raise when the server hung up."""
    data = connection.recv(1 << 18)
    if not data:
        raise ConnectionError("the server hung up")
    return data

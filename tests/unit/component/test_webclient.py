"""A service that is slow, endless, elsewhere or not who it says is unreachable, in the time that was given."""

import asyncio
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Self

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from component.webclient import UnreachableError, WebClient

Answer = Callable[[asyncio.StreamWriter], Awaitable[None]]
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"


@pytest.fixture
async def client() -> AsyncIterator[WebClient]:
    client = WebClient()
    yield client
    await client.close()


class Service:
    """Listens, reads a request, and answers as told."""

    def __init__(self, answer: Answer, context: ssl.SSLContext | None = None) -> None:
        self._answer = answer
        self._context = context
        self.requests: list[bytes] = []

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self._context)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            self.requests.append(await reader.readuntil(b"\r\n\r\n"))
            await self._answer(writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


def says(*pieces: bytes) -> Answer:
    async def answer(writer: asyncio.StreamWriter) -> None:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()

    return answer


async def never(_writer: asyncio.StreamWriter) -> None:
    await asyncio.Event().wait()


async def drop_by_drop(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    while not writer.is_closing():
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.01)


async def ask(client: WebClient, service: Service, **options: object) -> bytes:
    scheme = options.pop("scheme", "http")
    given = {"timeout_s": 0.5, **options}
    reply = await client.ask("GET", f"{scheme}://127.0.0.1:{service.port}/", **given)  # type: ignore[arg-type]
    return reply.body


async def test_an_answer_comes_whole(client: WebClient) -> None:
    async with Service(says(OK[:20], OK[20:-1], OK[-1:])) as service:
        assert await ask(client, service) == b"{}"


@pytest.mark.parametrize("answer", [never, drop_by_drop])
async def test_a_slow_one_is_given_up_in_time(client: WebClient, answer: Answer) -> None:
    async with Service(answer) as service:
        begun = time.monotonic()
        with pytest.raises(UnreachableError, match="no answer in"):
            await ask(client, service)
        assert time.monotonic() - begun < 5


@pytest.mark.parametrize(
    ("pieces", "why"),
    [
        ((b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", *[b"x" * 65536] * 8), "more than"),
        ((b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",), "redirect"),
        ((b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{}",), "Payload"),
        ((b"SSH-2.0-nothing\r\n",), "Error"),
        ((b"HTTP/1.1 200 OK\r\nX: " + b"x" * 100_000,), "Error|Long"),
        ((b"",), "Disconnected"),
    ],
    ids=["endless", "redirect", "cut off", "no http", "huge header", "nothing"],
)
async def test_what_is_no_answer_is_none(client: WebClient, pieces: tuple[bytes, ...], why: str) -> None:
    async with Service(says(*pieces)) as service:
        with pytest.raises(UnreachableError, match=why):
            await ask(client, service, timeout_s=5.0)
        assert service.requests


async def test_nobody_listening_is_unreachable(client: WebClient) -> None:
    async with Service(never) as service:
        pass
    with pytest.raises(UnreachableError):
        await ask(client, service)


def self_signed() -> bytes:
    """A certificate for 127.0.0.1 that nobody else has signed, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "service")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, SHA256())
    )
    written = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return certificate.public_bytes(Encoding.PEM) + written


async def test_a_certificate_is_believed_if_the_operator_names_who_signed_it(client: WebClient, tmp_path: Path) -> None:
    certificate = tmp_path / "certificate.pem"
    certificate.write_bytes(self_signed())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    async with Service(says(OK), context) as service:
        with pytest.raises(UnreachableError, match="Certificate"):
            await ask(client, service, scheme="https", timeout_s=5.0)
        assert await ask(client, service, scheme="https", timeout_s=5.0, ca_file=certificate) == b"{}"

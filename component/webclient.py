"""Asking other services by HTTP: with a time-out, a bound on what is read, no redirects, no cookies, TLS verified."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aiohttp import ClientSession

_MOST_BYTES = 256 * 1024
_MOST_AT_ONCE = 20


class UnreachableError(Exception):
    """No answer that is one. The text is for the operator's log; it never holds what was sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes


class WebClient:
    """One pool of connections; nothing is loaded before the first request."""

    def __init__(self) -> None:
        """Nothing open."""
        self._session: ClientSession | None = None
        self._contexts: dict[Path | None, ssl.SSLContext] = {}

    async def ask(
        self,
        method: str,
        url: str,
        *,
        timeout_s: float,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        ca_file: Path | None = None,
    ) -> Reply:
        """One request and its whole answer, whatever its status.

        Raises:
            UnreachableError: refused, too slow, too large, a redirect, or a certificate that is not right.
        """
        import aiohttp  # noqa: PLC0415 - costs time and memory, which nobody pays who asks nobody

        if self._session is None:
            connector = aiohttp.TCPConnector(limit=_MOST_AT_ONCE)
            jar = aiohttp.DummyCookieJar()
            self._session = aiohttp.ClientSession(connector=connector, cookie_jar=jar, trust_env=False)
        timeout = aiohttp.ClientTimeout(total=timeout_s)
        try:
            async with self._session.request(
                method,
                url,
                data=body,
                headers=headers,
                timeout=timeout,
                allow_redirects=False,
                ssl=self._context(ca_file),
            ) as response:
                content = await response.content.read(_MOST_BYTES + 1)
                while len(content) <= _MOST_BYTES and not response.content.at_eof():
                    content += await response.content.read(_MOST_BYTES + 1 - len(content))
                found = {name.lower(): value for name, value in response.headers.items()}
                reply = Reply(status=response.status, headers=found, body=content)
        except TimeoutError:
            raise UnreachableError(f"no answer in {timeout_s:g} s") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise UnreachableError(f"{type(error).__name__}: {error}") from None
        if len(reply.body) > _MOST_BYTES:
            raise UnreachableError(f"an answer of more than {_MOST_BYTES} bytes")
        if 300 <= reply.status < 400:  # noqa: PLR2004 - redirects (RFC 9110 §15.4)
            raise UnreachableError(f"a redirect (status {reply.status}), which is not followed")
        return reply

    async def close(self) -> None:
        """Let go of all connections."""
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    def _context(self, ca_file: Path | None) -> ssl.SSLContext:
        if ca_file not in self._contexts:
            self._contexts[ca_file] = ssl.create_default_context(cafile=None if ca_file is None else str(ca_file))
        return self._contexts[ca_file]

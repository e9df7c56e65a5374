"""An OpenID Connect issuer as a relying party sees it: discovery, keys, the code's exchange, and what an ID token says.

Signatures are joserfc's, claims Authlib's. Knows nothing of accounts; keeps what the issuer publishes for an hour.
"""

import base64
import hmac
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus, urlencode

import msgspec

from component.webclient import Reply, UnreachableError, WebClient
from config.identity import is_private
from config.settings import Oidc
from policy.bucket import Bucket

_KEPT_S = 3600.0
_KEYS_RATE = 1 / 30
_KEYS_BURST = 3
"""How often keys are fetched anew for a key id nobody has seen: tokens come from outside."""

_OK = 200
_BAD_REQUEST = 400


class IssuerError(Exception):
    """What an issuer sent will not do; the text is for the operator's log, and holds nothing secret.

    IssuerError
    └── DeclinedError   the issuer itself refuses the code
    """


class DeclinedError(IssuerError):
    """The issuer refuses the code: used, too late, or for another client."""


class Metadata(msgspec.Struct, frozen=True):
    """What a relying party needs of the issuer's description (OpenID Connect Discovery §3)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str = ""
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)
    authorization_response_iss_parameter_supported: bool = False


class _Tokens(msgspec.Struct, frozen=True):
    id_token: str
    access_token: str
    token_type: str


@dataclass(slots=True)
class _Known:
    metadata: Metadata
    at: float
    fetches: Bucket
    keys: Any = None  # joserfc's KeySet


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """One sign-in, as it was begun."""

    verifier: str = field(repr=False)
    nonce: str = field(repr=False)
    redirect_uri: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """We, as one issuer knows us."""

    oidc: Oidc
    secret: str = field(default="", repr=False)  # "": a public client
    ca_file: Path | None = None  # None: certificates as the system has them


class Issuers:
    """What issuers published, by issuer: with a reload there may be another one."""

    def __init__(self, client: WebClient, now: Callable[[], float] = time.time) -> None:
        """Nothing known."""
        self._client = client
        self._now = now
        self._known: dict[str, _Known] = {}

    async def describe(self, party: Party) -> Metadata:
        """The issuer's description.

        Raises:
            UnreachableError: it does not answer.
            IssuerError: the description is another issuer's, or none.
        """
        return (await self._describe(party)).metadata

    async def _describe(self, party: Party) -> _Known:
        oidc = party.oidc
        known = self._known.get(oidc.issuer)
        if known is not None and 0 <= self._now() - known.at < _KEPT_S:
            return known
        url = oidc.issuer.rstrip("/") + "/.well-known/openid-configuration"
        reply = await self._get(url, party)
        try:
            metadata = msgspec.json.decode(reply.body, type=Metadata)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
            raise IssuerError("its description is not one") from None
        if metadata.issuer != oidc.issuer:
            raise IssuerError(f'it calls itself "{metadata.issuer[:200]}": identity.oidc.issuer must be exactly that')
        endpoints = (metadata.authorization_endpoint, metadata.token_endpoint, metadata.jwks_uri)
        if not all(map(is_private, (*endpoints, metadata.userinfo_endpoint or metadata.token_endpoint))):
            raise IssuerError("one of its endpoints is without TLS")
        now = self._now()
        known = _Known(metadata, now, Bucket.full(rate=_KEYS_RATE, burst=_KEYS_BURST, at=now))
        self._known[oidc.issuer] = known
        return known

    async def link(self, party: Party, state: str, asking: Asking) -> str:
        """Where somebody signs in (OpenID Connect Core §3.1.2.1, RFC 7636 §4.3).

        Raises:
            UnreachableError, IssuerError: as `describe`.
        """
        from authlib.oauth2.rfc7636 import create_s256_code_challenge  # noqa: PLC0415 - as of joserfc below

        oidc = party.oidc
        metadata = await self.describe(party)
        query = {
            "response_type": "code",
            "client_id": oidc.client_id,
            "redirect_uri": asking.redirect_uri,
            "scope": " ".join(oidc.scopes),
            "state": state,
            "nonce": asking.nonce,
            "code_challenge": create_s256_code_challenge(asking.verifier),
            "code_challenge_method": "S256",
        }
        sign = "&" if "?" in metadata.authorization_endpoint else "?"
        return f"{metadata.authorization_endpoint}{sign}{urlencode(query)}"

    async def redeem(self, party: Party, code: str, asking: Asking) -> Mapping[str, object]:
        """The claims about whoever signed in, for the code that the issuer sent back (§3.1.3).

        Raises:
            UnreachableError: it does not answer.
            DeclinedError: it refuses the code.
            IssuerError: what it says cannot be believed.
        """
        oidc = party.oidc
        known = await self._describe(party)
        tokens = await self._exchange(known.metadata, party, code, asking)
        claims = await self._believe(known, party, tokens, asking)
        if oidc.name_claim in {"", *claims} and oidc.document_claim in {"", *claims}:
            return claims
        if not known.metadata.userinfo_endpoint:
            return claims
        headers = {"Authorization": f"Bearer {tokens.access_token}", "Accept": "application/json"}
        reply = await self._get(known.metadata.userinfo_endpoint, party, headers)
        more = _json(reply)
        if not hmac.compare_digest(str(more.get("sub", "")).encode(), str(claims["sub"]).encode()):
            raise IssuerError("its userinfo is about somebody else")  # §5.3.2
        return {**more, **claims}

    async def _exchange(self, metadata: Metadata, party: Party, code: str, asking: Asking) -> _Tokens:
        oidc, secret = party.oidc, party.secret
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": asking.redirect_uri,
            "code_verifier": asking.verifier,
        }
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        if not secret:
            form["client_id"] = oidc.client_id
        elif "client_secret_basic" in metadata.token_endpoint_auth_methods_supported:
            pair = f"{quote_plus(oidc.client_id)}:{quote_plus(secret)}"  # RFC 6749 §2.3.1
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        else:
            form |= {"client_id": oidc.client_id, "client_secret": secret}
        reply = await self._client.ask(
            "POST",
            metadata.token_endpoint,
            body=urlencode(form).encode(),
            headers=headers,
            timeout_s=oidc.timeout,
            ca_file=party.ca_file,
        )
        if reply.status == _BAD_REQUEST:
            raise DeclinedError("it refuses the code")
        if reply.status != _OK:
            raise UnreachableError(f"status {reply.status} from the token endpoint")
        try:
            tokens = msgspec.json.decode(reply.body, type=_Tokens)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
            raise IssuerError("its token endpoint gave no ID token") from None
        if tokens.token_type.lower() != "bearer":
            raise IssuerError("its access token is of an unknown type")
        return tokens

    async def _believe(self, known: _Known, party: Party, tokens: _Tokens, asking: Asking) -> dict[str, object]:
        """What an ID token says, once everything in it is right (§3.1.3.7, §3.1.3.8)."""
        # Loaded by whoever signs in first: nobody else pays for them.
        from authlib.oidc.core import CodeIDToken  # noqa: PLC0415
        from joserfc import jwt  # noqa: PLC0415
        from joserfc.errors import JoseError  # noqa: PLC0415

        oidc = party.oidc
        try:
            key = await self._key(known, party, tokens.id_token)
            token = jwt.decode(tokens.id_token, key, algorithms=list(oidc.algorithms))
            options = {
                "iss": {"essential": True, "value": oidc.issuer},
                "aud": {"essential": True, "value": oidc.client_id},
            }
            params = {"nonce": asking.nonce, "client_id": oidc.client_id, "access_token": tokens.access_token}
            claims = CodeIDToken(token.claims, token.header, options, params)
            claims.validate(now=int(self._now()), leeway=int(oidc.clock_skew))
            _check_times(claims, self._now(), oidc.clock_skew)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise IssuerError(f"its ID token is not to be believed: {type(error).__name__}: {error}") from None
        if not isinstance(claims.get("sub"), str) or not 0 < len(claims["sub"]) <= 255:  # noqa: PLR2004 - §2
            raise IssuerError("its ID token names nobody")
        return dict(claims)

    async def _key(self, known: _Known, party: Party, token: str) -> Any:  # noqa: ANN401 - joserfc's
        """The key set in which the token's key is; fetched anew when the issuer has changed its keys."""
        head = json.loads(base64.urlsafe_b64decode(token.partition(".")[0] + "=="))
        wanted = head.get("kid")
        if known.keys is None or wanted not in {key.kid for key in known.keys.keys}:
            known.fetches, may_fetch = known.fetches.spend(self._now())
            if not may_fetch:
                raise ValueError("a key that nobody knows, again")
            from joserfc.jwk import KeySet  # noqa: PLC0415

            reply = await self._get(known.metadata.jwks_uri, party)
            published = _json(reply).get("keys")
            usable = [
                key
                for key in (published if isinstance(published, list) else [])
                if isinstance(key, dict) and key.get("kty") in {"RSA", "EC", "OKP"} and key.get("use", "sig") == "sig"
            ]
            known.keys = KeySet.import_key_set({"keys": usable})
        return known.keys

    async def _get(self, url: str, party: Party, headers: Mapping[str, str] | None = None) -> Reply:
        reply = await self._client.ask("GET", url, timeout_s=party.oidc.timeout, ca_file=party.ca_file, headers=headers)
        if reply.status != _OK:
            raise UnreachableError(f"status {reply.status} from {url[:200]}")
        return reply


def _check_times(claims: Mapping[str, object], at: float, skew_s: float) -> None:
    """Authlib takes an `iat` in the future where there is no `nbf`."""
    issued = claims.get("iat")
    if not isinstance(issued, (int, float)) or issued > at + skew_s:
        raise ValueError("issued in the future")


def _json(reply: Reply) -> dict[str, object]:
    try:
        content = json.loads(reply.body)
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        raise IssuerError("an answer that is no JSON object")
    return content

"""What an issuer sends is believed only when all of it is right: one test for each thing that can be wrong."""

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from component.identity.issuer import Asking, DeclinedError, IssuerError, Issuers, Party
from component.webclient import Reply, UnreachableError
from config.settings import Oidc

ISSUER = "https://id.example"
SECRET = "s & s"
NOW = 1_800_000_000.0
ASKING = Asking(verifier="v" * 64, nonce="the-nonce", redirect_uri="https://chat.example/identity/oidc/callback")
PUBLIC = RSAKey.generate_key(2048, {"kid": "r"})
KEYS: dict[str, Any] = {
    "RS256": PUBLIC,
    "ES256": ECKey.generate_key("P-256", {"kid": "e"}),
}
HS256 = b'{"alg":"HS256","kid":"r"}'
METADATA = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/auth",
    "token_endpoint": f"{ISSUER}/token",
    "jwks_uri": f"{ISSUER}/jwks",
    "userinfo_endpoint": f"{ISSUER}/me",
    "grant_types_supported": ["authorization_code"],
}


class Fake:
    """An issuer, and the client that asks it: replies by address, and what was asked."""

    def __init__(self, **claims: object) -> None:
        self.alg = "RS256"
        self.key: Any = KEYS["RS256"]
        self.published: list[Any] = list(KEYS.values())
        self.metadata: dict[str, object] = dict(METADATA)
        self.access_token = "access"
        self.claims: dict[str, object] = {
            "iss": ISSUER, "sub": "juliet", "aud": "me", "exp": NOW + 300, "iat": NOW, "nonce": "the-nonce",
            "name": "Juliet", **claims,
        }  # fmt: skip
        self.userinfo: object = {"sub": "juliet", "document": "C1"}
        self.token_status = 200
        self.asked: list[tuple[str, bytes | None, Mapping[str, str]]] = []
        self.is_down = False
        self.token: str | None = None

    async def ask(
        self,
        _method: str,
        url: str,
        *,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        **_: object,
    ) -> Reply:
        self.asked.append((url, body, headers or {}))
        if self.is_down:
            raise UnreachableError("no answer in 10 s")
        status, content = 200, self._content(url)
        if url.endswith("/token"):
            status = self.token_status
        return Reply(status=status, headers={}, body=json.dumps(content).encode())

    def _content(self, url: str) -> object:
        match urlsplit(url).path:
            case "/.well-known/openid-configuration":
                return self.metadata
            case "/jwks":
                return {"keys": [key.as_dict(private=False) for key in self.published]}
            case "/me":
                return self.userinfo
        claims = {name: value for name, value in self.claims.items() if value is not None}
        head = {"alg": self.alg, "kid": self.key.kid}
        token = jwt.encode(head, claims, self.key, algorithms=[self.alg]) if self.token is None else self.token
        return {"id_token": token, "access_token": self.access_token, "token_type": "Bearer", "expires_in": 60}


def issuers(fake: Fake, now: Callable[[], float] = lambda: NOW) -> Issuers:
    return Issuers(fake, now)  # type: ignore[arg-type] # the face of a WebClient


def party(secret: str = SECRET, **changes: Any) -> Party:  # noqa: ANN401 - any setting
    return Party(oidc=Oidc(**{"issuer": ISSUER, "client_id": "me", **changes}), secret=secret, ca_file=None)


async def redeem(fake: Fake, **changes: Any) -> Mapping[str, object]:  # noqa: ANN401 - any setting
    return await issuers(fake).redeem(party(**changes), "the-code", ASKING)


async def test_a_right_answer_names_somebody() -> None:
    assert (await redeem(Fake()))["sub"] == "juliet"


async def test_the_link_holds_all_that_protects_it() -> None:
    link = await issuers(Fake()).link(party(), "the-state", ASKING)
    query = {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}
    assert link.startswith(f"{ISSUER}/auth?")
    digest = hashlib.sha256(ASKING.verifier.encode()).digest()
    assert query["code_challenge"] == base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    assert ASKING.verifier not in link
    assert (query["code_challenge_method"], query["response_type"]) == ("S256", "code")
    assert (query["state"], query["nonce"], query["redirect_uri"]) == ("the-state", "the-nonce", ASKING.redirect_uri)


async def test_the_code_is_redeemed_with_verifier_and_secret() -> None:
    fake = Fake()
    await redeem(fake)
    body, headers = next((body, headers) for url, body, headers in fake.asked if url.endswith("/token"))
    form = parse_qs((body or b"").decode())
    assert (form["code"], form["code_verifier"]) == (["the-code"], [ASKING.verifier])
    assert base64.b64decode(headers["Authorization"].removeprefix("Basic ")) == b"me:s+%26+s"


@pytest.mark.parametrize("alg", KEYS)
async def test_each_kind_of_signature_is_taken(alg: str) -> None:
    fake = Fake()
    fake.alg, fake.key = alg, KEYS[alg]
    assert (await redeem(fake))["sub"] == "juliet"


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://other.example"},
        {"iss": None},
        {"aud": "somebody-else"},
        {"aud": ["me", "somebody-else"]},  # without azp
        {"aud": ["me", "somebody-else"], "azp": "somebody-else"},
        {"azp": "somebody-else"},
        {"aud": None},
        {"exp": NOW - 61},
        {"exp": None},
        {"exp": "soon"},
        {"iat": NOW + 61},
        {"iat": None},
        {"nbf": NOW + 61},
        {"nonce": "another"},
        {"nonce": None},
        {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"sub": "x" * 256},
    ],
    ids=str,
)
async def test_a_claim_that_is_not_right_is_not_believed(claims: dict[str, object]) -> None:
    with pytest.raises(IssuerError):
        await redeem(Fake(**claims))


@pytest.mark.parametrize(
    "claims",
    [{"exp": NOW - 59}, {"iat": NOW + 59}, {"aud": ["me"]}, {"aud": ["me", "x"], "azp": "me"}],
    ids=str,
)
async def test_clocks_may_differ_a_little_and_others_be_addressed(claims: dict[str, object]) -> None:
    assert await redeem(Fake(**claims))


async def test_an_access_token_that_belongs_to_it_is_taken() -> None:
    half = hashlib.sha256(b"access").digest()[:16]
    assert await redeem(Fake(at_hash=base64.urlsafe_b64encode(half).rstrip(b"=").decode()))


async def test_a_key_that_is_not_the_issuers_signs_nothing() -> None:
    fake = Fake()
    fake.key = RSAKey.generate_key(2048, {"kid": "r"})
    with pytest.raises(IssuerError):
        await redeem(fake)


async def test_no_signature_and_a_public_key_taken_for_a_secret_are_refused() -> None:
    fake = Fake()
    head = base64.urlsafe_b64encode(b'{"alg":"none"}').rstrip(b"=").decode()
    body = base64.urlsafe_b64encode(json.dumps(fake.claims).encode()).rstrip(b"=").decode()
    for token in (f"{head}.{body}.", "x", "", "a.b.c", "é.é.é"):
        fake.token = token
        with pytest.raises(IssuerError):
            await redeem(fake)
    signed = f"{base64.urlsafe_b64encode(HS256).rstrip(b'=').decode()}.{body}"
    mac = hmac.new(PUBLIC.as_pem(private=False), signed.encode(), hashlib.sha256).digest()
    fake.token = f"{signed}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"
    with pytest.raises(IssuerError):
        await redeem(fake)


async def test_a_signature_that_the_operator_does_not_take_is_refused() -> None:
    with pytest.raises(IssuerError):
        await redeem(Fake(), algorithms=("ES256",))


async def test_another_issuers_description_is_refused() -> None:
    fake = Fake()
    fake.metadata["issuer"] = f"{ISSUER}/"
    with pytest.raises(IssuerError, match="must be exactly"):
        await redeem(fake)


@pytest.mark.parametrize("endpoint", ["token_endpoint", "jwks_uri", "authorization_endpoint", "userinfo_endpoint"])
async def test_an_endpoint_without_tls_is_refused(endpoint: str) -> None:
    fake = Fake()
    fake.metadata[endpoint] = "http://id.example/x"
    with pytest.raises(IssuerError, match="TLS"):
        await redeem(fake)


async def test_userinfo_is_asked_where_a_claim_is_missing_and_must_be_about_the_same() -> None:
    fake = Fake()
    assert (await redeem(fake, document_claim="document"))["document"] == "C1"
    for other in ({"sub": "romeo", "document": "C1"}, {"document": "C1"}, ["x"]):
        fake.userinfo = other
        with pytest.raises(IssuerError):
            await redeem(fake, document_claim="document")


async def test_what_the_token_says_is_worth_more_than_userinfo() -> None:
    fake = Fake()
    fake.userinfo = {"sub": "juliet", "name": "Somebody Else", "document": "C1"}
    assert (await redeem(fake, document_claim="document"))["name"] == "Juliet"


async def test_a_code_that_the_issuer_refuses_is_told_from_an_issuer_that_fails() -> None:
    fake = Fake()
    fake.token_status = 400
    with pytest.raises(DeclinedError):
        await redeem(fake)
    fake.token_status = 500
    with pytest.raises(UnreachableError):
        await redeem(fake)


async def test_keys_are_fetched_anew_for_a_new_key_but_not_for_every_forged_one() -> None:
    fake = Fake()
    known = issuers(fake)
    new = RSAKey.generate_key(2048, {"kid": "new"})
    await known.redeem(party(), "c", ASKING)
    fake.published, fake.key = [new], new
    await known.redeem(party(), "c", ASKING)
    fake.key = RSAKey.generate_key(2048, {"kid": "forged"})
    for _ in range(20):
        with pytest.raises(IssuerError):
            await known.redeem(party(), "c", ASKING)
    assert sum(url.endswith("/jwks") for url, _, _ in fake.asked) <= 4


async def test_the_description_is_asked_for_once_an_hour() -> None:
    fake, clock = Fake(), [NOW]
    known = issuers(fake, lambda: clock[0])
    await asyncio.gather(known.describe(party()))
    await known.describe(party())
    clock[0] += 3601
    await known.describe(party())
    assert len(fake.asked) == 2


async def test_an_issuer_that_is_away_is_unreachable() -> None:
    fake = Fake()
    fake.is_down = True
    with pytest.raises(UnreachableError):
        await redeem(fake)


def test_nothing_secret_shows() -> None:
    shown = repr((ASKING, party("the-client-secret"), Path()))
    assert "the-client-secret" not in shown
    assert ASKING.verifier not in shown
    assert "the-nonce" not in shown

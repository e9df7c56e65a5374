"""What a sign-in looks like in a browser: a page that names the account, and one that says what came of it.

Plain HTML without a script. No address in a request is ever gone to: the only way onward is the issuer's own endpoint.
"""

import hmac
import logging
from base64 import b64encode
from collections.abc import Awaitable, Callable, Mapping
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING

from component.identity import signin
from component.identity.issuer import DeclinedError, IssuerError
from component.identity.outcome import announce, tell, words_of
from component.identity.refusals import Refusals
from component.identity.terms import terms
from component.texts import Language, Param
from component.webclient import UnreachableError
from component.world import World
from storage.errors import StorageError
from storage.verifications import Status, Verification

if TYPE_CHECKING:
    from aiohttp import web

log = logging.getLogger(__name__)

_LONGEST = 2048
_STYLE = "body{font:1.1em sans-serif;max-width:36em;margin:3em auto;padding:0 1em;line-height:1.5}"
_STYLE_HASH = b64encode(sha256(_STYLE.encode()).digest()).decode()
_HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}
_PAGE = """<!DOCTYPE html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>{style}</style></head>
<body><h1>{title}</h1>{body}</body></html>
"""


Work = Callable[["web.Request", str, Verification, Language], Awaitable["web.Response"]]


class SignInError(Exception):
    """A page that says why it does not go on: the text's id, the status, and what the audit calls it."""

    def __init__(self, text: str, status: int, why: str = "") -> None:
        """`why` is audited; "" is nobody's fault."""
        super().__init__(text)
        self.text = text
        self.status = status
        self.why = why


class Pages:
    """The two pages of one world."""

    def __init__(self, world: World, refusals: Refusals) -> None:
        """What is refused is audited by `refusals`."""
        self._world = world
        self._refusals = refusals

    async def start(self, request: "web.Request") -> "web.Response":
        """The link that the applicant was given: whose account it is for, and where to sign in."""
        return await self._answer(request, self._start)

    async def callback(self, request: "web.Request") -> "web.Response":
        """Where the issuer sends the browser back to (OpenID Connect Core §3.1.2.5, RFC 9207)."""
        return await self._answer(request, self._callback)

    async def _answer(self, request: "web.Request", work: Work) -> "web.Response":
        stated = request.headers.get("Accept-Language", "").split(",")[0].split(";")[0].strip()
        language: Language = self._world.texts.pick(stated[:35])
        verification: Verification | None = None
        try:
            state = _one(request, "state")
            verification = await self._find(state)
            language = self._world.texts.pick(verification.language)
            return await work(request, state, verification, language)
        except SignInError as error:
            if error.why:
                await self._refusals.note(signin.NAME, error.why, verification.account if verification else "")
            return self._page(language, error.text, status=error.status)
        except StorageError as error:
            log.error("storage is out of reach: %s", error)
            return self._page(language, "deny-fault", status=503)

    async def _find(self, state: str) -> Verification:
        found = await self._world.store.verifications.find(signin.ref_of(self._world, state))
        if found is None or found.provider != signin.NAME:
            raise SignInError("oidc-unknown", 404, "no such sign-in")
        return found

    async def _start(
        self, _request: "web.Request", state: str, verification: Verification, language: Language
    ) -> "web.Response":
        world = self._world
        _check_open(verification, world.now())
        try:
            oidc = world.settings.identity.oidc
            url = await world.issuers.link(signin.party(world), state, signin.asking_of(world, state))
        except (UnreachableError, IssuerError) as error:
            log.error("identity.oidc: %s", error)
            raise SignInError("oidc-unreachable", 502) from None
        body = (
            f'<p><a href="{escape(url)}" rel="noreferrer">'
            f"{escape(world.texts.get(language, 'oidc-sign-in', host=oidc.issuer))}</a></p>"
        )
        page = self._page(language, "oidc-start", more=body, params={"account": verification.account})
        page.set_cookie(
            _cookie(verification),
            signin.browser_of(world, state),
            max_age=int(oidc.link_lasts),
            path="/",
            secure=world.settings.web.public_url.startswith("https:"),
            httponly=True,
            samesite="Lax",
        )
        return page

    async def _callback(
        self, request: "web.Request", state: str, verification: Verification, language: Language
    ) -> "web.Response":
        world, at = self._world, self._world.now()
        oidc = world.settings.identity.oidc
        _check_open(verification, at)
        shown = request.cookies.get(_cookie(verification), "")
        if not hmac.compare_digest(shown.encode(errors="replace"), signin.browser_of(world, state).encode()):
            raise SignInError("oidc-other-browser", 403, "another browser")
        await self._check_issuer(request)
        if await world.store.verifications.use(verification.ref, signin.NAME, at=at) is None:
            raise SignInError("oidc-used", 409, "used before")
        if "code" not in request.query:
            tell(world, verification.account, language, "oidc-declined")
            raise SignInError("oidc-declined", 400)
        try:
            claims = await world.issuers.redeem(
                signin.party(world), _one(request, "code"), signin.asking_of(world, state)
            )
        except UnreachableError as error:
            log.error("identity.oidc: %s", error)
            tell(world, verification.account, language, "oidc-unreachable")
            raise SignInError("oidc-unreachable", 502) from None
        except IssuerError as error:
            log.error("identity.oidc: a sign-in of %s: %s", verification.account, error)
            tell(world, verification.account, language, "oidc-not-believed")
            why = "a code refused" if isinstance(error, DeclinedError) else "a token not to be believed"
            raise SignInError("oidc-not-believed", 400, why) from None
        claim = await world.store.verifications.settle(
            verification.number,
            signin.proof_of(oidc, claims),
            by=signin.NAME,
            at=world.now(),
            terms=terms(world.settings, world.now()),
        )
        if claim is None:
            raise SignInError("oidc-used", 409)
        await announce(world, verification.account, language, claim)
        text, params = words_of(world, language, claim)
        return self._page(language, text, status=200 if claim.is_bound else 403, params=params)

    async def _check_issuer(self, request: "web.Request") -> None:
        """An answer from another issuer than was asked (RFC 9207 §2.4)."""
        world = self._world
        oidc = world.settings.identity.oidc
        try:
            metadata = await world.issuers.describe(signin.party(world))
        except (UnreachableError, IssuerError) as error:
            log.error("identity.oidc: %s", error)
            raise SignInError("oidc-unreachable", 502) from None
        issuers = request.query.getall("iss", [])
        is_needed = metadata.authorization_response_iss_parameter_supported
        if issuers != [oidc.issuer] and (issuers or is_needed):
            raise SignInError("oidc-not-believed", 400, "another issuer")

    def _page(
        self,
        language: Language,
        text: str,
        *,
        status: int = 200,
        more: str = "",
        params: Mapping[str, Param] | None = None,
    ) -> "web.Response":
        from aiohttp import web  # noqa: PLC0415 - loaded already where there are pages

        written = self._world.texts.get(language, text, **(params or {}))
        said = "".join(f"<p>{escape(line)}</p>" for line in written.splitlines())
        title = escape(self._world.texts.get(language, "command-verify"))
        html = _PAGE.format(language=language, title=title, style=_STYLE, body=said + more)
        return web.Response(text=html, status=status, content_type="text/html", charset="utf-8", headers=_HEADERS)


def _check_open(verification: Verification, at: float) -> None:
    if verification.status is not Status.WAITING:
        raise SignInError("oidc-used", 409, "used before")
    if verification.expires_at <= at:
        raise SignInError("oidc-late", 410)


def _one(request: "web.Request", name: str) -> str:
    """A parameter that stands once in the query, of a length that can be."""
    values = request.query.getall(name, [])
    if len(values) != 1 or not 0 < len(values[0]) <= _LONGEST:
        raise SignInError("oidc-unknown", 400, f"no {name}")
    return values[0]


def _cookie(verification: Verification) -> str:
    return f"roomkeeper-{verification.ref[:16]}"

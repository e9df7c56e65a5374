"""What providers of identity demand of their settings. Looks at settings only, as `config/checks.py` does."""

from urllib.parse import urlsplit

from config.addresses import parse_socket
from config.reader import Complain, label
from config.settings import Asked, Settings

BUILT_IN = frozenset(("type", "number", "name"))
"""Fields of a document, by which a person is found again; they have labels in every language."""

_NEEDED = ("number", "name")
_LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))


def check_identity(settings: Settings, complain: Complain) -> None:
    """Complain of providers that could not work."""
    identity = settings.identity
    if identity.required_for and not identity.providers:
        complain("identity.providers", "must not be empty while identity.required_for demands verified persons")
    if len(set(identity.providers)) != len(identity.providers):
        complain("identity.providers", "names a provider twice")
    _check_asked("identity.review.fields", identity.review.fields, complain)
    _check_asked("identity.http.fields", identity.http.fields, complain)
    if "review" in identity.providers and not settings.staff.identity_officers:
        complain("staff.identity_officers", 'must name somebody while identity.providers has "review"')
    if "http" in identity.providers:
        _check_url("identity.http.url", identity.http.url, complain)
        if not identity.http.secret_file:
            complain("identity.http.secret_file", 'is missing: identity.providers has "http"')
    if "oidc" in identity.providers:
        _check_oidc(settings, complain)
    _check_web(settings, complain)


def is_private(url: str) -> bool:
    """Whether nobody between can read along: TLS, or a way that never leaves this machine."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)


def _check_oidc(settings: Settings, complain: Complain) -> None:
    oidc = settings.identity.oidc
    _check_url("identity.oidc.issuer", oidc.issuer, complain)
    if not oidc.client_id:
        complain("identity.oidc.client_id", 'is missing: identity.providers has "oidc"')
    if "openid" not in oidc.scopes:
        complain("identity.oidc.scopes", 'must hold "openid"')
    if not settings.web.listen or not settings.web.public_url:
        complain(
            "web.listen", 'and web.public_url must be given: identity.providers has "oidc", whose answers come there'
        )


def _check_web(settings: Settings, complain: Complain) -> None:
    web = settings.web
    if web.listen:
        try:
            parse_socket(web.listen)
        except ValueError as error:
            complain("web.listen", str(error))
    if web.public_url:
        _check_url("web.public_url", web.public_url, complain)
        if web.public_url.endswith("/"):
            complain("web.public_url", "must not end with a slash")


def _check_url(key: str, url: str, complain: Complain) -> None:
    if not url:
        complain(key, "is missing")
        return
    try:
        parts = urlsplit(url)
        is_right = bool(parts.hostname) and is_private(url) and not (parts.query or parts.fragment or parts.username)
    except ValueError:
        is_right = False
    if not is_right or any(character.isspace() for character in url):
        complain(key, "must be an https:// address without ? and #; http:// is for this machine alone (127.0.0.1)")


def _check_asked(path: str, fields: tuple[Asked, ...], complain: Complain) -> None:
    names = [field.name for field in fields]
    if len(set(names)) != len(names):
        complain(path, "names a field twice")
    for name in _NEEDED:
        if name not in names:
            complain(path, f'must hold the field "{name}": number and name are how a person is found again')
    for number, field in enumerate(fields, 1):
        where = label(path, number, field)
        if field.name in _NEEDED and not field.required:
            complain(f"{where}.required", "must be true: number and name are how a person is found again")
        if field.name not in BUILT_IN and not field.label:
            complain(f"{where}.label", 'must say what applicants read, such as { en = "Telephone" }')

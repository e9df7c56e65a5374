"""The provider `oidc`: the applicant gets a link, signs in at the issuer, and is bound by issuer and subject.

Only a hash of a sign-in's state is kept; everything else secret about it is derived from the state by the index key.
The pages that the link leads to are `component/identity/pages.py`.
"""

import logging
import secrets
from collections.abc import Mapping

from component.dialogue import Call
from component.forms import Answers, Refused
from component.identity.issuer import Asking, IssuerError, Party
from component.identity.provider import Answer, Link, Provider
from component.webclient import UnreachableError
from component.world import World
from config.settings import Oidc
from storage.binding import Claim, ClaimResult, Proof, Subject
from storage.documents import Entry
from storage.verifications import Opened

log = logging.getLogger(__name__)

NAME = "oidc"
START = "/identity/oidc/start"
CALLBACK = "/identity/oidc/callback"

_LONGEST_VALUE = 500


async def ask(call: Call) -> Answer:
    """A link, which holds for this account alone, for a while, once; one given before is void."""
    world = call.world
    identity = world.settings.identity
    try:
        await world.issuers.describe(party(world))
    except (UnreachableError, IssuerError) as error:
        log.error("identity.oidc: %s: %s", identity.oidc.issuer, error)
        return Refused(text="oidc-unreachable")
    state = secrets.token_urlsafe(32)
    begun = await world.store.verifications.begin(
        NAME,
        call.account,
        call.language,
        {},
        at=world.now(),
        lasts_s=identity.oidc.link_lasts,
        attempts=identity.attempts,
        window_s=identity.attempts_window,
        replaces=True,
        ref=ref_of(world, state),
    )
    if isinstance(begun, Opened):
        return Claim(result=ClaimResult.TOO_MANY)
    return Link(
        text="oidc-link",
        url=f"{world.settings.web.public_url}{START}?state={state}",
        params={"lasts": world.texts.duration(call.language, identity.oidc.link_lasts)},
    )


async def submit(call: Call, _answers: tuple[Answers, ...]) -> Answer:
    """Nothing is filled in."""
    return await ask(call)


def party(world: World) -> Party:
    """We, as the issuer of the settings in force knows us."""
    oidc = world.settings.identity.oidc
    ca_file = world.loaded.folder / oidc.ca_file if oidc.ca_file else None
    return Party(oidc=oidc, secret=world.loaded.oidc_secret, ca_file=ca_file)


def ref_of(world: World, state: str) -> str:
    """The name under which a sign-in is kept."""
    return _derive(world, "state", state)


def browser_of(world: World, state: str) -> str:
    """What the browser has to show that opened the link."""
    return _derive(world, "browser", state)


def asking_of(world: World, state: str) -> Asking:
    """What the issuer is told and has to repeat."""
    return Asking(
        verifier=_derive(world, "verifier", state),
        nonce=_derive(world, "nonce", state),
        redirect_uri=world.settings.web.public_url + CALLBACK,
    )


def proof_of(oidc: Oidc, claims: Mapping[str, object]) -> Proof:
    """What the issuer's claims vouch for: the subject, and a document where they name one."""
    name = _text(claims, oidc.name_claim)
    number = _text(claims, oidc.document_claim)
    entry = Entry(document_type=oidc.document_type, document_number=number, name=name) if number else None
    subject = Subject(issuer=oidc.issuer, subject=str(claims["sub"]), name=name)
    return Proof(provider=NAME, entry=entry, subject=subject)


def _text(claims: Mapping[str, object], name: str) -> str:
    value = claims.get(name) if name else None
    return value.strip() if isinstance(value, str) and len(value) <= _LONGEST_VALUE else ""


def _derive(world: World, what: str, state: str) -> str:
    return world.loaded.keyring.index.tag(f"oidc-{what}", state)


PROVIDER = Provider(name=NAME, ask=ask, submit=submit)

"""What `roomkeeper doctor` says about providers of identity: whether those outside answer, and rightly."""

import secrets
import time

from component.doctor import Finding, State, Tell
from component.identity import signin, webhook
from component.identity.issuer import IssuerError, Issuers, Party
from component.webclient import UnreachableError, WebClient
from config.loader import Loaded


async def examine(loaded: Loaded, tell: Tell) -> bool:
    """Tell each finding; whether nothing failed."""
    providers = loaded.settings.identity.providers
    client = WebClient()
    found: list[Finding] = []
    try:
        if webhook.NAME in providers:
            found.append(await _service(loaded, client))
            tell(found[-1])
        if signin.NAME in providers:
            found.append(await _issuer(loaded, client))
            tell(found[-1])
    finally:
        await client.close()
    return all(finding.state is State.OK for finding in found)


async def _service(loaded: Loaded, client: WebClient) -> Finding:
    url = loaded.settings.identity.http.url
    ref = f"ping-{secrets.token_urlsafe(8)}"
    content = {"request": ref, "language": "en", "step": "ping"}
    try:
        await webhook.exchange(loaded, client, content, ref, time.time)
    except (UnreachableError, ValueError) as error:
        advice = "see that it runs, has the same secret, and that both clocks are right"
        return Finding(State.FAILED, f"identity.http: {url}: {error}: {advice}")
    return Finding(State.OK, f"identity.http: {url} answers, and signs its answers rightly")


async def _issuer(loaded: Loaded, client: WebClient) -> Finding:
    oidc = loaded.settings.identity.oidc
    ca_file = loaded.folder / oidc.ca_file if oidc.ca_file else None
    try:
        await Issuers(client).describe(Party(oidc=oidc, ca_file=ca_file))
    except (UnreachableError, IssuerError) as error:
        return Finding(State.FAILED, f"identity.oidc: {oidc.issuer}: {error}: put right identity.oidc.issuer")
    place = loaded.settings.web.public_url + signin.CALLBACK
    return Finding(State.OK, f"identity.oidc: {oidc.issuer} is described; it must have {place} as redirect URI")

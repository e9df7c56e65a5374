"""The provider `http`: a service of the operator's decides, asked by a signed webhook, at once or by a later callback.

What was submitted goes to that service alone. A delivery that fails is tried again in the background, under the same
idempotency key; the first verdict decides, whether it comes as an answer or as a callback.
"""

import json
import logging
from collections.abc import Callable, Mapping
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from component.dialogue import Call
from component.forms import Answers, Field, FieldKind, Form, Mistaken, Refused
from component.identity import signature
from component.identity.asked import document_fields, entry_of, fault_in
from component.identity.outcome import announce, tell
from component.identity.provider import Answer, Provider, Waiting
from component.identity.terms import terms
from component.identity.waiting import take_back, waiting_form
from component.webclient import UnreachableError, WebClient
from component.world import World
from config.loader import Loaded
from storage.binding import Claim, ClaimResult, Proof
from storage.documents import Entry
from storage.verifications import Opened, Verification

log = logging.getLogger(__name__)

NAME = "http"
CALLBACK = "/identity/http/callback"

_LONGEST_CODE = 40
_FIRST_PAUSE_S = 5.0
_LONGEST_PAUSE_S = 600.0
_MOST_DOUBLINGS = 10

Short = Annotated[str, Meta(min_length=1, max_length=200)]


class Document(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the service found, where that is not what was submitted."""

    type: Short
    number: Short
    name: Short


class Verdict(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the service says about one request (docs/operators/identity.md)."""

    request: Short
    verdict: Literal["approved", "refused", "challenge", "pending"]
    document: Document | None = None
    prompt: Annotated[dict[Short, Annotated[str, Meta(max_length=500)]], Meta(max_length=8)] = {}


def read_verdict(body: bytes, ref: str | None = None) -> Verdict:
    """What a body says about the request `ref`, or any.

    Raises:
        ValueError: it is no verdict, or about another request.
    """
    try:
        verdict = msgspec.json.decode(body, type=Verdict)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise ValueError(f"not a verdict: {type(error).__name__}") from None
    if ref is not None and verdict.request != ref:
        raise ValueError("a verdict about another request")
    return verdict


# in the dialogue


async def ask(call: Call) -> Form:
    """What the operator asks for; the code, while one is waited for; or whether to take it back."""
    waiting = await call.world.store.verifications.waiting_of(call.account, NAME, call.world.now())
    if waiting is not None:
        return _code_form(call, waiting) if waiting.challenge else waiting_form(call, waiting)
    return Form(
        title=call.say("command-verify"),
        instructions=call.say("http-instructions"),
        fields=document_fields(call, call.world.settings.identity.http.fields),
    )


async def submit(call: Call, answers: tuple[Answers, ...]) -> Answer:
    """Ask the service, and wait for its answer as long as the settings say."""
    given = answers[-1]
    taken_back = await take_back(call, given)
    if taken_back is not None:
        return taken_back
    if "code" in given:
        return await _submit_code(call, given)
    world, at = call.world, call.world.now()
    identity = world.settings.identity
    fault = fault_in(given, world)
    if fault is not None:
        return fault
    begun = await world.store.verifications.begin(
        NAME,
        call.account,
        call.language,
        given,
        at=at,
        lasts_s=identity.http.give_up_after,
        attempts=identity.attempts,
        window_s=identity.attempts_window,
        deliver_at=at + 2 * identity.http.timeout,  # should nobody be left to do it now
    )
    if begun is Opened.TOO_MANY:
        return Claim(result=ClaimResult.TOO_MANY)
    if isinstance(begun, Opened):
        return Waiting(text="verify-waits")
    verdict = await _deliver(world, begun, {"step": "verify", "fields": dict(given)}, begun.ref)
    if verdict is None:
        await _later(world, begun)
        return Waiting(text="http-unreachable")
    return await _conclude(call, begun, verdict)


async def _submit_code(call: Call, given: Answers) -> Answer:
    world = call.world
    waiting = await world.store.verifications.waiting_of(call.account, NAME, world.now())
    if waiting is None or str(waiting.number) != given["request"]:
        return Refused(text="http-code-over")
    count = await world.store.deliveries.count_code(waiting.number)
    if count > world.settings.identity.http.codes:
        await _refuse(world, waiting)
        return Refused(text="http-refused")
    verdict = await _deliver(world, waiting, {"step": "code", "code": given["code"]}, f"{waiting.ref}.{count}")
    if verdict is None:
        return Mistaken(text="http-unreachable-now", var="code")
    if verdict.verdict == "challenge":
        if count == world.settings.identity.http.codes:
            await _refuse(world, waiting)
            return Refused(text="http-refused")
        return Mistaken(text="http-wrong-code", var="code")
    return await _conclude(call, waiting, verdict)


async def _conclude(call: Call, verification: Verification, verdict: Verdict) -> Answer:
    claim = await act(call.world, verification, verdict)
    if claim is not None:
        return Refused(text="http-refused") if claim.result is ClaimResult.REFUSED else claim
    if verdict.verdict != "challenge":
        return Waiting(text="verify-waits")
    challenged = await call.world.store.verifications.by_number(verification.number)
    return _code_form(call, challenged or verification)


def _code_form(call: Call, waiting: Verification) -> Form:
    prompts: dict[str, str] = json.loads(waiting.challenge or "{}")
    prompt = prompts.get(call.language) or next(iter(prompts.values()), "") or call.say("http-code-instructions")
    return Form(
        title=call.say("command-verify"),
        instructions=prompt,
        fields=(
            # By its number: whoever knew the name too could, with a secret that got out, answer for the service.
            Field(var="request", kind=FieldKind.HIDDEN, value=str(waiting.number)),
            Field(var="code", label=call.say("field-challenge"), is_required=True, longest=_LONGEST_CODE),
        ),
    )


# verdicts


async def act(world: World, verification: Verification, verdict: Verdict) -> Claim | None:
    """Do what a verdict says, in one transaction; None when it is not the last word."""
    at = world.now()
    store = world.store.verifications
    match verdict.verdict:
        case "approved":
            entry = await _approved(world, verification, verdict)
            if entry is None:
                return None
            proof = Proof(provider=NAME, entry=entry)
            return await store.settle(verification.number, proof, by=NAME, at=at, terms=terms(world.settings, at))
        case "refused":
            return await _refuse(world, verification)
        case "challenge":
            await world.store.deliveries.challenge(verification.number, json.dumps(verdict.prompt))
        case "pending":
            await world.store.deliveries.deliver_again(verification.number, None)
    return None


async def _approved(world: World, verification: Verification, verdict: Verdict) -> Entry | None:
    """Whom the service approved; None when that is over already."""
    found = verdict.document
    if found is not None:
        return Entry(document_type=found.type, document_number=found.number, name=found.name)
    submitted = await world.store.verifications.submitted(verification.number, at=world.now())
    return None if submitted is None else entry_of(submitted, world.settings)


async def _refuse(world: World, verification: Verification) -> Claim | None:
    window_s = world.settings.identity.attempts_window
    refused = await world.store.verifications.refuse(
        verification.number, by=NAME, at=world.now(), reason="", window_s=window_s
    )
    return None if refused is None else Claim(result=ClaimResult.REFUSED)


async def tell_verdict(world: World, verification: Verification, verdict: Verdict, claim: Claim | None) -> None:
    """Tell an applicant who does not wait at a form any more."""
    account, language = verification.account, verification.language
    if claim is not None and claim.result is ClaimResult.REFUSED:
        tell(world, account, language, "http-refused")
    elif claim is not None:
        await announce(world, account, language, claim)
    elif verdict.verdict == "challenge":
        tell(world, account, language, "notice-http-code")


# deliveries


async def deliver_due(world: World) -> None:
    """Try again what could not be delivered."""
    at = world.now()
    for verification in await world.store.deliveries.due(NAME, at):
        submitted = await world.store.verifications.submitted(verification.number, at=at)
        if submitted is None:
            continue
        content = {"step": "verify", "fields": submitted}
        verdict = await _deliver(world, verification, content, verification.ref)
        if verdict is None:
            await _later(world, verification)
            continue
        claim = await act(world, verification, verdict)
        await tell_verdict(world, verification, verdict, claim)


async def _later(world: World, verification: Verification) -> None:
    pause_s = min(_LONGEST_PAUSE_S, _FIRST_PAUSE_S * 2 ** min(verification.tries, _MOST_DOUBLINGS))
    await world.store.deliveries.deliver_again(verification.number, world.now() + pause_s)
    world.something_waits.set()


async def _deliver(world: World, verification: Verification, content: Mapping[str, object], key: str) -> Verdict | None:
    """The service's verdict; None when it gave none that can be believed."""
    body = {"request": verification.ref, "language": verification.language, **content}
    try:
        return await exchange(world.loaded, world.web, body, key, world.now)
    except (UnreachableError, ValueError) as error:
        log.warning("identity.http: request %d got no verdict: %s", verification.number, error)
        return None


async def exchange(
    loaded: Loaded, client: WebClient, content: Mapping[str, object], key: str, now: Callable[[], float]
) -> Verdict:
    """One signed request and its signed answer.

    Raises:
        UnreachableError: no answer, or one that is not signed rightly.
        ValueError: it is no verdict on this request.
    """
    http, secrets = loaded.settings.identity.http, loaded.http_secrets
    web = loaded.settings.web
    callback = web.public_url + CALLBACK if web.listen and web.public_url else None
    body = json.dumps({"version": 1, **content, "callback": callback}).encode()
    headers = {
        "Content-Type": "application/json",
        "Idempotency-Key": key,
        **signature.sign(secrets[0], signature.REQUEST, body, now()),
    }
    ca_file = loaded.folder / http.ca_file if http.ca_file else None
    reply = await client.ask("POST", http.url, body=body, headers=headers, timeout_s=http.timeout, ca_file=ca_file)
    if reply.status != 200:  # noqa: PLR2004 - OK
        raise UnreachableError(f"status {reply.status}")
    try:
        signature.check(secrets, signature.ANSWER, reply.headers, reply.body, at=now(), skew_s=http.clock_skew)
    except signature.BadSignatureError as error:
        raise UnreachableError(f"an answer that is {error}") from None
    return read_verdict(reply.body, str(content["request"]))


PROVIDER = Provider(name=NAME, ask=ask, submit=submit)

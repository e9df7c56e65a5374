"""The provider `http` against a service that answers as told: what is believed, tried again, and given up."""

import json
from collections.abc import AsyncIterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from component.forms import Done, Form, Refused
from component.identity import signature
from component.identity.keeper import Keeper
from component.webclient import Reply, UnreachableError
from config.settings import Http, Identity, Seconds
from storage.verifications import Verification
from tests.support.office import Office, open_office

JULIET = "juliet@example"
GIVEN = {"type": "passport", "number": "C01", "name": "Juliet Capulet"}
SECRET, OLD = "the secret of today, long enough for one", "the secret of before, long enough for one"
IDENTITY = Identity(
    providers=("http",),
    attempts=3,
    http=Http(url="https://verify.example/", codes=2, give_up_after=Seconds(3600), timeout=Seconds(10)),
)


class Service:
    """Answers each request with the next verdict; None: does not answer."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.verdicts: list[object] = []
        self.asked: list[tuple[dict[str, Any], str]] = []  # content and idempotency key
        self.headers: list[Mapping[str, str]] = []
        self.secret = SECRET
        self.purpose = signature.ANSWER
        self.late_s = 0.0
        self.status = 200

    async def ask(self, _method: str, _url: str, *, body: bytes, headers: Mapping[str, str], **_: object) -> Reply:
        given = {name.lower(): value for name, value in headers.items()}
        signature.check((SECRET,), signature.REQUEST, given, body, at=self._office.now(), skew_s=0)
        content = json.loads(body)
        self.asked.append((content, headers["Idempotency-Key"]))
        self.headers.append(headers)
        verdict = self.verdicts.pop(0) if self.verdicts else None
        if verdict is None:
            raise UnreachableError("no answer in 10 s")
        answer = verdict if isinstance(verdict, bytes) else json.dumps(self._about(content, verdict)).encode()
        signed = signature.sign(self.secret, self.purpose, answer, self._office.now() - self.late_s)
        return Reply(status=self.status, headers={k.lower(): v for k, v in signed.items()}, body=answer)

    @staticmethod
    def _about(content: Mapping[str, Any], verdict: object) -> object:
        if isinstance(verdict, str):
            return {"request": content["request"], "verdict": verdict}
        if isinstance(verdict, dict):
            return {"request": content["request"], **verdict}
        return verdict

    async def close(self) -> None:
        """Nothing is open."""


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with open_office(tmp_path, identity=IDENTITY) as world:
        object.__setattr__(world.loaded, "http_secrets", (SECRET, OLD))
        yield world


@pytest.fixture
def service(office: Office) -> Service:
    service = Service(office)
    office.web = service  # type: ignore[assignment] # the face of a WebClient
    return service


async def waiting(office: Office) -> Verification | None:
    return await office.store.verifications.waiting_of(JULIET, "http", office.now())


async def is_verified(office: Office) -> bool:
    office.memory.forget(JULIET)
    return (await office.memory.known(JULIET)).person is not None


def said(office: Office) -> str:
    return "\n".join(text for to, text, _ in office.effects.said if to == JULIET)


async def test_the_service_learns_what_was_submitted_and_nothing_of_xmpp(office: Office, service: Service) -> None:
    service.verdicts = ["approved"]
    assert isinstance(await office.run("verify", JULIET, GIVEN), Done)
    ((content, key),) = service.asked
    assert content["fields"] == GIVEN
    assert content["request"] == key
    assert "juliet@" not in json.dumps(content)
    assert await is_verified(office)


async def test_no_request_holds_more_than_the_page_for_operators_says(office: Office, service: Service) -> None:
    every = {"version", "request", "step", "language", "callback"}
    service.verdicts = [None, "challenge", "approved"]
    await office.run("verify", JULIET, GIVEN)
    office.clock.at += 6
    await Keeper(office).tick()
    await office.run("verify", JULIET, {"code": "123456"})
    assert [content.keys() - every for content, _ in service.asked] == [{"fields"}, {"fields"}, {"code"}]
    assert {"Content-Type", "Idempotency-Key", signature.TIMESTAMP, signature.SIGNATURE} == {
        name for headers in service.headers for name in headers
    }
    wire = json.dumps([*(content for content, _ in service.asked), *map(dict, service.headers)])
    assert not any(name in wire for name in ("juliet@", office.settings.xmpp.domain, office.settings.xmpp.muc))


async def test_the_name_of_a_request_is_the_services_alone(office: Office, service: Service) -> None:
    service.verdicts = ["challenge", "challenge", "approved"]
    asked = await office.run("verify", JULIET, GIVEN)
    again = await office.run("verify", JULIET, {"code": "1"})
    await office.run("verify", JULIET, {"code": "2"})
    ref = service.asked[0][0]["request"]
    audited = [record.entry for record in await office.store.audit.read(100)]
    assert not any(ref in repr(seen) for seen in (asked, again, audited, office.effects.said))


async def test_whoever_the_service_found_counts_not_what_was_typed(office: Office, service: Service) -> None:
    number = await office.verified("nurse@example", "R7", "Angelica")
    found = {"type": "passport", "number": "R7", "name": "Angelica"}
    service.verdicts = [{"verdict": "approved", "document": found}]
    await office.run("verify", JULIET, GIVEN)
    known = await office.memory.known(JULIET)
    assert known.person is not None
    assert known.person.number == number


async def test_a_refusal_counts_as_an_attempt(office: Office, service: Service) -> None:
    service.verdicts = ["refused"] * 9
    outcomes = [await office.run("verify", JULIET, GIVEN) for _ in range(4)]
    assert [outcome.text for outcome in outcomes if isinstance(outcome, Refused)] == [
        *["http-refused"] * 3,
        "verify-too-many",
    ]
    assert len(service.asked) == 3


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({"secret": "a secret that nobody here knows of, I say"}, "approved"),
        ({"purpose": signature.REQUEST}, "approved"),
        ({"purpose": signature.CALLBACK}, "approved"),
        ({"late_s": 301.0}, "approved"),
        ({"late_s": -301.0}, "approved"),
        ({"status": 500}, "approved"),
        ({"status": 202}, "approved"),
        ({}, {"request": "another", "verdict": "approved"}),
        ({}, b'{"verdict": "approved"}'),
        ({}, b"\xff"),
        ({}, b"[" * 5000),
        ({}, {"verdict": "challenge", "prompt": {"en": "x" * 501}}),
        ({}, {"verdict": "approved", "document": {"type": "p", "number": "n", "name": ""}}),
    ],
)
async def test_an_answer_that_is_not_right_decides_nothing_and_is_asked_for_again(
    office: Office, service: Service, change: dict[str, Any], verdict: object
) -> None:
    for name, value in change.items():
        setattr(service, name, value)
    service.verdicts = [verdict]
    assert isinstance(await office.run("verify", JULIET, GIVEN), Done)
    assert not await is_verified(office)
    assert await waiting(office) is not None
    for name in change:
        setattr(service, name, getattr(Service(office), name))
    office.clock.at += 6
    service.verdicts = ["approved"]
    await Keeper(office).tick()
    assert await is_verified(office)
    assert "you are verified" in said(office)
    assert len({key for _, key in service.asked}) == 1


async def test_the_secret_before_is_believed_while_it_is_changed(office: Office, service: Service) -> None:
    service.secret, service.verdicts = OLD, ["approved"]
    await office.run("verify", JULIET, GIVEN)
    assert await is_verified(office)


async def test_tries_grow_apart_and_end_with_word_to_the_applicant(office: Office, service: Service) -> None:
    await office.run("verify", JULIET, GIVEN)
    keeper = Keeper(office)
    began, times = office.now(), []
    while office.now() < began + 3700:
        before = len(service.asked)
        await keeper.tick()
        if len(service.asked) > before:
            times.append(office.now() - began)
        office.clock.at += 5
    pauses = [later - earlier for earlier, later in pairwise(times)]
    assert pauses == sorted(pauses)
    assert max(pauses) <= 605
    assert len(times) < 20
    assert "has not decided in time" in said(office)
    assert await waiting(office) is None
    assert not await is_verified(office)


async def test_whoever_was_killed_before_asking_asks_after_the_next_start(office: Office, service: Service) -> None:
    at = office.now()
    await office.store.verifications.begin(
        "http", JULIET, "en", GIVEN, at=at, lasts_s=3600, attempts=3, window_s=60, deliver_at=at + 20
    )
    keeper = Keeper(office)
    service.verdicts = ["approved"]
    await keeper.tick()
    assert service.asked == []
    office.clock.at += 21
    await keeper.tick()
    assert await is_verified(office)


async def test_two_instances_that_ask_at_once_bind_once(office: Office, service: Service) -> None:
    await office.run("verify", JULIET, GIVEN)
    office.clock.at += 6
    service.verdicts = ["approved", "approved"]
    due = await office.store.deliveries.due("http", office.now())
    await Keeper(office).tick()
    assert len(due) == 1
    await Keeper(office).tick()
    assert said(office).count("you are verified") == 1


async def test_codes_are_bounded_and_each_has_a_key_of_its_own(office: Office, service: Service) -> None:
    service.verdicts = [{"verdict": "challenge", "prompt": {"en": "The code, please."}}, "challenge", "challenge"]
    form = await office.run("verify", JULIET, GIVEN)
    assert isinstance(form, Form)
    assert form.instructions == "The code, please."
    again = await office.run("verify", JULIET, {"code": "1"})
    assert isinstance(again, Form)
    assert again.problem
    assert await office.run("verify", JULIET, {"code": "2"}) == Refused(text="http-refused")
    assert await waiting(office) is None
    assert len({key for _, key in service.asked}) == 3


async def test_a_right_code_binds(office: Office, service: Service) -> None:
    service.verdicts = ["challenge", "approved"]
    assert isinstance(await office.run("verify", JULIET, GIVEN, {"code": "123456"}), Done)
    assert [content["step"] for content, _ in service.asked] == ["verify", "code"]
    assert await is_verified(office)


async def test_a_challenge_that_comes_late_is_told_of(office: Office, service: Service) -> None:
    await office.run("verify", JULIET, GIVEN)
    office.clock.at += 6
    service.verdicts = ["challenge", "approved"]
    await Keeper(office).tick()
    assert "one more thing" in said(office)
    assert isinstance(await office.run("verify", JULIET, {"code": "1"}), Done)
    assert await is_verified(office)


async def test_what_waits_can_be_taken_back(office: Office, service: Service) -> None:
    service.verdicts = ["pending"]
    await office.run("verify", JULIET, GIVEN)
    form = await office.run("verify", JULIET)
    assert isinstance(form, Form)
    assert [field.var for field in form.fields] == ["withdraw"]
    await office.run("verify", JULIET, {"withdraw": "1"})
    assert await waiting(office) is None


async def test_nobody_is_asked_about_a_number_that_cannot_be_one(office: Office, service: Service) -> None:
    form = await office.run("verify", JULIET, {**GIVEN, "number": "--"})
    assert isinstance(form, Form)
    assert service.asked == []

"""Webhooks are believed for their signature, their time and what they are for."""

import pytest

from component.identity.signature import ANSWER, CALLBACK, REQUEST, SIGNATURE, TIMESTAMP, BadSignatureError, check, sign

OLD, NEW = "an old secret, long enough to be one", "a new secret, long enough to be one"
BODY = b'{"request":"r"}'
AT = 1_800_000_000.0


def headers(secret: str = NEW, purpose: str = ANSWER, at: float = AT, body: bytes = BODY) -> dict[str, str]:
    return {name.lower(): value for name, value in sign(secret, purpose, body, at).items()}


def believed(given: dict[str, str], body: bytes = BODY, at: float = AT, *secrets: str) -> bool | str:
    try:
        return bool(check(secrets or (NEW, OLD), ANSWER, given, body, at=at, skew_s=300))
    except BadSignatureError as error:
        return str(error)


def test_either_secret_is_believed_while_they_are_changed() -> None:
    assert believed(headers(NEW)) is True
    assert believed(headers(OLD)) is True
    assert believed(headers(OLD), BODY, AT, NEW) == "forged"


@pytest.mark.parametrize("purpose", [REQUEST, CALLBACK])
def test_nothing_is_believed_as_something_else(purpose: str) -> None:
    assert believed(headers(purpose=purpose)) == "forged"


@pytest.mark.parametrize(("off", "told"), [(300, True), (-300, True), (301, "stale"), (-301, "stale")])
def test_what_is_too_old_or_from_the_future_is_stale(off: float, told: object) -> None:
    assert believed(headers(at=AT + off)) == told


def test_a_changed_body_or_time_is_forged() -> None:
    assert believed(headers(), BODY + b" ") == "forged"
    assert believed({**headers(), TIMESTAMP.lower(): str(int(AT) + 1)}) == "forged"


@pytest.mark.parametrize(
    "change",
    [
        {TIMESTAMP.lower(): ""},
        {TIMESTAMP.lower(): "-1"},
        {TIMESTAMP.lower(): "1" * 400},
        {TIMESTAMP.lower(): "١٢٣"},
        {SIGNATURE.lower(): ""},
        {SIGNATURE.lower(): "v1="},
        {SIGNATURE.lower(): "v0=" + "0" * 64},
        {SIGNATURE.lower(): "\udcff"},
    ],
)
def test_what_is_no_signature_is_unsigned(change: dict[str, str]) -> None:
    assert believed({**headers(), **change}) == "unsigned"


def test_several_signatures_may_stand_but_not_any_number() -> None:
    right = headers()[SIGNATURE.lower()]
    wrong = "v1=" + "0" * 64
    assert believed({**headers(), SIGNATURE.lower(): f"{wrong}, {right}"}) is True
    assert believed({**headers(), SIGNATURE.lower(): ",".join([wrong] * 50 + [right])}) == "forged"


def test_the_scheme_is_that_of_the_documents() -> None:
    """A vector for whoever writes a service in another language."""
    assert sign("0123456789abcdef0123456789abcdef", REQUEST, b"{}", 1_700_000_000) == {
        "Roomkeeper-Timestamp": "1700000000",
        "Roomkeeper-Signature": "v1=884e699242b36019d6ff2c64d0e2de56572a0fb8f1a024e7d28deb1f1af94058",
    }
